//! `precision.csv`: intervals that were asked to be narrow, and how many pairs they took (Stein's
//! two-stage procedure; all intervals of the file hold together with 95 % confidence).

use std::io;
use std::path::Path;

use crate::experiment::compare::Comparison;
use crate::experiment::precision::{FirstStage, Wish};
use crate::model::outcome::OUTCOMES;
use crate::output::table::Table;
use crate::scenario::Scenario;

/// Name of the file.
pub const NAME: &str = "precision.csv";

/// Columns of the file.
pub const COLUMNS: [&str; 11] = [
    "policy",
    "outcome",
    "wanted_half_width",
    "first_stage_pairs",
    "first_stage_sd",
    "needed_pairs",
    "n_pairs",
    "half_width",
    "mean_difference",
    "ci_low",
    "ci_high",
];

/// Writes the file into `folder`; `first` compares the first stage, `whole` all pairs.
///
/// # Errors
/// When it cannot be written.
pub fn write(
    folder: &Path,
    scenario: &Scenario,
    (wishes, stage): (&[Wish], FirstStage),
    (first, whole): (&Comparison, &Comparison),
) -> io::Result<()> {
    let mut table = Table::create(folder, NAME, COLUMNS)?;
    for (p, policy) in scenario.policies.iter().enumerate().skip(1) {
        for wish in wishes {
            let deviation = first.deviation(p, wish.outcome);
            let effect = whole.judged(p, wish.outcome);
            let half = stage.half_width(deviation, effect.pairs);
            table.text(&policy.name)?;
            table.text(OUTCOMES[wish.outcome].name)?;
            table.number(wish.half_width)?;
            table.text(&stage.pairs.to_string())?;
            table.number(deviation)?;
            table.text(&stage.needed(deviation, wish.half_width).to_string())?;
            table.text(&effect.pairs.to_string())?;
            let mean = effect.difference;
            for number in [half, mean, mean - half, mean + half] {
                table.number(number)?;
            }
            table.end_row()?;
        }
    }
    table.finish()
}
