//! Runs: which are needed, what is kept of each, and where.

pub mod plan;
pub mod digest;
pub mod before;
pub mod store;
pub mod checkpoint;
pub mod runner;
