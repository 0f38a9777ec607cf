//! A study in its folder: claimed, run as far as runs are missing, gone on with, and written.
//!
//! A [`Study`] is a loaded scenario with [`Options`]; each question to it is one method in the file named
//! after it, and the answer is a value: [`Study::compare`], [`Study::run_policy`], [`Study::sweep`],
//! [`Study::calibrate`], [`Study::look`]. What concerns folders of finished studies are functions: [`merge::merge`],
//! [`replay::replay`], [`report::again`], [`new::lay_out`]. Factor tables have a study of their own kind:
//! [`factors::FactorStudy`]. Every finished run is told to the [`observer::Observer`] of the
//! options, so that a face can show what is known while others are still run.
//!
//! Architecture invariants: nothing here prints or knows a command line; what goes wrong is an
//! [`Error`].

pub mod error;
pub mod options;
pub mod observer;
mod claim;
pub mod runs;
mod underway;
mod part;
pub mod batches;
mod policy;
mod compare;
mod look;
pub mod narrow;
pub mod decompose;
pub mod budget;
mod sweep;
mod calibrate;
pub mod merge;
pub mod replay;
pub mod report;
pub mod outlook;
pub mod factors;
pub mod new;

use std::fs;
use std::path::{Path, PathBuf};

pub use calibrate::{CalibrationFound, CalibrationSize};
pub use compare::{Compared, Questions};
pub use error::Error;
pub use options::Options;
pub use part::{PartDone, Task};
pub use policy::PolicyCourse;
pub use sweep::Swept;
pub use underway::Finished;

use crate::output::folder::manifest::InputFile;
use crate::scenario::sweep::at as sweep_at;
use crate::scenario::{Loaded, Scenario};
use crate::study::error::{Unanswerable, UnfitFolder};

/// A scenario and how it is to be studied.
#[derive(Debug, Clone)]
pub struct Study {
    loaded: Loaded,
    options: Options,
}

impl Study {
    /// A study of what was loaded; its folder is taken when a question is put to it.
    ///
    /// # Errors
    /// When the folder that is asked for is a file.
    pub fn open(loaded: Loaded, options: Options) -> Result<Self, Error> {
        match options.folder.as_deref().filter(|folder| folder.is_file()) {
            Some(file) => Err(Error::folder(file, UnfitFolder::File)),
            None => Ok(Self { loaded, options }),
        }
    }

    /// The scenario.
    pub fn scenario(&self) -> &Scenario {
        &self.loaded.scenario
    }

    /// The same study with inputs of its scenario set to `values` as they are typed: `sharing.benefit` to
    /// `2.5`.
    ///
    /// # Errors
    /// Every input that is unknown or cannot have its value.
    pub fn at(&self, values: &[(String, String)]) -> Result<Self, Error> {
        let scenario = sweep_at(self.scenario(), values)?;
        let mut loaded = self.loaded.clone();
        loaded.scenario = scenario;
        let options = self.options.clone();
        Ok(Self { loaded, options })
    }

    /// Position of the policy called `name`, the baseline's being 0.
    ///
    /// # Errors
    /// When there is none; `purpose` says in words what it was wanted for.
    pub fn position(&self, name: &str, purpose: &'static str) -> Result<usize, Error> {
        position(&self.loaded.scenario, name, purpose)
    }

    /// Files that the scenario was read from, in canonical form; those typed on the command line are
    /// relative to where it was typed, the others to the scenario.
    fn input_paths(&self) -> Vec<PathBuf> {
        let places = self.loaded.inputs.iter().flat_map(|input| {
            let path = Path::new(&input.path);
            [self.loaded.home.join(path), path.to_path_buf()]
        });
        let there = places.filter_map(|path| fs::canonicalize(path).ok());
        let mut there: Vec<PathBuf> = there.collect();
        there.sort_unstable();
        there.dedup();
        there
    }

    /// The same files as a manifest records them.
    fn input_files(&self) -> Vec<InputFile> {
        let inputs = self.loaded.inputs.iter().map(|input| InputFile {
            path: input.path.clone(),
            sha256: input.sha256.clone(),
        });
        inputs.collect()
    }
}

/// Position of the policy called `name` in `scenario`.
fn position(scenario: &Scenario, name: &str, purpose: &'static str) -> Result<usize, Error> {
    let names = || scenario.policies.iter().map(|policy| &policy.name);
    let unknown = || Unanswerable::NoPolicy {
        name: name.to_owned(),
        purpose,
        known: names().cloned().collect(),
    };
    let found = names().position(|known| known == name);
    found.ok_or_else(|| unknown().into())
}

/// A pool of so many threads.
fn pool(threads: usize) -> Result<rayon::ThreadPool, Error> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.map_err(|fault| Error::Disk {
        what: "threads".into(),
        cause: std::io::Error::other(fault),
    })
}

/// What policies are compared: the baseline and another.
fn refuse_nothing_to_compare(scenario: &Scenario) -> Result<(), Error> {
    match scenario.policies.len() {
        0 | 1 => Err(Unanswerable::NothingToCompare.into()),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod by_hand;
