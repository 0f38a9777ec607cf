//! What a study writes into its folder, and how it makes room there.
//!
//! Architecture invariant: every file of a result folder is a table of [`TABLES`] or stands in the list here, and nothing that
//! stands in none of them, and no input of the study, is ever removed.

pub mod manifest;
pub mod data_package;
pub mod results;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

pub use crate::output::tables::layout::Kind;

use crate::output::formats::parquet;
use crate::output::tables::TABLES;
use crate::output::tables::table::temporary;

/// Files that show the tables of such work, describe them or give them another form.
fn besides(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Policies => &[
            "datapackage.json",
            "report.html",
            "runs_netlogo.csv",
            "runs_mesa.csv",
            "runs_ema.tar.gz",
        ],
        Kind::Calibration => &["datapackage.json", "report.html"],
    }
}

/// Every file that such work can write, but for the manifest.
pub fn files(kind: Kind) -> impl Iterator<Item = &'static str> {
    let tables = TABLES.iter().filter(move |table| table.kind == kind);
    let tables = tables.map(|table| table.file);
    tables.chain(besides(kind).iter().copied())
}

/// Files of `folder` that work of this `kind` would write over.
pub fn in_the_way(folder: &Path, kind: Kind) -> Vec<&'static str> {
    let all = files(kind).chain([parquet::FOLDER, manifest::NAME]);
    all.filter(|name| folder.join(name).exists()).collect()
}

/// Renames the files of `folder` that work of this `kind` would write over, so that none is lost.
///
/// # Errors
/// When one cannot be renamed.
pub fn set_aside(folder: &Path, kind: Kind) -> io::Result<()> {
    let aside = |name: &str| {
        let numbered = (2..).map(|number| format!("{name}.before-{number}"));
        let mut names = std::iter::once(format!("{name}.before")).chain(numbered);
        names.find(|name| !folder.join(name).exists())
    };
    for name in in_the_way(folder, kind) {
        let aside = aside(name).expect("numbers do not end");
        fs::rename(folder.join(name), folder.join(aside))?;
    }
    Ok(())
}

/// A file in `folder` that work of this `kind` would write over although it is one of its `inputs`.
pub fn overwritten(folder: &Path, kind: Kind, inputs: &[PathBuf]) -> Option<PathBuf> {
    let mut paths = in_the_way(folder, kind)
        .into_iter()
        .map(|name| folder.join(name));
    paths.find(|path| is_among(inputs, path))
}

/// Removes from `folder` the files of earlier work of these `kinds`, but no input.
///
/// # Errors
/// When one cannot be removed.
pub fn clear(folder: &Path, kinds: [Kind; 2], inputs: &[PathBuf]) -> io::Result<()> {
    for name in kinds.into_iter().flat_map(files) {
        let path = folder.join(name);
        if !is_among(inputs, &path) {
            remove(&path)?;
        }
        remove(&folder.join(temporary(name)))?;
    }
    parquet::clear(folder)
}

fn is_among(inputs: &[PathBuf], path: &Path) -> bool {
    fs::canonicalize(path).is_ok_and(|path| inputs.contains(&path))
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(fault) if fault.kind() != io::ErrorKind::NotFound => Err(fault),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::{formats, report};

    #[test]
    fn inputs_and_files_of_other_work_are_not_cleared_away() {
        let name = format!("cogov-folder-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).unwrap();
        for name in ["runs.csv", "design.csv", "region.csv", "waves.csv", "a.csv"] {
            fs::write(folder.join(name), "").unwrap();
        }
        let left = || {
            let entries = fs::read_dir(&folder).unwrap();
            let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
            let mut names: Vec<String> = names.collect();
            names.sort();
            names
        };
        clear(&folder, [Kind::Policies; 2], &[]).unwrap();
        assert_eq!(left(), ["a.csv", "design.csv", "region.csv", "waves.csv"]);
        let inputs = [fs::canonicalize(folder.join("region.csv")).unwrap()];
        clear(&folder, [Kind::Policies, Kind::Calibration], &inputs).unwrap();
        assert_eq!(left(), ["a.csv", "region.csv"]);
        assert!(overwritten(&folder, Kind::Calibration, &inputs).is_some());
        assert!(overwritten(&folder, Kind::Policies, &inputs).is_none());
        set_aside(&folder, Kind::Calibration).unwrap();
        fs::write(folder.join("region.csv"), "").unwrap();
        set_aside(&folder, Kind::Calibration).unwrap();
        assert_eq!(
            left(),
            ["a.csv", "region.csv.before", "region.csv.before-2"]
        );
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_other_parts_name_is_listed() {
        let listed = |kind: Kind, name: &str| files(kind).any(|file| file == name);
        for name in formats::FILES {
            assert!(listed(Kind::Policies, name), "{name}");
        }
        for kind in [Kind::Policies, Kind::Calibration] {
            assert!(listed(kind, report::NAME));
        }
    }
}
