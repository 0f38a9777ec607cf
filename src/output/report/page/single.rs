//! One figure of a report by itself, for who asks for it by name: the page's own, as plotly's JSON.

use std::fmt;

use serde_json::{Value, json};

use super::answer::looks;
use super::drawing::{Drawing, outcome, safe};
use super::drawn::figures;
use super::numbers::frontier_of;
use crate::output::figures::forest::{self, ForestRow};
use crate::output::report::data::ReportData;
use crate::output::report::read::fault::FolderFault;
use crate::output::report::say::answer::facts::{Facts, facts};
use crate::output::report::say::frontier::Frontier;
use crate::output::report::say::words::ReaderLanguage;

/// Figures of which there is one for every main outcome.
const BY_OUTCOME: [&str; 6] = ["effects", "unfold", "cost", "tiles", "ranks", "parts"];
/// Figures of which there is one for every policy but the baseline.
const BY_POLICY: [&str; 2] = ["distribution", "matrix"];
/// Figures of which there is one for every policy and main outcome.
const BY_BOTH: [&str; 2] = ["tornado", "boxes"];
/// Figures of which there is one.
const ALONE: [&str; 3] = ["courses", "attention", "topics"];

/// Which figure is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureChoice {
    /// Its name.
    pub name: String,
    /// The main outcome; the first of the report where none is named.
    pub outcome: Option<String>,
    /// The policy; the first after the baseline where none is named.
    pub policy: Option<String>,
}

/// Why there is no such figure.
#[derive(Debug)]
pub enum FigureFault {
    /// The folder holds no report.
    Folder(FolderFault),
    /// A name that is not known.
    Unknown {
        /// What was named: `figure`, `main outcome`, `policy`.
        what: &'static str,
        /// The name.
        found: String,
        /// Names that there are.
        known: Vec<String>,
    },
    /// The study has nothing to draw it from.
    NotThere(String),
}

impl From<FolderFault> for FigureFault {
    fn from(fault: FolderFault) -> Self {
        Self::Folder(fault)
    }
}

impl fmt::Display for FigureFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(fault) => write!(f, "{fault}"),
            Self::Unknown { what, found, known } => {
                write!(
                    f,
                    "there is no {what} `{found}`\n\nhint: there are {}",
                    known.join(", ")
                )
            }
            Self::NotThere(name) => write!(
                f,
                "this study has nothing to draw the figure `{name}` from\n\nhint: `parts` needs a policy that is taken \
                 apart, `tornado` and `boxes` a sweep, `matrix` and `distribution` a comparison"
            ),
        }
    }
}

/// Names of all figures.
pub fn figure_names() -> impl Iterator<Item = &'static str> {
    let all = [&BY_OUTCOME[..], &BY_POLICY, &BY_BOTH, &ALONE];
    all.into_iter().flatten().copied()
}

/// The figure that is chosen of `report`, in the words of `language`.
pub(in crate::output::report) fn figure(
    report: &ReportData,
    language: ReaderLanguage,
    choice: &FigureChoice,
) -> Result<Value, FigureFault> {
    let name = choice.name.as_str();
    known("figure", name, figure_names().map(str::to_owned).collect())?;
    let mains: Vec<String> = report
        .effects
        .main()
        .map(|(_, of)| of.name.clone())
        .collect();
    let policies = report
        .study
        .policies()
        .into_iter()
        .map(str::to_owned)
        .collect();
    let main = chosen("main outcome", choice.outcome.as_deref(), mains)?;
    let policy = chosen("policy", choice.policy.as_deref(), policies)?;
    let found = drawn(report, language, |of| {
        let all = || figures(of);
        match name {
            "effects" => effects(of, main),
            "boxes" => box_of(&all()["boxes"][main], report.study.policies()[policy]),
            // the baseline comes first there
            "tornado" => all()["tornado"][policy + 1][main].clone(),
            _ if BY_OUTCOME.contains(&name) => all()[name][main].clone(),
            _ if BY_POLICY.contains(&name) => all()[name][policy].clone(),
            _ => all()[name].clone(),
        }
    });
    match found {
        Value::Null => Err(FigureFault::NotThere(choice.name.clone())),
        figure => Ok(figure),
    }
}

fn drawn(
    report: &ReportData,
    language: ReaderLanguage,
    draw: impl FnOnce(&Drawing<'_>) -> Value,
) -> Value {
    let mains = report.effects.main().count();
    let facts: Vec<Facts> = (0..mains).filter_map(|main| facts(report, main)).collect();
    let frontiers: Vec<Frontier> = (0..mains).map(|main| frontier_of(report, main)).collect();
    let words = report.words(language);
    let looks = looks(report, &facts, &words);
    draw(&Drawing {
        report,
        facts: &facts,
        frontiers: &frontiers,
        words: &words,
        looks: &looks,
    })
}

/// The forest of the first screen, drawn.
fn effects(of: &Drawing<'_>, main: usize) -> Value {
    let facts = &of.facts[main];
    let rows = facts.all.iter().map(|fact| {
        let mut look = of.looks[fact.policy].clone();
        look.name = safe(&look.name);
        ForestRow {
            look,
            difference: fact.difference,
            chance: fact.chance,
            worlds: fact.worlds.map(|of| [of.low, of.median, of.high]),
        }
    });
    let against = of.words.inside(&of.looks[of.report.against].name);
    let from = of.words.say("unfold.from", &[("against", &against)]);
    let title = format!("{}<br>{}", outcome(of, main), safe(&from));
    json!(forest::figure(&rows.collect::<Vec<_>>(), &title))
}

fn box_of(boxes: &Value, policy: &str) -> Value {
    let all = boxes.as_array().into_iter().flatten();
    let mut own = all.filter(|one| one["policy"] == policy);
    own.next().map_or(Value::Null, |one| one["figure"].clone())
}

fn chosen(what: &'static str, name: Option<&str>, all: Vec<String>) -> Result<usize, FigureFault> {
    name.map_or(Ok(0), |name| known(what, name, all))
}

fn known(what: &'static str, name: &str, all: Vec<String>) -> Result<usize, FigureFault> {
    let at = all.iter().position(|one| one == name);
    at.ok_or_else(|| FigureFault::Unknown {
        what,
        found: name.to_owned(),
        known: all,
    })
}
