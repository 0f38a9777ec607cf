//! The files of a calibration: its tables, and a page with their figures, which is made of the tables.

mod page;
mod tables_shown;
mod told;

use std::io;
use std::path::{Path, PathBuf};

use crate::experiment::calibration::summary::Calibrated;
use crate::output::folder::data_package;
use crate::output::report::{self, FolderFault, ReaderLanguage};
use crate::output::tables::calibration as tables;
use crate::output::tables::layout::Kind;
use crate::output::tables::table::write_whole;
use told::ToldCalibration;

/// Writes all tables of a calibration into `folder`, and what their columns mean.
///
/// # Errors
/// When one cannot be written.
pub fn write(folder: &Path, of: &Calibrated<'_>) -> io::Result<()> {
    tables::write(folder, of)?;
    let own = tables::columns::own_columns(of);
    data_package::write(folder, of.scenario, Kind::Calibration, &own)
}

/// Makes the page of the tables in `folder`, whose study is called `name`; it opens in `language`.
///
/// # Errors
/// When a table is missing or damaged, or the page cannot be written.
pub fn write_page(
    folder: &Path,
    name: &str,
    language: ReaderLanguage,
) -> Result<PathBuf, FolderFault> {
    let page = page::page(&ToldCalibration::read(folder, name)?, language);
    let written = write_whole(folder, report::NAME, page.as_bytes());
    written.map_err(|cause| FolderFault::disk(folder, report::NAME, cause))?;
    Ok(folder.join(report::NAME))
}
