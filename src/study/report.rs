//! The report again from the files of a finished study.

use std::path::{Path, PathBuf};

use crate::output::calibration;
use crate::output::factors;
use crate::output::folder::Kind;
use crate::output::folder::manifest::Manifest;
use crate::output::report::{self, ReaderLanguage};
use crate::study::Error;
use crate::study::claim::refuse_unfinished;
use crate::study::error::UnfitFolder;

/// Makes `report.html` of the comparison, the runs of one policy, the calibration or the factor
/// table in `folder` again; it opens in `language`.
///
/// # Errors
/// When the folder holds neither, finished, or the page cannot be written.
pub fn again(folder: &Path, language: ReaderLanguage) -> Result<PathBuf, Error> {
    let Ok((manifest, scenario)) = Manifest::read_with_scenario(folder) else {
        return match &*factors::tables_in(folder) {
            // what is wrong with a manifest the report tells
            [] => Ok(report::write(folder, language)?),
            [table] => Ok(factors::write_page(table, language)?),
            tables => Err(Error::folder(folder, several(tables))),
        };
    };
    let calibrated = manifest.kind == Kind::Calibration;
    if scenario.policies.len() < 2 && !calibrated && manifest.sweep.is_some() {
        let what = "a sweep of one policy";
        return Err(Error::folder(folder, UnfitFolder::NoComparison(what)));
    }
    refuse_unfinished(folder, &manifest)?;
    Ok(match calibrated {
        true => calibration::write_page(folder, &scenario.name, language)?,
        false => report::write(folder, language)?,
    })
}

/// Several factor tables, of which only one can be told.
fn several(tables: &[PathBuf]) -> UnfitFolder {
    let names = tables.iter().filter_map(|table| table.file_name());
    let names = names.map(|name| name.to_string_lossy().into_owned());
    UnfitFolder::SeveralTables(names.collect())
}
