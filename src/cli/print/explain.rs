//! What every word of a scenario or a result means, from the tables the code uses.

use std::fmt::Write as _;

use crate::model::outcome::OUTCOMES;
use crate::model::{GROUPS, STEPS, Step};
use crate::output::description::interventions;
use crate::scenario::reading::fault::nearest;
use crate::world::levers::LEVERS;
use crate::world::parameter::Parameter;

const REFERENCE: &str = include_str!("../../../docs/scenario.md");

/// Kinds of names that are listed.
const KINDS: [&str; 4] = ["parameter", "lever", "intervention", "outcome"];

/// Something that has a name and an explanation.
struct Explained {
    kind: &'static str,
    name: String,
    text: String,
}

fn entries() -> Vec<Explained> {
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

/// What `word` means, or a hint where nothing is called so.
pub fn explained(word: &str) -> Result<String, String> {
    let entries = entries();
    let group = word.strip_suffix('s').unwrap_or(word);
    if KINDS.contains(&group) {
        return Ok(listed(&entries, group));
    }
    let exact: Vec<&Explained> = entries.iter().filter(|entry| entry.name == word).collect();
    let partly = || {
        entries
            .iter()
            .filter(|entry| entry.name.contains(word))
            .collect()
    };
    let found: Vec<&Explained> = if exact.is_empty() { partly() } else { exact };
    if found.is_empty() {
        let known = entries.iter().map(|entry| entry.name.as_str());
        let hint = match nearest(word, known) {
            Some(name) => format!("did you mean `{name}`?"),
            None => "`cogov explain` lists all names".into(),
        };
        return Err(hint);
    }
    let explain = |entry: &&Explained| {
        let text = entry.text.replace('\n', "\n  ");
        format!("{} ({})\n  {text}\n", entry.name, entry.kind)
    };
    Ok(found
        .iter()
        .map(explain)
        .collect::<Vec<String>>()
        .join("\n"))
}

/// All names.
pub fn overview() -> String {
    let mut text = String::from("The month (more: cogov explain month)\n");
    for step in &STEPS {
        let _ = writeln!(text, "  {}", step.name);
    }
    let entries = entries();
    for kind in KINDS {
        text.push('\n');
        text.push_str(&listed(&entries, kind));
    }
    text.push_str("\ncogov explain WORD tells what one of them means\n");
    text
}

/// Names of one kind.
fn listed(entries: &[Explained], kind: &str) -> String {
    let mut text = format!("{kind}s\n");
    for entry in entries.iter().filter(|entry| entry.kind == kind) {
        let _ = writeln!(text, "  {}", entry.name);
    }
    text
}

/// The steps of the month.
pub fn month() -> String {
    let line = |(number, step): (usize, &Step)| {
        format!("{:>2}. {:<14} {}\n", number + 1, step.name, step.does)
    };
    STEPS.iter().enumerate().map(line).collect()
}
