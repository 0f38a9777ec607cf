//! `effects.csv`: paired differences of every policy, by outcome, scope and period.

use std::io;
use std::path::Path;

use crate::experiment::compare::Comparison;
use crate::intervention::BASELINE;
use crate::output::table::Table;
use crate::scenario::Scenario;

/// Columns of the file.
pub const COLUMNS: [&str; 17] = [
    "policy",
    "baseline",
    "outcome",
    "unit",
    "direction",
    "scope_kind",
    "scope",
    "period",
    "n_pairs",
    "baseline_mean",
    "policy_mean",
    "mean_difference",
    "ci_low",
    "ci_high",
    "p_better",
    "correlation",
    "variance_reduction",
];

/// Writes the file into `folder`.
///
/// # Errors
/// When it cannot be written.
pub fn write(folder: &Path, scenario: &Scenario, comparison: &Comparison) -> io::Result<()> {
    let mut table = Table::create(folder, "effects.csv", COLUMNS)?;
    for row in comparison.rows() {
        let (outcome, effect) = (row.outcome, row.effect);
        for text in [
            &scenario.policies[row.policy].name,
            BASELINE,
            outcome.name,
            outcome.unit,
            outcome.direction.name(),
            row.scope.kind,
            &row.scope.name,
            &row.period.name,
            &effect.pairs.to_string(),
        ] {
            table.text(text)?;
        }
        for number in [
            effect.baseline,
            effect.policy,
            effect.difference,
            effect.low,
            effect.high,
            effect.better(outcome.direction),
            effect.correlation,
            effect.variance_reduction,
        ] {
            table.number(number)?;
        }
        table.end_row()?;
    }
    table.finish()
}
