//! `decomposition.csv`: what each part of a package contributes to the main outcomes.

use std::io;
use std::path::Path;

use crate::experiment::decompose::{Decomposition, Parts, Share};
use crate::experiment::responses::main_outcomes;
use crate::model::outcome::OUTCOMES;
use crate::output::table::Table;

/// Name of the file.
pub const NAME: &str = "decomposition.csv";

/// Columns of the file.
pub const COLUMNS: [&str; 9] = [
    "policy",
    "outcome",
    "contribution",
    "part",
    "partner",
    "n_replications",
    "value",
    "ci_low",
    "ci_high",
];

/// Writes the file of the package `policy` into `folder`.
///
/// # Errors
/// When it cannot be written.
pub fn write(
    folder: &Path,
    policy: &str,
    parts: &Parts,
    decomposition: &Decomposition,
) -> io::Result<()> {
    let mut table = Table::create(folder, NAME, COLUMNS)?;
    let outcomes = main_outcomes();
    for (outcome, share, effect) in decomposition.rows() {
        let name = |part: usize| parts.parts[part].0.as_str();
        let (contribution, part, partner) = match share {
            Share::Total => ("total", "all", ""),
            Share::Shapley(i) => ("shapley", name(i), ""),
            Share::LeftOut(i) => ("left_out", name(i), ""),
            Share::Alone(i) => ("alone", name(i), ""),
            Share::Synergy(i, j) => ("synergy", name(i), name(j)),
        };
        let outcome = OUTCOMES[outcomes[outcome]].name;
        for text in [
            policy,
            outcome,
            contribution,
            part,
            partner,
            &effect.pairs.to_string(),
        ] {
            table.text(text)?;
        }
        for number in [effect.difference, effect.low, effect.high] {
            table.number(number)?;
        }
        table.end_row()?;
    }
    table.finish()
}
