//! Flags that tell what is written, and how.

use std::path::PathBuf;

use clap::Args;

use crate::cli::shared::manner::MannerFlags;
use crate::output::formats::Format;
use crate::study::Options;

/// Flags of commands that write the files of a study.
#[derive(Debug, Args)]
pub struct WritingFlags {
    /// Replace the study in the folder, and rename files of other origin; finished runs are kept
    #[arg(long)]
    force: bool,
    /// Write results in another form too: parquet (runs, series, effects, points), or runs as ema,
    /// netlogo-table or mesa (repeatable)
    #[arg(long, value_parser = format)]
    format: Vec<Format>,
    /// No report.html
    #[arg(long)]
    no_report: bool,
    /// Print a summary for programs (JSON) instead of tables
    #[arg(long)]
    pub json: bool,
}

impl WritingFlags {
    /// Options of a study whose files are written so.
    pub fn options(&self, folder: PathBuf, manner: MannerFlags) -> Options {
        Options {
            folder: Some(folder),
            force: self.force,
            formats: self.format.clone(),
            report: !self.no_report,
            ..manner.options()
        }
    }
}

fn format(text: &str) -> Result<Format, String> {
    let all = Format::ALL.map(Format::name).join(", ");
    Format::named(text).ok_or_else(|| format!("there are {all}"))
}
