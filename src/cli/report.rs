//! `cogov report`: the report again from the files of a finished study.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::failure::Failure;
use crate::cli::shared::terminal::show;
use crate::output::report::ReaderLanguage;
use crate::study::report::again;

/// Make report.html again from the files of a result folder
///
/// It is one page that opens from disk without a network, in English and Chinese, and prints.
#[derive(Debug, Args)]
pub struct ReportCommand {
    /// Folder that `cogov compare`, `sweep`, `run`, `calibrate` or `factors` wrote
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

impl ReportCommand {
    /// Does it.
    pub fn execute(self) -> Result<(), Failure> {
        let language = match self.lang {
            Lang::En => ReaderLanguage::English,
            Lang::Zh => ReaderLanguage::Chinese,
        };
        let path = again(&self.folder, language)?;
        show(&format!("{}\n", path.display()))
    }
}
