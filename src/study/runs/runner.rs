//! Runs what is missing from a store, in parallel.
//!
//! Groups of runs, each all policies in one replication at one design point, go to threads one by
//! one in their order. Within a group, months before the first intervention are the same under every
//! policy: they are run once, as a trunk from which each policy branches off; the trunk itself ends
//! as the baseline. Worlds so large that several at once might not fit memory, and runs fewer than
//! threads, follow each other from month 0, each with its citizens spread over all threads. The
//! bytes are the same either way.

use std::collections::BTreeSet;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use rayon::prelude::*;

use crate::experiment::runs::FinishedRuns as _;
use crate::experiment::runs::digest::{Digest, Kept};
use crate::experiment::runs::plan::{Group, Job, Plan, RunHash};
use crate::intervention::{BASELINE, Policy};
use crate::simulation::{Derailed, Onward, Simulation, Unfinished};
use crate::study::observer::{FinishedRun, Observer, Stage};
use crate::study::runs::checkpoint::Found;
use crate::study::runs::store::RunStore;
use crate::world::country::Country;

/// Citizens from which on a world gets all threads to itself.
pub const LARGE_WORLD: u64 = 4_000_000;

/// How runs are done; nothing of it changes a result.
#[derive(Debug, Clone, Copy)]
pub struct Hands<'a> {
    /// Threads.
    pub threads: usize,
    /// So many that are there already; new ones where there are none.
    pub pool: Option<&'a rayon::ThreadPool>,
    /// Months between checkpoints of a run, if it is to have any.
    pub checkpoint_every: Option<u32>,
}

impl Hands<'_> {
    /// Does something on the threads that are there, or on new ones.
    ///
    /// # Errors
    /// When there can be no new ones.
    pub fn act<R: Send>(self, act: impl FnOnce() -> R + Send) -> io::Result<R> {
        if let Some(pool) = self.pool {
            return Ok(pool.install(act));
        }
        let fresh = rayon::ThreadPoolBuilder::new().num_threads(self.threads);
        Ok(fresh.build().map_err(io::Error::other)?.install(act))
    }
}

/// Why the runs ended.
#[derive(Debug)]
pub enum Ended {
    /// Every run is on disk; so many months were shared between policies instead of run again.
    Complete {
        /// Months not run because a trunk had lived through them.
        shared: u64,
    },
    /// Somebody asked to stop; what was finished is on disk.
    Interrupted,
    /// A result could not be written.
    Failed(io::Error),
    /// The numbers of a run left all bounds.
    Derailed(Derailed),
}

/// A part of a study: groups number `part`, `part` + `of`, ... from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunShard {
    /// Which part, from 0.
    pub part: usize,
    /// How many parts there are.
    pub of: usize,
}

impl RunShard {
    /// The whole study.
    pub const WHOLE: Self = Self { part: 0, of: 1 };

    /// Groups of `plan` in this part.
    pub fn groups(self, plan: &Plan) -> impl Iterator<Item = Group> + '_ {
        plan.groups().skip(self.part).step_by(self.of)
    }
}

/// Runs of these `groups` of `plan` that `store` does not hold.
pub fn run_missing(
    plan: &Plan,
    groups: impl Iterator<Item = Group> + Send,
    store: &RunStore,
    hands: Hands<'_>,
    watch: Watched<'_>,
) -> Ended {
    let threads = hands.threads;
    let scenario = plan.scenario();
    let geography = scenario.geography.clone();
    let country = Country::new(geography, scenario.population, scenario.start);
    let crew = Crew {
        plan,
        large: country.citizens() >= LARGE_WORLD || plan.runs() < threads,
        country: Arc::new(country),
        kept: plan.kept(),
        checkpoint_every: hands.checkpoint_every,
        store,
        claimed: Mutex::default(),
        shared: AtomicU64::new(0),
        watch,
    };
    match hands.act(|| crew.run_all(groups, threads)).flatten() {
        Err(fault) => match fault.downcast() {
            Ok(derailed) => Ended::Derailed(derailed),
            Err(fault) => Ended::Failed(fault),
        },
        Ok(()) if watch.stop.load(Ordering::Relaxed) => Ended::Interrupted,
        Ok(()) => Ended::Complete {
            shared: crew.shared.into_inner(),
        },
    }
}

/// Who is told how far the runs are, and what stops them.
#[derive(Clone, Copy)]
pub struct Watched<'a> {
    /// What they are run for.
    pub stage: Stage,
    /// Who is told.
    pub observer: &'a dyn Observer,
    /// Set from outside to end them.
    pub stop: &'a AtomicBool,
}

/// What all threads share.
struct Crew<'a> {
    plan: &'a Plan,
    country: Arc<Country>,
    large: bool,
    kept: Kept,
    checkpoint_every: Option<u32>,
    store: &'a RunStore,
    /// Runs that some thread has begun: the same run may be needed at several design points.
    claimed: Mutex<BTreeSet<RunHash>>,
    shared: AtomicU64,
    watch: Watched<'a>,
}

impl Crew<'_> {
    /// Runs the groups in turn; each thread takes the next.
    fn run_all(
        &self,
        groups: impl Iterator<Item = Group> + Send,
        threads: usize,
    ) -> io::Result<()> {
        if self.large {
            return groups.into_iter().try_for_each(|group| self.run(&group));
        }
        let groups = Mutex::new(groups);
        let next = || groups.lock().expect("nobody fails here").next();
        let workers = (0..threads).into_par_iter().with_max_len(1);
        workers.try_for_each(|_| std::iter::from_fn(next).try_for_each(|group| self.run(&group)))
    }

    fn run(&self, group: &Group) -> io::Result<()> {
        let missing: Vec<&Job> = group.jobs.iter().filter(|job| self.claim(job)).collect();
        if missing.is_empty() || self.stopped() {
            return Ok(());
        }
        let scenario = Arc::clone(&group.point.scenario);
        let simulation = Simulation::in_country(scenario, Arc::clone(&self.country));
        let alone = self.large || missing.len() == 1 || self.checkpoint_every.is_some();
        let result = if alone {
            missing
                .iter()
                .try_for_each(|job| self.run_alone(&simulation, job))
        } else {
            self.run_from_trunk(&simulation, &missing)
        };
        let mut claimed = self.claimed.lock().expect("nobody fails here");
        missing.iter().for_each(|job| {
            claimed.remove(&job.identity);
        });
        result
    }

    /// Whether the run is missing, and nobody else is at it.
    fn claim(&self, job: &Job) -> bool {
        let found = {
            let mut claimed = self.claimed.lock().expect("nobody fails here");
            if claimed.contains(&job.identity) {
                return false;
            }
            let found = self.store.find(job, &self.kept);
            if found.is_none() {
                return claimed.insert(job.identity);
            }
            found
        };
        found.iter().for_each(|digest| self.tell(job, digest));
        false
    }

    /// Tells that a run is finished, just now or before.
    fn tell(&self, job: &Job, digest: &Digest) {
        self.watch.observer.run_finished(&FinishedRun {
            stage: self.watch.stage,
            point: self.plan.point_of(job.run_id),
            policy: job.policy,
            replication: job.replication,
            digest,
        });
    }

    fn stopped(&self) -> bool {
        self.watch.stop.load(Ordering::Relaxed)
    }

    fn onward(&self) -> Onward {
        match self.stopped() {
            true => Onward::Stop,
            false => Onward::Continue,
        }
    }

    fn each_month(&self) -> impl FnMut(u32) -> Onward + '_ {
        |_| {
            self.watch.observer.months_done(1);
            self.onward()
        }
    }

    /// Runs from the last checkpoint, if there is one, to the next, until the months are over.
    fn run_alone(&self, simulation: &Simulation, job: &Job) -> io::Result<()> {
        let months = simulation.scenario().months;
        let every = self.checkpoint_every.unwrap_or(months);
        let mut run = self.begin(simulation, job);
        while run.months_done() < months {
            let next = (run.months_done() / every + 1) * every;
            let onward = run.advance(next.min(months), &mut self.each_month());
            let unfinished = onward == Onward::Stop || run.months_done() < months;
            if unfinished && self.checkpoint_every.is_some() {
                self.save(job, &mut run);
            }
            if onward == Onward::Stop {
                return Ok(());
            }
        }
        self.keep(simulation, job, run)
    }

    /// The run where its checkpoint left it, or before its first month.
    fn begin(&self, simulation: &Simulation, job: &Job) -> Unfinished {
        let policy = policy(simulation, job);
        let begin = || simulation.begin(policy, job.replication, self.large);
        let note = |what: &str| {
            let (name, replication) = (&policy.name, job.replication);
            self.watch
                .observer
                .note(&format!("{name}, replication {replication}: {what}"));
        };
        let mut run = begin();
        let Some(checkpoint) = self.store.checkpoint(&job.identity) else {
            return run;
        };
        let why = match checkpoint.read(&mut run) {
            Ok(Found::Nothing) => return run,
            Ok(Found::State) => {
                let months = run.months_done();
                self.watch.observer.months_done(months);
                note(&format!("goes on after month {months}"));
                return run;
            }
            Ok(Found::Useless(why)) => why.to_owned(),
            Err(fault) => format!("cannot be read ({fault})"),
        };
        note(&format!("its checkpoint {why}; the run begins again"));
        begin()
    }

    /// Writes a checkpoint; a run that cannot have one goes on without.
    fn save(&self, job: &Job, run: &mut Unfinished) {
        let Some(checkpoint) = self.store.checkpoint(&job.identity) else {
            return;
        };
        if let Err(fault) = checkpoint.write(run) {
            self.watch
                .observer
                .note(&format!("a checkpoint could not be written: {fault}"));
        }
    }

    /// Runs the trunk from one branching to the next, and from each the policies that begin there.
    fn run_from_trunk(&self, simulation: &Simulation, missing: &[&Job]) -> io::Result<()> {
        let first_month = |job: &Job| simulation.first_month(policy(simulation, job));
        let idle = |job: &&Job| policy(simulation, job).interventions.is_empty();
        let (baseline, mut jobs): (Vec<&Job>, Vec<&Job>) = missing.iter().copied().partition(idle);
        jobs.sort_by_key(|job| first_month(job));
        let mut trunk = simulation.begin(&nothing(), missing[0].replication, false);
        let mut spared = 0;
        for same in jobs.chunk_by(|a, b| first_month(a) == first_month(b)) {
            let month = first_month(same[0]);
            if trunk.advance(month, &mut |_| self.onward()) == Onward::Stop {
                return Ok(());
            }
            let branch = |job: &&Job| self.run_branch(simulation, &trunk, job);
            same.par_iter().with_max_len(1).try_for_each(branch)?;
            spared += u64::from(month) * same.len() as u64;
            self.watch.observer.months_done(month * same.len() as u32);
        }
        let trunk_months = jobs.last().map_or(0, |job| first_month(job));
        let shared = if baseline.is_empty() {
            spared.saturating_sub(u64::from(trunk_months))
        } else {
            self.watch.observer.months_done(trunk_months);
            spared
        };
        self.shared.fetch_add(shared, Ordering::Relaxed);
        match baseline.first() {
            Some(job) => self.finish_trunk(simulation, trunk, job),
            None => Ok(()),
        }
    }

    fn finish_trunk(
        &self,
        simulation: &Simulation,
        mut trunk: Unfinished,
        job: &Job,
    ) -> io::Result<()> {
        match trunk.advance(simulation.scenario().months, &mut self.each_month()) {
            Onward::Stop => Ok(()),
            Onward::Continue => self.keep(simulation, job, trunk),
        }
    }

    fn run_branch(&self, simulation: &Simulation, trunk: &Unfinished, job: &Job) -> io::Result<()> {
        let mut branch = simulation.branch(trunk, policy(simulation, job), job.replication);
        let months = simulation.scenario().months;
        match branch.advance(months, &mut self.each_month()) {
            Onward::Stop => Ok(()),
            Onward::Continue => self.keep(simulation, job, branch),
        }
    }

    fn keep(&self, simulation: &Simulation, job: &Job, mut run: Unfinished) -> io::Result<()> {
        if !run.is_finite() {
            let where_it_did = simulation.derailed(policy(simulation, job), job.replication);
            return Err(io::Error::other(where_it_did));
        }
        let digest = Digest::new(&self.kept, &run.finish(&self.country));
        self.store.put(&job.identity, &digest)?;
        if let Some(checkpoint) = self.store.checkpoint(&job.identity) {
            checkpoint.remove();
        }
        self.tell(job, &digest);
        Ok(())
    }
}

fn nothing() -> Policy {
    Policy {
        name: BASELINE.into(),
        describe: String::new(),
        interventions: Vec::new(),
    }
}

fn policy<'a>(simulation: &'a Simulation, job: &Job) -> &'a Policy {
    &simulation.scenario().policies[job.policy]
}

#[cfg(test)]
mod tests;
