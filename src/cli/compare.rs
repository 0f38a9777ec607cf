//! `cogov compare`: the main job.

use std::fmt::Write as _;

use clap::Args;
use serde_json::json;

use crate::cli::Failure;
use crate::cli::depth::Depth;
use crate::cli::study::{Asked, Running, Study, complete};
use crate::cli::terminal::{amount, decimal, difference, show, table};
use crate::experiment::compare::Comparison;
use crate::experiment::statistics::Effect;
use crate::model::outcome::{OUTCOMES, position};
use crate::output::costs;
use crate::scenario::Scenario;

/// Compare every policy of a scenario with its baseline, on the same replications
///
/// Writes runs.csv, series.csv, effects.csv, costs.csv, distribution.csv, governments.csv, ties.csv,
/// manifest.json, datapackage.json and report.html.
#[derive(Debug, Args)]
pub struct Compare {
    #[command(flatten)]
    asked: Asked,
    #[command(flatten)]
    running: Running,
    /// Only these policies (and the baseline), separated by commas
    #[arg(long, value_delimiter = ',')]
    policies: Option<Vec<String>>,
    #[command(flatten)]
    depth: Depth,
}

/// Outcomes of the terminal's table.
const SHOWN: [(&str, &str); 6] = [
    ("data_sharing_rate", "sharing"),
    ("openness", "openness"),
    ("capacity", "capacity"),
    ("substantive_resolution", "substance"),
    ("satisfaction", "satisfaction"),
    ("trust", "trust"),
];

impl Compare {
    /// Does it.
    pub fn execute(self) -> Result<(), Failure> {
        let loaded = self.asked.load(self.policies.as_deref())?;
        if loaded.scenario.policies.len() < 2 {
            return Err(Failure::Input(
                "error: there is no policy to compare with the baseline\n\nhint: add a [[policy]] to the scenario, or use `cogov run`".into(),
            ));
        }
        self.depth.check(&loaded.scenario)?;
        let Some(mut study) = complete(&self.asked, &self.running, loaded)? else {
            return Ok(());
        };
        let answers = self.depth.answer(&mut study, &self.running)?;
        let comparison = study.finish()?.comparison;
        if self.running.writing.json {
            show(&format!(
                "{:#}\n",
                summary(&study, &comparison, &self.depth)
            ))
        } else {
            let budget = self.depth.within_budget(&study, &comparison);
            show(&(short_report(&study, &comparison) + &answers + &budget))
        }
    }
}

fn short_report(study: &Study, comparison: &Comparison) -> String {
    let scenario = &*study.scenario;
    format!(
        "{}\n{}\n\nDifference from the baseline over the last 12 months, national mean of {} paired runs, ± half the 95 % interval\n\n{}\n{}\n{}",
        scenario.name,
        scenario.question,
        scenario.replications,
        effects_table(scenario, comparison),
        best_policies(scenario, comparison),
        study.places()
    )
}

fn effects_table(scenario: &Scenario, comparison: &Comparison) -> String {
    let shown = SHOWN.map(|(name, _)| position(name).expect("shown outcomes are measured"));
    let mut header = vec!["policy".to_owned()];
    header.extend(SHOWN.map(|(_, short)| short.to_owned()));
    header.push("RMB/head-year".into());
    let mut rows = vec![header];
    for policy in 1..scenario.policies.len() {
        let mut row = vec![scenario.policies[policy].name.clone()];
        row.extend(shown.map(|outcome| effect_cell(&comparison.judged(policy, outcome))));
        row.push(amount(
            costs::of_policy(scenario, comparison, policy).per_head_year,
        ));
        rows.push(row);
    }
    let mut baseline = vec!["baseline (level)".to_owned()];
    baseline.extend(shown.map(|outcome| decimal(comparison.judged(1, outcome).baseline)));
    baseline.push(String::new());
    rows.push(baseline);
    table(&rows)
}

fn effect_cell(effect: &Effect) -> String {
    difference(effect.difference, effect.high - effect.difference)
}

/// Smallest gain that the table's three places show.
const VISIBLE: f64 = 0.0005;

/// For each main outcome the policy that improves it most, if one surely does.
fn best_policies(scenario: &Scenario, comparison: &Comparison) -> String {
    let mut text = String::new();
    for (o, outcome) in OUTCOMES
        .iter()
        .enumerate()
        .filter(|(_, outcome)| outcome.main)
    {
        let gain = |policy: &usize| comparison.judged(*policy, o).difference;
        let best = (1..scenario.policies.len())
            .max_by(|a, b| gain(a).total_cmp(&gain(b)))
            .filter(|policy| comparison.judged(*policy, o).low > VISIBLE);
        let Some(best) = best else { continue };
        let effect = comparison.judged(best, o);
        let _ = writeln!(
            text,
            "best for {:<24} {} ({}, better in {:.0} % of pairs)",
            outcome.name,
            scenario.policies[best].name,
            effect_cell(&effect),
            100.0 * effect.better(outcome.direction)
        );
    }
    text
}

fn summary(study: &Study, comparison: &Comparison, depth: &Depth) -> serde_json::Value {
    let scenario = &*study.scenario;
    let policies = (1..scenario.policies.len()).map(|policy| {
        let outcomes = OUTCOMES.iter().enumerate().map(|(o, outcome)| {
            let effect = comparison.judged(policy, o);
            let value = json!({
                "baseline": effect.baseline,
                "difference": effect.difference,
                "ci_low": effect.low,
                "ci_high": effect.high,
                "p_better": effect.better(outcome.direction),
            });
            (outcome.name.to_owned(), value)
        });
        let cost = costs::of_policy(scenario, comparison, policy);
        json!({
            "name": scenario.policies[policy].name,
            "cost_rmb": cost.rmb,
            "cost_per_head_year": cost.per_head_year,
            "effects": outcomes.collect::<serde_json::Map<_, _>>(),
        })
    });
    let within_budget = depth.best_by_outcome(study, comparison);
    json!({
        "scenario": scenario.name,
        "folder": study.folder,
        "runs": study.plan.runs(),
        "result_sha256": study.manifest.result_sha256,
        "policies": policies.collect::<Vec<_>>(),
        "within_budget": within_budget,
    })
}
