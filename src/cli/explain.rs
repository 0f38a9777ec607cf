//! `cogov explain`: what every word of a scenario or a result means, from the tables the code uses.

use std::fmt::Write as _;

use clap::Args;

use crate::cli::Failure;
use crate::cli::terminal::show;
use crate::model::outcome::OUTCOMES;
use crate::model::{GROUPS, STEPS, Step};
use crate::output::description::{document, interventions};
use crate::scenario::reading::fault::nearest;
use crate::world::levers::LEVERS;
use crate::world::parameter::Parameter;

/// Explain parameters, levers, interventions, outcomes and the order of the month
#[derive(Debug, Args)]
pub struct Explain {
    /// What to explain: a name, a part of one, or `month`
    word: Option<String>,
    /// Write the whole description of the model (ODD protocol) as Markdown
    #[arg(long, conflicts_with = "word")]
    markdown: bool,
}

const REFERENCE: &str = include_str!("../../docs/scenario.md");

/// Kinds of names that are listed.
const KINDS: [&str; 4] = ["parameter", "lever", "intervention", "outcome"];

/// Something that has a name and an explanation.
struct Entry {
    kind: &'static str,
    name: String,
    text: String,
}

impl Explain {
    /// Does it.
    pub fn execute(self) -> Result<(), Failure> {
        let text = match self.word.as_deref() {
            _ if self.markdown => document(),
            None => overview(),
            Some("month") => month(),
            Some(word) => explained(word)?,
        };
        show(&text)
    }
}

fn entries() -> Vec<Entry> {
    let entry = |kind, name: &str, text| Entry {
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
fn keys() -> impl Iterator<Item = Entry> {
    REFERENCE.lines().filter_map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, key, takes, meaning, _] = cells[..] else {
            return None;
        };
        let name = key.strip_prefix('`')?.strip_suffix('`')?;
        Some(Entry {
            kind: "key of a scenario",
            name: name.to_owned(),
            text: format!("{meaning}\ntakes {takes}"),
        })
    })
}

fn parameters() -> impl Iterator<Item = Entry> {
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
        group.parameters.iter().map(move |p| Entry {
            kind: "parameter",
            name: format!("{}.{}", group.name, p.name),
            text: explain(p),
        })
    })
}

fn explained(word: &str) -> Result<String, Failure> {
    let entries = entries();
    let group = word.strip_suffix('s').unwrap_or(word);
    if KINDS.contains(&group) {
        return Ok(listed(&entries, group));
    }
    let exact: Vec<&Entry> = entries.iter().filter(|entry| entry.name == word).collect();
    let partly = || {
        entries
            .iter()
            .filter(|entry| entry.name.contains(word))
            .collect()
    };
    let found: Vec<&Entry> = if exact.is_empty() { partly() } else { exact };
    if found.is_empty() {
        let known = entries.iter().map(|entry| entry.name.as_str());
        let hint = match nearest(word, known) {
            Some(name) => format!("did you mean `{name}`?"),
            None => "`cogov explain` lists all names".into(),
        };
        return Err(Failure::Input(format!(
            "error: nothing is called `{word}`\n\nhint: {hint}"
        )));
    }
    let explain = |entry: &&Entry| {
        let text = entry.text.replace('\n', "\n  ");
        format!("{} ({})\n  {text}\n", entry.name, entry.kind)
    };
    Ok(found
        .iter()
        .map(explain)
        .collect::<Vec<String>>()
        .join("\n"))
}

fn overview() -> String {
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
fn listed(entries: &[Entry], kind: &str) -> String {
    let mut text = format!("{kind}s\n");
    for entry in entries.iter().filter(|entry| entry.kind == kind) {
        let _ = writeln!(text, "  {}", entry.name);
    }
    text
}

fn month() -> String {
    let line = |(number, step): (usize, &Step)| {
        format!("{:>2}. {:<14} {}\n", number + 1, step.name, step.does)
    };
    STEPS.iter().enumerate().map(line).collect()
}
