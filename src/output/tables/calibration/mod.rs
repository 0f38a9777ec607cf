//! The tables of a calibration: one file each.

pub mod waves;
pub mod design;
pub mod implausibility;
pub mod emulators;
pub mod region;
pub mod posterior;
pub mod posterior_summary;
pub mod predictive;
pub mod claims;

use std::io;
use std::path::Path;

use crate::experiment::calibration::summary::Calibrated;
use crate::output::tables::layout::OwnColumns;

/// Writes all of them into `folder`.
///
/// # Errors
/// When one cannot be written.
pub fn write(folder: &Path, of: &Calibrated<'_>) -> io::Result<()> {
    waves::LAYOUT.write(folder, waves::rows(of))?;
    design::write(folder, of)?;
    implausibility::write(folder, of)?;
    emulators::LAYOUT.write(folder, emulators::rows(of))?;
    region::write(folder, of)?;
    posterior::write(folder, of)?;
    posterior_summary::LAYOUT.write(folder, posterior_summary::rows(of))?;
    predictive::LAYOUT.write(folder, predictive::rows(of))?;
    match claims::rows(of) {
        Some(rows) => claims::LAYOUT.write(folder, rows),
        None => Ok(()),
    }
}

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
