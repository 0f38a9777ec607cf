//! `cogov check`: what would be run, how long it takes and how much memory it needs.

use clap::Args;

use crate::cli::failure::Failure;
use crate::cli::print::check::outlook;
use crate::cli::shared::flags::ScenarioFlags;
use crate::cli::shared::terminal::show;
use crate::study::{Options, Study};

/// Read and validate a scenario, and show what it amounts to; runs nothing
#[derive(Debug, Args)]
pub struct CheckCommand {
    #[command(flatten)]
    scenario: ScenarioFlags,
}

impl CheckCommand {
    /// Does it.
    pub fn execute(self) -> Result<(), Failure> {
        let study = Study::open(self.scenario.load(None)?, Options::default())?;
        show(&outlook(&study.outlook()))
    }
}
