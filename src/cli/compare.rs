//! `cogov compare`: the main job.

use clap::Args;
use serde_json::{Map, Value, json};

use crate::cli::Failure;
use crate::cli::answers::Answers;
use crate::cli::best::{best_policies, within_budget, within_budget_json};
use crate::cli::depth::Depth;
use crate::cli::study::{Asked, Running, Study, complete};
use crate::cli::terminal::{amount, blocks, decimal, difference, short_name, show};
use crate::experiment::statistics::compare::Comparison;
use crate::experiment::statistics::paired::Effect;
use crate::model::outcome::{OUTCOMES, Outcome, main_outcomes};
use crate::output::tables::costs;
use crate::scenario::Scenario;

/// Compare every policy of a scenario with its baseline, on the same replications
///
/// Writes runs.csv, series.csv, effects.csv, between_policies.csv, costs.csv, distribution.csv,
/// governments.csv, ties.csv, manifest.json, datapackage.json and report.html.
#[derive(Debug, Args)]
pub struct Compare {
    #[command(flatten)]
    asked: Asked,
    #[command(flatten)]
    running: Running,
    /// Only these policies (and the baseline), separated by commas
    #[arg(long, value_delimiter = ',')]
    policies: Option<Vec<String>>,
    /// Show differences from this policy in place of the baseline; the files and the report hold
    /// both anyway (between_policies.csv, effects.csv)
    #[arg(long, value_name = "POLICY")]
    against: Option<String>,
    #[command(flatten)]
    depth: Depth,
}

/// What was found, with what is needed to tell it.
struct Found<'a> {
    study: &'a Study,
    comparison: &'a Comparison,
    /// Position of the policy that the others are held against.
    against: usize,
}

impl Compare {
    /// Does it.
    pub fn execute(self) -> Result<(), Failure> {
        let loaded = self.asked.load(self.policies.as_deref())?;
        if loaded.scenario.policies.len() < 2 {
            return Err(Failure::Input(
                "error: there is no policy to compare with the baseline\n\nhint: add a [[policy]] to the scenario, or use `cogov run`".into(),
            ));
        }
        let against = self.reference(&loaded.scenario)?;
        self.depth.check(&loaded.scenario)?;
        let Some(mut study) = complete(&self.asked, &self.running, loaded)? else {
            return Ok(());
        };
        let answers = self.depth.answer(&mut study, &self.running)?;
        let comparison = study.finish()?.comparison;
        let found = Found {
            study: &study,
            comparison: &comparison,
            against,
        };
        let text = match self.running.writing.json {
            true => format!("{:#}\n", found.json(&answers, self.depth.budget)),
            false => found.text(&answers, self.depth.budget),
        };
        show(&text)?;
        match answers.stopped() {
            Some(why) => Err(Failure::Stopped(why)),
            None => Ok(()),
        }
    }

    /// Position of the policy that the others are held against.
    fn reference(&self, scenario: &Scenario) -> Result<usize, Failure> {
        let Some(name) = &self.against else {
            return Ok(0);
        };
        let known = scenario.policies.iter().position(|of| of.name == *name);
        known.ok_or_else(|| {
            let names = scenario.policies.iter().map(|of| of.name.as_str());
            Failure::Input(format!(
                "error: --against: there is no policy `{name}`\n\nhint: there are {}",
                names.collect::<Vec<_>>().join(", ")
            ))
        })
    }
}

impl Found<'_> {
    fn text(&self, answers: &Answers, budget: Option<f64>) -> String {
        let (scenario, comparison) = (&*self.study.scenario, self.comparison);
        let budget = budget.map(|money| within_budget(scenario, comparison, money));
        let report = match self.against {
            0 => "",
            _ => "the report holds policies against the baseline\n",
        };
        format!(
            "{}\n{}\n\nDifference from {} over the last 12 months, national mean of {} paired runs, ± half the 95 % interval\n\n{}\n{}\n{}{report}{}{}",
            scenario.name,
            scenario.question,
            self.reference(),
            scenario.replications,
            self.effects(),
            best_policies(scenario, comparison),
            self.study.places(),
            answers.text(scenario),
            budget.unwrap_or_default()
        )
    }

    fn reference(&self) -> &str {
        match self.against {
            0 => "the baseline",
            policy => &self.study.scenario.policies[policy].name,
        }
    }

    /// Positions of the policies that are held against another.
    fn policies(&self) -> impl Iterator<Item = usize> {
        let against = self.against;
        (0..self.study.scenario.policies.len()).filter(move |policy| *policy != against)
    }

    /// Difference of `policy` in the main outcome number `main`.
    fn difference(&self, policy: usize, main: usize) -> Effect {
        let contest = self.comparison.contest();
        contest.difference(policy, self.against, main)
    }

    fn effects(&self) -> String {
        let (scenario, mains) = (&*self.study.scenario, main_outcomes());
        let mut header = vec!["policy".to_owned()];
        header.extend(mains.iter().map(|o| short_name(OUTCOMES[*o].name)));
        let currency = &scenario.geography.nation.currency;
        header.extend([currency.clone(), format!("{currency}/head-year")]);
        let mut rows = vec![header];
        for policy in self.policies() {
            let mut row = vec![scenario.policies[policy].name.clone()];
            let cells = (0..mains.len()).map(|main| self.difference(policy, main));
            row.extend(cells.map(|of| difference(of.difference, of.high - of.difference)));
            let cost = costs::of_policy(scenario, self.comparison, policy);
            row.extend([amount(cost.money), amount(cost.per_head_year)]);
            rows.push(row);
        }
        let level = |main| self.difference(self.against, main).policy;
        let cost = costs::of_policy(scenario, self.comparison, self.against);
        let mut reference = vec![format!("{} (level)", scenario.policies[self.against].name)];
        reference.extend((0..mains.len()).map(|main| decimal(level(main))));
        reference.extend([amount(cost.money), amount(cost.per_head_year)]);
        rows.push(reference);
        blocks(&rows)
    }

    fn json(&self, answers: &Answers, budget: Option<f64>) -> Value {
        let (study, comparison) = (self.study, self.comparison);
        let scenario = &*study.scenario;
        let policies = (1..scenario.policies.len()).map(|policy| {
            let cost = costs::of_policy(scenario, comparison, policy);
            json!({
                "name": scenario.policies[policy].name,
                "cost": cost.money,
                "cost_per_head_year": cost.per_head_year,
                "effects": effects_json(comparison, policy),
            })
        });
        let [precision, decomposition] = answers.json(scenario);
        json!({
            "scenario": scenario.name,
            "folder": study.folder,
            "runs": study.plan.runs(),
            "result_sha256": study.manifest.result_sha256,
            "policies": policies.collect::<Vec<_>>(),
            "against": (self.against > 0).then(|| self.against_json()),
            "within_budget": budget.map(|money| within_budget_json(scenario, comparison, money)),
            "precision": precision,
            "decomposition": decomposition,
        })
    }

    /// Main outcomes of every policy against the one that was named.
    fn against_json(&self) -> Value {
        let scenario = &*self.study.scenario;
        let of_policy = |policy: usize| {
            let mains = main_outcomes().into_iter().enumerate();
            let each = mains.map(|(main, outcome)| {
                let of = self.difference(policy, main);
                let value = json!({
                    "difference": of.difference, "ci_low": of.low, "ci_high": of.high,
                    "p_better": of.better(OUTCOMES[outcome].direction),
                });
                (OUTCOMES[outcome].name.to_owned(), value)
            });
            let name = scenario.policies[policy].name.clone();
            (name, Value::Object(each.collect()))
        };
        let policies: Map<String, Value> = self.policies().map(of_policy).collect();
        json!({ "policy": scenario.policies[self.against].name, "effects": policies })
    }
}

/// Effects of `policy` on all outcomes; the corrected P value for main ones.
fn effects_json(comparison: &Comparison, policy: usize) -> Map<String, Value> {
    let of = |(o, outcome): (usize, &Outcome)| {
        let effect = comparison.judged(policy, o);
        let corrected = comparison.p_values(o)[policy - 1].1;
        let value = json!({
            "baseline": effect.baseline,
            "difference": effect.difference,
            "ci_low": effect.low,
            "ci_high": effect.high,
            "p_better": effect.better(outcome.direction),
            "p_holm": outcome.main.then_some(corrected),
        });
        (outcome.name.to_owned(), value)
    };
    OUTCOMES.iter().enumerate().map(of).collect()
}
