//! `emulators.csv`: how well each emulator stands for the model.

use crate::experiment::calibration::summary::Calibrated;
use crate::output::tables::cell::known;
use crate::output::tables::layout::{Kind, Layout, Part};
use crate::output::tables::row::{TableRow as _, table_row};

/// The table.
pub const LAYOUT: Layout = Layout {
    file: "emulators.csv",
    kind: Kind::Calibration,
    hashed: true,
    rows: "wave x target: how well the emulator stands for the model",
    parts: &[Part::Fixed(Row::FIELDS)],
};

table_row! {
    /// An emulator.
    pub struct Row {
        /// wave of history matching, from 1
        wave: usize,
        /// name of what was seen
        target: String,
        /// terms of the emulator, the constant counted
        terms: usize,
        /// share of the variance that the emulator explains at points left out of its fit
        explained: Option<f64>,
        /// root mean square of its error there
        emulator_sd: Option<f64>,
        /// standard deviation that chance adds: one history was seen, and means have an error
        chance_sd: Option<f64>,
        /// standard deviation of the error of observation
        observation_sd: Option<f64>,
        /// standard deviation of the model's discrepancy: an assumption
        discrepancy_sd: Option<f64>,
        /// share of the next wave's points whose mean lies within three emulator_sd of what the
        /// emulator said
        within_three_sd: Option<f64>,
    }
}

/// The rows of a calibration.
pub fn rows(of: &Calibrated<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    for (w, wave) in of.region.waves.iter().enumerate() {
        for (t, emulator) in wave.emulators.iter().enumerate() {
            let target = &of.targets.all[t];
            rows.push(Row {
                wave: w + 1,
                target: target.name.clone(),
                terms: emulator.terms(),
                explained: known(emulator.explained()),
                emulator_sd: known(libm::sqrt(emulator.variance)),
                chance_sd: known(libm::sqrt(wave.chance[t])),
                observation_sd: known(target.observation_sd),
                discrepancy_sd: known(target.discrepancy_sd),
                within_three_sd: within(of, w, t),
            });
        }
    }
    rows
}

/// The share of the next wave's points whose means lie within three standard deviations of what the
/// emulator of wave `w` said of target `t`: whether its variance is right where it matters.
fn within(of: &Calibrated<'_>, w: usize, t: usize) -> Option<f64> {
    let emulator = &of.region.waves[w].emulators[t];
    let next = of.findings.waves.get(w + 1)?;
    let reach = 3.0 * libm::sqrt(emulator.variance);
    let points = next.search.points.iter().zip(next.ensemble.means(t));
    let near = points.filter(|(unit, mean)| (emulator.mean(unit) - mean).abs() < reach);
    known(near.count() as f64 / next.search.points.len() as f64)
}
