//! What is typed: one verb per file.

pub mod factors;
pub mod factors_chains;
pub mod factors_input;
pub mod chain_progress;
