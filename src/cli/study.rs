//! What commands that run something share: reading the scenario, the result folder, running what is
//! missing, writing the results.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use serde_json::json;

use crate::cli::folder::{self, Claim};
use crate::cli::missing::{How, Manner, stop_flag};
use crate::cli::{Failure, report};
use crate::experiment::runs::digest::Detail;
use crate::experiment::runs::plan::Plan;
use crate::experiment::runs::runner::Shard;
use crate::experiment::runs::store::Store;
use crate::output::folder::manifest::{self, InputFile, Manifest};
use crate::output::folder::results::{self, Broken, Results};
use crate::output::folder::{Kind, files};
use crate::output::formats::{self, Format};
use crate::scenario::reading::fault::Faults;
use crate::scenario::{Input, Loaded, Overrides, Scenario, SweepTyped, load};

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

    /// Files that the scenario was read from, in canonical form; those typed on the command line are
    /// relative to where it was typed, the others to the scenario.
    fn inputs(&self, read: &[Input]) -> Vec<PathBuf> {
        let home = self.scenario.parent().unwrap_or(Path::new(""));
        let places = read.iter().flat_map(|input| {
            let path = Path::new(&input.path);
            [home.join(path), path.to_path_buf()]
        });
        let there = places.filter_map(|path| fs::canonicalize(path).ok());
        let mut there: Vec<PathBuf> = there.collect();
        there.sort_unstable();
        there.dedup();
        there
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
    /// Folder of finished runs to reuse and add to [default: the result folder's]
    #[arg(long, value_name = "DIR")]
    store: Option<PathBuf>,
    #[command(flatten)]
    pub writing: Writing,
}

/// Flags of commands that write the files of a study.
#[derive(Debug, Args)]
pub struct Writing {
    /// Replace what is in the folder, whatever it is; finished runs are kept
    #[arg(long)]
    force: bool,
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
    manner: Manner,
    _lock: File,
}

/// What is to be studied where.
pub struct Begin<'a> {
    /// Folder of the results.
    pub folder: PathBuf,
    /// Folder of finished runs, if it is another than the result folder's own.
    pub store: Option<&'a Path>,
    /// The manifest before anything is run.
    pub manifest: Manifest,
    /// The scenario.
    pub scenario: Scenario,
    /// Files that it was read from, in canonical form.
    pub inputs: &'a [PathBuf],
    /// The study must have been begun there.
    pub resume: bool,
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
        (Detail::Full, Kind::Policies),
    )?;
    study.run(running)?;
    study.whole(running)
}

impl Study {
    /// Takes the folder for the study that was asked for.
    pub fn begin(
        asked: &Asked,
        running: &Running,
        loaded: Loaded,
        (detail, kind): (Detail, Kind),
    ) -> Result<Self, Failure> {
        let default = || asked.default_folder();
        let inputs = asked.inputs(&loaded.inputs);
        for input in &inputs {
            let line = format!("read {}", input.display());
            running.how.manner.detail(&line);
        }
        let begin = Begin {
            folder: running.out.clone().unwrap_or_else(default),
            store: running.store.as_deref(),
            manifest: first_manifest(&loaded, (detail, kind)),
            inputs: &inputs,
            scenario: loaded.scenario,
            resume: running.resume,
        };
        Self::take(begin, &running.writing, running.how.manner)
    }

    /// Takes a folder for a study.
    pub fn take(begin: Begin<'_>, writing: &Writing, manner: Manner) -> Result<Self, Failure> {
        let (folder, scenario) = (begin.folder, Arc::new(begin.scenario));
        let plan = begin.manifest.plan(Arc::clone(&scenario));
        let plan = plan.map_err(|fault| Failure::Scenario(Faults::from(vec![fault])))?;
        let claim = Claim {
            manifest: begin.manifest,
            scenario: &scenario,
            inputs: begin.inputs,
            force: writing.force,
            resume: begin.resume,
        };
        let (lock, manifest) = folder::take(&folder, claim)?;
        let own = folder.join("runs");
        let place = begin.store.unwrap_or(&own);
        let fault = |fault| Failure::disk(&place.display().to_string(), &fault);
        let store = Store::open(place).map_err(fault)?;
        if begin.store.is_none() {
            store.sweep_up().map_err(fault)?;
        }
        Ok(Self {
            reported: !writing.no_report && scenario.policies.len() > 1,
            scenario,
            plan,
            store,
            folder,
            manifest,
            formats: writing.format.clone(),
            manner,
            _lock: lock,
        })
    }

    /// Runs what is missing of `plan`, which may be more than the study's own.
    pub fn run_plan(&self, plan: &Plan, running: &Running) -> Result<(), Failure> {
        running.how.run_missing(plan, &self.store)
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
        let line = match running.writing.json {
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

    /// Writes all files of the results; that the study is complete is told last.
    pub fn finish(&mut self) -> Result<Results, Failure> {
        let shown = self.folder.display().to_string();
        let disk = |fault| Failure::disk(&shown, &fault);
        if self.reported {
            let work = (self.manner.threads(), stop_flag("runs"));
            report::prepare(&self.folder, &self.scenario, &self.manifest, work)?;
        }
        let written = results::write(&self.folder, &self.plan, &self.store, &mut self.manifest);
        let results = written.map_err(|broken| broken_results(&self.folder, broken))?;
        for format in &self.formats {
            let (name, months) = (&self.scenario.name, self.scenario.months);
            formats::write(&self.folder, name, months, *format).map_err(disk)?;
        }
        if self.reported {
            report::make(&self.folder)?;
        }
        let completed = self.manifest.complete(&self.folder, &self.scenario);
        completed.map_err(disk)?;
        self.tell_written();
        Ok(results)
    }

    /// Names every file that was written, if that is wanted.
    pub fn tell_written(&self) {
        for name in files(self.manifest.kind).chain([manifest::NAME]) {
            let path = self.folder.join(name);
            if path.exists() {
                self.manner.detail(&format!("wrote {}", path.display()));
            }
        }
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

fn first_manifest(loaded: &Loaded, (detail, kind): (Detail, Kind)) -> Manifest {
    let inputs = loaded.inputs.iter().map(|input| InputFile {
        path: input.path.clone(),
        sha256: input.sha256.clone(),
    });
    // whether it went on with something does not change what comes out
    let typed = std::env::args().skip(1);
    let command_line = typed.filter(|word| word != "--resume").collect();
    let asked = (loaded.sweep.as_ref(), detail);
    Manifest::begin(
        kind,
        &loaded.scenario,
        asked,
        command_line,
        inputs.collect(),
    )
}
