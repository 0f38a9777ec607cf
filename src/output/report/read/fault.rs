//! Why a report could not be made, for the one who ran the study.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// What is wrong with a result folder.
#[derive(Debug)]
pub enum FolderFault {
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
        /// Line in it, and column where a line is long, where they are to blame.
        place: Option<(u64, Option<u64>)>,
        /// What is wrong there.
        what: String,
    },
}

impl FolderFault {
    /// A file that could not be read or written.
    pub fn disk(folder: &Path, file: &str, cause: io::Error) -> Self {
        let file = folder.join(file);
        Self::Disk { file, cause }
    }

    /// A file that is damaged as a whole.
    pub fn damaged(file: &str, what: impl Into<String>) -> Self {
        Self::Damaged {
            file: file.to_owned(),
            place: None,
            what: what.into(),
        }
    }

    /// A file that is no JSON, or not what it should tell.
    pub fn json(file: &str, fault: &serde_json::Error) -> Self {
        let (line, column) = (fault.line() as u64, fault.column() as u64);
        let what = fault.to_string();
        let place = format!(" at line {line} column {column}");
        Self::Damaged {
            file: file.to_owned(),
            place: (line > 0).then_some((line, Some(column))),
            what: what.strip_suffix(&place).unwrap_or(&what).to_owned(),
        }
    }

    /// A file that is damaged at `line`.
    pub fn at(file: &str, line: u64, what: impl Into<String>) -> Self {
        Self::Damaged {
            file: file.to_owned(),
            place: Some((line, None)),
            what: what.into(),
        }
    }
}

const FROM: &str = "a report is made from the folder of a finished `cogov compare`, `sweep`, `run`, `calibrate` or `factors`";

impl fmt::Display for FolderFault {
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
            Self::Damaged { file, place, what } => {
                let place = match place {
                    None => String::new(),
                    Some((line, None)) => format!(":{line}"),
                    Some((line, Some(column))) => format!(":{line}:{column}"),
                };
                write!(
                    f,
                    "error: {what}\n  --> {file}{place}\n\nhint: the file is not as cogov wrote it; the command in manifest.json makes it again"
                )
            }
        }
    }
}
