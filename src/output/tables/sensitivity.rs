//! `sensitivity.csv`: which inputs of a sweep matter, for each main outcome: of the baseline the
//! level, of a policy its difference from the baseline.

use std::io;
use std::path::Path;

use crate::experiment::design;
use crate::experiment::design::responses::Responses;
use crate::experiment::design::sensitivity::{Estimate, morris, sobol};
use crate::experiment::runs::plan::Plan;
use crate::model::outcome::{OUTCOMES, main_outcomes};
use crate::output::tables::table::Table;
use crate::scenario::sweep::{Method, Sweep};

/// Name of the file.
pub const NAME: &str = "sensitivity.csv";

/// Columns of the file.
pub const COLUMNS: [&str; 8] = [
    "policy", "quantity", "outcome", "input", "index", "value", "ci_low", "ci_high",
];

/// Whether a sweep by this method tells which inputs matter.
pub fn told_by(method: Method) -> bool {
    matches!(method, Method::Sobol | Method::Morris)
}

/// Writes the file into `folder`.
///
/// # Errors
/// When it cannot be written.
pub fn write(folder: &Path, plan: &Plan, sweep: &Sweep, responses: &Responses) -> io::Result<()> {
    let mut table = Table::create(folder, NAME, COLUMNS)?;
    let (inputs, seed) = (plan.inputs(), plan.scenario().seed);
    let places = design::places(sweep, plan.points());
    for (p, policy) in plan.scenario().policies.iter().enumerate() {
        for (o, outcome) in main_outcomes().into_iter().enumerate() {
            let (quantity, values) = match p {
                0 => ("level", responses.levels(p, o)),
                _ => ("effect", responses.effects(p, o)),
            };
            let estimates = match sweep.method {
                Method::Morris => morris(&places, &values, inputs.len(), seed),
                _ => sobol(&values, inputs.len(), seed),
            };
            for Estimate {
                index,
                input,
                value,
                low,
                high,
            } in estimates
            {
                let path = &inputs[input].path;
                for text in [&policy.name, quantity, OUTCOMES[outcome].name, path, index] {
                    table.text(text)?;
                }
                [value, low, high]
                    .iter()
                    .try_for_each(|number| table.number(*number))?;
                table.end_row()?;
            }
        }
    }
    table.finish()
}
