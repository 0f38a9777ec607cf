//! `between_policies.csv`: paired differences of the main outcomes between any two policies, of the
//! nation over the last 12 months. In a sweep a pair is a replication, with its mean over the design
//! points.

use super::cell::{ShareCell, known, known_fraction};
use super::layout::{Kind, Layout, Part};
use super::row::{TableRow as _, table_row};
use crate::experiment::statistics::compare::Comparison;
use crate::experiment::statistics::worlds::spread::WorldSpread;
use crate::model::outcome::{OUTCOMES, main_outcomes};
use crate::scenario::Scenario;

/// The table.
pub const LAYOUT: Layout = Layout {
    file: "between_policies.csv",
    kind: Kind::Policies,
    hashed: true,
    rows: "the same between any two policies, for the main outcomes",
    parts: &[Part::Fixed(Row::FIELDS)],
};

table_row! {
    /// The difference between two policies in one outcome.
    pub struct Row {
        /// name of the policy
        policy: String,
        /// the policy that it is compared with
        against: String,
        /// what is measured
        outcome: String,
        /// pairs of runs with the same replication; in a sweep each replication is one pair,
        /// with its mean over the design points (points.csv tells them apart)
        n_pairs: u32,
        /// mean of policy less baseline over pairs
        mean_difference: Option<f64>,
        /// lower end of the 95 % interval
        ci_low: Option<f64>,
        /// upper end of the 95 % interval
        ci_high: Option<f64>,
        /// share of pairs in which the policy is better; equal pairs count half
        p_better: Option<ShareCell>,
        /// 5th percentile over plausible worlds of the mean difference; empty, as all that follows, where
        /// only chance varies
        world_q05: Option<f64>,
        /// median over worlds
        world_median: Option<f64>,
        /// 95th percentile over worlds
        world_q95: Option<f64>,
        /// share of worlds in which the policy is better; equal ones count half
        share_better: Option<ShareCell>,
        /// worlds in which the difference is known
        worlds: Option<u32>,
    }
}

/// The rows of a study.
pub fn rows(scenario: &Scenario, comparison: &Comparison) -> impl Iterator<Item = Row> {
    let policies = 0..scenario.policies.len();
    let pairs = policies.flat_map(|policy| {
        let others = (0..scenario.policies.len()).filter(move |against| *against != policy);
        others.map(move |against| (policy, against))
    });
    pairs.flat_map(move |(policy, against)| {
        let mains = main_outcomes().into_iter().enumerate();
        mains.map(move |(main, outcome)| {
            let outcome = &OUTCOMES[outcome];
            let effect = comparison.contest().difference(policy, against, main);
            let spread = comparison.contest().spread(policy, against, main);
            let told = |of: fn(&WorldSpread) -> f64| spread.as_ref().and_then(|s| known(of(s)));
            let better = spread.map(|of| of.better(outcome.direction));
            Row {
                policy: scenario.policies[policy].name.clone(),
                against: scenario.policies[against].name.clone(),
                outcome: outcome.name.into(),
                n_pairs: effect.pairs,
                mean_difference: known(effect.difference),
                ci_low: known(effect.low),
                ci_high: known(effect.high),
                p_better: known_fraction(effect.better(outcome.direction)),
                world_q05: told(|of| of.low),
                world_median: told(|of| of.median),
                world_q95: told(|of| of.high),
                share_better: better.and_then(known_fraction),
                worlds: spread.map(|of| of.worlds),
            }
        })
    })
}
