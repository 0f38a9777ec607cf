//! `cogov merge`: the parts of a study become the whole, byte for byte.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use crate::cli::failure::Failure;
use crate::cli::print::places;
use crate::cli::shared::manner::MannerFlags;
use crate::cli::shared::terminal::show;
use crate::cli::shared::writing::WritingFlags;
use crate::study::merge::merge;

/// Join the parts of a study that was run with --shard
///
/// Gives the same bytes as the study run in one piece.
#[derive(Debug, Args)]
pub struct MergeCommand {
    /// Folders of the parts
    #[arg(required = true)]
    parts: Vec<PathBuf>,
    /// Folder for the results
    #[arg(long)]
    out: PathBuf,
    /// Folder of finished runs that the parts were given with --store [default: each part's own]
    #[arg(long, value_name = "DIR")]
    store: Option<PathBuf>,
    #[command(flatten)]
    writing: WritingFlags,
    #[command(flatten)]
    manner: MannerFlags,
}

impl MergeCommand {
    /// Does it.
    pub fn execute(self) -> Result<(), Failure> {
        let options = self.writing.options(self.out, self.manner);
        let whole = merge(&self.parts, self.store.as_deref(), &options)?;
        if !self.writing.json {
            return show(&format!("{} runs joined\n\n{}", whole.runs, places(&whole)));
        }
        let summary = json!({
            "scenario": whole.scenario.name,
            "folder": whole.folder,
            "runs": whole.runs,
            "result_sha256": whole.result_sha256,
        });
        show(&format!("{summary:#}\n"))
    }
}
