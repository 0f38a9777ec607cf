//! `waves.csv`: how much of the ranges each wave of history matching left.

use crate::experiment::calibration::matching::Matched;
use crate::experiment::calibration::summary::Calibrated;
use crate::numeric::share_interval;
use crate::output::tables::cell::known;
use crate::output::tables::layout::{Kind, Layout, Part};
use crate::output::tables::row::{TableRow as _, table_row};

/// The table.
pub const LAYOUT: Layout = Layout {
    file: "waves.csv",
    kind: Kind::Calibration,
    hashed: true,
    rows: "one per wave: how much of the ranges it searched, and what it left",
    parts: &[Part::Fixed(Row::FIELDS)],
};

table_row! {
    /// A wave.
    pub struct Row {
        /// wave of history matching, from 1
        wave: usize,
        /// points of Latin hypercubes that were put to the emulators of earlier waves; 0 in the first
        /// wave
        candidates: u64,
        /// of these, not ruled out
        candidates_kept: u64,
        /// share of the ranges from which the wave's points come, with its 95 % interval
        volume: Option<f64>,
        /// lower end of the 95 % interval
        ci_low: Option<f64>,
        /// upper end of the 95 % interval
        ci_high: Option<f64>,
        /// points that were simulated
        points: usize,
        /// of these, supplied by random walks inside the region
        walked: usize,
        /// points that their own runs do not rule out
        points_left: usize,
        /// volume times the share of points left
        volume_left: Option<f64>,
    }
}

/// The rows of a calibration.
pub fn rows(of: &Calibrated<'_>) -> Vec<Row> {
    let waves = (1..).zip(&of.findings.waves);
    let row = |(number, wave): (usize, &Matched)| {
        let search = &wave.search;
        let (low, high) = match search.candidates {
            0 => (1.0, 1.0),
            candidates => share_interval(search.kept, candidates),
        };
        let left = wave.left.iter().filter(|left| **left).count();
        let (volume, points) = (wave.volume(), search.points.len());
        Row {
            wave: number,
            candidates: search.candidates,
            candidates_kept: search.kept,
            volume: known(volume),
            ci_low: known(low),
            ci_high: known(high),
            points,
            walked: search.walked,
            points_left: left,
            volume_left: known(volume * left as f64 / points as f64),
        }
    };
    waves.map(row).collect()
}
