//! What can be wrong with a corpus, a keywords file or a request, said so that it can be mended.

use std::fmt;
use std::path::Path;

/// Why no factor table was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CorpusFault {
    /// Something the user gave is wrong: what, where it stands, and what to try.
    Input {
        /// What was expected and what was found.
        message: String,
        /// The file, with line and column where they are known.
        place: Option<String>,
        /// What to try.
        hint: Option<String>,
    },
    /// A file could not be read or written.
    File(String),
    /// The user stopped the work; what was finished is kept.
    Interrupted,
}

impl CorpusFault {
    /// A wrong input without a place.
    pub fn input(message: impl Into<String>) -> Self {
        Self::Input {
            message: message.into(),
            place: None,
            hint: None,
        }
    }

    /// A file that could not be read or written.
    pub fn file(path: &Path, what: &str, error: impl fmt::Display) -> Self {
        Self::File(format!("cannot {what} {}: {error}", path.display()))
    }

    /// The same fault, standing at `place`.
    pub fn at(mut self, at: impl fmt::Display) -> Self {
        if let Self::Input { place, .. } = &mut self {
            *place = Some(at.to_string());
        }
        self
    }

    /// The same fault, with advice.
    pub fn hint(mut self, advice: impl Into<String>) -> Self {
        if let Self::Input { hint, .. } = &mut self {
            *hint = Some(advice.into());
        }
        self
    }
}

impl fmt::Display for CorpusFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input {
                message,
                place,
                hint,
            } => {
                write!(f, "{message}")?;
                if let Some(place) = place {
                    write!(f, "\n  --> {place}")?;
                }
                match hint {
                    Some(hint) => write!(f, "\n\nhint: {hint}"),
                    None => Ok(()),
                }
            }
            Self::File(message) => write!(f, "{message}"),
            Self::Interrupted => write!(
                f,
                "stopped; finished chains are kept\n\nhint: the same command with --resume goes on from them"
            ),
        }
    }
}

impl std::error::Error for CorpusFault {}
