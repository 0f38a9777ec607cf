//! `effects.csv`: paired differences of every policy, by outcome, scope and period.
//!
//! For the question that decides, the national effect on a main outcome over the last 12 months, the
//! P value is given too, as it is and corrected for the number of policies (Holm 1979). In a sweep
//! pairs of all design points are taken together.

use std::io;
use std::path::Path;

use crate::experiment::statistics::compare::Comparison;
use crate::experiment::statistics::paired::Effect;
use crate::intervention::BASELINE;
use crate::model::outcome::OUTCOMES;
use crate::output::tables::table::Table;
use crate::scenario::Scenario;

/// Columns of the file.
pub const COLUMNS: [&str; 19] = [
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
    "p_value",
    "p_holm",
];

/// Writes the file into `folder`.
///
/// # Errors
/// When it cannot be written.
pub fn write(folder: &Path, scenario: &Scenario, comparison: &Comparison) -> io::Result<()> {
    let mut table = Table::create(folder, "effects.csv", COLUMNS)?;
    let p_values: Vec<_> = (0..OUTCOMES.len())
        .map(|o| comparison.p_values(o))
        .collect();
    for row in comparison.rows() {
        let (outcome, effect) = (row.outcome, row.effect);
        let (single, corrected) = match row.judges() {
            true => p_values[row.position][row.policy - 1],
            false => (f64::NAN, f64::NAN),
        };
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
        let Effect {
            baseline, policy, ..
        } = effect;
        let interval = [effect.difference, effect.low, effect.high];
        let better = effect.better(outcome.direction);
        let pairing = [effect.correlation, effect.variance_reduction];
        let level = [baseline, policy];
        let numbers = level.into_iter().chain(interval).chain([better]);
        for number in numbers.chain(pairing).chain([single, corrected]) {
            table.number(number)?;
        }
        table.end_row()?;
    }
    table.finish()
}
