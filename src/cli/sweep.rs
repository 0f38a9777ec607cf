//! `cogov sweep`: the same policies over a design of parameters, doses and dates.

use clap::Args;

use crate::cli::failure::Failure;
use crate::cli::print::sweep::{short_report, summary};
use crate::cli::shared::design::DesignFlags;
use crate::cli::shared::flags::{ScenarioFlags, StudyFlags};
use crate::cli::shared::terminal::show;
use crate::study::Task;

/// Run every policy at many values of parameters, doses and dates
///
/// Writes runs.csv, points.csv, effects.csv, between_policies.csv, costs.csv, robustness.csv,
/// manifest.json, datapackage.json and report.html; with the methods sobol and morris also
/// sensitivity.csv.
#[derive(Debug, Args)]
pub struct SweepCommand {
    #[command(flatten)]
    scenario: ScenarioFlags,
    #[command(flatten)]
    study: StudyFlags,
    /// Only these policies (and the baseline), separated by commas
    #[arg(long, value_delimiter = ',')]
    policies: Option<Vec<String>>,
    #[command(flatten)]
    design: DesignFlags,
    /// Keep and write the series and all years and provinces of every run too
    #[arg(long)]
    series: bool,
}

impl SweepCommand {
    /// Does it.
    pub fn execute(self) -> Result<(), Failure> {
        let loaded = self
            .scenario
            .load_sweep(self.policies.as_deref(), self.design.typed())?;
        let study = self.study.open(&self.scenario, loaded)?;
        let series = self.series;
        if self.study.run_part(&study, &Task::Sweep { series })? {
            return Ok(());
        }
        let swept = study.sweep(series)?;
        show(&match self.study.writing.json {
            true => format!("{:#}\n", summary(&swept)),
            false => short_report(&swept),
        })
    }
}
