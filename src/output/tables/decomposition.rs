//! `decomposition.csv`: what each part of a package contributes to the main outcomes.

use std::io;
use std::path::Path;

use crate::experiment::decomposition::{Decomposition, Parts, Share};
use crate::model::outcome::{OUTCOMES, main_outcomes};
use crate::output::tables::table::Table;

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

/// What a share is called, its part and the other part of a synergy.
pub fn label(parts: &Parts, share: Share) -> (&'static str, &str, &str) {
    let name = |part: usize| parts.parts[part].0.as_str();
    match share {
        Share::Total => ("total", "all", ""),
        Share::Shapley(i) => ("shapley", name(i), ""),
        Share::LeftOut(i) => ("left_out", name(i), ""),
        Share::Alone(i) => ("alone", name(i), ""),
        Share::Synergy(i, j) => ("synergy", name(i), name(j)),
    }
}

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
        let (contribution, part, partner) = label(parts, share);
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
