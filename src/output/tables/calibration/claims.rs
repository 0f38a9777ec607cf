//! `claims.csv`: in how much of the region each policy's effect keeps its sign.

use crate::experiment::calibration::claims::{Claim, claim};
use crate::experiment::calibration::summary::Calibrated;
use crate::model::outcome::{OUTCOMES, main_outcomes};
use crate::output::tables::cell::known;
use crate::output::tables::layout::{Kind, Layout, Part};
use crate::output::tables::row::{TableRow as _, table_row};

/// The table.
pub const LAYOUT: Layout = Layout {
    file: "claims.csv",
    kind: Kind::Calibration,
    hashed: true,
    rows: "policy x main outcome: in how much of the region the effect keeps its sign",
    parts: &[Part::Fixed(Row::FIELDS)],
};

table_row! {
    /// A policy's effect on an outcome over the region.
    pub struct Row {
        /// name of the policy
        policy: String,
        /// what is measured
        outcome: String,
        /// mean difference from the baseline at the scenario's own values, last 12 months of the
        /// nation
        own_effect: Option<f64>,
        /// points that were simulated
        points: usize,
        /// share of points of the region at which the difference has the same sign, with its 95 %
        /// interval
        holds_share: Option<f64>,
        /// lower end of the 95 % interval
        ci_low: Option<f64>,
        /// upper end of the 95 % interval
        ci_high: Option<f64>,
        /// 5th percentile of the mean difference from the baseline over the points
        effect_q05: Option<f64>,
        /// its median
        effect_q50: Option<f64>,
        /// its 95th percentile
        effect_q95: Option<f64>,
    }
}

/// The rows of a calibration; none where claims were not looked at.
pub fn rows(of: &Calibrated<'_>) -> Option<Vec<Row>> {
    let responses = of.findings.claims.as_ref()?;
    let mut rows = Vec::new();
    for (p, policy) in of.compared().iter().enumerate().skip(1) {
        for (o, outcome) in main_outcomes().into_iter().enumerate() {
            rows.push(row(policy, OUTCOMES[outcome].name, claim(responses, p, o)));
        }
    }
    Some(rows)
}

fn row(policy: &str, outcome: &str, found: Claim) -> Row {
    let [lower, median, upper] = found.effects.map(known);
    Row {
        policy: policy.into(),
        outcome: outcome.into(),
        own_effect: known(found.own),
        points: found.points,
        holds_share: known(found.holds),
        ci_low: known(found.interval.0),
        ci_high: known(found.interval.1),
        effect_q05: lower,
        effect_q50: median,
        effect_q95: upper,
    }
}
