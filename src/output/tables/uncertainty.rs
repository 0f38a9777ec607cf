//! `uncertainty.csv`: of each policy and main outcome, what plausible worlds leave open, how the policy
//! stands among the others, and what more runs would buy. National, over the last 12 months.

use super::cell::{ShareCell, known, known_fraction};
use super::layout::{Kind, Layout, Part};
use super::row::{TableRow as _, table_row};
use crate::experiment::statistics::compare::Comparison;
use crate::experiment::statistics::worlds::standing::{WorldStanding, standings};
use crate::model::outcome::{OUTCOMES, main_outcomes};
use crate::numeric::Interval;
use crate::scenario::Scenario;

/// The table.
pub const LAYOUT: Layout = Layout {
    file: "uncertainty.csv",
    kind: Kind::Policies,
    hashed: true,
    rows: "of plausible worlds: percentiles with their intervals, in how many worlds each policy is best, \
           what choosing it can cost, and what more worlds or replications would buy",
    parts: &[Part::Fixed(Row::FIELDS)],
};

table_row! {
    /// What worlds leave open of a policy and an outcome.
    pub struct Row {
        /// what is measured
        outcome: String,
        /// name of the policy
        policy: String,
        /// worlds in which the difference from the baseline is known
        worlds: Option<u32>,
        /// equally weighted worlds that would say as much; fewer than 30 tell little of the range
        effective_worlds: Option<f64>,
        /// 5th percentile over worlds of the mean difference from the baseline
        world_q05: Option<f64>,
        /// lower end of its 90 % interval; empty where so few worlds give none
        world_q05_low: Option<f64>,
        /// upper end of its 90 % interval
        world_q05_high: Option<f64>,
        /// 95th percentile over worlds
        world_q95: Option<f64>,
        /// lower end of its 90 % interval
        world_q95_low: Option<f64>,
        /// upper end of its 90 % interval; empty where so few worlds give none
        world_q95_high: Option<f64>,
        /// share of worlds in which no policy gains more, the baseline among them; shared out between
        /// equals
        best_share: Option<ShareCell>,
        /// lower end of its 95 % interval
        best_low: Option<ShareCell>,
        /// upper end of its 95 % interval
        best_high: Option<ShareCell>,
        /// mean over worlds of the best policy's gain less this one's
        mean_regret: Option<f64>,
        /// largest over worlds of the best policy's gain less this one's
        max_regret: Option<f64>,
        /// standard error of the mean difference over worlds and chance
        standard_error: Option<f64>,
        /// the same with twice as many worlds
        standard_error_twice_worlds: Option<f64>,
        /// the same with twice as many replications in each world
        standard_error_twice_replications: Option<f64>,
    }
}

/// The rows of a study with plausible worlds; none without.
pub fn rows(scenario: &Scenario, comparison: &Comparison) -> Vec<Row> {
    let weights = comparison.weights();
    if weights.is_empty() {
        return Vec::new();
    }
    let mut rows = Vec::new();
    for outcome in main_outcomes() {
        let standings = standings(&comparison.world_gains(outcome), weights);
        let of_all = standings.iter().enumerate();
        rows.extend(of_all.map(|(policy, of)| row(scenario, comparison, (policy, outcome), of)));
    }
    rows
}

fn row(
    scenario: &Scenario,
    comparison: &Comparison,
    (policy, outcome): (usize, usize),
    standing: &WorldStanding,
) -> Row {
    let spread = comparison.spread(policy, outcome);
    let percentiles = comparison.percentiles(policy, outcome);
    let end = |which: usize, end: fn(&Interval) -> f64| {
        percentiles.as_ref().and_then(|of| known(end(&of[which])))
    };
    let replications = f64::from(scenario.replications);
    let error = |worlds: f64, runs: f64| {
        let of = spread.as_ref()?;
        known(of.standard_error(worlds * of.effective, runs * replications))
    };
    Row {
        outcome: OUTCOMES[outcome].name.into(),
        policy: scenario.policies[policy].name.clone(),
        worlds: spread.map(|of| of.worlds),
        effective_worlds: spread.and_then(|of| known(of.effective)),
        world_q05: end(0, |of| of.value),
        world_q05_low: end(0, |of| of.low),
        world_q05_high: end(0, |of| of.high),
        world_q95: end(2, |of| of.value),
        world_q95_low: end(2, |of| of.low),
        world_q95_high: end(2, |of| of.high),
        best_share: known_fraction(standing.best.value),
        best_low: known_fraction(standing.best.low),
        best_high: known_fraction(standing.best.high),
        mean_regret: known(standing.mean_regret),
        max_regret: known(standing.max_regret),
        standard_error: error(1.0, 1.0),
        standard_error_twice_worlds: error(2.0, 1.0),
        standard_error_twice_replications: error(1.0, 2.0),
    }
}
