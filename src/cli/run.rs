//! `cogov run`: one policy, without a comparison.

use clap::Args;
use serde_json::json;

use crate::cli::Failure;
use crate::cli::study::{Asked, Running, Study, complete};
use crate::cli::terminal::{blocks, decimal, short_name, show};
use crate::experiment::runs::digest::{YEAR, periods, scopes};
use crate::intervention::BASELINE;
use crate::model::outcome::{OUTCOMES, main_outcomes};
use crate::scenario::Scenario;
use crate::scenario::reading::fault::{Fault, Faults, Place};

/// Run one policy of a scenario and show how its outcomes unfold
///
/// Writes runs.csv, series.csv, manifest.json and datapackage.json.
#[derive(Debug, Args)]
pub struct Run {
    #[command(flatten)]
    asked: Asked,
    #[command(flatten)]
    running: Running,
    /// Policy to run
    #[arg(long, default_value = BASELINE)]
    policy: String,
}

impl Run {
    /// Does it.
    pub fn execute(self) -> Result<(), Failure> {
        let mut loaded = self.asked.load(None)?;
        self.refuse_unknown(&loaded.scenario)?;
        loaded
            .scenario
            .policies
            .retain(|policy| policy.name == self.policy);
        let Some(mut study) = complete(&self.asked, &self.running, loaded)? else {
            return Ok(());
        };
        let means = study.finish()?.means;
        if self.running.writing.json {
            show(&format!("{:#}\n", summary(&study, &means)))
        } else {
            show(&by_year(&study, &means))
        }
    }
}

impl Run {
    fn refuse_unknown(&self, scenario: &Scenario) -> Result<(), Failure> {
        let names = || scenario.policies.iter().map(|policy| policy.name.as_str());
        if names().any(|name| name == self.policy) {
            return Ok(());
        }
        let fault = Fault::error(format!("there is no policy `{}`", self.policy));
        let fault = fault.at(&Place::whole(&"--policy".into()));
        let fault = fault.nearest(&self.policy, names());
        Err(Failure::Scenario(Faults::from(vec![fault])))
    }
}

/// National means of the main outcomes: period name and values.
fn by_period(study: &Study, means: &[f64]) -> Vec<(String, Vec<f64>)> {
    let scenario = &*study.scenario;
    let main = main_outcomes();
    let stride = scopes(&scenario.geography).len() * OUTCOMES.len();
    let periods = periods(scenario.start, scenario.months);
    let value = |t: usize| main.iter().map(|o| means[t * stride + o]).collect();
    let rows = periods.into_iter().enumerate();
    rows.map(|(t, period)| (period.name, value(t))).collect()
}

fn by_year(study: &Study, means: &[f64]) -> String {
    let scenario = &*study.scenario;
    let mut header = vec!["period".to_owned()];
    let main = main_outcomes().into_iter();
    header.extend(main.map(|o| short_name(OUTCOMES[o].name)));
    let mut rows = vec![header];
    let mut periods = by_period(study, means);
    periods.rotate_left(1);
    for (name, values) in periods {
        let mut row = vec![name.strip_prefix(YEAR).unwrap_or(&name).to_owned()];
        row.extend(values.into_iter().map(decimal));
        rows.push(row);
    }
    format!(
        "{}: {}, national means of {} replications\n\n{}\nresults: {}\n",
        scenario.name,
        scenario.policies[0].name,
        scenario.replications,
        blocks(&rows),
        study.folder.display()
    )
}

fn summary(study: &Study, means: &[f64]) -> serde_json::Value {
    let scenario = &*study.scenario;
    let outcomes = OUTCOMES.iter().enumerate();
    let judged = outcomes.map(|(o, outcome)| (outcome.name.to_owned(), json!(means[o])));
    json!({
        "scenario": scenario.name,
        "policy": scenario.policies[0].name,
        "folder": study.folder,
        "runs": study.plan.runs(),
        "result_sha256": study.manifest.result_sha256,
        "last_12_months": judged.collect::<serde_json::Map<_, _>>(),
    })
}
