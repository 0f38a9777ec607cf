//! Runs at work: what is missing is run in parallel, kept when it is finished, and taken up where it
//! was cut off.

pub mod store;
pub mod checkpoint;
pub mod runner;
