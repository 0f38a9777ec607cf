//! `cogov report`: the report again from the files of a finished study.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::Failure;
use crate::cli::terminal::show;
use crate::output::report::{self, Fault, Language};

/// Make report.html again from the files of a result folder
///
/// It is one page that opens from disk without a network, in English and Chinese, and prints.
#[derive(Debug, Args)]
pub struct Report {
    /// Folder that `cogov compare` wrote
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Language in which it opens; the page can switch
    #[arg(long, default_value = "en")]
    lang: Lang,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Lang {
    En,
    Zh,
}

impl Report {
    /// Does it.
    pub fn execute(self) -> Result<(), Failure> {
        let language = match self.lang {
            Lang::En => Language::English,
            Lang::Zh => Language::Chinese,
        };
        let path = report::write(&self.folder, language)?;
        show(&format!("{}\n", path.display()))
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Disk { .. } => Self::Disk(fault.to_string()),
            Fault::Damaged { .. } => Self::Input(fault.to_string()),
        }
    }
}
