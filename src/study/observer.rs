//! Who is told how far a study is, and what its finished runs say so far.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use crate::experiment::runs::digest::Digest;
use crate::experiment::statistics::paired::{Effect, Pairs};
use crate::model::outcome::OUTCOMES;

/// What runs are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// The policies of the scenario, at every design point of a sweep.
    Policies,
    /// Subsets of the parts of one policy.
    Parts,
    /// The past, at points of a calibration.
    History,
    /// Policies at points that a calibration has not ruled out.
    Region,
}

/// Runs that are about to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunsNeeded {
    /// What they are for.
    pub stage: Stage,
    /// Runs that are missing.
    pub missing: usize,
    /// Runs that were finished before.
    pub finished: usize,
    /// Months of each.
    pub months: u32,
    /// Design points among which they are spread; 1 without a sweep.
    pub points: usize,
}

/// A run that is finished: just now, or found where it was kept.
#[derive(Debug, Clone, Copy)]
pub struct FinishedRun<'a> {
    /// What it is for.
    pub stage: Stage,
    /// Number of the design point; 0 without a sweep.
    pub point: usize,
    /// Position of the policy among those of the stage, the baseline first.
    pub policy: usize,
    /// Replication.
    pub replication: u32,
    /// What is kept of it.
    pub digest: &'a Digest,
}

impl FinishedRun<'_> {
    /// National outcomes over the last 12 months, by their position; none where other numbers are kept.
    pub fn judged(&self) -> Option<&[f64]> {
        self.digest.means.get(..OUTCOMES.len())
    }
}

/// How a file was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileUse {
    /// It was read.
    Read,
    /// It was written.
    Written,
}

/// Who is told how far a study is, from any thread; what it does not want to know it leaves out.
pub trait Observer: Send + Sync {
    /// These runs are about to be done.
    fn runs_begin(&self, _needed: &RunsNeeded) {}

    /// So many months of some run are done, or need not be run.
    fn months_done(&self, _months: u32) {}

    /// A run is finished. What was there before is told too, so that all of a stage are told when it
    /// ends, some perhaps twice when a study goes on; their order depends on the threads.
    fn run_finished(&self, _run: &FinishedRun<'_>) {}

    /// The runs that were begun have ended, well or not.
    fn runs_end(&self) {}

    /// A calibration begins its wave `number` of `waves`, from 1.
    fn wave_begins(&self, _number: u32, _waves: u32) {}

    /// A file was read or written.
    fn file(&self, _how: FileUse, _path: &Path) {}

    /// Something that is worth a line.
    fn note(&self, _line: &str) {}
}

/// Nobody is told.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unobserved;

impl Observer for Unobserved {}

/// What finished pairs say so far of every policy against the baseline, while others are still run.
///
/// Replications are taken in their order, so once all are finished the numbers are those of the study,
/// to the last bit.
#[derive(Debug, Default)]
pub struct PairsSoFar(Mutex<BTreeMap<RunAt, Vec<f64>>>);

/// Design point, policy and replication.
type RunAt = (usize, usize, u32);

impl PairsSoFar {
    /// Notes a finished run; only those of the scenario's policies count.
    pub fn add(&self, run: &FinishedRun<'_>) {
        if let (Stage::Policies, Some(judged)) = (run.stage, run.judged()) {
            let at = (run.point, run.policy, run.replication);
            self.runs().insert(at, judged.to_vec());
        }
    }

    /// The national effect of `policy` on the outcome at position `outcome` over the last 12 months at a
    /// design point (0 without a sweep), from the pairs of which both runs are finished.
    pub fn effect(&self, point: usize, policy: usize, outcome: usize) -> Effect {
        let runs = self.runs();
        let mut pairs = Pairs::default();
        for ((.., replication), baseline) in runs.range((point, 0, 0)..=(point, 0, u32::MAX)) {
            if let Some(own) = runs.get(&(point, policy, *replication)) {
                pairs.add(baseline[outcome], own[outcome]);
            }
        }
        pairs.effect()
    }

    fn runs(&self) -> std::sync::MutexGuard<'_, BTreeMap<RunAt, Vec<f64>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Observer for PairsSoFar {
    fn run_finished(&self, run: &FinishedRun<'_>) {
        self.add(run);
    }
}
