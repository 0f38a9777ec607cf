//! `cogov new`: the files of a scenario of one's own.

use std::path::PathBuf;

use clap::Args;

use crate::cli::failure::Failure;
use crate::cli::shared::terminal::show;
use crate::study::new::lay_out;

/// Lay out a scenario of your own country, with comments; it runs as it is
#[derive(Debug, Args)]
pub struct NewCommand {
    /// Folder to write it into; must not hold any of its files yet
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    /// Regions of the country to begin with
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = clap::value_parser!(u32).range(2..=500))]
    regions: u32,
}

impl NewCommand {
    /// Does it.
    pub fn execute(self) -> Result<(), Failure> {
        let scenario = lay_out(&self.folder, self.regions)?;
        let scenario = scenario.display();
        show(&format!(
            "{scenario} and its tables: a made-up country of {} regions\n\n  cogov check {scenario}\n  cogov compare {scenario}\n",
            self.regions
        ))
    }
}
