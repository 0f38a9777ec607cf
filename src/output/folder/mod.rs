//! What a study writes into its folder, and how it makes room there.
//!
//! Architecture invariant: every file of a result folder stands in the lists here, and nothing that
//! stands in none of them, and no input of the study, is ever removed.

pub mod manifest;
pub mod data_package;
pub mod results;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::output::tables::table::temporary;

/// What kind of work the files of a folder come from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Runs of policies: `run`, `compare`, `sweep`, and their parts joined.
    #[default]
    Policies,
    /// A calibration.
    Calibration,
}

impl Kind {
    /// Tables whose bytes make the result hash, in this order.
    pub fn results(self) -> &'static [&'static str] {
        match self {
            Self::Policies => &[
                "runs.csv",
                "series.csv",
                "effects.csv",
                "between_policies.csv",
                "costs.csv",
                "distribution.csv",
                "decomposition.csv",
                "precision.csv",
                "sensitivity.csv",
                "robustness.csv",
                "points.csv",
            ],
            Self::Calibration => &[
                "waves.csv",
                "design.csv",
                "implausibility.csv",
                "emulators.csv",
                "region.csv",
                "posterior.csv",
                "posterior_summary.csv",
                "predictive.csv",
                "claims.csv",
            ],
        }
    }

    /// Files that show these tables, describe them or give them another form.
    fn besides(self) -> &'static [&'static str] {
        match self {
            Self::Policies => &[
                "governments.csv",
                "ties.csv",
                "datapackage.json",
                "report.html",
                "runs_netlogo.csv",
                "runs_mesa.csv",
                "runs_ema.tar.gz",
            ],
            Self::Calibration => &["datapackage.json", "report.html", "calibration.svg"],
        }
    }

    /// Every file that such work can write, but for the manifest.
    pub fn files(self) -> impl Iterator<Item = &'static str> {
        self.results().iter().chain(self.besides()).copied()
    }
}

/// Files of `folder` that work of this `kind` would write over.
pub fn in_the_way(folder: &Path, kind: Kind) -> Vec<&'static str> {
    let all = kind.files().chain([manifest::NAME]);
    all.filter(|name| folder.join(name).exists()).collect()
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
    for name in kinds.into_iter().flat_map(Kind::files) {
        let path = folder.join(name);
        if !is_among(inputs, &path) {
            remove(&path)?;
        }
        remove(&folder.join(temporary(name)))?;
    }
    Ok(())
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
    use crate::output::{calibration, formats, report};

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
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_other_parts_name_is_listed() {
        let listed = |kind: Kind, name: &str| kind.files().any(|file| file == name);
        for table in calibration::TABLES {
            assert!(
                listed(Kind::Calibration, &format!("{table}.csv")),
                "{table}"
            );
        }
        assert!(listed(Kind::Calibration, calibration::PICTURE));
        for name in formats::FILES {
            assert!(listed(Kind::Policies, name), "{name}");
        }
        for kind in [Kind::Policies, Kind::Calibration] {
            assert!(listed(kind, report::NAME));
        }
    }
}
