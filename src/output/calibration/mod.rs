//! The files of a calibration: its tables, and a page with their figures.

mod page;
mod tables_shown;

pub use crate::experiment::calibration::summary::Calibrated;

use std::io;
use std::path::Path;

use crate::output::folder::data_package;
use crate::output::report;
use crate::output::tables::calibration as tables;
use crate::output::tables::layout::Kind;
use crate::output::tables::table::write_whole;

/// Writes all files of a calibration into `folder`; the page too if it is `reported`.
///
/// # Errors
/// When one cannot be written.
pub fn write(folder: &Path, of: &Calibrated<'_>, reported: bool) -> io::Result<()> {
    tables::write(folder, of)?;
    if reported {
        let page = page::page(of);
        write_whole(folder, report::NAME, page.as_bytes())?;
    }
    let own = tables::columns::own_columns(of);
    data_package::write(folder, of.scenario, Kind::Calibration, &own)
}
