//! The report again from the files of a finished study.

use std::path::{Path, PathBuf};

use crate::output::calibration;
use crate::output::folder::Kind;
use crate::output::folder::manifest::Manifest;
use crate::output::report::{self, ReaderLanguage};
use crate::study::Error;
use crate::study::claim::refuse_unfinished;
use crate::study::error::UnfitFolder;

/// Makes `report.html` of the comparison or calibration in `folder` again; it opens in `language`.
///
/// # Errors
/// When the folder holds neither, finished, or the page cannot be written.
pub fn again(folder: &Path, language: ReaderLanguage) -> Result<PathBuf, Error> {
    // what is wrong with a manifest the report tells
    let Ok((manifest, scenario)) = Manifest::read_with_scenario(folder) else {
        return Ok(report::write(folder, language)?);
    };
    let calibrated = manifest.kind == Kind::Calibration;
    if scenario.policies.len() < 2 && !calibrated {
        let what = "runs of one policy";
        return Err(Error::folder(folder, UnfitFolder::NoComparison(what)));
    }
    refuse_unfinished(folder, &manifest)?;
    Ok(match calibrated {
        true => calibration::write_page(folder, &scenario.name, language)?,
        false => report::write(folder, language)?,
    })
}
