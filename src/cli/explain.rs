//! `cogov explain`: what every word of a scenario or a result means, from the tables the code uses.

use clap::Args;

use crate::cli::Failure;
use crate::model::outcome::OUTCOMES;
use crate::model::{GROUPS, STEPS};
use crate::output::description::{document, interventions};
use crate::world::levers::LEVERS;

/// Explain parameters, levers, interventions, outcomes and the order of the month
#[derive(Debug, Args)]
pub struct Explain {
    /// What to explain: a name, a part of one, or `month`
    word: Option<String>,
    /// Write the whole description of the model (ODD protocol) as Markdown
    #[arg(long, conflicts_with = "word")]
    markdown: bool,
}

/// Something that has a name and an explanation.
struct Entry {
    kind: &'static str,
    name: String,
    text: String,
}

impl Explain {
    /// Does it.
    pub fn execute(self) -> Result<(), Failure> {
        if self.markdown {
            print!("{}", document());
            return Ok(());
        }
        match self.word.as_deref() {
            None => print_overview(),
            Some("month") => print_month(),
            Some(word) => return explain(word),
        }
        Ok(())
    }
}

fn entries() -> Vec<Entry> {
    let entry = |kind, name: String, text| Entry { kind, name, text };
    let mut all = Vec::new();
    for step in &STEPS {
        all.push(entry(
            "step of the month",
            step.name.into(),
            step.does.into(),
        ));
    }
    for group in GROUPS {
        for p in group.parameters {
            let symbol = if p.symbol.is_empty() {
                String::new()
            } else {
                format!("{}: ", p.symbol)
            };
            let text = format!(
                "{symbol}{}\ndefault {} [{} to {} plausible], {}; must {}\n{}",
                p.meaning,
                p.default,
                p.plausible.0,
                p.plausible.1,
                p.unit,
                p.limits.words(),
                p.source.words()
            );
            all.push(entry(
                "parameter",
                format!("{}.{}", group.name, p.name),
                text,
            ));
        }
    }
    for row in LEVERS {
        all.push(entry(
            "lever",
            row.name.into(),
            format!("{}\n{}", row.meaning, row.unit),
        ));
    }
    for (name, text) in interventions() {
        all.push(entry("intervention", name, text));
    }
    for outcome in OUTCOMES {
        let text = format!(
            "{}\n{}; {}; {}",
            outcome.meaning,
            outcome.unit,
            outcome.direction.name(),
            outcome.group
        );
        all.push(entry("outcome", outcome.name.into(), text));
    }
    all
}

fn explain(word: &str) -> Result<(), Failure> {
    let entries = entries();
    let exact: Vec<&Entry> = entries.iter().filter(|entry| entry.name == word).collect();
    let partly = || {
        entries
            .iter()
            .filter(|entry| entry.name.contains(word))
            .collect()
    };
    let found: Vec<&Entry> = if exact.is_empty() { partly() } else { exact };
    if found.is_empty() {
        let near = |entry: &&Entry| (strsim::jaro_winkler(&entry.name, word) * 1e6) as u64;
        let nearest = entries
            .iter()
            .max_by_key(near)
            .map_or("month", |entry| &entry.name);
        return Err(Failure::Input(format!(
            "error: nothing is called `{word}`\n\nhint: did you mean `{nearest}`?"
        )));
    }
    for entry in found {
        println!("{} ({})", entry.name, entry.kind);
        println!("  {}\n", entry.text.replace('\n', "\n  "));
    }
    Ok(())
}

fn print_overview() {
    println!("The month (more: cogov explain month)");
    for step in &STEPS {
        println!("  {}", step.name);
    }
    for kind in ["parameter", "lever", "intervention", "outcome"] {
        println!("\n{kind}s");
        for entry in entries().iter().filter(|entry| entry.kind == kind) {
            println!("  {}", entry.name);
        }
    }
    println!("\ncogov explain WORD tells what one of them means");
}

fn print_month() {
    for (number, step) in STEPS.iter().enumerate() {
        println!("{:>2}. {:<14} {}", number + 1, step.name, step.does);
    }
}
