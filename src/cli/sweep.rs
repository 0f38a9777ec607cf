//! `cogov sweep`: the same policies over a design of parameters, doses and dates.

use clap::Args;
use serde_json::json;

use crate::cli::Failure;
use crate::cli::study::{Asked, Running, Study};
use crate::cli::terminal::{decimal, show, table};
use crate::experiment::digest::Detail;
use crate::experiment::responses::{Responses, main_outcomes};
use crate::experiment::robustness::robustness;
use crate::model::outcome::OUTCOMES;
use crate::output::folder::Kind;
use crate::output::results::Results;
use crate::scenario::{Loaded, SweepTyped};

/// Run every policy at many values of parameters, doses and dates
///
/// Writes runs.csv, effects.csv, costs.csv, robustness.csv, manifest.json, datapackage.json and
/// report.html; with the methods sobol and morris also sensitivity.csv.
#[derive(Debug, Args)]
pub struct Sweep {
    #[command(flatten)]
    asked: Asked,
    #[command(flatten)]
    running: Running,
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

impl Sweep {
    /// Does it.
    pub fn execute(self) -> Result<(), Failure> {
        let typed = SweepTyped {
            vary: self.vary,
            method: self.method,
            points: self.points,
            design: self.design,
        };
        let loaded = self.asked.load_sweep(self.policies.as_deref(), typed)?;
        refuse_without_sweep(&loaded)?;
        let detail = if self.series {
            Detail::Full
        } else {
            Detail::Judged
        };
        let study = Study::begin(&self.asked, &self.running, loaded, (detail, Kind::Policies))?;
        study.run(&self.running)?;
        let Some(mut study) = study.whole(&self.running)? else {
            return Ok(());
        };
        let results = study.finish()?;
        if self.running.writing.json {
            show(&format!("{:#}\n", summary(&study, &results)))
        } else {
            show(&short_report(&study, &results))
        }
    }
}

fn refuse_without_sweep(loaded: &Loaded) -> Result<(), Failure> {
    if loaded.sweep.is_some() {
        return Ok(());
    }
    Err(Failure::Input(
        "error: nothing says what to vary\n\nhint: add [sweep] to the scenario, or `--vary sharing.benefit=1..6`, or `--design table.csv`".into(),
    ))
}

/// Outcomes of the terminal's table: the first so many of the main ones.
const SHOWN: usize = 4;

fn short_report(study: &Study, results: &Results) -> String {
    let (scenario, plan) = (&*study.scenario, &study.plan);
    let inputs: Vec<&str> = plan
        .inputs()
        .iter()
        .map(|input| input.path.as_str())
        .collect();
    let rows = results
        .responses
        .as_ref()
        .map(|of| robustness_rows(study, of));
    format!(
        "{}\n\n{} design points of {}, {} policies, {} replications\n\nShare of design points in which each policy is best, and its largest regret, by outcome over the last 12 months\n\n{}\n{}",
        scenario.name,
        plan.points().len(),
        inputs.join(", "),
        scenario.policies.len(),
        scenario.replications,
        table(&rows.unwrap_or_default()),
        study.places()
    )
}

fn robustness_rows(study: &Study, responses: &Responses) -> Vec<Vec<String>> {
    let outcomes: Vec<usize> = main_outcomes().into_iter().take(SHOWN).collect();
    let mut header = vec!["policy".to_owned()];
    header.extend(outcomes.iter().map(|o| OUTCOMES[*o].name.to_owned()));
    let found: Vec<_> = (0..outcomes.len())
        .map(|o| robustness(responses, o, study.plan.points()))
        .collect();
    let mut rows = vec![header];
    for (p, policy) in study.scenario.policies.iter().enumerate() {
        let mut row = vec![policy.name.clone()];
        row.extend(found.iter().map(|of| {
            let (best, regret) = (100.0 * of[p].best, decimal(of[p].max_regret));
            format!("{best:.0} %, {regret}")
        }));
        rows.push(row);
    }
    rows
}

fn summary(study: &Study, results: &Results) -> serde_json::Value {
    let policies = study.scenario.policies.iter().enumerate();
    let of_policy = |p: usize| {
        let outcomes = main_outcomes().into_iter().enumerate();
        let responses = results.responses.as_ref();
        let values = outcomes.filter_map(|(o, outcome)| {
            let found = robustness(responses?, o, study.plan.points());
            let value = json!({
                "best_share": found[p].best,
                "max_regret": found[p].max_regret,
                "failure_share": found[p].fails,
            });
            Some((OUTCOMES[outcome].name.to_owned(), value))
        });
        values.collect::<serde_json::Map<_, _>>()
    };
    let policies =
        policies.map(|(p, policy)| json!({ "name": policy.name, "robustness": of_policy(p) }));
    json!({
        "scenario": study.scenario.name,
        "folder": study.folder,
        "design_points": study.plan.points().len(),
        "runs": study.plan.runs(),
        "result_sha256": study.manifest.result_sha256,
        "policies": policies.collect::<Vec<_>>(),
    })
}
