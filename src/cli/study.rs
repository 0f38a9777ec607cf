//! What `run` and `compare` share: reading the scenario, the result folder, running what is missing.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use clap::Args;

use crate::cli::Failure;
use crate::cli::progress::Progress;
use crate::experiment::plan::{Job, jobs};
use crate::experiment::runner::{Ended, run_missing};
use crate::experiment::store::Store;
use crate::output::manifest::{self, InputFile, Manifest};
use crate::scenario::{Loaded, Overrides, Scenario, load};
use crate::simulation::Simulation;

/// Flags that name a scenario and change what it says.
#[derive(Debug, Args)]
pub struct Asked {
    /// Scenario file
    scenario: PathBuf,
    /// Set a value of the scenario, as `sharing.benefit=2.5` (repeatable)
    #[arg(long, value_name = "PATH=VALUE")]
    set: Vec<String>,
    /// Seed of the study
    #[arg(long)]
    seed: Option<u64>,
    /// Replications of every policy
    #[arg(long)]
    replications: Option<u32>,
}

impl Asked {
    /// Reads the scenario; warnings go to stderr.
    pub fn load(&self, policies: Option<&[String]>) -> Result<Loaded, Failure> {
        let overrides = Overrides {
            set: self.set.clone(),
            seed: self.seed,
            replications: self.replications,
            months: None,
            policies: policies.map(<[String]>::to_vec),
        };
        let loaded = load(&self.scenario, &overrides).map_err(Failure::Scenario)?;
        for warning in &loaded.warnings {
            eprintln!("{warning}\n");
        }
        Ok(loaded)
    }

    fn default_folder(&self) -> PathBuf {
        let stem = self.scenario.file_stem().unwrap_or_default();
        Path::new("results").join(stem)
    }
}

/// Flags of commands that run something.
#[derive(Debug, Args)]
pub struct Running {
    /// Folder for the results [default: results/<scenario>]
    #[arg(long)]
    out: Option<PathBuf>,
    /// Threads [default: all]
    #[arg(long)]
    threads: Option<usize>,
    /// Go on with the study in the folder; it must be there
    #[arg(long, conflicts_with = "force")]
    resume: bool,
    /// Replace the study in the folder, whatever it is
    #[arg(long)]
    force: bool,
    /// Folder of finished runs to reuse and add to [default: the result folder's]
    #[arg(long, value_name = "DIR")]
    store: Option<PathBuf>,
    /// Print a summary for programs (JSON) instead of tables
    #[arg(long)]
    pub json: bool,
    /// No progress
    #[arg(long, short)]
    quiet: bool,
}

/// A study whose runs are all on disk.
pub struct Study {
    /// The scenario and what was read for it.
    pub scenario: Arc<Scenario>,
    /// Runs in order.
    pub jobs: Vec<Job>,
    /// Where they are.
    pub store: Store,
    /// Where results go.
    pub folder: PathBuf,
    /// The manifest as far as it is known.
    pub manifest: Manifest,
}

/// Runs what is missing of a study, or finds out why that cannot be.
pub fn complete(asked: &Asked, running: &Running, loaded: Loaded) -> Result<Study, Failure> {
    let inputs = loaded.inputs.iter().map(|input| InputFile {
        path: input.path.clone(),
        sha256: input.sha256.clone(),
    });
    let command_line = std::env::args().skip(1).collect();
    let manifest = Manifest::begin(&loaded.scenario, command_line, inputs.collect());
    let scenario = Arc::new(loaded.scenario);
    let folder = running
        .out
        .clone()
        .unwrap_or_else(|| asked.default_folder());
    claim(&folder, &manifest, running)?;
    let fault = |fault| Failure::disk(&folder.display().to_string(), &fault);
    manifest.write(&folder, &scenario).map_err(fault)?;
    let store_folder = running.store.clone().unwrap_or_else(|| folder.join("runs"));
    let store = Store::open(&store_folder).map_err(fault)?;
    let jobs = jobs(&scenario);
    run_all(&scenario, &jobs, &store, running)?;
    Ok(Study {
        scenario,
        jobs,
        store,
        folder,
        manifest,
    })
}

/// Makes sure that the folder is free for this study.
fn claim(folder: &Path, manifest: &Manifest, running: &Running) -> Result<(), Failure> {
    let shown = folder.display();
    let there = Manifest::read(folder);
    if running.resume && there.is_none() {
        return Err(Failure::Input(format!(
            "error: there is no study to go on with in `{shown}`\n\nhint: leave out --resume to begin it"
        )));
    }
    if running.force {
        let _ = fs::remove_file(folder.join(manifest::NAME));
        let _ = fs::remove_dir_all(folder.join("runs"));
    } else if there.is_some_and(|old| old.study != manifest.study) {
        return Err(Failure::Input(format!(
            "error: `{shown}` holds another study\n\nhint: choose a folder with --out, or replace it with --force"
        )));
    }
    fs::create_dir_all(folder).map_err(|fault| Failure::disk(&shown.to_string(), &fault))
}

static STOP: AtomicBool = AtomicBool::new(false);
static PRESSED: AtomicU32 = AtomicU32::new(0);

/// The first Ctrl-C ends the runs in flight and keeps what is finished, the second ends at once.
fn listen_for_interrupt() {
    let _ = ctrlc::set_handler(|| {
        if PRESSED.fetch_add(1, Ordering::Relaxed) > 0 {
            std::process::exit(130);
        }
        STOP.store(true, Ordering::Relaxed);
        eprintln!("\nstopping; finished runs are kept (Ctrl-C again ends at once)");
    });
}

fn run_all(
    scenario: &Arc<Scenario>,
    jobs: &[Job],
    store: &Store,
    running: &Running,
) -> Result<(), Failure> {
    listen_for_interrupt();
    let done = |job: &&Job| store.get(&job.identity).is_none();
    let missing: Vec<Job> = jobs.iter().filter(done).copied().collect();
    if missing.is_empty() {
        return Ok(());
    }
    let threads = running.threads.unwrap_or_else(all_threads).max(1);
    let progress = Progress::new(missing.len(), scenario.months, running.quiet);
    progress.say(&format!(
        "{} runs of {} months, {} finished before",
        missing.len(),
        scenario.months,
        jobs.len() - missing.len()
    ));
    let simulation = Simulation::new(Arc::clone(scenario));
    let ended = run_missing(&simulation, &missing, store, threads, (&STOP, &progress));
    progress.finish();
    match ended {
        Ended::Complete => Ok(()),
        Ended::Interrupted => {
            eprintln!("interrupted; the same command goes on where it stopped");
            Err(Failure::Interrupted)
        }
        Ended::Failed(fault) => Err(Failure::disk("a finished run could not be kept", &fault)),
    }
}

fn all_threads() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}
