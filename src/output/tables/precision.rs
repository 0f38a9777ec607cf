//! `precision.csv`: intervals that were asked to be narrow, and how many pairs they took (Stein's
//! two-stage procedure; all intervals of the file hold together with 95 % confidence). Half-widths are
//! never below what was wanted: that is what the procedure promises.

use std::io;
use std::path::Path;

use crate::experiment::statistics::precision::{FirstStage, Narrowed};
use crate::model::outcome::OUTCOMES;
use crate::output::tables::table::Table;
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

/// Writes the file into `folder`: what became of each difference after the first `stage`.
///
/// # Errors
/// When it cannot be written.
pub fn write(
    folder: &Path,
    scenario: &Scenario,
    stage: FirstStage,
    narrowed: &[Narrowed],
) -> io::Result<()> {
    let mut table = Table::create(folder, NAME, COLUMNS)?;
    for of in narrowed {
        table.text(&scenario.policies[of.policy].name)?;
        table.text(OUTCOMES[of.wish.outcome].name)?;
        table.number(of.wish.half_width)?;
        table.text(&stage.pairs.to_string())?;
        table.number(of.first_deviation)?;
        table.text(&of.needed.to_string())?;
        table.text(&of.effect.pairs.to_string())?;
        let (mean, half) = (of.effect.difference, of.half_width);
        for number in [half, mean, mean - half, mean + half] {
            table.number(number)?;
        }
        table.end_row()?;
    }
    table.finish()
}
