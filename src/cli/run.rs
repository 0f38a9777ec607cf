//! `cogov run`: one policy, without a comparison.

use clap::Args;

use crate::cli::failure::Failure;
use crate::cli::print::policy::{by_year, summary};
use crate::cli::shared::flags::{ScenarioFlags, StudyFlags};
use crate::cli::shared::terminal::show;
use crate::intervention::BASELINE;
use crate::study::Task;

/// Run one policy of a scenario and show how its outcomes unfold
///
/// Writes runs.csv, series.csv, levels.csv, manifest.json, datapackage.json and report.html.
#[derive(Debug, Args)]
pub struct RunCommand {
    #[command(flatten)]
    scenario: ScenarioFlags,
    #[command(flatten)]
    study: StudyFlags,
    /// Policy to run
    #[arg(long, default_value = BASELINE)]
    policy: String,
}

impl RunCommand {
    /// Does it.
    pub fn execute(self) -> Result<(), Failure> {
        let study = self.study.open(&self.scenario, self.scenario.load(None)?)?;
        let task = Task::Policy(self.policy.clone());
        if self.study.run_part(&study, &task)? {
            return Ok(());
        }
        let course = study.run_policy(&self.policy)?;
        show(&match self.study.writing.json {
            true => format!("{:#}\n", summary(&course)),
            false => by_year(&course),
        })
    }
}
