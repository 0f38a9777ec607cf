//! `cogov replay`: a row of `runs.csv` is computed again and compared.

use std::path::PathBuf;

use clap::Args;

use crate::cli::failure::Failure;
use crate::cli::shared::terminal::show;
use crate::study::replay::{CellDifference, replay};

/// Compute one run of a finished study again and prove its row of runs.csv
#[derive(Debug, Args)]
pub struct ReplayCommand {
    /// Folder of the study
    folder: PathBuf,
    /// Number of the run
    run_id: usize,
}

impl ReplayCommand {
    /// Does it.
    pub fn execute(self) -> Result<(), Failure> {
        let run = replay(&self.folder, self.run_id)?;
        let (run_id, folder) = (self.run_id, self.folder.display());
        if run.differences.is_empty() {
            let (policy, replication, columns) = (run.policy, run.replication, run.columns);
            return show(&format!(
                "run {run_id} ({policy}, replication {replication}): all {columns} columns equal\n"
            ));
        }
        let differ: Vec<String> = run.differences.iter().map(said).collect();
        let differ = differ.join("\n  ");
        Err(Failure::Input(format!(
            "error: run {run_id} of `{folder}` is not what this program computes\n  {differ}"
        )))
    }
}

fn said(of: &CellDifference) -> String {
    format!(
        "{}: recorded {}, computed {}",
        of.column, of.recorded, of.computed
    )
}
