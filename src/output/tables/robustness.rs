//! `robustness.csv`: how each policy holds up over the design points of a sweep.

use std::io;
use std::path::Path;

use crate::experiment::design::responses::Responses;
use crate::experiment::design::robustness::{Failure, robustness};
use crate::experiment::runs::plan::Plan;
use crate::model::outcome::{OUTCOMES, main_outcomes};
use crate::output::tables::table::Table;

/// Name of the file.
pub const NAME: &str = "robustness.csv";

/// Columns of the file.
pub const COLUMNS: [&str; 14] = [
    "outcome",
    "policy",
    "design_points",
    "best_share",
    "mean_regret",
    "max_regret",
    "failure_share",
    "box_coverage",
    "box_density",
    "failure_box",
    "better_share",
    "effect_q05",
    "effect_q50",
    "effect_q95",
];

/// Writes the file into `folder`.
///
/// # Errors
/// When it cannot be written.
pub fn write(folder: &Path, plan: &Plan, responses: &Responses) -> io::Result<()> {
    let mut table = Table::create(folder, NAME, COLUMNS)?;
    for (o, outcome) in main_outcomes().into_iter().enumerate() {
        let policies = robustness(responses, o, plan.points());
        for (p, (policy, found)) in plan.scenario().policies.iter().zip(policies).enumerate() {
            table.text(OUTCOMES[outcome].name)?;
            table.text(&policy.name)?;
            table.text(&responses.points().to_string())?;
            // the baseline cannot better itself: it has no failures to tell of
            let of_policy = |number: f64| if p == 0 { f64::NAN } else { number };
            let fails = of_policy(found.fails);
            for number in [found.best, found.mean_regret, found.max_regret, fails] {
                table.number(number)?;
            }
            let failure = found.failure.as_ref();
            table.number(failure.map_or(f64::NAN, |failure| failure.coverage))?;
            table.number(failure.map_or(f64::NAN, |failure| failure.density))?;
            table.text(&failure.map_or_else(String::new, |failure| query(plan, failure)))?;
            let quantiles = responses.quantiles(p, o);
            for number in [found.betters].into_iter().chain(quantiles) {
                table.number(of_policy(number))?;
            }
            table.end_row()?;
        }
    }
    table.finish()
}

/// The box as a condition on the columns of `runs.csv` that pandas' `query` understands.
fn query(plan: &Plan, failure: &Failure) -> String {
    let mut conditions = Vec::new();
    for (input, low, high) in &failure.limits {
        let input = &plan.inputs()[*input];
        let mut limit = |sign: &str, end: f64| {
            let quote = if input.is_date() { "'" } else { "" };
            let end = input.text(end);
            conditions.push(format!("`{}` {sign} {quote}{end}{quote}", input.path));
        };
        low.iter().for_each(|end| limit(">=", *end));
        high.iter().for_each(|end| limit("<=", *end));
    }
    conditions.join(" and ")
}
