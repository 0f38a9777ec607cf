//! Runs of a study that are done elsewhere, in batches: what a worker needs to know, what it gives back,
//! and how that comes into the study's store.
//!
//! A worker is told the study as its manifest tells it. It is refused where it would give other bytes:
//! order and worker each carry the fingerprint of a small country that they ran themselves, so version,
//! platform and every library that takes part are compared by what they compute.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};

use sha2::{Digest as _, Sha256};

use crate::experiment::runs::plan::{Group, MODEL_VERSION, Plan};
use crate::numeric::hex;
use crate::output::folder::manifest::Manifest;
use crate::scenario::{Overrides, load_texts, starter};
use crate::study::error::Unanswerable;
use crate::study::observer::{FinishedRun, Observer, RunsNeeded, Stage, Unobserved};
use crate::study::runs::runner::{Ended, Hands, Watched, run_missing};
use crate::study::runs::store::RunStore;
use crate::study::{Error, Study, Task};

/// Months of the small country by which computers are compared.
const PROOF_MONTHS: u32 = 30;
/// Bytes that tell how long a packed run is.
const LENGTH: usize = 8;

/// A study whose runs are done elsewhere; its folder is taken as long as this lives.
pub struct RunBatches {
    plan: Plan,
    store: RunStore,
    order: Vec<u8>,
    observer: Arc<dyn Observer>,
    _lock: Option<File>,
}

impl Study {
    /// Takes the folder of `task`, of which the runs are to be done elsewhere.
    ///
    /// # Errors
    /// As of the whole task.
    pub fn batches(&self, task: &Task) -> Result<RunBatches, Error> {
        let (plan, store, manifest, lock) = self.begin(self.asking(task)?)?.into_hands();
        let mut order = format!("{}\n", fingerprint()).into_bytes();
        order.extend(manifest.text(plan.scenario()));
        Ok(RunBatches {
            plan,
            store,
            order,
            observer: Arc::clone(&self.options.observer),
            _lock: lock,
        })
    }
}

impl RunBatches {
    /// What a worker needs to know, as bytes that travel.
    pub fn order(&self) -> &[u8] {
        &self.order
    }

    /// Numbers of the groups of runs of which some are missing; they are told to the observer.
    pub fn missing(&self) -> Vec<usize> {
        let (mut groups, mut missing, mut finished) = (Vec::new(), 0, 0);
        for (number, group) in self.plan.groups().enumerate() {
            let there = group.jobs.iter().filter(|job| self.store.has(job)).count();
            finished += there;
            missing += group.jobs.len() - there;
            if there < group.jobs.len() {
                groups.push(number);
            }
        }
        self.observer.runs_begin(&RunsNeeded {
            stage: Stage::Policies,
            missing,
            finished,
            months: self.plan.scenario().months,
            points: self.plan.points().len(),
        });
        groups
    }

    /// Keeps what a worker gave back for `groups`.
    ///
    /// # Errors
    /// When it is damaged or of other runs, or cannot be written.
    pub fn keep(&self, groups: &[usize], packed: &[u8]) -> Result<(), Error> {
        let mut rest = packed;
        for group in groups
            .iter()
            .filter_map(|number| group(&self.plan, *number))
        {
            for job in &group.jobs {
                let damaged = || Error::from(Unanswerable::DamagedBatch { run_id: job.run_id });
                let (length, after) = rest.split_first_chunk::<LENGTH>().ok_or_else(damaged)?;
                let length = u64::from_le_bytes(*length) as usize;
                let (run, after) = after.split_at_checked(length).ok_or_else(damaged)?;
                let digest = self.store.unpack(&job.identity, run).ok_or_else(damaged)?;
                let kept = self.store.put(&job.identity, &digest);
                kept.map_err(|cause| Error::Disk {
                    what: "a finished run could not be kept".into(),
                    cause,
                })?;
                self.observer.months_done(self.plan.scenario().months);
                self.observer.run_finished(&FinishedRun {
                    stage: Stage::Policies,
                    point: group.point.number,
                    policy: job.policy,
                    replication: job.replication,
                    digest: &digest,
                });
                rest = after;
            }
        }
        Ok(())
    }
}

/// A study as a worker knows it.
pub struct WorkOrder {
    plan: Plan,
}

impl WorkOrder {
    /// Reads what [`RunBatches::order`] wrote.
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
        let (manifest, scenario) =
            Manifest::of_text(text).map_err(|_| Unanswerable::DamagedBatch { run_id: 0 })?;
        let plan = manifest.plan(Arc::new(scenario))?;
        Ok(Self { plan })
    }

    /// Runs these groups on so many threads and packs the results, which [`RunBatches::keep`] takes.
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
