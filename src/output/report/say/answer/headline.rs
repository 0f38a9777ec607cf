//! The headline: one finding with its number, and how much of it is not known. No clause claims what an
//! interval denies.

use super::super::words::ReportWords;
use super::facts::{Fact, Facts};
use super::numbers::NumberKind;
use crate::numeric::BySize as _;

/// A policy that does at least this share of what the best does, at the least favourable end of the
/// interval of their paired difference, does nearly as much: an assumption.
const NEARLY: f64 = 0.9;
/// The cost at which that is worth a headline, as a share of the best's: an assumption.
const CHEAP: f64 = 0.75;

/// The headline of `facts`.
pub fn headline(words: &ReportWords, facts: &Facts) -> String {
    let Some(best) = facts.gainers().next() else {
        return none_gains(words, facts);
    };
    let claim = match near(facts, best) {
        Some(near) => nearly(words, facts, best, near),
        None => most(words, facts, best),
    };
    match range(words, facts, &facts.all[best]) {
        Some(range) => words.say("answer.two", &[("first", &claim), ("second", &range)]),
        None => claim,
    }
}

/// No policy surely gains; the one that surely loses most is named.
fn none_gains(words: &ReportWords, facts: &Facts) -> String {
    let outcome = name(words, facts);
    let none = words.say(
        "answer.none",
        &[("outcome", &outcome), ("against", &against(words, facts))],
    );
    match facts.losers().next() {
        None => none,
        Some(worst) => {
            let worst = &facts.all[worst];
            let loss = words.say(
                "answer.loses",
                &[
                    ("policy", &words.name("policy", &worst.name)),
                    ("outcome", &outcome),
                    ("change", &change(words, facts, worst)),
                ],
            );
            words.say("answer.two", &[("first", &none), ("second", &loss)])
        }
    }
}

/// The cheapest policy that surely does nearly as much as the best for much less.
fn near(facts: &Facts, best: usize) -> Option<usize> {
    let dear = &facts.all[best];
    let enough = |at: &usize| {
        let [_, most] = facts.leads[best][*at];
        most <= (1.0 - NEARLY) * facts.gain(dear) && facts.all[*at].cost <= CHEAP * dear.cost
    };
    let cheaper = facts.gainers().filter(|at| *at != best).filter(enough);
    cheaper.min_by(|a, b| facts.all[*a].cost.by_size(&facts.all[*b].cost))
}

fn nearly(words: &ReportWords, facts: &Facts, best: usize, near: usize) -> String {
    let [best, near] = [best, near].map(|at| &facts.all[at]);
    let kind = NumberKind::of(&facts.outcome.unit);
    words.say(
        "answer.nearly",
        &[
            ("near", &words.name("policy", &near.name)),
            ("best", &words.name("policy", &best.name)),
            ("outcome", &name(words, facts)),
            ("share", &part(words, near.cost / best.cost)),
            ("change", &change(words, facts, near)),
            ("more", &kind.level(words, best.level)),
        ],
    )
}

/// The best gains most, if it can be told from the next.
fn most(words: &ReportWords, facts: &Facts, best: usize) -> String {
    let told = |at: &usize| *at != best && facts.leads[best][*at][0] <= 0.0;
    let alike: Vec<usize> = facts.gainers().filter(told).collect();
    let fact = &facts.all[best];
    let key = match (facts.sign() > 0.0, alike.len()) {
        (true, 0) => "answer.most",
        (true, _) => "answer.among",
        (false, 0) => "answer.most.down",
        (false, _) => "answer.among.down",
    };
    let others: Vec<String> = alike
        .iter()
        .map(|at| words.name("policy", &facts.all[*at].name))
        .collect();
    words.say(
        key,
        &[
            ("policy", &words.name("policy", &fact.name)),
            ("outcome", &name(words, facts)),
            ("change", &change(words, facts, fact)),
            ("others", &others.join(&words.say("list.comma", &[]))),
        ],
    )
}

/// How much is not known of a policy: its range over plausible worlds.
fn range(words: &ReportWords, facts: &Facts, fact: &Fact) -> Option<String> {
    let worlds = fact.worlds?;
    let kind = NumberKind::of(&facts.outcome.unit);
    let [low, high] = [worlds.low, worlds.high].map(|end| kind.points(words, end));
    let gaps = [
        ("policy", words.name("policy", &fact.name)),
        ("low", low),
        ("high", high),
        ("better", worlds.better.to_string()),
        ("of", worlds.of.to_string()),
    ];
    Some(words.say(
        "answer.range",
        &gaps.each_ref().map(|(gap, text)| (*gap, text.as_str())),
    ))
}

/// From the level under the reference to that under the policy.
pub fn change(words: &ReportWords, facts: &Facts, fact: &Fact) -> String {
    NumberKind::of(&facts.outcome.unit).change(words, fact.base, fact.level)
}

/// The outcome as it stands in a sentence.
pub fn name(words: &ReportWords, facts: &Facts) -> String {
    words.inside(&words.name("outcome", &facts.outcome.name))
}

/// The reference as it stands in a sentence.
pub fn against(words: &ReportWords, facts: &Facts) -> String {
    words.inside(&words.name("policy", &facts.against))
}

/// A share of a price, as one says it.
fn part(words: &ReportWords, share: f64) -> String {
    let percent = 100.0 * share;
    let number = if percent < 1.0 {
        "<1".to_owned()
    } else {
        format!("{percent:.0}")
    };
    words.say("answer.part", &[("number", &number)])
}
