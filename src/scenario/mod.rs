//! What was asked: a scenario as validated.
//!
//! `written` reads what was written, with the place of every value; `meaning` has each part of it
//! understood in a file of its own, and `check` looks at the whole; all faults are reported at once.
//! What comes out is a [`Scenario`], in which nothing can be wrong.

pub mod reading;
pub mod country;
mod run;
mod parameters;
pub mod policy;
mod check;
mod sound;
mod meaning;
pub mod presentation;
mod vocabulary;
pub mod template;
pub mod starter;
pub mod input;
pub mod sweep;
pub mod ensemble;
pub mod calibration;
pub mod saving;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::intervention::Policy;
use crate::model::policy::Coupling;
use crate::scenario::calibration::Calibration;
use crate::scenario::country::topics::Topic;
use crate::scenario::ensemble::WorldEnsemble;
use crate::scenario::policy::measure::CatalogueEntry;
use crate::scenario::presentation::Presentation;
use crate::scenario::reading::fault::{Fault, Faults};
use crate::scenario::reading::files::Files;
use crate::scenario::reading::written::Written;
use crate::scenario::sweep::Sweep;
use crate::world::alternative::Choices;
use crate::world::clock::Date;
use crate::world::geography::{Geography, Population};
use crate::world::history::History;
use crate::world::parameter::Values;

pub use check::{available_bytes, bytes as bytes_of_run, gigabytes};
pub use reading::files::{GivenTexts, SourceFile};

/// What was typed on the command line to change a scenario.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Overrides {
    /// Values as `path=value`.
    pub set: Vec<String>,
    /// Seed of the study.
    pub seed: Option<u64>,
    /// Replications of every policy.
    pub replications: Option<u32>,
    /// Months to run.
    pub months: Option<u32>,
    /// Policies to compare with the baseline; all when nothing is said.
    pub policies: Option<Vec<String>>,
    /// Plausible worlds; 0 for the scenario's own values alone.
    pub worlds: Option<u32>,
    /// Changes of the sweep.
    pub sweep: SweepTyped,
}

/// What was typed to change `[sweep]`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SweepTyped {
    /// Inputs as `path`, `path=low..high` or `path=a,b,c`.
    pub vary: Vec<String>,
    /// Name of the method.
    pub method: Option<String>,
    /// Number of points.
    pub points: Option<u32>,
    /// Path of a table of design points.
    pub design: Option<String>,
}

impl SweepTyped {
    /// Whether points are asked for that no table can give.
    fn lays_points(&self) -> bool {
        !self.vary.is_empty() || self.method.is_some() || self.points.is_some()
    }
}

/// A scenario and what went into it.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    /// The scenario.
    pub scenario: Scenario,
    /// The sweep that it asks for, if it does.
    pub sweep: Option<Sweep>,
    /// The calibration that it asks for, if it does.
    pub calibration: Option<Calibration>,
    /// Interventions of its catalogue, by name.
    pub catalogue: Vec<CatalogueEntry>,
    /// What was cut of the country's tables because the scenario runs a part of it, in a line for
    /// each table.
    pub cut: Vec<String>,
    /// What is allowed, but probably not meant.
    pub warnings: Vec<Fault>,
    /// Every file that was read, by path.
    pub inputs: Vec<SourceFile>,
    /// Folder of the scenario file, from which their paths count.
    pub home: PathBuf,
}

impl From<Scenario> for Loaded {
    /// A scenario that was made in code: it asks for nothing but its policies.
    fn from(scenario: Scenario) -> Self {
        Self {
            scenario,
            sweep: None,
            calibration: None,
            catalogue: Vec::new(),
            cut: Vec::new(),
            warnings: Vec::new(),
            inputs: Vec::new(),
            home: PathBuf::new(),
        }
    }
}

/// A question, ready to be run.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Scenario {
    /// Title.
    pub name: String,
    /// The question it answers; may be empty.
    pub question: String,
    /// Calendar month of month 0.
    pub start: Date,
    /// Months to run.
    pub months: u32,
    /// Seed of the study.
    pub seed: u64,
    /// Replications of every policy.
    pub replications: u32,
    /// Finest scope that `series.csv` holds.
    pub series: Series,
    /// Which rows `effects.csv` holds.
    #[serde(default, skip_serializing_if = "EffectRows::is_default")]
    pub effects: EffectRows,
    /// The country's tables.
    pub geography: Geography,
    /// How agents are made from them.
    pub population: Population,
    /// Every parameter by name.
    pub values: Values,
    /// Which alternatives inside the model hold.
    #[serde(default)]
    pub choices: Choices,
    /// Which factor acts on which lever.
    pub couplings: Vec<Coupling>,
    /// Words that tell the factors, for the report.
    #[serde(default)]
    pub topics: Vec<Topic>,
    /// What the report looks at first.
    #[serde(default, skip_serializing_if = "Presentation::is_default")]
    pub report: Presentation,
    /// Dated events from outside.
    pub history: History,
    /// Plausible worlds over which policies are compared; none where these values are all there is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ensemble: Option<WorldEnsemble>,
    /// Which plausible world this is, for its luck; 0 where there are no others.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub world: u64,
    /// All policies, the baseline first.
    pub policies: Vec<Policy>,
}

/// What the scenario itself is called among worlds is not written.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
fn is_nothing(world: &u64) -> bool {
    *world == 0
}

/// Finest scope that `series.csv` holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Series {
    /// The nation only.
    Nation,
    /// And regions.
    Region,
    /// And provinces.
    Province,
}

/// Which rows `effects.csv` holds beside those of the last 12 months, and of nation and regions by year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EffectRows {
    /// Provinces by year for main outcomes and for those that the report looks at first.
    #[default]
    Main,
    /// Provinces by year for all outcomes.
    All,
}

impl EffectRows {
    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde hands over a reference"
    )]
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// Reads the scenario file at `path` with all files that it names, and checks every rule.
///
/// # Errors
/// Everything that is wrong with any of them, together.
pub fn load(path: impl AsRef<Path>, overrides: &Overrides) -> Result<Loaded, Faults> {
    let path = path.as_ref();
    let home = path.parent().unwrap_or(Path::new(""));
    let name = path.file_name().unwrap_or(path.as_os_str());
    load_from(Files::new(home), &name.to_string_lossy(), overrides)
}

/// Reads the scenario `name` among `texts`, which stand for files of these names in the folder `home`;
/// what they do not hold is read from there.
///
/// # Errors
/// As [`load`], and when it names a file that may not be read.
pub fn load_texts(
    name: &str,
    texts: impl Into<GivenTexts>,
    home: &Path,
    overrides: &Overrides,
) -> Result<Loaded, Faults> {
    load_from(Files::with(home, texts.into()), name, overrides)
}

fn load_from(mut files: Files, name: &str, overrides: &Overrides) -> Result<Loaded, Faults> {
    let mut faults = Faults::default();
    let written = reading::written::read(&mut files, name, None, &mut faults);
    let loaded =
        written.and_then(|written| understood(written, overrides, &mut files, &mut faults));
    let faults = faults.mended(vocabulary::widened);
    match loaded {
        Some(loaded) if !faults.forbid() => Ok(Loaded {
            warnings: faults.sorted(),
            home: files.home().into(),
            inputs: files.inputs(),
            ..loaded
        }),
        _ => Err(faults.sorted().into()),
    }
}

/// What was written, with what was typed laid over it, as far as it can be understood.
fn understood(
    mut written: Written,
    overrides: &Overrides,
    files: &mut Files,
    faults: &mut Faults,
) -> Option<Loaded> {
    written.override_with(overrides, faults);
    let table = &mut written.table;
    let sweep = sweep::vary::asked(table, &overrides.sweep, files, faults);
    let ensemble = ensemble::asked::asked(table, overrides.worlds, files, faults);
    let calibration = calibration::asked::asked(table, files, faults);
    let named = written.policy_names();
    if let Some(chosen) = &overrides.policies {
        written.choose(chosen, faults);
    }
    let understood = meaning::of(written, files, faults)?;
    let (mut scenario, cutting) = (understood.scenario, understood.cutting);
    let calibration =
        calibration.and_then(|of| of.understood(&scenario, (&named, &cutting.left_out), faults));
    policy::typed::apply(&overrides.set, &mut scenario, faults);
    let sweep = sweep.and_then(|sweep| sweep.understood(&scenario, faults));
    if let Some(of) = ensemble {
        let wanted = overrides.replications.or(of.replications());
        scenario.replications = wanted.unwrap_or(scenario.replications);
        scenario.ensemble = of.understood(&scenario, faults);
    }
    Some(Loaded {
        sweep,
        calibration,
        catalogue: understood.catalogue,
        cut: cutting.told,
        ..Loaded::from(scenario)
    })
}
