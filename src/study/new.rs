//! A scenario of one's own, laid out in a folder.

use std::fs;
use std::path::{Path, PathBuf};

use crate::scenario::starter;
use crate::study::Error;
use crate::study::error::UnfitFolder;

/// Lays out a made-up country of so many `regions` in `folder`; the path of its scenario.
///
/// # Errors
/// When one of its files is there already, or one cannot be written.
pub fn lay_out(folder: &Path, regions: u32) -> Result<PathBuf, Error> {
    let files = starter::files(regions);
    if let Some(file) = files.iter().find(|file| folder.join(file.name).exists()) {
        return Err(Error::folder(folder, UnfitFolder::Taken(file.name)));
    }
    let disk = |cause| Error::disk(folder, cause);
    fs::create_dir_all(folder).map_err(disk)?;
    for file in &files {
        fs::write(folder.join(file.name), &file.text).map_err(disk)?;
    }
    Ok(folder.join(files[0].name))
}
