//! What is written: CSV files, the manifest, the description of every column.
//!
//! Every file is written under a temporary name and renamed when it is whole. CSVs are UTF-8 with
//! a header in snake_case; numbers are in shortest round-trip form; what has no meaning is empty.

pub mod table;
pub mod runs;
pub mod effects;
pub mod between;
pub mod costs;
pub mod distribution;
pub mod precision;
pub mod decomposition;
pub mod sensitivity;
pub mod points;
pub mod robustness;
pub mod folder;
pub mod manifest;
pub mod package;
pub mod results;
pub mod formats;
pub mod network;
pub mod description;
pub mod factors;
pub mod factors_manifest;
pub mod counts;
pub mod chains;
pub mod ties;
pub mod report;
pub mod calibration;
