//! cogov: a multi-agent simulator of collaborative governance.

pub mod chance;
pub mod numeric;

pub mod factors;
pub mod output;
pub mod cli;
