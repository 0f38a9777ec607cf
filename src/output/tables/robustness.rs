//! `robustness.csv`: how each policy holds up over the design points of a sweep.

use super::cell::{ShareCell, known, known_fraction};
use super::layout::{Kind, Layout, Part};
use super::row::{TableRow as _, table_row};
use crate::experiment::design::responses::Responses;
use crate::experiment::design::robustness::{FailureBox, Robustness, robustness};
use crate::experiment::runs::plan::Plan;
use crate::model::outcome::{OUTCOMES, main_outcomes};
use crate::scenario::input::Input;

/// The table.
pub const LAYOUT: Layout = Layout {
    file: "robustness.csv",
    kind: Kind::Policies,
    hashed: true,
    rows: "of `sweep`: how often each policy is best, what choosing it can cost, and in which box of \
           the inputs it fails",
    parts: &[Part::Fixed(Row::FIELDS)],
};

table_row! {
    /// How a policy holds up on an outcome.
    pub struct Row {
        /// what is measured
        outcome: String,
        /// name of the policy
        policy: String,
        /// points of the design
        design_points: usize,
        /// share of design points in which the policy is best; ties are shared out
        best_share: Option<ShareCell>,
        /// mean over design points of the best policy's gain less this one's
        mean_regret: f64,
        /// largest over design points of the best policy's gain less this one's
        max_regret: f64,
        /// share of design points in which the policy does not better the baseline
        failure_share: Option<ShareCell>,
        /// share of these failures that lie inside failure_box
        box_coverage: Option<f64>,
        /// share of the points inside failure_box that are failures
        box_density: Option<f64>,
        /// box of inputs in which the policy fails (PRIM), as a condition on columns of runs.csv
        failure_box: String,
        /// share of design points in which the policy betters the baseline
        better_share: Option<ShareCell>,
        /// 5th percentile of the mean difference from the baseline over the points
        effect_q05: Option<f64>,
        /// its median
        effect_q50: Option<f64>,
        /// its 95th percentile
        effect_q95: Option<f64>,
    }
}

/// The rows of a sweep.
pub fn rows(plan: &Plan, responses: &Responses) -> Vec<Row> {
    let mut rows = Vec::new();
    for (o, outcome) in main_outcomes().into_iter().enumerate() {
        let policies = robustness(responses, o, plan.points()).into_iter();
        let name = OUTCOMES[outcome].name;
        let row = |(policy, found)| row(plan, responses, (policy, o, name), &found);
        rows.extend(policies.enumerate().map(row));
    }
    rows
}

/// What is `found` of a policy and the main outcome of this number and name.
fn row(
    plan: &Plan,
    responses: &Responses,
    (policy, main, outcome): (usize, usize, &str),
    found: &Robustness,
) -> Row {
    // the baseline cannot better itself: it has no effects and no failures to tell of
    let of_policy = |value| known(value).filter(|_| policy > 0);
    let [low, median, high] = responses.quantiles(policy, main).map(of_policy);
    let failure = found.failure.as_ref();
    Row {
        outcome: outcome.into(),
        policy: plan.scenario().policies[policy].name.clone(),
        design_points: responses.points(),
        best_share: known_fraction(found.best),
        mean_regret: found.mean_regret,
        max_regret: found.max_regret,
        failure_share: of_policy(found.fails).map(ShareCell),
        box_coverage: failure.and_then(|failure| known(failure.coverage)),
        box_density: failure.and_then(|failure| known(failure.density)),
        failure_box: failure.map_or_else(String::new, |failure| query(plan, failure)),
        better_share: of_policy(found.betters).map(ShareCell),
        effect_q05: low,
        effect_q50: median,
        effect_q95: high,
    }
}

/// The box as a condition on the columns of `runs.csv` that pandas' `query` understands.
fn query(plan: &Plan, failure: &FailureBox) -> String {
    let mut conditions = Vec::new();
    for (input, low, high) in &failure.limits {
        let input = &plan.inputs()[*input];
        if !input.words().is_empty() {
            conditions.push(among(input, *low, *high));
            continue;
        }
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

/// The words of a choice that lie in a box, as a condition.
fn among(input: &Input, low: Option<f64>, high: Option<f64>) -> String {
    let words = input.words().iter().enumerate();
    let inside = words.filter(|(at, _)| {
        let at = *at as f64;
        low.is_none_or(|low| low <= at) && high.is_none_or(|high| at <= high)
    });
    let inside: Vec<String> = inside.map(|(_, word)| format!("'{word}'")).collect();
    format!("`{}` in [{}]", input.path, inside.join(", "))
}
