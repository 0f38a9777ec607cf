//! Runs: which are needed, and what is kept of each.

pub mod plan;
pub mod digest;
pub mod before;

use crate::experiment::runs::digest::{Digest, Kept};
use crate::experiment::runs::plan::Job;

/// Where finished runs are found, on disk or in memory.
pub trait FinishedRuns: Sync {
    /// What is `kept` of the finished run `job`, if a sound one that holds it is there.
    fn find(&self, job: &Job, kept: &Kept) -> Option<Digest>;
}
