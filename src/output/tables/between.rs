//! `between_policies.csv`: paired differences of the main outcomes between any two policies, of the
//! nation over the last 12 months. In a sweep a pair is a replication, with its mean over the design
//! points.

use std::io;
use std::path::Path;

use crate::experiment::statistics::compare::Comparison;
use crate::model::outcome::{OUTCOMES, main_outcomes};
use crate::output::tables::table::Table;
use crate::scenario::Scenario;

/// Columns of the file.
pub const COLUMNS: [&str; 8] = [
    "policy",
    "against",
    "outcome",
    "n_pairs",
    "mean_difference",
    "ci_low",
    "ci_high",
    "p_better",
];

/// Writes the file into `folder`.
///
/// # Errors
/// When it cannot be written.
pub fn write(folder: &Path, scenario: &Scenario, comparison: &Comparison) -> io::Result<()> {
    let mut table = Table::create(folder, "between_policies.csv", COLUMNS)?;
    for (policy, name) in scenario.policies.iter().map(|of| &of.name).enumerate() {
        for (against, other) in scenario.policies.iter().map(|of| &of.name).enumerate() {
            if policy == against {
                continue;
            }
            for (main, outcome) in main_outcomes().into_iter().enumerate() {
                let outcome = &OUTCOMES[outcome];
                let effect = comparison.contest().difference(policy, against, main);
                for text in [name, other, outcome.name, &effect.pairs.to_string()] {
                    table.text(text)?;
                }
                let better = effect.better(outcome.direction);
                for number in [effect.difference, effect.low, effect.high, better] {
                    table.number(number)?;
                }
                table.end_row()?;
            }
        }
    }
    table.finish()
}
