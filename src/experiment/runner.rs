//! Runs what is missing from a store, in parallel.
//!
//! Runs go to threads one by one. Where there are fewer runs than threads, or worlds so large that
//! several at once might not fit memory, runs follow each other and each spreads its citizens over
//! all threads: the bytes are the same.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use crate::experiment::digest::Digest;
use crate::experiment::plan::Job;
use crate::experiment::store::Store;
use crate::simulation::{Onward, Simulation};

/// Citizens from which on a world gets all threads to itself.
const LARGE_WORLD: u64 = 4_000_000;

/// Who wants to know how far the runs are, from any thread.
pub trait Watch: Sync {
    /// A month of some run is done.
    fn month_done(&self);
    /// A run is done and on disk.
    fn run_done(&self);
}

/// Why the runs ended.
#[derive(Debug)]
pub enum Ended {
    /// Every run is on disk.
    Complete,
    /// Somebody asked to stop; what was finished is on disk.
    Interrupted,
    /// A result could not be written.
    Failed(io::Error),
}

/// Runs every job that `store` does not hold, on `threads` threads.
pub fn run_missing(
    simulation: &Simulation,
    jobs: &[Job],
    store: &Store,
    threads: usize,
    (stop, watch): (&AtomicBool, &impl Watch),
) -> Ended {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = match pool {
        Ok(pool) => pool,
        Err(fault) => return Ended::Failed(io::Error::other(fault)),
    };
    let large = simulation.country().citizens() >= LARGE_WORLD;
    let one_by_one = large || jobs.len() < threads;
    let run = |job: &Job| run_one(simulation, job, store, one_by_one, (stop, watch));
    let result = pool.install(|| {
        if one_by_one {
            jobs.iter().try_for_each(run)
        } else {
            jobs.par_iter().with_max_len(1).try_for_each(run)
        }
    });
    match result {
        Err(fault) => Ended::Failed(fault),
        Ok(()) if stop.load(Ordering::Relaxed) => Ended::Interrupted,
        Ok(()) => Ended::Complete,
    }
}

fn run_one(
    simulation: &Simulation,
    job: &Job,
    store: &Store,
    spread: bool,
    (stop, watch): (&AtomicBool, &impl Watch),
) -> io::Result<()> {
    let scenario = simulation.scenario();
    let stopped = || stop.load(Ordering::Relaxed);
    if stopped() {
        return Ok(());
    }
    let policy = &scenario.policies[job.policy];
    let run = simulation.run(policy, job.replication, spread, |_| {
        watch.month_done();
        if stopped() {
            Onward::Stop
        } else {
            Onward::Continue
        }
    });
    if let Some(run) = run {
        store.put(&job.identity, &Digest::new(scenario, &run))?;
        watch.run_done();
    }
    Ok(())
}
