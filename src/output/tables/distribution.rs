//! `distribution.csv`: shares of provinces, cells and citizens that are better, equally or worse off
//! than the very same ones under the baseline.

use super::cell::{ShareCell, known};
use super::layout::{Kind, Layout, Part};
use super::row::{TableRow as _, table_row};
use crate::experiment::statistics::distribution::{Distribution, Fortune, GroupName};
use crate::numeric::Interval;
use crate::scenario::Scenario;

/// The table.
pub const LAYOUT: Layout = Layout {
    file: "distribution.csv",
    kind: Kind::Policies,
    hashed: true,
    rows: "who is better and worse off than the very same ones under the baseline: provinces, cells, \
           citizens, by region, literacy and online",
    parts: &[Part::Fixed(Row::FIELDS)],
};

table_row! {
    /// How the members of a group fare under a policy.
    pub struct Row {
        /// name of the policy
        policy: String,
        /// province, cell (a frontline government with its people) or citizen
        unit_compared: String,
        /// all, region, literacy or online (at the end, under the baseline)
        group_kind: String,
        /// name of the group
        group: String,
        /// pairs of the same unit under policy and baseline, over all replications
        compared: u64,
        /// share whose trust is higher by more than .01 than that of the very same unit under the
        /// baseline
        better: Option<ShareCell>,
        /// share whose trust differs by .01 at most
        equal: Option<ShareCell>,
        /// share whose trust is lower by more than .01
        worse: Option<ShareCell>,
        /// mean of policy less baseline over pairs
        mean_difference: Option<f64>,
        /// lower end of the 95 % interval
        ci_low: Option<f64>,
        /// upper end of the 95 % interval
        ci_high: Option<f64>,
    }
}

impl Row {
    /// The difference with its interval; NaN where a cell is empty.
    pub fn difference(&self) -> Interval {
        Interval::of(self.mean_difference, self.ci_low, self.ci_high)
    }
}

/// The rows of a study.
pub fn rows(scenario: &Scenario, distribution: &Distribution) -> impl Iterator<Item = Row> {
    let policies = scenario.policies.iter().enumerate().skip(1);
    policies.flat_map(move |(p, policy)| {
        let all = distribution.under(p);
        // where cohorts stand for citizens, no citizen is compared
        let some = all.filter(|(_, fortune)| fortune.members > 0);
        some.map(move |(group, fortune)| row(&policy.name, group, fortune))
    })
}

fn row(policy: &str, group: &GroupName, fortune: &Fortune) -> Row {
    let (better, worse) = (fortune.better, fortune.worse);
    let share = |count: f64| Some(ShareCell(count / better.whole));
    let effect = fortune.effect();
    Row {
        policy: policy.into(),
        unit_compared: group.unit.name().into(),
        group_kind: group.kind.into(),
        group: group.name.clone(),
        compared: fortune.members,
        better: share(better.part),
        equal: share(better.whole - better.part - worse.part),
        worse: share(worse.part),
        mean_difference: known(effect.difference),
        ci_low: known(effect.low),
        ci_high: known(effect.high),
    }
}
