//! Runs at work: stage after stage in a thread of their own, until they are finished or a lever is moved.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use crate::experiment::statistics::compare::Comparison;
use crate::lab::hands::{give_way, hands};
use crate::lab::tally::LiveTally;
use crate::lab::wanted::{Actors, RunStage, stages};
use crate::scenario::{Loaded, Scenario};
use crate::study::observer::{FinishedRun, Observer, Stage};
use crate::study::{Error, Options, Study};

/// Who is told that there is something new, from any thread.
pub type Bell = Arc<dyn Fn() + Send + Sync>;

/// Where runs are kept and written, and who works.
#[derive(Clone)]
pub struct Workshop {
    /// Folder of finished runs.
    pub store: PathBuf,
    /// Folder of results that are asked for.
    pub results: PathBuf,
    /// Threads, all of the machine, and the command of the manifest.
    pub options: Options,
    /// Whether what is finished is only looked at: nothing is run and nothing written.
    pub read_only: bool,
    /// Jobs that run at this moment.
    pub running: Arc<AtomicUsize>,
    /// The most that ever ran at once.
    pub most: Arc<AtomicUsize>,
}

impl Workshop {
    /// In `folder`, with these `options`.
    pub fn of(folder: &Path, options: Options) -> Self {
        Self {
            store: folder.join("runs"),
            results: folder.join("study"),
            options,
            read_only: false,
            running: Arc::default(),
            most: Arc::default(),
        }
    }
}

impl Workshop {
    /// In the folder `out`; where none is named, in one of results that is called after `scenario`.
    pub fn of_lab(scenario: &Path, out: Option<PathBuf>, options: Options) -> Self {
        let stem = scenario.file_stem().unwrap_or_default();
        let own = || Path::new("results").join(format!("{}-lab", stem.to_string_lossy()));
        Self::of(&out.unwrap_or_else(own), options)
    }

    /// The same with threads of its own, which are kept from job to job.
    pub fn with_own_hands(mut self) -> Self {
        self.options.pool = hands(self.options.threads());
        self
    }
}

/// How far a job is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Progress {
    /// It is at work.
    #[default]
    Working,
    /// Every run that is wanted is finished.
    Done,
    /// Results are written, too.
    Written,
    /// It could not go on; why.
    Failed(String),
}

/// What a job has found.
#[derive(Debug)]
pub struct LiveFindings {
    /// The scenario.
    pub scenario: Arc<Scenario>,
    /// What cohorts say.
    pub cohorts: LiveTally,
    /// What agents say.
    pub agents: LiveTally,
    /// How far it is.
    pub progress: Progress,
    /// The comparison, when all is done.
    pub compared: Option<Comparison>,
    /// Rises with all that is new.
    pub version: u64,
}

impl LiveFindings {
    /// Nothing found yet of `scenario`.
    fn none(scenario: &Scenario) -> Self {
        Self {
            cohorts: LiveTally::of(scenario),
            agents: LiveTally::of(scenario),
            scenario: Arc::new(scenario.clone()),
            progress: Progress::Working,
            compared: None,
            version: 0,
        }
    }
}

/// Runs at work.
pub struct RunningJob {
    stop: Arc<AtomicBool>,
    findings: Arc<Mutex<LiveFindings>>,
    hand: Option<JoinHandle<()>>,
}

impl RunningJob {
    /// Begins the runs of `loaded` once those `before` have ended; with `written` results are written.
    pub fn begin(
        loaded: Loaded,
        workshop: &Workshop,
        before: Option<Self>,
        bell: Bell,
        written: bool,
    ) -> Self {
        let findings = LiveFindings::none(&loaded.scenario);
        let (stop, findings) = (Arc::default(), Arc::new(Mutex::new(findings)));
        let work = Work {
            loaded,
            workshop: workshop.clone(),
            stop: Arc::clone(&stop),
            findings: Arc::clone(&findings),
            bell,
            written,
        };
        if let Some(before) = &before {
            before.cancel();
        }
        let hand = std::thread::spawn(move || {
            give_way();
            drop(before);
            work.carry_out();
        });
        Self {
            stop,
            findings,
            hand: Some(hand),
        }
    }

    /// What it has found so far.
    pub fn findings(&self) -> MutexGuard<'_, LiveFindings> {
        locked(&self.findings)
    }

    /// Has it end soon; what is finished is kept.
    pub fn cancel(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

impl Drop for RunningJob {
    /// Ends it, and waits until it has.
    fn drop(&mut self) {
        self.cancel();
        if let Some(hand) = self.hand.take() {
            let _ = hand.join();
        }
    }
}

fn locked(findings: &Mutex<LiveFindings>) -> MutexGuard<'_, LiveFindings> {
    findings.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a thread carries out.
struct Work {
    loaded: Loaded,
    workshop: Workshop,
    stop: Arc<AtomicBool>,
    findings: Arc<Mutex<LiveFindings>>,
    bell: Bell,
    written: bool,
}

impl Work {
    fn carry_out(self) {
        if self.stop.load(Ordering::Relaxed) {
            return;
        }
        let now = self.workshop.running.fetch_add(1, Ordering::SeqCst) + 1;
        self.workshop.most.fetch_max(now, Ordering::SeqCst);
        let done = catch_unwind(AssertUnwindSafe(|| self.stages()));
        self.workshop.running.fetch_sub(1, Ordering::SeqCst);
        let progress = match done {
            Ok(Ok(())) if self.written => Progress::Written,
            Ok(Ok(())) => Progress::Done,
            // a lever was moved: nobody asks any more
            Ok(Err(Error::Interrupted)) => return,
            Ok(Err(error)) => Progress::Failed(error.to_string()),
            Err(_) => Progress::Failed("error: a run broke down; what is finished is kept".into()),
        };
        self.tell(|findings| findings.progress = progress);
    }

    fn stages(&self) -> Result<(), Error> {
        if self.loaded.scenario.policies.len() < 2 {
            return Ok(());
        }
        let stages = stages(&self.loaded.scenario);
        for stage in &stages {
            let folder = (self.written && stage == stages.last().unwrap_or(stage))
                .then(|| self.workshop.results.clone());
            let compared = self.stage(*stage, folder)?;
            if stage.actors == Actors::Agents && compared.is_some() {
                self.tell(|findings| findings.compared = compared);
            }
        }
        Ok(())
    }

    /// The comparison of a stage; none where it is only looked at and runs are missing.
    fn stage(&self, stage: RunStage, folder: Option<PathBuf>) -> Result<Option<Comparison>, Error> {
        let loaded = Loaded {
            scenario: stage.scenario(&self.loaded.scenario),
            ..self.loaded.clone()
        };
        let listener = Listener {
            actors: stage.actors,
            findings: Arc::clone(&self.findings),
            bell: Arc::clone(&self.bell),
        };
        let options = Options {
            store: Some(self.workshop.store.clone()),
            force: folder.is_some(),
            folder,
            observer: Arc::new(listener),
            stop: Arc::clone(&self.stop),
            ..self.workshop.options.clone()
        };
        let study = Study::open(loaded, options)?;
        if self.workshop.read_only && study.look()? > 0 {
            return Ok(None);
        }
        Ok(Some(study.compare()?.results.comparison))
    }

    fn tell(&self, change: impl FnOnce(&mut LiveFindings)) {
        let mut findings = locked(&self.findings);
        change(&mut findings);
        findings.version += 1;
        drop(findings);
        (self.bell)();
    }
}

/// Hears of finished runs.
struct Listener {
    actors: Actors,
    findings: Arc<Mutex<LiveFindings>>,
    bell: Bell,
}

impl Observer for Listener {
    fn run_finished(&self, run: &FinishedRun<'_>) {
        if run.stage != Stage::Policies {
            return;
        }
        let mut findings = locked(&self.findings);
        let tally = match self.actors {
            Actors::Cohorts => &mut findings.cohorts,
            Actors::Agents => &mut findings.agents,
        };
        if tally.add(run) {
            findings.version += 1;
            drop(findings);
            (self.bell)();
        }
    }
}
