//! What a factor table was made with, and whether the files at its place may be replaced.

use super::write_whole;
use crate::factors::CorpusFault;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// All that a table follows from, and the file that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactorsManifest {
    path: PathBuf,
    text: String,
}

impl FactorsManifest {
    /// The manifest `path`, which says `made_from`.
    pub fn new(path: PathBuf, made_from: &Value) -> Self {
        Self {
            path,
            text: format!("{made_from:#}\n"),
        }
    }

    /// Makes sure that `files` may be written: none is there, or all were made from the same.
    ///
    /// # Errors
    /// When a file is there that was made otherwise.
    pub fn claim(&self, files: &[PathBuf]) -> Result<(), CorpusFault> {
        let same = fs::read_to_string(&self.path).is_ok_and(|text| text == self.text);
        match files.iter().find(|file| file.exists()) {
            Some(file) if !same => {
                let message = format!(
                    "`{}` is there, and was not made by this command",
                    file.display()
                );
                let hint = "choose another folder with --out, or replace it with --force";
                Err(CorpusFault::input(message).hint(hint))
            }
            _ => Ok(()),
        }
    }

    /// Writes the manifest.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self) -> Result<(), CorpusFault> {
        write_whole(&self.path, self.text.as_bytes())
    }
}

/// Makes sure that a table can be written as `out`, before hours are spent on it.
///
/// # Errors
/// When `out` is a folder, bears the name of a file that is written beside the table, or lies in
/// something that is no folder.
pub fn check_place(out: &Path) -> Result<(), CorpusFault> {
    let shown = out.display();
    let hint = "name a file, as in --out results/factors/factors.csv";
    if out.is_dir() || out.file_name().is_none() {
        return Err(CorpusFault::input(format!("`{shown}` is a folder, not a table")).hint(hint));
    }
    let beside = ["topics.csv", "keywords.csv"];
    if let Some(name) = beside.into_iter().find(|name| out.ends_with(name)) {
        let message =
            format!("`{shown}` cannot be the table: {name} beside it holds something else");
        return Err(CorpusFault::input(message).hint(hint));
    }
    match out.ancestors().skip(1).find(|folder| folder.exists()) {
        Some(there) if !there.is_dir() => {
            let message = format!(
                "`{}` is a file; expected a folder for `{shown}`",
                there.display()
            );
            Err(CorpusFault::input(message).hint(hint))
        }
        _ => Ok(()),
    }
}
