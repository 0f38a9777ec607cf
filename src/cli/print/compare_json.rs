//! A comparison as programs read it.

use serde_json::{Map, Value, json};

use crate::cli::print::answers;
use crate::cli::print::best::within_budget_json;
use crate::cli::print::compare::Shown;
use crate::experiment::statistics::worlds::spread::{WorldSpread, share_interval};
use crate::model::outcome::{OUTCOMES, Outcome, main_outcomes};
use crate::study::Compared;

impl Shown<'_> {
    /// For programs.
    pub fn json(&self) -> Value {
        let (compared, study) = (self.compared, &self.compared.study);
        let policies = (1..study.scenario.policies.len()).map(|policy| {
            let cost = compared.cost(policy);
            json!({
                "name": study.scenario.policies[policy].name,
                "cost": cost.money,
                "cost_per_head_year": cost.per_head_year,
                "effects": effects_json(compared, policy),
            })
        });
        let budget = self.budget.map(|budget| compared.within(budget));
        let narrowing = compared.narrowing.as_ref();
        let contributions = compared.contributions.as_ref();
        json!({
            "scenario": study.scenario.name,
            "folder": study.folder,
            "runs": study.runs,
            "worlds": compared.comparison().weights().len(),
            "uncertainty": uncertainty(compared),
            "result_sha256": study.result_sha256,
            "policies": policies.collect::<Vec<_>>(),
            "against": (self.against > 0).then(|| self.against_json()),
            "within_budget": budget.map(|bought| within_budget_json(compared, &bought)),
            "precision": narrowing.map(|of| answers::narrowing_json(of, &study.scenario)),
            "decomposition": contributions.map(answers::contributions_json),
        })
    }

    /// Main outcomes of every policy against the one that was named.
    fn against_json(&self) -> Value {
        let policies = &self.compared.study.scenario.policies;
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
            (policies[policy].name.clone(), Value::Object(each.collect()))
        };
        let effects: Map<String, Value> = self.policies().map(of_policy).collect();
        json!({ "policy": policies[self.against].name, "effects": effects })
    }
}

/// What the differences are uncertain of.
fn uncertainty(compared: &Compared) -> &'static str {
    match compared.comparison().weights().is_empty() {
        true => "only chance is shown",
        false => "chance and plausible worlds",
    }
}

/// How far worlds lie apart, under the names of `effects.csv`.
fn worlds_json(spread: &WorldSpread, outcome: &Outcome) -> Map<String, Value> {
    let better = share_interval(spread.better(outcome.direction), spread.share_worlds);
    let value = json!({
        "world_q05": spread.low,
        "world_median": spread.median,
        "world_q95": spread.high,
        "share_better": better.value,
        "share_better_low": better.low,
        "share_better_high": better.high,
        "variance_chance": spread.variance_chance,
        "variance_worlds": spread.variance_worlds,
        "worlds": spread.worlds,
    });
    value.as_object().cloned().unwrap_or_default()
}

/// Effects of `policy` on all outcomes; the corrected P value for main ones.
fn effects_json(compared: &Compared, policy: usize) -> Map<String, Value> {
    let of = |(o, outcome): (usize, &Outcome)| {
        let effect = compared.comparison().judged(policy, o);
        let corrected = compared.comparison().p_values(o)[policy - 1].1;
        let mut value = json!({
            "baseline": effect.baseline,
            "difference": effect.difference,
            "ci_low": effect.low,
            "ci_high": effect.high,
            "p_better": effect.better(outcome.direction),
            "p_holm": outcome.main.then_some(corrected),
        });
        if let (Some(spread), Some(of)) = (
            compared.comparison().spread(policy, o),
            value.as_object_mut(),
        ) {
            of.extend(worlds_json(&spread, outcome));
        }
        (outcome.name.to_owned(), value)
    };
    OUTCOMES.iter().enumerate().map(of).collect()
}
