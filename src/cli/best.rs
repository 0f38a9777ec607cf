//! Which policy is best for each main outcome: of all, and of those within a budget.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use crate::cli::terminal::{amount, difference};
use crate::experiment::statistics::compare::Comparison;
use crate::experiment::statistics::value::{Offer, best_within, not_told_apart};
use crate::model::outcome::{OUTCOMES, main_outcomes};
use crate::output::tables::costs;
use crate::scenario::Scenario;

/// Smallest gain that three places show.
const VISIBLE: f64 = 0.0005;

/// For each main outcome the policy that improves it most, if one surely does.
pub fn best_policies(scenario: &Scenario, comparison: &Comparison) -> String {
    let mut text = String::new();
    for (main, outcome) in main_outcomes().into_iter().enumerate() {
        let sign = OUTCOMES[outcome].direction.sign();
        let gain = |policy: &usize| sign * comparison.judged(*policy, outcome).difference;
        let policies = 1..scenario.policies.len();
        let best = policies.max_by(|a, b| gain(a).total_cmp(&gain(b)));
        let surely = |best: &usize| comparison.contest().lead(*best, 0, main).0 > VISIBLE;
        let Some(best) = best.filter(surely) else {
            continue;
        };
        let lead = |a, b| comparison.contest().lead(a, b, main);
        let close = not_told_apart(best, 1..scenario.policies.len(), lead);
        let effect = comparison.judged(best, outcome);
        let _ = writeln!(
            text,
            "best for {:<24} {} ({}, better in {:.0} % of pairs){}",
            OUTCOMES[outcome].name,
            scenario.policies[best].name,
            difference(effect.difference, effect.high - effect.difference),
            100.0 * effect.better(OUTCOMES[outcome].direction),
            rivals(scenario, &close)
        );
    }
    text
}

/// Most rivals that are named.
const NAMED: usize = 3;

/// Who may be as good, in words.
fn rivals(scenario: &Scenario, close: &[usize]) -> String {
    if close.is_empty() {
        return String::new();
    }
    let named = close.iter().take(NAMED);
    let mut names: Vec<&str> = named.map(|p| scenario.policies[*p].name.as_str()).collect();
    let more = format!("{} more", close.len().saturating_sub(NAMED));
    if close.len() > NAMED {
        names.push(&more);
    }
    format!(", not told apart from {}", names.join(", "))
}

/// What a budget buys of one main outcome.
#[derive(Debug, Clone)]
struct Bought {
    outcome: usize,
    policy: usize,
    offer: Offer,
    close: Vec<usize>,
}

fn bought(scenario: &Scenario, comparison: &Comparison, budget: f64) -> Vec<Bought> {
    let mains = main_outcomes().into_iter().enumerate();
    let of = |(main, outcome): (usize, usize)| {
        let offers = costs::offers(scenario, comparison, main);
        let policy = best_within(&offers, budget)?;
        let within = (0..offers.len()).filter(|p| offers[*p].cost <= budget);
        let lead = |a, b| comparison.contest().lead(a, b, main);
        Some(Bought {
            outcome,
            policy,
            offer: offers[policy],
            close: not_told_apart(policy, within, lead),
        })
    };
    mains.filter_map(of).collect()
}

/// Money that each policy costs over the run.
fn costs(scenario: &Scenario, comparison: &Comparison) -> Vec<f64> {
    let cost = |policy| costs::of_policy(scenario, comparison, policy).money;
    (1..scenario.policies.len()).map(cost).collect()
}

/// The best policy within the budget for each main outcome, as people read it.
pub fn within_budget(scenario: &Scenario, comparison: &Comparison, budget: f64) -> String {
    let currency = &scenario.geography.nation.currency;
    let mut text = format!("\nbest within {} {currency} over the run\n", amount(budget));
    let costs = costs(scenario, comparison);
    if costs.iter().all(|cost| *cost <= budget) {
        text += "  no policy costs more: this budget rules out nothing\n";
    }
    if costs.iter().all(|cost| *cost > budget) {
        let least = costs.into_iter().fold(f64::INFINITY, f64::min);
        return format!(
            "{text}  no policy costs so little, the cheapest takes {} {currency}\n",
            amount(least)
        );
    }
    for of in bought(scenario, comparison, budget) {
        let outcome = OUTCOMES[of.outcome].name;
        let _ = match of.policy {
            0 => writeln!(
                text,
                "  {outcome:<24} none: no policy at this cost improves it"
            ),
            policy => writeln!(
                text,
                "  {outcome:<24} {} ({:+.3} for {} {currency}){}",
                scenario.policies[policy].name,
                of.offer.gain,
                amount(of.offer.cost),
                rivals(scenario, &of.close)
            ),
        };
    }
    text
}

/// The same for programs.
pub fn within_budget_json(scenario: &Scenario, comparison: &Comparison, budget: f64) -> Value {
    let name = |policy: usize| scenario.policies[policy].name.as_str();
    let of = |of: Bought| {
        let value = json!({
            "policy": name(of.policy),
            "gain": of.offer.gain,
            "cost": of.offer.cost,
            "not_told_apart_from": of.close.iter().map(|p| name(*p)).collect::<Vec<_>>(),
        });
        (OUTCOMES[of.outcome].name.to_owned(), value)
    };
    let best: Map<String, Value> = bought(scenario, comparison, budget)
        .into_iter()
        .map(of)
        .collect();
    let costs = costs(scenario, comparison);
    json!({
        "budget": budget,
        "binds": costs.iter().any(|cost| *cost > budget),
        "best": best,
    })
}
