//! What is said of one policy's outcomes: no clause claims what an interval denies.

use super::told::{AloneOutcome, ToldAlone};
use crate::experiment::runs::digest::YEAR;
use crate::output::report::say::answer::numbers::NumberKind;
use crate::output::report::say::words::ReportWords;

/// The name of the policy.
pub fn policy(of: &ToldAlone, words: &ReportWords) -> String {
    words.name("policy", &of.study.scenario.policies[0].name)
}

/// The outcome called `name` with its unit.
pub fn titled(name: &str, unit: &str, words: &ReportWords) -> String {
    let unit = words.name("measured", unit);
    let text = words.name("outcome", name);
    words.say("measured.with", &[("text", &text), ("unit", &unit)])
}

/// The headline: where the outcome that comes first goes.
pub fn headline(of: &ToldAlone, words: &ReportWords) -> String {
    let outcome = &of.outcomes[0];
    let kind = NumberKind::of(&outcome.unit);
    let name = words.inside(&words.name("outcome", &outcome.name));
    let gaps = |key: &str, told: (&str, &str)| {
        words.say(
            key,
            &[("policy", &policy(of, words)), ("outcome", &name), told],
        )
    };
    let Some(change) = outcome.change.filter(|of| of.low.is_finite()) else {
        let level = kind.level(words, outcome.last().value);
        return gaps("alone.level", ("level", &level));
    };
    let key = match (change.low > 0.0, change.high < 0.0) {
        (true, _) => "alone.rises",
        (_, true) => "alone.falls",
        _ => "alone.unclear",
    };
    let told = kind.change(words, change.baseline, change.policy);
    gaps(key, ("change", &told))
}

/// The finding of a card, and what stands beside it.
pub fn card(of: &ToldAlone, outcome: &AloneOutcome, words: &ReportWords) -> [String; 2] {
    let kind = NumberKind::of(&outcome.unit);
    let finding = match &outcome.change {
        Some(change) => kind.change(words, change.baseline, change.policy),
        None => kind.level(words, outcome.last().value),
    };
    let half = kind.half(outcome.last().half());
    let runs = of.courses.replications.to_string();
    let beside = match half.is_empty() {
        true => words.say("alone.one", &[]),
        false => words.say("alone.half", &[("half", &half), ("runs", &runs)]),
    };
    [finding, beside]
}

/// A period as one says it.
pub fn period(name: &str, words: &ReportWords) -> String {
    match name.strip_prefix(YEAR) {
        Some(year) => words.say("period.year", &[("year", year)]),
        None => words.name("period", name),
    }
}
