//! Runs of a study that are done elsewhere, in batches: what a worker needs to know, what it gives back,
//! and how that comes into the study's store.
//!
//! A worker is told the plan of the runs. It is refused where it would give other bytes: order and worker
//! each carry the fingerprint of a small country that they ran themselves, so version, platform and every
//! library that takes part are compared by what they compute.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use sha2::{Digest as _, Sha256};

use crate::experiment::runs::FinishedRuns as _;
use crate::experiment::runs::digest::Digest;
use crate::experiment::runs::plan::{Group, Job, MODEL_VERSION, Plan};
use crate::numeric::hex;
use crate::scenario::{Overrides, load_texts, starter};
use crate::study::Error;
use crate::study::error::Unanswerable;
use crate::study::observer::{FinishedRun, Stage, Unobserved};
use crate::study::runs::runner::{Ended, Hands, RunShard, Watched, run_missing};
use crate::study::runs::store::RunStore;

/// Months of the small country by which computers are compared.
const PROOF_MONTHS: u32 = 30;
/// Bytes that tell how long a packed run is.
const LENGTH: usize = 8;

/// Those who do runs elsewhere: other processes, or other machines.
pub trait Workers: Send + Sync {
    /// Has these groups of runs done by workers of whom each reads the `order`; what they give back goes to
    /// `keep`, in any order and as often as it comes.
    ///
    /// # Errors
    /// What `keep` says, or why the work cannot go on.
    fn run(&self, order: &[u8], groups: &[usize], keep: &mut Keep<'_>) -> Result<(), Error>;
}

/// Takes what a worker packed: of which groups, the runs, and who it was.
pub type Keep<'a> = dyn FnMut(&[usize], &[u8], &str) -> Result<(), Error> + 'a;

/// Has `workers` do what `store` misses of a part of `plan`.
///
/// # Errors
/// When a worker gives something else than these runs, or two give different ones; when it is stopped.
pub(super) fn hand_out(
    (plan, shard): (&Plan, RunShard),
    store: &RunStore,
    workers: &dyn Workers,
    watch: Watched<'_>,
) -> Result<(), Error> {
    let mut taking = Taking {
        plan,
        store,
        watch,
        givers: BTreeMap::new(),
    };
    let missing = taking.missing(shard);
    if missing.is_empty() {
        return Ok(());
    }
    let keep = &mut |groups: &[usize], packed: &[u8], who: &str| taking.keep(groups, packed, who);
    workers.run(&order(plan), &missing, keep)?;
    match taking.missing(shard).first() {
        None => Ok(()),
        Some(_) if watch.stop.load(Ordering::Relaxed) => Err(Error::Interrupted),
        Some(group) => {
            let run_id = group * plan.scenario().policies.len();
            Err(Error::Lost { run_id })
        }
    }
}

/// What a worker needs to know of `plan`, as bytes that travel.
pub fn order(plan: &Plan) -> Vec<u8> {
    let mut order = format!("{}\n", fingerprint()).into_bytes();
    order.extend(plan.to_text());
    order
}

/// Takes what workers give back.
struct Taking<'a> {
    plan: &'a Plan,
    store: &'a RunStore,
    watch: Watched<'a>,
    /// Who gave the runs of a group.
    givers: BTreeMap<usize, String>,
}

impl Taking<'_> {
    /// Numbers of the groups of runs of which some are missing; finished runs are told.
    fn missing(&self, shard: RunShard) -> Vec<usize> {
        let kept = self.plan.kept();
        let policies = self.plan.scenario().policies.len();
        let mut missing = Vec::new();
        for group in shard.groups(self.plan) {
            let found = |job: &Job| self.store.find(job, &kept);
            let whole = group.jobs.iter().all(|job| match found(job) {
                None => false,
                Some(_) if self.givers.contains_key(&(job.run_id / policies)) => true,
                Some(digest) => {
                    self.tell(&group, job, &digest);
                    true
                }
            });
            if !whole {
                missing.push(group.jobs[0].run_id / policies);
            }
        }
        missing
    }

    /// Keeps what the worker `who` gave back for `groups`.
    fn keep(&mut self, groups: &[usize], packed: &[u8], who: &str) -> Result<(), Error> {
        let mut rest = packed;
        for number in groups {
            let Some(group) = group(self.plan, *number) else {
                continue;
            };
            for job in &group.jobs {
                let damaged = || Error::from(Unanswerable::DamagedBatch { run_id: job.run_id });
                let (length, after) = rest.split_first_chunk::<LENGTH>().ok_or_else(damaged)?;
                let length = u64::from_le_bytes(*length) as usize;
                let (run, after) = after.split_at_checked(length).ok_or_else(damaged)?;
                match self.givers.get(number) {
                    Some(first) => self.refuse_other(job, run, [first, who])?,
                    None => self.put(&group, job, run)?,
                }
                rest = after;
            }
            let giver = || who.to_owned();
            self.givers.entry(*number).or_insert_with(giver);
        }
        Ok(())
    }

    /// Keeps a run that was packed.
    fn put(&self, group: &Group, job: &Job, run: &[u8]) -> Result<(), Error> {
        let damaged = Unanswerable::DamagedBatch { run_id: job.run_id };
        let digest = self.store.unpack(&job.identity, run).ok_or(damaged)?;
        let kept = self.store.put(&job.identity, &digest);
        kept.map_err(|cause| Error::Disk {
            what: "a finished run could not be kept".into(),
            cause,
        })?;
        let months = self.plan.scenario().months;
        self.watch.observer.months_done(months);
        self.tell(group, job, &digest);
        Ok(())
    }

    /// A run that came before must be the same when it comes again.
    fn refuse_other(&self, job: &Job, run: &[u8], [first, second]: [&str; 2]) -> Result<(), Error> {
        match self.store.packed(&job.identity) {
            Ok(Some(before)) if before != run => Err(Unanswerable::TwoAnswers {
                run_id: job.run_id,
                workers: [first, second].map(str::to_owned),
            }
            .into()),
            _ => Ok(()),
        }
    }

    fn tell(&self, group: &Group, job: &Job, digest: &Digest) {
        self.watch.observer.run_finished(&FinishedRun {
            stage: self.watch.stage,
            point: group.point.number,
            policy: job.policy,
            replication: job.replication,
            digest,
        });
    }
}

/// A plan as a worker knows it.
pub struct WorkOrder {
    plan: Plan,
}

impl WorkOrder {
    /// Reads what [`order`] wrote.
    ///
    /// # Errors
    /// When this program would give other bytes than the one that wrote it, or it is no order.
    pub fn read(order: &[u8]) -> Result<Self, Error> {
        let end = order.iter().position(|byte| *byte == b'\n').unwrap_or(0);
        let (theirs, text) = order.split_at(end);
        let (theirs, own) = (String::from_utf8_lossy(theirs).into_owned(), fingerprint());
        if theirs != own {
            let own = own.to_owned();
            return Err(Unanswerable::OtherWorker { theirs, own }.into());
        }
        let plan = Plan::of_text(text).ok_or(Unanswerable::DamagedBatch { run_id: 0 })?;
        Ok(Self { plan })
    }

    /// Runs these groups on so many threads and packs the results, which [`Keep`] takes.
    ///
    /// # Errors
    /// When `stop` is set, or threads cannot be had.
    pub fn run(
        &self,
        groups: &[usize],
        threads: usize,
        stop: &AtomicBool,
    ) -> Result<Vec<u8>, Error> {
        let groups = groups
            .iter()
            .filter_map(|number| group(&self.plan, *number));
        run_packed(&self.plan, groups.collect(), threads, stop)
    }
}

fn run_packed(
    plan: &Plan,
    groups: Vec<Group>,
    threads: usize,
    stop: &AtomicBool,
) -> Result<Vec<u8>, Error> {
    let store = RunStore::in_memory();
    let hands = Hands {
        threads,
        pool: None,
        checkpoint_every: None,
    };
    let watched = Watched {
        stage: Stage::Policies,
        observer: &Unobserved,
        stop,
    };
    let lost = |cause| Error::Disk {
        what: "runs of a batch".into(),
        cause,
    };
    match run_missing(plan, groups.iter().cloned(), &store, hands, watched) {
        Ended::Complete { .. } => {}
        Ended::Interrupted => return Err(Error::Interrupted),
        Ended::Derailed(derailed) => return Err(Error::Derailed(derailed)),
        Ended::Failed(cause) => return Err(lost(cause)),
    }
    let mut packed = Vec::new();
    for job in groups.iter().flat_map(|group| &group.jobs) {
        let run = store.packed(&job.identity).map_err(lost)?;
        let run = run.ok_or(Error::Lost { run_id: job.run_id })?;
        packed.extend((run.len() as u64).to_le_bytes());
        packed.extend(run);
    }
    Ok(packed)
}

/// The group with this number, if there is one.
fn group(plan: &Plan, number: usize) -> Option<Group> {
    plan.group_of(number.checked_mul(plan.scenario().policies.len())?)
}

/// What this program computes, in a line: its version, and a hash of a small country that it ran.
pub fn fingerprint() -> &'static str {
    static FINGERPRINT: OnceLock<String> = OnceLock::new();
    FINGERPRINT.get_or_init(|| {
        let hash = hex(&Sha256::digest(proof()));
        format!(
            "cogov {}, model {MODEL_VERSION}, {hash}",
            env!("CARGO_PKG_VERSION")
        )
    })
}

/// The runs of a made-up country of two regions under its first policies.
fn proof() -> Vec<u8> {
    let files = starter::files(2).into_iter();
    let texts: BTreeMap<String, String> = files
        .map(|file| (file.name.to_owned(), file.text))
        .collect();
    let changes = Overrides {
        replications: Some(1),
        months: Some(PROOF_MONTHS),
        ..Overrides::default()
    };
    let loaded = load_texts("scenario.toml", texts, Path::new(""), &changes);
    let loaded = loaded.expect("the starter is sound, as its test holds");
    let plan = Plan::of(Arc::new(loaded.scenario));
    let groups: Vec<Group> = plan.groups().collect();
    let packed = run_packed(&plan, groups, 1, &AtomicBool::new(false));
    packed.expect("nobody stops it")
}

#[cfg(test)]
mod tests;
