//! `precision.csv`: intervals that were asked to be narrow, and how many pairs they took (Stein's
//! two-stage procedure; all intervals of the file hold together with 95 % confidence). Half-widths are
//! never below what was wanted: that is what the procedure promises.

use super::cell::known;
use super::layout::{Kind, Layout, Part};
use super::row::{TableRow as _, table_row};
use crate::experiment::statistics::precision::{FirstStage, Narrowed};
use crate::model::outcome::OUTCOMES;
use crate::scenario::Scenario;

/// The table.
pub const LAYOUT: Layout = Layout {
    file: "precision.csv",
    kind: Kind::Policies,
    hashed: true,
    rows: "with `--until`: how narrow each interval was wanted, how narrow it is, and how many pairs \
           that took",
    parts: &[Part::Fixed(Row::FIELDS)],
};

table_row! {
    /// An interval that was asked to be narrow.
    pub struct Row {
        /// name of the policy
        policy: String,
        /// what is measured
        outcome: String,
        /// half-width that was asked for
        wanted_half_width: f64,
        /// pairs from which the number needed was computed
        first_stage_pairs: u32,
        /// standard deviation of their differences
        first_stage_sd: Option<f64>,
        /// pairs that the half-width needs (Stein 1945)
        needed_pairs: u32,
        /// pairs of runs with the same replication; in a sweep each replication is one pair,
        /// with its mean over the design points (points.csv tells them apart)
        n_pairs: u32,
        /// half-width of the interval: the wanted one, or that of Student over all pairs where it is
        /// wider; all intervals of the file hold together with 95 % confidence
        half_width: Option<f64>,
        /// mean of policy less baseline over pairs
        mean_difference: Option<f64>,
        /// lower end of the 95 % interval
        ci_low: Option<f64>,
        /// upper end of the 95 % interval
        ci_high: Option<f64>,
    }
}

/// The rows: what became of each difference after the first `stage`.
pub fn rows(
    scenario: &Scenario,
    stage: FirstStage,
    narrowed: &[Narrowed],
) -> impl Iterator<Item = Row> {
    narrowed.iter().map(move |of| {
        let (mean, half) = (of.effect.difference, of.half_width);
        Row {
            policy: scenario.policies[of.policy].name.clone(),
            outcome: OUTCOMES[of.wish.outcome].name.into(),
            wanted_half_width: of.wish.half_width,
            first_stage_pairs: stage.pairs,
            first_stage_sd: known(of.first_deviation),
            needed_pairs: of.needed,
            n_pairs: of.effect.pairs,
            half_width: known(half),
            mean_difference: known(mean),
            ci_low: known(mean - half),
            ci_high: known(mean + half),
        }
    })
}
