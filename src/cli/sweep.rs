//! `cogov sweep`: the same policies over a design of parameters, doses and dates.

use clap::Args;

use crate::cli::failure::Failure;
use crate::cli::print::sweep::{short_report, summary};
use crate::cli::shared::flags::{ScenarioFlags, StudyFlags};
use crate::cli::shared::terminal::show;
use crate::scenario::SweepTyped;
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
    /// Vary something: PATH alone over its plausible range, or PATH=LOW..HIGH, or PATH=A,B,C
    ///
    /// PATH is a parameter as sharing.benefit, or a term of a policy as policy.NAME.dose or
    /// policy.NAME.start, or of one of its interventions as policy.NAME.INTERVENTION.dose
    /// (repeatable).
    #[arg(long, value_name = "PATH=VALUES")]
    vary: Vec<String>,
    /// How design points are laid: grid, random, latin-hypercube, sobol, sobol-sequence, morris
    #[arg(long)]
    method: Option<String>,
    /// Number of points; of levels of a grid, base points of sobol, trajectories of morris
    #[arg(long, short = 'n')]
    points: Option<u32>,
    /// Table of design points: a column for each PATH, a row for each point
    #[arg(long, value_name = "CSV", conflicts_with_all = ["vary", "method", "points"])]
    design: Option<String>,
    /// Keep and write the series and all years and provinces of every run too
    #[arg(long)]
    series: bool,
}

impl SweepCommand {
    /// Does it.
    pub fn execute(self) -> Result<(), Failure> {
        let typed = SweepTyped {
            vary: self.vary,
            method: self.method,
            points: self.points,
            design: self.design,
        };
        let loaded = self.scenario.load_sweep(self.policies.as_deref(), typed)?;
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
