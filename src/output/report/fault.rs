//! Why a report could not be made, for the one who ran the study.

use std::fmt;
use std::io;

/// What is wrong with a result folder.
#[derive(Debug)]
pub enum Fault {
    /// A file could not be read or written.
    Disk {
        /// Name of the file.
        file: String,
        /// What the system said.
        cause: io::Error,
    },
    /// A file does not say what a file of its name should.
    Damaged {
        /// Name of the file.
        file: String,
        /// Line in it, where there is one to blame.
        line: Option<u64>,
        /// What is wrong there.
        what: String,
    },
}

impl Fault {
    /// A file that could not be read or written.
    pub fn disk(file: &str, cause: io::Error) -> Self {
        let file = file.to_owned();
        Self::Disk { file, cause }
    }

    /// A file that is damaged as a whole.
    pub fn damaged(file: &str, what: impl Into<String>) -> Self {
        Self::Damaged {
            file: file.to_owned(),
            line: None,
            what: what.into(),
        }
    }

    /// A file that is damaged at `line`.
    pub fn at(file: &str, line: u64, what: impl Into<String>) -> Self {
        Self::Damaged {
            file: file.to_owned(),
            line: Some(line),
            what: what.into(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Disk { file, cause } if cause.kind() == io::ErrorKind::NotFound => {
                write!(
                    f,
                    "error: there is no {file} in the folder\n\nhint: a report is made from the folder of a finished `cogov compare`"
                )
            }
            Self::Disk { file, cause } => write!(f, "error: {file}: {cause}"),
            Self::Damaged { file, line, what } => {
                let line = line.map_or(String::new(), |line| format!(":{line}"));
                write!(
                    f,
                    "error: {what}\n  --> {file}{line}\n\nhint: the file is not as cogov wrote it; the command in manifest.json makes it again"
                )
            }
        }
    }
}
