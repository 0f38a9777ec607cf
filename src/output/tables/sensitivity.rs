//! `sensitivity.csv`: which inputs of a sweep matter, for each main outcome: of the baseline the
//! level, of a policy its difference from the baseline.

use super::cell::known;
use super::layout::{Kind, Layout, Part};
use super::row::{TableRow as _, table_row};
use crate::experiment::design;
use crate::experiment::design::responses::Responses;
use crate::experiment::design::sensitivity::{Estimate, morris, sobol};
use crate::experiment::runs::plan::Plan;
use crate::model::outcome::{OUTCOMES, main_outcomes};
use crate::scenario::sweep::{Method, Sweep};

/// The table.
pub const LAYOUT: Layout = Layout {
    file: "sensitivity.csv",
    kind: Kind::Policies,
    hashed: true,
    rows: "of `sweep --method sobol` and `morris`: how much each input matters for each main outcome, \
           under every policy",
    parts: &[Part::Fixed(Row::FIELDS)],
};

table_row! {
    /// How much an input matters.
    pub struct Row {
        /// name of the policy
        policy: String,
        /// level: of the baseline; effect: difference of the policy from it
        quantity: String,
        /// what is measured
        outcome: String,
        /// what is varied
        input: String,
        /// first_order and total: Sobol indices; mu_star, mu, sigma: Morris' elementary effects over
        /// the whole range of the input
        index: String,
        /// value of what the row names
        value: Option<f64>,
        /// lower end of the 95 % interval
        ci_low: Option<f64>,
        /// upper end of the 95 % interval
        ci_high: Option<f64>,
    }
}

/// Whether a sweep by this method tells which inputs matter.
pub fn told_by(method: Method) -> bool {
    matches!(method, Method::Sobol | Method::Morris)
}

/// The rows of a sweep.
pub fn rows(plan: &Plan, sweep: &Sweep, responses: &Responses) -> Vec<Row> {
    let (inputs, seed) = (plan.inputs(), plan.scenario().seed);
    let places = design::places(sweep, plan.points());
    let mut rows = Vec::new();
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
            rows.extend(estimates.into_iter().map(|of: Estimate| Row {
                policy: policy.name.clone(),
                quantity: quantity.into(),
                outcome: OUTCOMES[outcome].name.into(),
                input: inputs[of.input].path.clone(),
                index: of.index.into(),
                value: known(of.value),
                ci_low: known(of.low),
                ci_high: known(of.high),
            }));
        }
    }
    rows
}
