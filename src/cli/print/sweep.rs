//! A sweep as people and programs read it.

use serde_json::{Map, Value, json};

use crate::cli::print::places;
use crate::cli::shared::numbers::{decimal, short_name};
use crate::cli::shared::terminal::blocks;
use crate::model::outcome::{OUTCOMES, main_outcomes};
use crate::study::Swept;

/// As people read it.
pub fn short_report(swept: &Swept) -> String {
    let scenario = &*swept.study.scenario;
    format!(
        "{}\n\n{} design points of {}, {} policies, {} replications\n\n{}\n{}",
        scenario.name,
        swept.points.len(),
        swept.inputs.join(", "),
        scenario.policies.len(),
        scenario.replications,
        tables(swept),
        places(&swept.study)
    )
}

/// Effects over design points, then how policies hold up.
fn tables(swept: &Swept) -> String {
    let effect = |policy: usize, main: usize| match swept.quantiles(policy, main) {
        Some([low, middle, high]) => format!("{middle:+.3} [{low:+.3}, {high:+.3}]"),
        None => String::new(),
    };
    let robust = |policy: usize, main: usize| {
        let of = &swept.robustness[main][policy];
        format!("{:.0} %, {}", 100.0 * of.best, decimal(of.max_regret))
    };
    let robust = format!(
        "Share of design points in which each policy is best, and its largest regret\n\n{}",
        by_outcome(swept, 0, robust)
    );
    if swept.study.scenario.policies.len() < 2 {
        return robust;
    }
    format!(
        "Difference from the baseline over the last 12 months: median of the design points, and where 90 % of them lie (each in points.csv)\n\n{}\n{robust}",
        by_outcome(swept, 1, effect)
    )
}

/// A table of the policies from number `first` on by main outcome.
fn by_outcome(swept: &Swept, first: usize, cell: impl Fn(usize, usize) -> String) -> String {
    let mains = main_outcomes();
    let mut header = vec!["policy".to_owned()];
    header.extend(mains.iter().map(|o| short_name(OUTCOMES[*o].name)));
    let mut rows = vec![header];
    let policies = swept.study.scenario.policies.iter().enumerate();
    for (p, policy) in policies.skip(first) {
        let mut row = vec![policy.name.clone()];
        row.extend((0..mains.len()).map(|main| cell(p, main)));
        rows.push(row);
    }
    blocks(&rows)
}

/// For programs.
pub fn summary(swept: &Swept) -> Value {
    let study = &swept.study;
    let policies = study.scenario.policies.iter().enumerate().map(|(p, of)| {
        json!({
            "name": of.name,
            "effects": (p > 0).then(|| effects(swept, p)),
            "robustness": robustness(swept, p),
        })
    });
    json!({
        "scenario": study.scenario.name,
        "folder": study.folder,
        "design_points": swept.points.len(),
        "runs": study.runs,
        "result_sha256": study.result_sha256,
        "policies": policies.collect::<Vec<_>>(),
    })
}

/// Of every main outcome: the mean difference over design points with its interval over
/// replications, and quantiles of the difference over design points.
fn effects(swept: &Swept, policy: usize) -> Map<String, Value> {
    let outcomes = main_outcomes().into_iter().enumerate();
    let values = outcomes.filter_map(|(main, outcome)| {
        let [low, middle, high] = swept.quantiles(policy, main)?;
        let mean = swept.results.comparison.judged(policy, outcome);
        let value = json!({
            "mean": mean.difference, "ci_low": mean.low, "ci_high": mean.high,
            "effect_q05": low, "effect_q50": middle, "effect_q95": high,
        });
        Some((OUTCOMES[outcome].name.to_owned(), value))
    });
    values.collect()
}

fn robustness(swept: &Swept, policy: usize) -> Map<String, Value> {
    let outcomes = main_outcomes().into_iter().zip(&swept.robustness);
    let values = outcomes.map(|(outcome, policies)| {
        let found = &policies[policy];
        let value = json!({
            "best_share": found.best,
            "max_regret": found.max_regret,
            // the baseline cannot better itself
            "better_share": (policy > 0).then_some(found.betters),
            "failure_share": (policy > 0).then_some(found.fails),
        });
        (OUTCOMES[outcome].name.to_owned(), value)
    });
    values.collect()
}
