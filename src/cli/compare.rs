//! `cogov compare`: the main job.

use clap::Args;

use crate::cli::failure::Failure;
use crate::cli::print::answers::stopped;
use crate::cli::print::compare::Shown;
use crate::cli::shared::flags::{ComparedFlags, ScenarioFlags, StudyFlags};
use crate::cli::shared::questions::QuestionFlags;
use crate::cli::shared::terminal::show;
use crate::study::Task;

/// Compare every policy of a scenario with its baseline, on the same replications
///
/// Writes runs.csv, series.csv, effects.csv, between_policies.csv, costs.csv, distribution.csv,
/// governments.csv, ties.csv, with plausible worlds uncertainty.csv and unknowns.csv, manifest.json, datapackage.json and report.html.
#[derive(Debug, Args)]
pub struct CompareCommand {
    #[command(flatten)]
    scenario: ScenarioFlags,
    #[command(flatten)]
    study: StudyFlags,
    #[command(flatten)]
    compared: ComparedFlags,
    /// Show differences from this policy in place of the baseline; the files and the report hold
    /// both anyway (between_policies.csv, effects.csv)
    #[arg(long, value_name = "POLICY")]
    against: Option<String>,
    #[command(flatten)]
    questions: QuestionFlags,
}

impl CompareCommand {
    /// Does it.
    pub fn execute(self) -> Result<(), Failure> {
        let loaded = self.compared.load(&self.scenario)?;
        let study = self.study.open(&self.scenario, loaded)?;
        let position = |name: &String| study.position(name, "for --against");
        let against = self.against.as_ref().map_or(Ok(0), position)?;
        if self.study.run_part(&study, &Task::Compare)? {
            return Ok(());
        }
        let compared = study.compare_and(&self.questions.questions())?;
        let budget = self.questions.budget;
        let shown = Shown {
            compared: &compared,
            against,
            budget,
        };
        show(&match self.study.writing.json {
            true => format!("{:#}\n", shown.json()),
            false => shown.text(),
        })?;
        match compared.narrowing.as_ref().and_then(stopped) {
            Some(why) => Err(Failure::Stopped(why)),
            None => Ok(()),
        }
    }
}
