//! The tables of a calibration: one file each.

pub mod columns;
pub mod waves;
pub mod design;
pub mod implausibility;
pub mod emulators;
pub mod region;
pub mod posterior;
pub mod posterior_summary;
pub mod predictive;
pub mod choices;
pub mod worlds;
pub mod claims;

use std::io;
use std::path::Path;

use crate::experiment::calibration::summary::Calibrated;

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
    choices::LAYOUT.write(folder, choices::rows(of))?;
    worlds::write(folder, of)?;
    match claims::rows(of) {
        Some(rows) => claims::LAYOUT.write(folder, rows),
        None => Ok(()),
    }
}
