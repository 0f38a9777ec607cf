//! What can go wrong with a study, as data; shown, it says what was expected, found, and what to try.

mod unanswerable;
mod unfit_folder;

use std::error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

pub use unanswerable::Unanswerable;
pub use unfit_folder::UnfitFolder;

use crate::experiment::statistics::compare::Missing;
use crate::factors::CorpusFault;
use crate::output::folder::results::Broken;
use crate::output::report;
use crate::scenario::reading::fault::{Fault, Faults};
use crate::simulation::Derailed;

/// Why a study did not end as asked.
#[derive(Debug)]
pub enum Error {
    /// Faults of the scenario and its files.
    Scenario(Faults),
    /// A question that cannot be put to this scenario.
    Unanswerable(Unanswerable),
    /// A folder that cannot serve.
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What is wrong with it.
        why: UnfitFolder,
    },
    /// A file could not be read or written, or a thread not be had.
    Disk {
        /// What it was wanted for: a path, mostly.
        what: String,
        /// What the system said.
        cause: io::Error,
    },
    /// A run that was finished is missing from the store or damaged.
    Lost {
        /// Its number.
        run_id: usize,
    },
    /// The tables are written, and the report could not be made of them.
    Report(report::FolderFault),
    /// A factor table could not be made of its texts.
    Corpus(CorpusFault),
    /// The numbers of a run left all bounds.
    Derailed(Derailed),
    /// Somebody asked to stop; what was finished is kept.
    Interrupted,
}

impl Error {
    /// A file or folder that could not be used.
    pub fn disk(what: &Path, cause: io::Error) -> Self {
        let what = what.display().to_string();
        Self::Disk { what, cause }
    }

    /// What is wrong with `folder`.
    pub fn folder(folder: &Path, why: UnfitFolder) -> Self {
        let folder = folder.into();
        Self::Folder { folder, why }
    }

    /// What a fault on the way from the runs to the files of `folder` means.
    pub fn broken(folder: &Path, broken: Broken) -> Self {
        match broken {
            Broken::Disk(cause) => Self::disk(folder, cause),
            Broken::Missing(missing) => missing.into(),
        }
    }
}

impl From<Faults> for Error {
    fn from(faults: Faults) -> Self {
        Self::Scenario(faults)
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self::Scenario(vec![fault].into())
    }
}

impl From<Unanswerable> for Error {
    fn from(why: Unanswerable) -> Self {
        Self::Unanswerable(why)
    }
}

impl From<Missing> for Error {
    fn from(missing: Missing) -> Self {
        let run_id = missing.0.run_id;
        Self::Lost { run_id }
    }
}

impl From<report::FolderFault> for Error {
    fn from(fault: report::FolderFault) -> Self {
        Self::Report(fault)
    }
}

impl From<CorpusFault> for Error {
    fn from(fault: CorpusFault) -> Self {
        Self::Corpus(fault)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scenario(faults) => write!(f, "{faults}"),
            Self::Unanswerable(why) => write!(f, "error: {why}"),
            Self::Folder { folder, why } => write!(f, "error: {}", why.of(folder)),
            Self::Disk { what, cause } => write!(f, "error: {what}: {cause}"),
            Self::Lost { run_id } => write!(
                f,
                "error: run {run_id} is missing from the store or damaged\n\nhint: the same command runs it again"
            ),
            Self::Report(fault) => write!(f, "{fault}"),
            Self::Derailed(derailed) => write!(f, "error: {derailed}"),
            Self::Corpus(fault @ CorpusFault::Interrupted) => write!(f, "{fault}"),
            Self::Corpus(fault) => write!(f, "error: {fault}"),
            Self::Interrupted => {
                write!(f, "interrupted; the same command goes on where it stopped")
            }
        }
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Scenario(faults) => Some(faults),
            Self::Disk { cause, .. } => Some(cause),
            _ => None,
        }
    }
}
