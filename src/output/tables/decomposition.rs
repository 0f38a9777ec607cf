//! `decomposition.csv`: what each part of a package contributes to the main outcomes.

use super::cell::known;
use super::layout::{Kind, Layout, Part};
use super::row::{TableRow as _, table_row};
use crate::experiment::decomposition::{Decomposition, Parts, Share};
use crate::model::outcome::{OUTCOMES, main_outcomes};
use crate::numeric::Interval;

/// The table.
pub const LAYOUT: Layout = Layout {
    file: "decomposition.csv",
    kind: Kind::Policies,
    hashed: true,
    rows: "with `--decompose`: what each part of a policy contributes to the main outcomes, alone and \
           together, with interval",
    parts: &[Part::Fixed(Row::FIELDS)],
};

table_row! {
    /// What a part of a package, or two of them together, contribute to an outcome.
    pub struct Row {
        /// name of the policy
        policy: String,
        /// what is measured
        outcome: String,
        /// total: of the whole package; shapley; left_out: what is lost without the part; alone: its
        /// effect alone; synergy: both parts less their sum
        contribution: String,
        /// part of the package
        part: String,
        /// the other part of a synergy
        partner: String,
        /// replications behind the value
        n_replications: u32,
        /// value of what the row names
        value: Option<f64>,
        /// lower end of the 95 % interval
        ci_low: Option<f64>,
        /// upper end of the 95 % interval
        ci_high: Option<f64>,
    }
}

impl Row {
    /// The value with its interval; NaN where a cell is empty.
    pub fn contributed(&self) -> Interval {
        Interval::of(self.value, self.ci_low, self.ci_high)
    }
}

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

/// The rows of the package `policy`.
pub fn rows(policy: &str, parts: &Parts, decomposition: &Decomposition) -> Vec<Row> {
    let outcomes = main_outcomes();
    let rows = decomposition.rows();
    rows.map(|(outcome, share, effect)| {
        let (contribution, part, partner) = label(parts, share);
        Row {
            policy: policy.into(),
            outcome: OUTCOMES[outcomes[outcome]].name.into(),
            contribution: contribution.into(),
            part: part.into(),
            partner: partner.into(),
            n_replications: effect.pairs,
            value: known(effect.difference),
            ci_low: known(effect.low),
            ci_high: known(effect.high),
        }
    })
    .collect()
}
