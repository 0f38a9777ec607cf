//! Every word of a scenario or a result with its explanation, from the tables the code uses.

use crate::model::outcome::OUTCOMES;
use crate::model::{GROUPS, STEPS};
use crate::output::description::interventions;
use crate::world::levers::LEVERS;
use crate::world::parameter::Parameter;

const REFERENCE: &str = include_str!("../../docs/scenario.md");

/// Something that has a name and an explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// What it is: a parameter, a lever, an outcome, ...
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// What it means, in lines.
    pub text: String,
}

/// All words, by what they are.
pub fn entries() -> Vec<Explained> {
    let entry = |kind, name: &str, text| Explained {
        kind,
        name: name.to_owned(),
        text,
    };
    let steps = STEPS
        .iter()
        .map(|step| entry("step of the month", step.name, step.rule()));
    let levers = LEVERS.iter().map(|row| {
        let text = format!("{}\n{}", row.meaning, row.unit);
        entry("lever", row.name, text)
    });
    let measures = interventions().into_iter();
    let measures = measures.map(|(name, text)| entry("intervention", &name, text));
    let outcomes = OUTCOMES.iter().map(|outcome| {
        let (unit, better) = (outcome.unit, outcome.direction.name());
        let text = format!("{}\n{unit}; {better}; {}", outcome.meaning, outcome.group);
        entry("outcome", outcome.name, text)
    });
    steps
        .chain(keys())
        .chain(parameters())
        .chain(levers)
        .chain(measures)
        .chain(outcomes)
        .collect()
}

/// Rows of the tables of keys in the reference of the scenario file.
fn keys() -> impl Iterator<Item = Explained> {
    REFERENCE.lines().filter_map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, key, takes, meaning, _] = cells[..] else {
            return None;
        };
        let name = key.strip_prefix('`')?.strip_suffix('`')?;
        Some(Explained {
            kind: "key of a scenario",
            name: name.to_owned(),
            text: format!("{meaning}\ntakes {takes}"),
        })
    })
}

fn parameters() -> impl Iterator<Item = Explained> {
    let explain = |p: &Parameter| {
        let symbol = match p.symbol {
            "" => String::new(),
            symbol => format!("{symbol}: "),
        };
        let (low, high) = p.plausible;
        format!(
            "{symbol}{}\ndefault {} [{low} to {high} plausible], {}; must {}\n{}",
            p.meaning,
            p.default,
            p.unit,
            p.limits.words(),
            p.source.words()
        )
    };
    GROUPS.iter().flat_map(move |group| {
        group.parameters.iter().map(move |p| Explained {
            kind: "parameter",
            name: format!("{}.{}", group.name, p.name),
            text: explain(p),
        })
    })
}
