//! What is written: CSV files, the manifest, the description of every column.
//!
//! Every file is written under a temporary name and renamed when it is whole. CSVs are UTF-8 with
//! a header in snake_case; numbers are in shortest round-trip form; what has no meaning is empty.

pub mod tables;
pub mod folder;
pub mod formats;
pub mod network;
pub mod description;
pub mod explanation;
pub mod factors;
pub mod figures;
pub mod report;
pub mod calibration;
