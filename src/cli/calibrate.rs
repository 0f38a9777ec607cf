//! `cogov calibrate`: which parameter values what was seen does not rule out.

use clap::Args;

use crate::cli::failure::Failure;
use crate::cli::print::calibrate::{short_report, summary};
use crate::cli::shared::flags::{ScenarioFlags, StudyFlags};
use crate::cli::shared::terminal::show;
use crate::study::error::Unanswerable;
use crate::study::{CalibrationSize, Error};

/// Rule out parameter values that what was seen contradicts, and weigh the rest
///
/// History matching in waves, approximate Bayesian computation, and the share of what is left in which
/// each policy's effect keeps its sign. Takes targets and ranges from [calibrate] of the scenario.
/// Writes waves.csv, design.csv, implausibility.csv, emulators.csv, region.csv, posterior.csv,
/// posterior_summary.csv, predictive.csv, choices.csv, worlds.csv (a table for [ensemble]), claims.csv,
/// manifest.json, datapackage.json, and report.html.
#[derive(Debug, Args)]
pub struct CalibrateCommand {
    #[command(flatten)]
    scenario: ScenarioFlags,
    #[command(flatten)]
    study: StudyFlags,
    /// Waves of history matching [default: the scenario's]
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    waves: Option<u32>,
    /// Points that are simulated in each wave, and in each round of the posterior [default: the scenario's]
    #[arg(long, short = 'n', value_parser = clap::value_parser!(u32).range(20..))]
    points: Option<u32>,
    /// Points of the region at which all policies are compared; 0: none [default: the scenario's]
    #[arg(long)]
    claims: Option<u32>,
}

impl CalibrateCommand {
    /// Does it.
    pub fn execute(self) -> Result<(), Failure> {
        let study = self.study.open(&self.scenario, self.scenario.load(None)?)?;
        if self.study.running.shard.is_some() {
            return Err(Error::from(Unanswerable::Undivided).into());
        }
        let found = study.calibrate(CalibrationSize {
            waves: self.waves,
            points: self.points,
            claims: self.claims,
        })?;
        show(&match self.study.writing.json {
            true => format!("{:#}\n", summary(&found)),
            false => short_report(&found),
        })
    }
}
