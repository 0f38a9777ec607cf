//! What commands that run something share: reading the scenario, the result folder, running what is
//! missing, writing the results.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use serde_json::json;

use crate::cli::missing::How;
use crate::cli::{Failure, report};
use crate::experiment::digest::Detail;
use crate::experiment::plan::Plan;
use crate::experiment::runner::Shard;
use crate::experiment::store::Store;
use crate::output::formats::{self, Format};
use crate::output::manifest::{self, InputFile, Manifest};
use crate::output::results::{self, Broken, Results};
use crate::scenario::fault::Faults;
use crate::scenario::{Loaded, Overrides, Scenario, SweepTyped, load};

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
    /// Let a cohort stand for the citizens of each cell: quick, for screening
    #[arg(long)]
    mean_field: bool,
}

impl Asked {
    /// Reads the scenario; warnings go to stderr.
    pub fn load(&self, policies: Option<&[String]>) -> Result<Loaded, Failure> {
        self.load_sweep(policies, SweepTyped::default())
    }

    /// The same with changes of its sweep.
    pub fn load_sweep(
        &self,
        policies: Option<&[String]>,
        sweep: SweepTyped,
    ) -> Result<Loaded, Failure> {
        let overrides = Overrides {
            set: self.settings(),
            seed: self.seed,
            replications: self.replications,
            months: None,
            policies: policies.map(<[String]>::to_vec),
            sweep,
        };
        let loaded = load(&self.scenario, &overrides).map_err(Failure::Scenario)?;
        for warning in &loaded.warnings {
            eprintln!("{warning}\n");
        }
        Ok(loaded)
    }

    fn settings(&self) -> Vec<String> {
        let cohorts = self
            .mean_field
            .then(|| "population.mean_field=true".to_owned());
        self.set.iter().cloned().chain(cohorts).collect()
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
    #[command(flatten)]
    pub how: How,
    /// Go on with the study in the folder; it must be there
    #[arg(long, conflicts_with = "force")]
    resume: bool,
    /// Replace the study in the folder, whatever it is
    #[arg(long)]
    force: bool,
    /// Folder of finished runs to reuse and add to [default: the result folder's]
    #[arg(long, value_name = "DIR")]
    store: Option<PathBuf>,
    /// Write the runs for another tool too: ema, netlogo-table or mesa (repeatable)
    #[arg(long, value_parser = format)]
    pub format: Vec<Format>,
    /// No report.html
    #[arg(long)]
    pub no_report: bool,
    /// Print a summary for programs (JSON) instead of tables
    #[arg(long)]
    pub json: bool,
}

/// A study at work in its folder.
pub struct Study {
    /// The scenario.
    pub scenario: Arc<Scenario>,
    /// Its runs.
    pub plan: Plan,
    /// Where they are.
    pub store: Store,
    /// Where results go.
    pub folder: PathBuf,
    /// The manifest as far as it is known.
    pub manifest: Manifest,
    formats: Vec<Format>,
    reported: bool,
    _lock: File,
}

/// Runs what is missing of a study, or finds out why that cannot be; a part of it gives no results.
pub fn complete(
    asked: &Asked,
    running: &Running,
    loaded: Loaded,
) -> Result<Option<Study>, Failure> {
    let study = Study::begin(
        asked,
        running,
        Loaded {
            sweep: None,
            ..loaded
        },
        Detail::Full,
    )?;
    study.run(running)?;
    study.whole(running)
}

impl Study {
    /// Takes the folder for the study and writes down what it asks.
    pub fn begin(
        asked: &Asked,
        running: &Running,
        loaded: Loaded,
        detail: Detail,
    ) -> Result<Self, Failure> {
        let folder = running
            .out
            .clone()
            .unwrap_or_else(|| asked.default_folder());
        let manifest = first_manifest(&loaded, detail);
        let scenario = Arc::new(loaded.scenario);
        let plan = manifest.plan(Arc::clone(&scenario));
        let plan = plan.map_err(|fault| Failure::Scenario(Faults::from(vec![fault])))?;
        refuse_nothing_to_resume(&folder, running)?;
        let lock = lock(&folder)?;
        let manifest = claim(&folder, manifest, running)?;
        let fault = |fault| Failure::disk(&folder.display().to_string(), &fault);
        manifest.write(&folder, &scenario).map_err(fault)?;
        results::clear(&folder).map_err(fault)?;
        let own = folder.join("runs");
        let place = running.store.as_ref().unwrap_or(&own);
        let shown = place.display().to_string();
        let store = Store::open(place).map_err(|fault| Failure::disk(&shown, &fault))?;
        if running.store.is_none() {
            store
                .sweep_up()
                .map_err(|fault| Failure::disk(&shown, &fault))?;
        }
        Ok(Self {
            reported: !running.no_report && scenario.policies.len() > 1,
            scenario,
            plan,
            store,
            folder,
            manifest,
            formats: running.format.clone(),
            _lock: lock,
        })
    }

    /// Runs what is missing of `plan`, which may be more than the study's own.
    pub fn run_plan(&self, plan: &Plan, running: &Running) -> Result<(), Failure> {
        running.how.run_missing(plan, &self.store)
    }

    /// Raises the number of replications.
    pub fn extend(&mut self, replications: u32) -> Result<(), Failure> {
        let scenario = Scenario {
            replications,
            ..Scenario::clone(&self.scenario)
        };
        self.scenario = Arc::new(scenario);
        self.plan = Plan::of(Arc::clone(&self.scenario));
        self.manifest.replications = replications;
        let written = self.manifest.write(&self.folder, &self.scenario);
        written.map_err(|fault| Failure::disk(&self.folder.display().to_string(), &fault))
    }

    /// Runs what is missing.
    pub fn run(&self, running: &Running) -> Result<(), Failure> {
        self.run_plan(&self.plan, running)
    }

    /// The study, unless only a part of it was wanted.
    pub fn whole(self, running: &Running) -> Result<Option<Self>, Failure> {
        let Some(Shard { part, of }) = running.how.shard else {
            return Ok(Some(self));
        };
        let shown = self.folder.display();
        let part = part + 1;
        let line = match running.json {
            true => format!(
                "{:#}\n",
                json!({ "part": part, "of": of, "folder": self.folder })
            ),
            false => format!(
                "part {part} of {of} is finished in {shown}; when all are, join them with `cogov merge`\n"
            ),
        };
        crate::cli::terminal::show(&line)?;
        Ok(None)
    }

    /// Writes all files of the results.
    pub fn finish(&mut self) -> Result<Results, Failure> {
        if self.reported {
            report::prepare(&self.folder, &self.scenario, &self.manifest)?;
        }
        let written = results::write(&self.folder, &self.plan, &self.store, &mut self.manifest);
        let results = written.map_err(|broken| broken_results(&self.folder, broken))?;
        for format in &self.formats {
            formats::write(
                &self.folder,
                &self.scenario.name,
                self.scenario.months,
                *format,
            )
            .map_err(|fault| Failure::disk(&self.folder.display().to_string(), &fault))?;
        }
        if self.reported {
            report::make(&self.folder)?;
        }
        Ok(results)
    }

    /// Where everything is, in a line each.
    pub fn places(&self) -> String {
        report::places(&self.folder, self.reported)
    }
}

/// What a fault on the way from the store to the files means for the user.
pub fn broken_results(folder: &Path, broken: Broken) -> Failure {
    match broken {
        Broken::Disk(fault) => Failure::disk(&folder.display().to_string(), &fault),
        Broken::Missing(missing) => Failure::Disk(format!(
            "error: run {} is missing from the store or damaged\n\nhint: the same command runs it again",
            missing.0.run_id
        )),
    }
}

fn format(text: &str) -> Result<Format, String> {
    match text {
        "ema" => Ok(Format::Ema),
        "netlogo-table" => Ok(Format::NetlogoTable),
        "mesa" => Ok(Format::Mesa),
        _ => Err("there are ema, netlogo-table and mesa".into()),
    }
}

fn first_manifest(loaded: &Loaded, detail: Detail) -> Manifest {
    let inputs = loaded.inputs.iter().map(|input| InputFile {
        path: input.path.clone(),
        sha256: input.sha256.clone(),
    });
    let command_line = std::env::args().skip(1).collect();
    let asked = (loaded.sweep.as_ref(), detail);
    Manifest::begin(&loaded.scenario, asked, command_line, inputs.collect())
}

/// Makes the folder and keeps other processes out of it; the system lets go when this one ends,
/// however it ends.
pub fn lock(folder: &Path) -> Result<File, Failure> {
    let shown = folder.display().to_string();
    let fault = |fault| Failure::disk(&shown, &fault);
    fs::create_dir_all(folder).map_err(fault)?;
    let file = File::create(folder.join(".lock")).map_err(fault)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Failure::Disk(format!(
            "error: another process is at work in `{shown}`\n\nhint: wait for it, or choose another folder with --out; several can share runs with --store"
        ))),
        Err(TryLockError::Error(error)) => Err(fault(error)),
    }
}

fn refuse_nothing_to_resume(folder: &Path, running: &Running) -> Result<(), Failure> {
    if !running.resume || Manifest::read(folder).is_some() {
        return Ok(());
    }
    let shown = folder.display();
    Err(Failure::Input(format!(
        "error: there is no study to go on with in `{shown}`\n\nhint: leave out --resume to begin it"
    )))
}

/// Makes sure that the folder is free for this study. The manifest of the same study stays as it is,
/// so that an interrupted study ends in the same bytes as one that was not.
fn claim(folder: &Path, manifest: Manifest, running: &Running) -> Result<Manifest, Failure> {
    let shown = folder.display();
    let there = Manifest::read(folder);
    if running.force {
        let _ = fs::remove_file(folder.join(manifest::NAME));
        let _ = fs::remove_dir_all(folder.join("runs"));
        return Ok(manifest);
    }
    match there {
        Some(old) if old.study != manifest.study => Err(Failure::Input(format!(
            "error: `{shown}` holds another study\n\nhint: choose a folder with --out, or replace it with --force"
        ))),
        Some(old) if old.goes_on(&manifest) => Ok(Manifest {
            command_line: old.command_line,
            ..manifest
        }),
        _ => Ok(manifest),
    }
}
