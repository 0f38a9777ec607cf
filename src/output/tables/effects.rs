//! `effects.csv`: paired differences of every policy, by outcome, scope and period.
//!
//! For the question that decides, the national effect on a main outcome over the last 12 months, the
//! P value is given too, as it is and corrected for the number of policies (Holm 1979). In a sweep
//! pairs of all design points are taken together.

use super::cell::{ShareCell, known, known_fraction};
use super::layout::{Kind, Layout, Part};
use super::row::{TableRow as _, table_row};
use crate::experiment::statistics::compare::{self, Comparison};
use crate::experiment::statistics::worlds::spread::{ShareIntervals, WorldSpread};
use crate::intervention::BASELINE;
use crate::model::outcome::{Direction, OUTCOMES};
use crate::numeric::Interval;
use crate::scenario::Scenario;

/// The table.
pub const LAYOUT: Layout = Layout {
    file: "effects.csv",
    kind: Kind::Policies,
    hashed: true,
    rows: "policy x outcome x scope x period: paired difference, 95 % interval, probability of being \
           better, correlation, variance reduction",
    parts: &[Part::Fixed(Row::FIELDS)],
};

table_row! {
    /// What a policy does to an outcome, somewhere and at some time.
    pub struct Row {
        /// name of the policy
        policy: String,
        /// policy it is compared with
        baseline: String,
        /// what is measured
        outcome: String,
        /// unit of the outcome
        unit: String,
        /// up: more is better; down: less is better; neutral
        direction: Direction,
        /// nation, region or province
        scope_kind: String,
        /// name of the scope
        scope: String,
        /// last_12_months, or a calendar year as year_2020; values are means over its months
        period: String,
        /// pairs of runs with the same replication in the same world; in a sweep each replication is
        /// one pair, with its mean over the design points (points.csv tells them apart)
        n_pairs: u32,
        /// mean under the baseline
        baseline_mean: Option<f64>,
        /// mean under the policy
        policy_mean: Option<f64>,
        /// mean of policy less baseline over pairs; over worlds by their weights
        mean_difference: Option<f64>,
        /// lower end of the 95 % interval, which is of chance alone: worlds stay as they are
        ci_low: Option<f64>,
        /// upper end of the 95 % interval
        ci_high: Option<f64>,
        /// share of pairs in which the policy is better; equal pairs count half
        p_better: Option<ShareCell>,
        /// correlation of policy and baseline over pairs
        correlation: Option<f64>,
        /// variance of the difference of unpaired runs over that of pairs
        variance_reduction: Option<f64>,
        /// Student's two-sided P value that there is no difference; for main outcomes of the nation
        /// over the last 12 months
        p_value: Option<f64>,
        /// the same, corrected for the number of policies (Holm)
        p_holm: Option<f64>,
        /// 5th percentile over plausible worlds of the mean difference: a range of worlds, no interval
        /// of confidence; empty, as all that follows, where only chance varies
        world_q05: Option<f64>,
        /// median over worlds
        world_median: Option<f64>,
        /// 95th percentile over worlds
        world_q95: Option<f64>,
        /// share of worlds in which the policy is better; equal ones count half
        share_better: Option<ShareCell>,
        /// lower end of its 95 % interval
        share_better_low: Option<ShareCell>,
        /// upper end of its 95 % interval
        share_better_high: Option<ShareCell>,
        /// variance of the difference between replications of a world, mean over worlds
        variance_chance: Option<f64>,
        /// variance of the difference between worlds, less what chance adds to it; unbiased, so below 0
        /// now and then where worlds hardly differ
        variance_worlds: Option<f64>,
        /// worlds in which the difference is known
        worlds: Option<u32>,
    }
}

impl Row {
    /// The difference with its interval; NaN where a cell is empty.
    pub fn difference(&self) -> Interval {
        Interval::of(self.mean_difference, self.ci_low, self.ci_high)
    }
}

/// The rows of a study.
pub fn rows(scenario: &Scenario, comparison: &Comparison) -> impl Iterator<Item = Row> {
    let outcomes = 0..OUTCOMES.len();
    let p_values: Vec<_> = outcomes.map(|o| comparison.p_values(o)).collect();
    let mut intervals = ShareIntervals::default();
    comparison.rows().map(move |of| {
        let p_values = of.judges().then(|| p_values[of.position][of.policy - 1]);
        let better = of
            .spread
            .as_ref()
            .map(|spread| intervals.of(spread.better(of.outcome.direction), spread.share_worlds));
        row(scenario, &of, p_values, better)
    })
}

fn row(
    scenario: &Scenario,
    of: &compare::Row<'_>,
    p_values: Option<(f64, f64)>,
    better: Option<Interval>,
) -> Row {
    let (outcome, effect, spread) = (of.outcome, of.effect, of.spread.as_ref());
    let told = |value: fn(&WorldSpread) -> f64| known(value(spread?));
    let share = |end: fn(&Interval) -> f64| known_fraction(end(better.as_ref()?));
    Row {
        policy: scenario.policies[of.policy].name.clone(),
        baseline: BASELINE.into(),
        outcome: outcome.name.into(),
        unit: outcome.unit_in(&scenario.geography.nation.currency),
        direction: outcome.direction,
        scope_kind: of.scope.kind.into(),
        scope: of.scope.name.clone(),
        period: of.period.name.clone(),
        n_pairs: effect.pairs,
        baseline_mean: known(effect.baseline),
        policy_mean: known(effect.policy),
        mean_difference: known(effect.difference),
        ci_low: known(effect.low),
        ci_high: known(effect.high),
        p_better: known_fraction(effect.better(outcome.direction)),
        correlation: known(effect.correlation),
        variance_reduction: known(effect.variance_reduction),
        p_value: p_values.and_then(|(single, _)| known(single)),
        p_holm: p_values.and_then(|(_, corrected)| known(corrected)),
        world_q05: told(|of| of.low),
        world_median: told(|of| of.median),
        world_q95: told(|of| of.high),
        share_better: share(|of| of.value),
        share_better_low: share(|of| of.low),
        share_better_high: share(|of| of.high),
        variance_chance: told(|of| of.variance_chance),
        variance_worlds: told(|of| of.variance_worlds),
        worlds: spread.map(|of| of.worlds),
    }
}
