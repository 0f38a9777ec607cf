//! The description of the model as an ODD document (Grimm et al. 2020), made from the tables that
//! the code uses and from the prose in `docs/odd/`.

use std::fmt::Write as _;

use crate::model::outcome::OUTCOMES;
use crate::model::{ALTERNATIVES, GROUPS, STEPS};
use crate::scenario::policy::catalogue;
use crate::world::levers::LEVERS;

const OVERVIEW: &str = include_str!("../../docs/odd/overview.md");
const CONCEPTS: &str = include_str!("../../docs/odd/concepts.md");
const DETAILS: &str = include_str!("../../docs/odd/details.md");

const LIMITS: &str = "### What the model cannot say";

/// The whole document.
pub fn document() -> String {
    let mut text = String::from(OVERVIEW);
    text.push_str("\n### The month\n\n");
    for (number, step) in STEPS.iter().enumerate() {
        let _ = writeln!(text, "{}. **{}**: {}", number + 1, step.name, step.does);
    }
    text.push('\n');
    text.push_str(CONCEPTS);
    text.push('\n');
    let (details, limits) = DETAILS
        .split_once(LIMITS)
        .expect("the details end with the limits");
    text.push_str(details);
    for step in &STEPS {
        let _ = write!(text, "#### {}\n\n{}\n\n", step.name, step.rule());
    }
    text.push_str(LIMITS);
    text.push_str(limits);
    text.push_str(&parameters());
    text.push_str(&alternatives());
    text.push_str(&levers());
    text.push_str(&measures());
    text.push_str(&outcomes());
    text
}

/// Interventions of the shipped catalogue: name, and what they do in words.
pub fn interventions() -> Vec<(String, String)> {
    let shipped = catalogue::shipped();
    shipped
        .into_iter()
        .map(|entry| (entry.name.clone(), entry.words()))
        .collect()
}

fn parameters() -> String {
    let mut text = String::from("\n### Parameters\n");
    for group in GROUPS {
        let _ = write!(text, "\n#### `[{}]`\n\n", group.name);
        text.push_str("| parameter | symbol | default | plausible | unit | meaning | source |\n");
        text.push_str("|---|---|---|---|---|---|---|\n");
        for p in group.parameters {
            let _ = writeln!(
                text,
                "| `{}` | {} | {} | {} to {} | {} | {} | {} |",
                p.name,
                p.symbol,
                short(p.default),
                short(p.plausible.0),
                short(p.plausible.1),
                p.unit,
                p.meaning,
                p.source.words()
            );
        }
    }
    text
}

fn alternatives() -> String {
    let mut text = String::from(
        "\n### Alternatives inside the model\n\n| word of the scenario | decides | words, the default first |\n|---|---|---|\n",
    );
    for of in ALTERNATIVES {
        let words = of.words.iter().zip(of.means);
        let words: Vec<String> = words
            .map(|(word, means)| format!("`{word}`: {means}"))
            .collect();
        let _ = writeln!(
            text,
            "| `{}` | {} | {} |",
            of.name,
            of.meaning,
            words.join("; ")
        );
    }
    text
}

fn short(value: f64) -> String {
    let rounded = (value * 1e5).round() / 1e5;
    format!("{rounded}")
}

fn levers() -> String {
    let mut text = String::from("\n### Levers\n\n| lever | unit | meaning |\n|---|---|---|\n");
    for row in LEVERS {
        let _ = writeln!(text, "| `{}` | {} | {} |", row.name, row.unit, row.meaning);
    }
    text
}

fn measures() -> String {
    let mut text = String::from(
        "\n### Catalogue of interventions\n\n| intervention | what it does |\n|---|---|\n",
    );
    for (name, words) in interventions() {
        let _ = writeln!(text, "| `{name}` | {} |", words.replace('\n', "; "));
    }
    text
}

fn outcomes() -> String {
    let mut text = String::from(
        "\n### Outcomes\n\n| outcome | group | unit | better | meaning |\n|---|---|---|---|---|\n",
    );
    for outcome in OUTCOMES {
        let _ = writeln!(
            text,
            "| `{}` | {} | {} | {} | {} |",
            outcome.name,
            outcome.group,
            outcome.unit,
            outcome.direction.name(),
            outcome.meaning
        );
    }
    text
}
