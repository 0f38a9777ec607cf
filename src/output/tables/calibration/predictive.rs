//! `predictive.csv`: every target before and after.

use crate::experiment::calibration::summary::Calibrated;
use crate::numeric::mean;
use crate::output::tables::cell::known;
use crate::output::tables::layout::{Kind, Layout, Part};
use crate::output::tables::row::{TableRow as _, table_row};
use crate::scenario::calibration::Reckoning;

/// The table.
pub const LAYOUT: Layout = Layout {
    file: "predictive.csv",
    kind: Kind::Calibration,
    hashed: true,
    rows: "one per target: what was seen, and what the model says before and after",
    parts: &[Part::Fixed(Row::FIELDS)],
};

table_row! {
    /// A target before and after.
    pub struct Row {
        /// name of what was seen
        target: String,
        /// mean: of the outcome over months; growth: since another month; rank: rank correlation over
        /// provinces
        measure: String,
        /// what is measured
        outcome: String,
        /// what was seen
        seen: Option<f64>,
        /// standard deviation of the error of observation
        observation_sd: Option<f64>,
        /// standard deviation of the model's discrepancy: an assumption
        discrepancy_sd: Option<f64>,
        /// mean of runs at the scenario's own values
        own_mean: Option<f64>,
        /// its implausibility
        own_implausibility: Option<f64>,
        /// mean over the points of the last wave
        last_wave_mean: Option<f64>,
        /// 5th percentile of single histories under the posterior
        predictive_q05: Option<f64>,
        /// their median
        predictive_q50: Option<f64>,
        /// their 95th percentile
        predictive_q95: Option<f64>,
        /// posterior probability of less than what was seen, errors counted; near 0 or 1 the model
        /// misses it
        p_below_seen: Option<f64>,
        /// where what was seen comes from
        source: String,
    }
}

/// The rows of a calibration.
pub fn rows(of: &Calibrated<'_>) -> Vec<Row> {
    let last = of.findings.waves.last();
    let targets = of.targets.all.iter().zip(of.checks()).enumerate();
    targets
        .map(|(t, (target, fit))| {
            let [lower, median, upper] = fit.predictive.map(known);
            Row {
                target: target.name.clone(),
                measure: measure(&target.measure).into(),
                outcome: target.outcome.clone(),
                seen: known(target.value),
                observation_sd: known(target.observation_sd),
                discrepancy_sd: known(target.discrepancy_sd),
                own_mean: known(fit.own),
                own_implausibility: known(fit.own_implausibility),
                last_wave_mean: last.and_then(|wave| known(mean(&wave.ensemble.means(t)))),
                predictive_q05: lower,
                predictive_q50: median,
                predictive_q95: upper,
                p_below_seen: known(fit.below),
                source: target.source.clone(),
            }
        })
        .collect()
}

fn measure(of: &Reckoning) -> &'static str {
    match of {
        Reckoning::Mean => "mean",
        Reckoning::Growth(_) => "growth",
        Reckoning::Rank(_) => "rank",
    }
}
