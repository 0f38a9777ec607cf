//! `levels.csv`: of one policy that is compared with nothing, the level of the outcomes that its page looks
//! at, by scope and period.

use super::cell::known;
use super::layout::{Kind, Layout, Part};
use super::row::{TableRow as _, table_row};
use crate::experiment::statistics::levels::PolicyLevels;
use crate::model::outcome::{Direction, OUTCOMES};
use crate::numeric::Interval;
use crate::scenario::Scenario;

/// The table.
pub const LAYOUT: Layout = Layout {
    file: "levels.csv",
    kind: Kind::Policies,
    hashed: true,
    rows: "of `run`: main outcome x scope x period: mean and 95 % interval over replications",
    parts: &[Part::Fixed(Row::FIELDS)],
};

table_row! {
    /// The level of an outcome under a policy, somewhere and at some time.
    pub struct Row {
        /// name of the policy
        policy: String,
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
        /// runs in which it is known
        n_runs: u32,
        /// mean over runs
        mean: Option<f64>,
        /// lower end of the 95 % interval of the mean, which is of chance alone
        ci_low: Option<f64>,
        /// upper end of the 95 % interval
        ci_high: Option<f64>,
    }
}

impl Row {
    /// The level with its interval; NaN where a cell is empty.
    pub fn level(&self) -> Interval {
        Interval::of(self.mean, self.ci_low, self.ci_high)
    }
}

/// The rows of the policy of `scenario`.
pub fn rows(scenario: &Scenario, levels: &PolicyLevels) -> impl Iterator<Item = Row> {
    levels.all().map(|of| {
        let outcome = &OUTCOMES[of.outcome];
        Row {
            policy: scenario.policies[0].name.clone(),
            outcome: outcome.name.into(),
            unit: outcome.unit_in(&scenario.geography.nation.currency),
            direction: outcome.direction,
            scope_kind: of.scope.kind.into(),
            scope: of.scope.name.clone(),
            period: of.period.name.clone(),
            n_runs: of.effect.pairs,
            mean: known(of.effect.difference),
            ci_low: known(of.effect.low),
            ci_high: known(of.effect.high),
        }
    })
}
