//! Why a report could not be made, for the one who ran the study.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// What is wrong with a result folder.
#[derive(Debug)]
pub enum Fault {
    /// There is no such folder.
    NoFolder(PathBuf),
    /// The study in the folder has not come to its end.
    Unfinished {
        /// The folder.
        folder: PathBuf,
        /// The command that goes on with it, after the name of the program.
        command: String,
    },
    /// A file could not be read or written.
    Disk {
        /// The file, with its folder as far as that is known.
        file: PathBuf,
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
    pub fn disk(folder: &Path, file: &str, cause: io::Error) -> Self {
        let file = folder.join(file);
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

const FROM: &str =
    "a report is made from the folder of a finished `cogov compare` or `cogov sweep`";

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoFolder(folder) => {
                let folder = folder.display();
                write!(f, "error: there is no folder `{folder}`\n\nhint: {FROM}")
            }
            Self::Unfinished { folder, command } => write!(
                f,
                "error: the study in `{}` is not finished\n  --> manifest.json\n\nhint: `cogov {command}` goes on with it and makes the report at its end",
                folder.display()
            ),
            Self::Disk { file, cause } if cause.kind() == io::ErrorKind::NotFound => {
                let name = file.file_name().unwrap_or_default().display();
                let folder = file.parent().unwrap_or(file).display();
                write!(
                    f,
                    "error: there is no {name} in the folder `{folder}`\n\nhint: {FROM}"
                )
            }
            Self::Disk { file, cause } => write!(f, "error: {}: {cause}", file.display()),
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
