//! Flags that name a scenario, change what it says, and tell where its results go.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::failure::Failure;
use crate::cli::print;
use crate::cli::shared::manner::RunningFlags;
use crate::cli::shared::said::say;
use crate::cli::shared::terminal::show;
use crate::cli::shared::writing::WritingFlags;
use crate::scenario::{Loaded, Overrides, SweepTyped, load};
use crate::study::{Options, Study, Task};

/// Flags that name a scenario and change what it says.
#[derive(Debug, Args)]
pub struct ScenarioFlags {
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

impl ScenarioFlags {
    /// Reads the scenario; warnings go to stderr.
    pub fn load(&self, policies: Option<&[String]>) -> Result<Loaded, Failure> {
        self.load_sweep(policies, SweepTyped::default())
    }

    /// The same with changes of its sweep, which goes on in no other world than the scenario's own.
    pub fn load_sweep(
        &self,
        policies: Option<&[String]>,
        sweep: SweepTyped,
    ) -> Result<Loaded, Failure> {
        self.load_with(policies, Some(0), sweep)
    }

    fn load_with(
        &self,
        policies: Option<&[String]>,
        worlds: Option<u32>,
        sweep: SweepTyped,
    ) -> Result<Loaded, Failure> {
        let overrides = Overrides {
            set: self.settings(),
            seed: self.seed,
            replications: self.replications,
            months: None,
            policies: policies.map(<[String]>::to_vec),
            worlds,
            sweep,
        };
        let loaded = load(&self.scenario, &overrides)?;
        for warning in &loaded.warnings {
            say(&format!("{warning}\n"));
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

/// Flags that say what is compared.
#[derive(Debug, Args)]
pub struct ComparedFlags {
    /// Only these policies (and the baseline), separated by commas
    #[arg(long, value_delimiter = ',')]
    policies: Option<Vec<String>>,
    /// Plausible worlds, of those that the scenario names; 0 for its own values alone [default: as the
    /// scenario says]
    #[arg(long, value_name = "N")]
    worlds: Option<u32>,
}

impl ComparedFlags {
    /// Reads the scenario; warnings go to stderr.
    pub fn load(&self, scenario: &ScenarioFlags) -> Result<Loaded, Failure> {
        let policies = self.policies.as_deref();
        scenario.load_with(policies, self.worlds, SweepTyped::default())
    }
}

/// Flags of commands that run something.
#[derive(Debug, Args)]
pub struct StudyFlags {
    /// Folder for the results [default: results/<scenario>]
    #[arg(long)]
    out: Option<PathBuf>,
    #[command(flatten)]
    pub running: RunningFlags,
    /// Go on with the study in the folder; it must be there
    #[arg(long, conflicts_with = "force")]
    resume: bool,
    /// Folder of finished runs to reuse and add to [default: the result folder's]
    #[arg(long, value_name = "DIR")]
    store: Option<PathBuf>,
    #[command(flatten)]
    pub writing: WritingFlags,
}

impl StudyFlags {
    /// The study of what was `loaded` with these flags.
    pub fn open(&self, scenario: &ScenarioFlags, loaded: Loaded) -> Result<Study, Failure> {
        let folder = self.out.clone();
        let options = Options {
            store: self.store.clone(),
            checkpoint_every: self.running.checkpoint_every,
            resume: self.resume,
            ..self.writing.options(
                folder.unwrap_or_else(|| scenario.default_folder()),
                self.running.manner,
            )
        };
        Ok(Study::open(loaded, options)?)
    }

    /// Runs the part that was asked for, if one was; true if so.
    pub fn run_part(&self, study: &Study, task: &Task) -> Result<bool, Failure> {
        let Some(shard) = self.running.shard else {
            return Ok(false);
        };
        let done = study.run_part(task, shard)?;
        show(&print::part::part(&done, self.writing.json))?;
        Ok(true)
    }
}
