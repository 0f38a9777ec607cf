//! Three cards: what is best for the money, what is the cheapest step, what harms.

use super::super::round::is_little;
use super::super::words::ReportWords;
use super::facts::{Fact, Facts};
use super::headline::{change, name};
use super::numbers::NumberKind;
use crate::numeric::BySize as _;
use crate::output::report::read::effects::PlausibleWorlds;

/// A card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Key of its title.
    pub title: &'static str,
    /// The finding.
    pub finding: String,
    /// How surely, and at what cost.
    pub beside: String,
}

/// The three cards; `facts` are those of every main outcome, the lead first.
pub fn cards(words: &ReportWords, facts: &[Facts]) -> Vec<Card> {
    let Some(lead) = facts.first() else {
        return Vec::new();
    };
    vec![money(words, lead), step(words, lead), harm(words, facts)]
}

/// Money for a unit of gain at the end of the interval that is least favourable: what is claimed to be best
/// is best even if it gains no more than that.
fn dearest(facts: &Facts, at: usize) -> f64 {
    let fact = &facts.all[at];
    let chance = fact.chance.map_or(f64::NAN, |ends| {
        if facts.sign() > 0.0 {
            ends[0]
        } else {
            -ends[1]
        }
    });
    fact.cost / chance
}

/// Money for a unit of gain at the most favourable end.
fn cheapest(facts: &Facts, at: usize) -> f64 {
    let fact = &facts.all[at];
    let chance = fact.chance.map_or(f64::NAN, |ends| {
        if facts.sign() > 0.0 {
            ends[1]
        } else {
            -ends[0]
        }
    });
    fact.cost / chance
}

fn money(words: &ReportWords, facts: &Facts) -> Card {
    let best = facts
        .gainers()
        .min_by(|a, b| dearest(facts, *a).by_size(&dearest(facts, *b)));
    let Some(best) = best else {
        return nobody(words, facts, "card.money");
    };
    // another may be as good for the money at the ends of both intervals
    let rival = facts
        .gainers()
        .any(|at| at != best && cheapest(facts, at) < dearest(facts, best));
    let key = if rival {
        "card.money.maybe"
    } else {
        "card.money.sure"
    };
    Card {
        title: "card.money",
        finding: finding(words, facts, &facts.all[best]),
        beside: words.say(
            key,
            &[("cost", &words.money(facts.all[best].per_head_year))],
        ),
    }
}

fn step(words: &ReportWords, facts: &Facts) -> Card {
    let least = facts
        .gainers()
        .min_by(|a, b| facts.all[*a].cost.by_size(&facts.all[*b].cost));
    let Some(least) = least else {
        return nobody(words, facts, "card.step");
    };
    let cost = words.money(facts.all[least].per_head_year);
    Card {
        title: "card.step",
        finding: finding(words, facts, &facts.all[least]),
        beside: words.say("card.step.cost", &[("cost", &cost)]),
    }
}

/// The sure loss that is largest on its outcome's scale, the lead outcome before the others.
fn harm(words: &ReportWords, facts: &[Facts]) -> Card {
    let worst = facts
        .iter()
        .find_map(|of| of.losers().next().map(|at| (of, at)));
    let Some((of, at)) = worst else {
        return doubtful(words, facts);
    };
    let fact = &of.all[at];
    let beside = match fact.worlds {
        Some(worlds) => worlds_words(
            words,
            "card.harm.worlds",
            worlds.of - worlds.better,
            worlds.of,
        ),
        None => half_words(words, of, fact),
    };
    Card {
        title: "card.harm",
        finding: finding(words, of, fact),
        beside,
    }
}

/// Nothing surely harms; what does in most plausible worlds is named, if in any of them it is worth stating.
fn doubtful(words: &ReportWords, facts: &[Facts]) -> Card {
    let mostly = |of: &Facts, fact: &Fact| {
        let least = of.outcome.least;
        let tells = |worlds: PlausibleWorlds| !is_little([worlds.low, worlds.high], least);
        fact.worlds
            .is_some_and(|worlds| 2 * worlds.better < worlds.of && tells(worlds))
    };
    let worst = |of: &Facts| of.all.iter().rposition(|fact| mostly(of, fact));
    let found = facts
        .iter()
        .find_map(|of| worst(of).map(|at| (of, &of.all[at])));
    let Some((of, fact, worlds)) = found.and_then(|(of, fact)| Some((of, fact, fact.worlds?)))
    else {
        return Card {
            title: "card.harm",
            finding: words.say("card.harm.none", &[]),
            beside: words.say(
                "card.harm.looked",
                &[("outcomes", &facts.len().to_string())],
            ),
        };
    };
    Card {
        title: "card.harm",
        finding: finding(words, of, fact),
        beside: worlds_words(
            words,
            "card.harm.worlds",
            worlds.of - worlds.better,
            worlds.of,
        ),
    }
}

fn worlds_words(words: &ReportWords, key: &str, some: u32, of: u32) -> String {
    words.say(key, &[("some", &some.to_string()), ("of", &of.to_string())])
}

/// The mean change by chance, with half its interval.
fn half_words(words: &ReportWords, facts: &Facts, fact: &Fact) -> String {
    let kind = NumberKind::of(&facts.outcome.unit);
    let half = fact
        .chance
        .map_or(f64::NAN, |[low, high]| (high - low) / 2.0);
    words.say(
        "card.half",
        &[
            ("difference", &kind.points(words, fact.difference)),
            ("half", &kind.half(half)),
        ],
    )
}

/// A policy and what it does to an outcome.
fn finding(words: &ReportWords, facts: &Facts, fact: &Fact) -> String {
    words.say(
        "card.finding",
        &[
            ("policy", &words.name("policy", &fact.name)),
            ("outcome", &name(words, facts)),
            ("change", &change(words, facts, fact)),
        ],
    )
}

fn nobody(words: &ReportWords, facts: &Facts, title: &'static str) -> Card {
    Card {
        title,
        finding: words.say("card.nobody", &[("outcome", &name(words, facts))]),
        beside: words.say("card.nobody.why", &[]),
    }
}
