//! The columns that a calibration has of its own.

use std::io;

use crate::experiment::calibration::summary::Calibrated;
use crate::output::tables::layout::OwnColumns;
use crate::output::tables::table::TableWriter;

/// The columns that a calibration has of its own.
pub fn own_columns<'a>(of: &Calibrated<'a>) -> OwnColumns<'a> {
    OwnColumns {
        inputs: of
            .calibration
            .vary
            .iter()
            .map(|one| one.path.as_str())
            .collect(),
        targets: of
            .targets
            .all
            .iter()
            .map(|target| target.name.as_str())
            .collect(),
    }
}

/// Writes what the coordinates of the inputs stand for into the next columns, and ends the row.
///
/// # Errors
/// When it cannot be written.
pub fn write_inputs(
    table: &mut TableWriter,
    of: &Calibrated<'_>,
    coordinates: &[f64],
) -> io::Result<()> {
    for (one, coordinate) in of.calibration.vary.iter().zip(coordinates) {
        match one.words.is_empty() {
            true => table.number(*coordinate)?,
            false => table.text(&one.text(*coordinate))?,
        }
    }
    table.end_row()
}
