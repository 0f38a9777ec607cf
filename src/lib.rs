//! cogov: a multi-agent simulator of collaborative governance.

pub mod chance;
pub mod numeric;
pub mod world;
pub mod model;
pub mod intervention;
pub mod scenario;
pub mod simulation;
pub mod experiment;
pub mod output;
pub mod cli;
