//! The report again from the files of a finished study.

use std::path::{Path, PathBuf};

use crate::output::folder::Kind;
use crate::output::folder::manifest::Manifest;
use crate::output::report::{self, ReaderLanguage};
use crate::study::Error;
use crate::study::claim::refuse_unfinished;
use crate::study::error::UnfitFolder;

/// Makes `report.html` of the comparison in `folder` again; it opens in `language`.
///
/// # Errors
/// When the folder holds no finished comparison, or the page cannot be written.
pub fn again(folder: &Path, language: ReaderLanguage) -> Result<PathBuf, Error> {
    refuse_without_comparison(folder)?;
    Ok(report::write(folder, language)?)
}

/// Refuses what is no finished comparison; what is wrong with a manifest the report tells.
fn refuse_without_comparison(folder: &Path) -> Result<(), Error> {
    let Some((manifest, scenario)) = Manifest::read_with_scenario(folder) else {
        return Ok(());
    };
    let what = match (manifest.kind, scenario.policies.len()) {
        (Kind::Calibration, _) => "a calibration",
        (Kind::Policies, 1) => "runs of one policy",
        _ => return refuse_unfinished(folder, &manifest),
    };
    Err(Error::folder(folder, UnfitFolder::NoComparison(what)))
}
