//! A study at work: its folder is taken, runs that are missing are run, and files are written.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::experiment::runs::digest::{Detail, Digest};
use crate::experiment::runs::plan::{Group, Job, Plan};
use crate::experiment::statistics::compare::Missing;
use crate::output::folder::manifest::{self, Manifest};
use crate::output::folder::results::{self, Results};
use crate::output::folder::{Kind, clear, files};
use crate::output::formats::{self, parquet};
use crate::output::report::{self, ReaderLanguage};
use crate::output::tables::ties;
use crate::scenario::Scenario;
use crate::scenario::sweep::Sweep;
use crate::simulation::Onward;
use crate::study::batches;
use crate::study::claim::{self, FolderClaim};
use crate::study::observer::{FileUse, RunsNeeded, Stage};
use crate::study::runs::runner::{Ended, Hands, RunShard, Watched, run_missing};
use crate::study::runs::store::RunStore;
use crate::study::{Error, Options, Study};

/// What every study tells of itself when it is finished.
#[derive(Debug, Clone)]
pub struct Finished {
    /// The scenario, with the number of replications that were run.
    pub scenario: Arc<Scenario>,
    /// Runs behind the results.
    pub runs: usize,
    /// Folder of the results, if there is one.
    pub folder: Option<PathBuf>,
    /// The report, if one was made.
    pub report: Option<PathBuf>,
    /// SHA-256 over the result files, the same on every machine; none without a folder.
    pub result_sha256: Option<String>,
}

/// A study at work.
pub(super) struct Underway<'a> {
    pub options: &'a Options,
    pub scenario: Arc<Scenario>,
    pub plan: Plan,
    pub store: RunStore,
    pub manifest: Manifest,
    shard: RunShard,
    inputs: Vec<PathBuf>,
    _lock: Option<File>,
}

/// What is asked of a study.
pub(super) struct Asking<'a> {
    /// The scenario, with the policies that are run.
    pub scenario: Scenario,
    /// What is varied, if anything is.
    pub sweep: Option<&'a Sweep>,
    /// How much is kept of each run.
    pub detail: Detail,
    /// What kind of work it is.
    pub kind: Kind,
}

impl Study {
    /// Takes the folder for what is asked.
    pub(super) fn begin(&self, asking: Asking<'_>) -> Result<Underway<'_>, Error> {
        let inputs = self.input_paths();
        for input in &inputs {
            self.options.observer.file(FileUse::Read, input);
        }
        let command = self.options.command.iter();
        // whether it went on with something does not change what comes out
        let command = command.filter(|word| *word != "--resume");
        let manifest = Manifest::begin(
            asking.kind,
            &asking.scenario,
            (asking.sweep, asking.detail),
            command.cloned().collect(),
            self.input_files(),
        );
        Underway::begin(&self.options, manifest, asking.scenario, inputs)
    }
}

impl<'a> Underway<'a> {
    /// Takes the folder of the options for the study of `scenario` that the manifest describes.
    pub fn begin(
        options: &'a Options,
        manifest: Manifest,
        scenario: Scenario,
        inputs: Vec<PathBuf>,
    ) -> Result<Self, Error> {
        let scenario = Arc::new(scenario);
        let plan = manifest.plan(Arc::clone(&scenario))?;
        let (lock, manifest) = match &options.folder {
            None => (None, manifest),
            Some(folder) => {
                let claim = FolderClaim {
                    manifest,
                    scenario: &scenario,
                    inputs: &inputs,
                    force: options.force,
                    resume: options.resume,
                };
                let (lock, manifest) = claim::take(folder, claim)?;
                (Some(lock), manifest)
            }
        };
        Ok(Self {
            store: store(options)?,
            options,
            scenario,
            plan,
            manifest,
            shard: RunShard::WHOLE,
            inputs,
            _lock: lock,
        })
    }

    /// The same study, of which only a part is run.
    pub fn part(self, shard: RunShard) -> Self {
        Self { shard, ..self }
    }

    /// Raises the number of replications; the manifest tells it when the study is complete, so that
    /// one cut off before goes on from the number that was asked for.
    pub fn extend(&mut self, replications: u32) {
        let scenario = Scenario {
            replications,
            ..Scenario::clone(&self.scenario)
        };
        self.scenario = Arc::new(scenario);
        self.plan = Plan::of(Arc::clone(&self.scenario));
        self.manifest.replications = replications;
    }

    /// Runs what is missing of the study's own runs.
    pub fn run(&self) -> Result<(), Error> {
        self.run_plan(&self.plan, Stage::Policies)
    }

    /// Runs what is missing of `plan`, which may be more than the study's own.
    pub fn run_plan(&self, plan: &Plan, stage: Stage) -> Result<(), Error> {
        let needed = self.needed(plan, stage);
        let observer = &*self.options.observer;
        let watched = Watched {
            stage,
            observer,
            stop: &self.options.stop,
        };
        observer.runs_begin(&needed);
        let shared = match &self.options.workers {
            None => self.run_here(plan, watched),
            Some(workers) => {
                let part = (plan, self.shard);
                batches::hand_out(part, &self.store, &**workers, watched).map(|()| 0)
            }
        };
        observer.runs_end();
        self.note_shared(shared?, &needed);
        Ok(())
    }

    /// Runs what is missing on threads of this process; so many months were shared.
    fn run_here(&self, plan: &Plan, watched: Watched<'_>) -> Result<u64, Error> {
        let groups = self.shard.groups(plan);
        match run_missing(plan, groups, &self.store, hands(self.options), watched) {
            Ended::Complete { shared } => Ok(shared),
            Ended::Interrupted => Err(Error::Interrupted),
            Ended::Derailed(derailed) => Err(Error::Derailed(derailed)),
            Ended::Failed(cause) => Err(Error::Disk {
                what: "a finished run could not be kept".into(),
                cause,
            }),
        }
    }

    fn needed(&self, plan: &Plan, stage: Stage) -> RunsNeeded {
        let mut needed = RunsNeeded {
            stage,
            missing: 0,
            finished: 0,
            months: plan.scenario().months,
            points: plan.points().len(),
        };
        for job in self.shard.groups(plan).flat_map(|group| group.jobs) {
            match self.store.has(&job) {
                true => needed.finished += 1,
                false => needed.missing += 1,
            }
        }
        needed
    }

    fn note_shared(&self, shared: u64, needed: &RunsNeeded) {
        if shared > 0 {
            let months = needed.missing as f64 * f64::from(needed.months);
            let share = 100.0 * shared as f64 / months;
            self.options.observer.note(&format!(
                "months before the first measure were run once for all policies: {share:.0} % of the months saved"
            ));
        }
    }

    /// Writes a file into the folder, if there is one.
    pub fn write(&self, write: impl FnOnce(&Path) -> std::io::Result<()>) -> Result<(), Error> {
        match &self.options.folder {
            None => Ok(()),
            Some(folder) => write(folder).map_err(|fault| Error::disk(folder, fault)),
        }
    }

    /// What the runs say; all files of the results are written, and that the study is complete is told
    /// last. Where a table cannot be written none is left; where only the report cannot be made, the
    /// study is complete without it, and the error says why.
    pub fn finish(mut self) -> Result<(Finished, Results), Error> {
        let Some(folder) = self.options.folder.as_deref() else {
            let each = |_: &Group, _: &Job, _: &Digest| Ok::<(), Missing>(());
            let results = Results::of(&self.plan, &self.store, each)?;
            return Ok((self.finished(false), results));
        };
        let reported = self.options.report && self.is_told();
        let written = self.write_tables(folder, reported);
        let results = written.inspect_err(|_| self.clear_tables(folder))?;
        let report = reported.then(|| report::write(folder, ReaderLanguage::default()));
        let finished = self.complete(folder, reported)?;
        report.transpose()?;
        Ok((finished, results))
    }

    /// Whether there is a page of such a study: a comparison, or the runs of one policy.
    fn is_told(&self) -> bool {
        self.scenario.policies.len() > 1 || self.manifest.sweep.is_none()
    }

    fn write_tables(&mut self, folder: &Path, reported: bool) -> Result<Results, Error> {
        let compares = self.scenario.policies.len() > 1;
        if reported && compares && self.manifest.sweep.is_none() {
            self.write_network(folder)?;
        }
        let (plan, store, manifest) = (&self.plan, &self.store, &mut self.manifest);
        let written = hands(self.options).act(|| results::write(folder, plan, store, manifest));
        let written = written.unwrap_or_else(|fault| Err(fault.into()));
        let results = written.map_err(|broken| Error::broken(folder, broken))?;
        for format in &self.options.formats {
            let (name, months) = (&self.scenario.name, self.scenario.months);
            let written = formats::write(folder, name, months, *format);
            written.map_err(|fault| Error::disk(folder, fault))?;
        }
        Ok(results)
    }

    /// Writes what a report of a comparison shows and the other files do not hold: the network.
    fn write_network(&self, folder: &Path) -> Result<(), Error> {
        let work = (self.options.threads(), &*self.options.stop);
        match ties::write(folder, &self.scenario, work) {
            Ok(Onward::Continue) => Ok(()),
            Ok(Onward::Stop) => Err(Error::Interrupted),
            Err(fault) => Err(Error::disk(folder, fault)),
        }
    }

    /// Leaves the folder as a study that has still to write its results.
    pub fn clear_tables(&self, folder: &Path) {
        let _ = clear(folder, [self.manifest.kind; 2], &self.inputs);
    }

    /// Says in the manifest that the study is complete.
    pub fn complete(&mut self, folder: &Path, reported: bool) -> Result<Finished, Error> {
        let completed = self.manifest.complete(folder, &self.scenario);
        completed.map_err(|fault| Error::disk(folder, fault))?;
        for name in files(self.manifest.kind).chain([parquet::FOLDER, manifest::NAME]) {
            let path = folder.join(name);
            if path.exists() {
                self.options.observer.file(FileUse::Written, &path);
            }
        }
        Ok(self.finished(reported))
    }

    /// What the study tells of itself.
    pub fn finished(&self, reported: bool) -> Finished {
        let folder = self.options.folder.clone();
        let report = folder.as_ref().filter(|_| reported);
        Finished {
            report: report.map(|folder| folder.join(report::NAME)),
            scenario: Arc::clone(&self.scenario),
            runs: self.plan.runs(),
            folder,
            result_sha256: self.manifest.result_sha256.clone(),
        }
    }
}

/// On what threads a study works.
fn hands(options: &Options) -> Hands<'_> {
    Hands {
        threads: options.threads(),
        pool: options.pool.as_deref(),
        checkpoint_every: options.checkpoint_every.map(u32::from),
    }
}

/// Where finished runs are kept.
fn store(options: &Options) -> Result<RunStore, Error> {
    let own = options.folder.as_ref().map(|folder| folder.join("runs"));
    let Some(place) = options.store.as_ref().or(own.as_ref()) else {
        return Ok(RunStore::in_memory());
    };
    let fault = |fault| Error::disk(place, fault);
    let store = RunStore::open(place).map_err(fault)?;
    if options.store.is_none() {
        store.sweep_up().map_err(fault)?;
    }
    Ok(store)
}
