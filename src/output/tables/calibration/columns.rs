//! The columns that a calibration has of its own.

use crate::experiment::calibration::summary::Calibrated;
use crate::output::tables::layout::OwnColumns;

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
