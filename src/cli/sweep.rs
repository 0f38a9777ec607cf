//! `cogov sweep`: the same policies over a design of parameters, doses and dates.

use clap::Args;
use serde_json::{Map, Value, json};

use crate::cli::Failure;
use crate::cli::study::{Asked, Running, Study};
use crate::cli::terminal::{blocks, decimal, short_name, show};
use crate::experiment::design::responses::Responses;
use crate::experiment::design::robustness::robustness;
use crate::experiment::runs::digest::Detail;
use crate::model::outcome::{OUTCOMES, main_outcomes};
use crate::output::folder::Kind;
use crate::output::folder::results::Results;
use crate::scenario::{Loaded, SweepTyped};

/// Run every policy at many values of parameters, doses and dates
///
/// Writes runs.csv, points.csv, effects.csv, between_policies.csv, costs.csv, robustness.csv,
/// manifest.json, datapackage.json and report.html; with the methods sobol and morris also
/// sensitivity.csv.
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

fn short_report(study: &Study, results: &Results) -> String {
    let (scenario, plan) = (&*study.scenario, &study.plan);
    let inputs: Vec<&str> = plan
        .inputs()
        .iter()
        .map(|input| input.path.as_str())
        .collect();
    let tables = results.responses.as_ref().map(|of| tables(study, of));
    format!(
        "{}\n\n{} design points of {}, {} policies, {} replications\n\n{}\n{}",
        scenario.name,
        plan.points().len(),
        inputs.join(", "),
        scenario.policies.len(),
        scenario.replications,
        tables.unwrap_or_default(),
        study.places()
    )
}

/// Effects over design points, then how policies hold up.
fn tables(study: &Study, responses: &Responses) -> String {
    let mains = 0..main_outcomes().len();
    let found: Vec<_> = mains
        .map(|main| robustness(responses, main, study.plan.points()))
        .collect();
    let effect = |policy: usize, main: usize| {
        let [low, middle, high] = responses.quantiles(policy, main);
        format!("{middle:+.3} [{low:+.3}, {high:+.3}]")
    };
    let robust = |policy: usize, main: usize| {
        let of = &found[main][policy];
        format!("{:.0} %, {}", 100.0 * of.best, decimal(of.max_regret))
    };
    let robust = format!(
        "Share of design points in which each policy is best, and its largest regret\n\n{}",
        by_outcome(study, 0, robust)
    );
    if study.scenario.policies.len() < 2 {
        return robust;
    }
    format!(
        "Difference from the baseline over the last 12 months: median of the design points, and where 90 % of them lie (each in points.csv)\n\n{}\n{robust}",
        by_outcome(study, 1, effect)
    )
}

/// A table of the policies from number `first` on by main outcome.
fn by_outcome(study: &Study, first: usize, cell: impl Fn(usize, usize) -> String) -> String {
    let mains = main_outcomes();
    let mut header = vec!["policy".to_owned()];
    header.extend(mains.iter().map(|o| short_name(OUTCOMES[*o].name)));
    let mut rows = vec![header];
    for (p, policy) in study.scenario.policies.iter().enumerate().skip(first) {
        let mut row = vec![policy.name.clone()];
        row.extend((0..mains.len()).map(|main| cell(p, main)));
        rows.push(row);
    }
    blocks(&rows)
}

fn summary(study: &Study, results: &Results) -> Value {
    let policies = study.scenario.policies.iter().enumerate().map(|(p, of)| {
        let effects = (p > 0).then(|| effects(results, p));
        json!({
            "name": of.name,
            "effects": effects,
            "robustness": robustness_of(study, results, p),
        })
    });
    json!({
        "scenario": study.scenario.name,
        "folder": study.folder,
        "design_points": study.plan.points().len(),
        "runs": study.plan.runs(),
        "result_sha256": study.manifest.result_sha256,
        "policies": policies.collect::<Vec<_>>(),
    })
}

/// Of every main outcome: the mean difference over design points with its interval over
/// replications, and quantiles of the difference over design points.
fn effects(results: &Results, policy: usize) -> Map<String, Value> {
    let outcomes = main_outcomes().into_iter().enumerate();
    let values = outcomes.filter_map(|(o, outcome)| {
        let [low, middle, high] = results.responses.as_ref()?.quantiles(policy, o);
        let mean = results.comparison.judged(policy, outcome);
        let value = json!({
            "mean": mean.difference, "ci_low": mean.low, "ci_high": mean.high,
            "effect_q05": low, "effect_q50": middle, "effect_q95": high,
        });
        Some((OUTCOMES[outcome].name.to_owned(), value))
    });
    values.collect()
}

fn robustness_of(study: &Study, results: &Results, policy: usize) -> Map<String, Value> {
    let outcomes = main_outcomes().into_iter().enumerate();
    let values = outcomes.filter_map(|(o, outcome)| {
        let found = robustness(results.responses.as_ref()?, o, study.plan.points());
        let found = &found[policy];
        let value = json!({
            "best_share": found.best,
            "max_regret": found.max_regret,
            // the baseline cannot better itself
            "better_share": (policy > 0).then_some(found.betters),
            "failure_share": (policy > 0).then_some(found.fails),
        });
        Some((OUTCOMES[outcome].name.to_owned(), value))
    });
    values.collect()
}
