//! `implausibility.csv`: how far each point is from each target, in standard deviations.

use std::io;
use std::path::Path;

use super::columns::own_columns;
use crate::experiment::calibration::summary::Calibrated;
use crate::experiment::calibration::targets::deciding;
use crate::output::tables::cell::known;
use crate::output::tables::layout::{Kind, Layout, Part};
use crate::output::tables::row::{TableRow as _, table_row};

/// The table.
pub const LAYOUT: Layout = Layout {
    file: "implausibility.csv",
    kind: Kind::Calibration,
    hashed: true,
    rows: "one per point: how far it is from each target, in standard deviations",
    parts: &[Part::Fixed(ImplausibilityHead::FIELDS), Part::Targets],
};

table_row! {
    /// Which point it is, and whether it is left.
    pub struct ImplausibilityHead {
        /// wave of history matching, from 1
        wave: usize,
        /// number of the point in its wave
        point: usize,
        /// implausibility that decides: the largest, or the next where misses are forgiven
        deciding: Option<f64>,
        /// 1 if the point is not ruled out
        left: bool,
    }
}

/// Writes the table of a calibration into `folder`.
///
/// # Errors
/// When it cannot be written.
pub fn write(folder: &Path, of: &Calibrated<'_>) -> io::Result<()> {
    let mut table = LAYOUT.create(folder, &own_columns(of))?;
    for (wave, matched) in (1..).zip(&of.findings.waves) {
        for (point, each) in matched.implausibilities.iter().enumerate() {
            table.cells(&ImplausibilityHead {
                wave,
                point,
                deciding: known(deciding(each, of.calibration.misses)),
                left: matched.left[point],
            })?;
            table.numbers(each)?;
            table.end_row()?;
        }
    }
    table.finish()
}
