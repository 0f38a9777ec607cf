//! `region.csv`: points of the last wave that its own runs do not rule out, as a design for a sweep.

use std::io;
use std::path::Path;

use super::columns::{own_columns, write_inputs};
use crate::experiment::calibration::matching::{Matched, values};
use crate::experiment::calibration::summary::Calibrated;
use crate::output::tables::layout::{Kind, Layout, Part};
use crate::output::tables::row::{TableRow as _, table_row};

/// The table.
pub const LAYOUT: Layout = Layout {
    file: "region.csv",
    kind: Kind::Calibration,
    hashed: true,
    rows: "one per point of the last wave that is not ruled out, as a design for `sweep --design`",
    parts: &[Part::Fixed(RegionHead::FIELDS), Part::Inputs],
};

table_row! {
    /// Which point it is.
    pub struct RegionHead {
        /// row of the parameter design; 0 without one
        design_point: usize,
    }
}

/// Writes the table of a calibration into `folder`.
///
/// # Errors
/// When it cannot be written.
pub fn write(folder: &Path, of: &Calibrated<'_>) -> io::Result<()> {
    let mut table = LAYOUT.create(folder, &own_columns(of))?;
    let last = of.findings.waves.last().map(Matched::region);
    for (design_point, unit) in last.unwrap_or_default().iter().enumerate() {
        table.cells(&RegionHead { design_point })?;
        write_inputs(&mut table, of, &values(of.calibration, unit))?;
    }
    table.finish()
}
