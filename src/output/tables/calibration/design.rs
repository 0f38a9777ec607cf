//! `design.csv`: the points that were simulated, with the values of what is varied.

use std::io;
use std::path::Path;

use super::columns::{own_columns, write_inputs};
use crate::experiment::calibration::matching::values;
use crate::experiment::calibration::summary::Calibrated;
use crate::output::tables::layout::{Kind, Layout, Part};
use crate::output::tables::row::{TableRow as _, table_row};

/// The table.
pub const LAYOUT: Layout = Layout {
    file: "design.csv",
    kind: Kind::Calibration,
    hashed: true,
    rows: "one per point that was simulated: the values of what is varied",
    parts: &[Part::Fixed(DesignHead::FIELDS), Part::Inputs],
};

table_row! {
    /// Which point it is.
    pub struct DesignHead {
        /// wave of history matching, from 1
        wave: usize,
        /// number of the point in its wave
        point: usize,
    }
}

/// Writes the table of a calibration into `folder`.
///
/// # Errors
/// When it cannot be written.
pub fn write(folder: &Path, of: &Calibrated<'_>) -> io::Result<()> {
    let mut table = LAYOUT.create(folder, &own_columns(of))?;
    for (wave, matched) in (1..).zip(&of.findings.waves) {
        for (point, unit) in matched.search.points.iter().enumerate() {
            table.cells(&DesignHead { wave, point })?;
            write_inputs(&mut table, of, &values(of.calibration, unit))?;
        }
    }
    table.finish()
}
