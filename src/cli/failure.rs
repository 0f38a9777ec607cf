//! Why a command did not end as asked, and the exit code that says so.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use crate::cli::shared::said::say;
use crate::factors::CorpusFault;
use crate::output::report::FolderFault;
use crate::scenario::reading::fault::{Cause, FaultKind, Faults};
use crate::study::Error;

/// The contract, as `--help` says it.
///
/// A file or folder that is not there could not be read, whether it was typed or a scenario names it; so
/// a command ends with 2 where nothing else was wrong. Where something that was written or typed makes no
/// sense, it ends with 1, whatever could not be read besides: that has to be mended first.
pub const EXIT_CODES: &str = "\
Exit codes: 0 done, 1 bad input, 2 could not read or write (a file that is not there, too), 3 stopped
before the end, 130 interrupted. What is finished is kept; the same command goes on.";

/// Why a command did not end as asked.
#[derive(Debug)]
pub enum Failure {
    /// A study could not be done.
    Study(Error),
    /// Something that was typed or written is wrong.
    Input(String),
    /// A file could not be read or written.
    Disk(String),
    /// A limit ended it before what was asked for was reached; what was finished is kept.
    Stopped(String),
}

impl Failure {
    /// A file or folder that could not be used.
    pub fn disk(what: &Path, fault: &io::Error) -> Self {
        Self::Disk(format!("error: {}: {fault}", what.display()))
    }

    /// Says it, and gives the exit code.
    pub fn report(&self) -> ExitCode {
        match self {
            Self::Study(error) => say(&error.to_string()),
            Self::Input(text) | Self::Disk(text) | Self::Stopped(text) => say(text),
        }
        ExitCode::from(self.code())
    }

    fn code(&self) -> u8 {
        match self {
            Self::Input(_) => 1,
            Self::Disk(_) => 2,
            Self::Stopped(_) => 3,
            Self::Study(error) => code_of(error),
        }
    }
}

fn code_of(error: &Error) -> u8 {
    let out_of_reach = match error {
        Error::Interrupted | Error::Corpus(CorpusFault::Interrupted) => return 130,
        Error::Corpus(fault) => matches!(fault, CorpusFault::File(_)),
        Error::Scenario(faults) => only_unreadable(faults),
        Error::Unanswerable(_) | Error::Derailed(_) => false,
        Error::Folder { why, .. } => why.is_out_of_reach(),
        Error::Disk { .. } | Error::Lost { .. } => true,
        Error::Report(fault) => {
            matches!(fault, FolderFault::Disk { .. } | FolderFault::NoFolder(_))
        }
    };
    if out_of_reach { 2 } else { 1 }
}

fn only_unreadable(faults: &Faults) -> bool {
    let mut errors = faults.iter().filter(|fault| fault.kind == FaultKind::Error);
    errors.all(|fault| fault.cause == Cause::Unreadable)
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Study(error)
    }
}

impl From<Faults> for Failure {
    fn from(faults: Faults) -> Self {
        Self::Study(faults.into())
    }
}
