//! What is said of the numbers: a headline, a row an outcome, what policies cost.

use serde_json::{Value, json};

use super::band::{Banded, LiveView};
use crate::lab::tally::TallyCell;
use crate::model::outcome::{Direction, OUTCOMES, main_outcomes};
use crate::output::figures::num;

/// The words for what a difference is; of cohorts nothing is claimed.
fn verdict(shown: &LiveView<'_>, difference: Banded, direction: Direction) -> &'static str {
    let gain = difference.mean * direction.sign();
    match direction {
        _ if !shown.are_agents() => "provisional",
        _ if !difference.clear => "unclear",
        Direction::Neutral => "changed",
        _ if gain > 0.0 => "better",
        _ => "worse",
    }
}

fn half(of: Banded) -> Value {
    num(of.half)
}

/// Main outcomes, and the one that is looked at.
fn outcomes(shown: &LiveView<'_>) -> Vec<usize> {
    let mut all = main_outcomes();
    if !all.contains(&shown.looking.outcome) {
        all.insert(0, shown.looking.outcome);
    }
    all
}

/// By outcome, the policy that is looked at against the other: before, after, difference, half its band.
pub fn effects(shown: &LiveView<'_>) -> Value {
    let (policy, against) = (shown.looking.policy, shown.looking.against);
    let row = |outcome: usize| {
        let cell = TallyCell::Period(0, 0, outcome);
        let difference = shown.judged(policy, against, outcome);
        let once = shown.tally().difference(policy, against, cell);
        json!({
            "outcome": outcome,
            "before": num(shown.level(against, cell).mean),
            "after": num(shown.level(policy, cell).mean),
            "difference": num(difference.mean),
            "half": half(difference),
            // what `compare` would say of as many pairs, whole
            "once": once.half().is_finite().then(|| once.half()),
            "pairs": once.n,
            "how": verdict(shown, difference, OUTCOMES[outcome].direction),
        })
    };
    outcomes(shown).into_iter().map(row).collect()
}

/// Every policy against every other in the outcome that is looked at.
pub fn between(shown: &LiveView<'_>) -> Value {
    let policies = 0..shown.findings.scenario.policies.len();
    let outcome = shown.looking.outcome;
    let row = |policy: usize| -> Value {
        let cell = |against: usize| {
            let difference = shown.judged(policy, against, outcome);
            json!([
                num(difference.mean),
                half(difference),
                verdict(shown, difference, OUTCOMES[outcome].direction)
            ])
        };
        policies.clone().map(cell).collect()
    };
    policies.clone().map(row).collect()
}

/// By policy, money over the run.
pub fn money(shown: &LiveView<'_>) -> Value {
    let policies = 0..shown.findings.scenario.policies.len();
    let spent = |policy| num(shown.level(policy, TallyCell::Money).mean);
    policies.map(spent).collect()
}

/// What is known, as numbers in the reader's form, and whether it is clear.
pub fn headline(shown: &LiveView<'_>) -> Value {
    let looking = shown.looking;
    let (outcome, cell) = (looking.outcome, TallyCell::Period(0, 0, looking.outcome));
    let difference = shown.judged(looking.policy, looking.against, outcome);
    let share = OUTCOMES[outcome].unit.starts_with("share of ");
    let factor = if share { 100.0 } else { 1.0 };
    json!({
        "outcome": outcome,
        "points": share,
        "before": num(factor * shown.level(looking.against, cell).mean),
        "after": num(factor * shown.level(looking.policy, cell).mean),
        "difference": num(factor * difference.mean),
        "half": num(factor * difference.half),
        "how": verdict(shown, difference, OUTCOMES[outcome].direction),
    })
}
