//! Result tables: one file each.

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
pub mod ties;
