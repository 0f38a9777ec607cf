//! Every clause of headline and cards in both languages, among them those that claim nothing.

use super::super::words::ReaderLanguage;
use super::cards::cards;
use super::facts::{Fact, Facts};
use super::headline::headline;
use crate::model::outcome::Direction;
use crate::numeric::BySize as _;
use crate::output::report::read::effects::{LEAST, PlausibleWorlds, ShownOutcome};

/// Facts on satisfaction or sharing: name, level after, half-width, cost per head; the baseline stands at `base`.
fn facts(unit: &str, base: f64, rows: &[(&str, f64, f64, f64)]) -> Facts {
    let fact = |(i, (name, level, half, cost)): (usize, &(&str, f64, f64, f64))| Fact {
        policy: i + 1,
        name: (*name).into(),
        base,
        level: *level,
        difference: level - base,
        chance: Some([-half, *half].map(|end| level - base + end)).filter(|_| half.is_finite()),
        worlds: None,
        cost: *cost * 1e9,
        per_head_year: *cost,
    };
    let mut all: Vec<Fact> = rows.iter().enumerate().map(fact).collect();
    all.sort_by(|a, b| b.difference.by_size(&a.difference));
    let leads = leads(&all);
    let name = match unit {
        TIES => "data_sharing_rate",
        _ => "satisfaction",
    };
    let outcome = ShownOutcome {
        name: name.into(),
        unit: unit.into(),
        direction: Direction::Up,
        main: true,
        least: LEAST,
    };
    Facts {
        outcome,
        against: "baseline".into(),
        all,
        leads,
    }
}

/// By how much each is ahead of each, with the sum of both half-widths.
fn leads(all: &[Fact]) -> Vec<Vec<[f64; 2]>> {
    let half = |of: &Fact| of.chance.map_or(f64::NAN, |[low, high]| (high - low) / 2.0);
    let lead = |a: &Fact, b: &Fact| {
        let (more, wide) = (a.difference - b.difference, half(a) + half(b));
        [more - wide, more + wide]
    };
    let of = |a| all.iter().map(|b| lead(a, b)).collect();
    all.iter().map(of).collect()
}

fn with_worlds(mut facts: Facts, ends: [f64; 3], better: u32) -> Facts {
    let [low, median, high] = ends;
    facts.all[0].worlds = Some(PlausibleWorlds {
        low,
        median,
        high,
        better,
        of: 100,
    });
    facts
}

fn said(facts: &Facts) -> [String; 2] {
    ReaderLanguage::ALL.map(|language| headline(&language.words().in_currency("RMB"), facts))
}

fn carded(facts: &[Facts], card: usize) -> [String; 2] {
    ReaderLanguage::ALL.map(|language| {
        let card = cards(&language.words().in_currency("RMB"), facts).swap_remove(card);
        format!("{} | {}", card.finding, card.beside)
    })
}

const TIES: &str = "share of ties";

#[test]
fn a_cheaper_policy_that_does_nearly_as_much_is_the_finding() {
    let facts = facts(
        TIES,
        0.07,
        &[
            ("thesis-full", 0.998, 0.002, 40.0),
            ("mandate-with-platform", 0.98, 0.004, 10.0),
        ],
    );
    insta::assert_debug_snapshot!(said(&facts));
}

#[test]
fn nearly_as_much_is_not_claimed_where_the_interval_denies_it() {
    let facts = facts(
        TIES,
        0.07,
        &[
            ("thesis-full", 0.99, 0.06, 40.0),
            ("mandate-with-platform", 0.95, 0.06, 10.0),
        ],
    );
    let [en, _] = said(&facts);
    assert!(!en.contains("nearly"), "{en}");
    insta::assert_debug_snapshot!(said(&facts));
}

#[test]
fn the_best_is_told_from_the_next() {
    let facts = facts(
        TIES,
        0.07,
        &[
            ("thesis-full", 0.99, 0.01, 40.0),
            ("mandate-only", 0.39, 0.02, 2.0),
        ],
    );
    insta::assert_debug_snapshot!(said(&facts));
}

#[test]
fn how_much_is_not_known_is_said() {
    let base = facts(TIES, 0.07, &[("thesis-full", 0.99, 0.01, 40.0)]);
    insta::assert_debug_snapshot!(said(&with_worlds(base, [0.10, 0.76, 0.93], 97)));
}

#[test]
fn where_worlds_disagree_nothing_is_claimed() {
    let base = facts("0 to 1", 0.5, &[("thesis-full", 0.7, 0.01, 40.0)]);
    let facts = with_worlds(base, [-0.02, 0.1, 0.2], 78);
    let [en, _] = said(&facts);
    assert!(en.starts_with("No policy surely"), "{en}");
}

#[test]
fn where_nothing_is_sure_nothing_is_claimed() {
    let unsure = facts(
        "0 to 1",
        0.5,
        &[("pilot", 0.51, 0.02, 4.0), ("portal", 0.49, 0.02, 3.0)],
    );
    let single = facts("0 to 1", 0.5, &[("pilot", 0.9, f64::NAN, 4.0)]);
    let little = facts("0 to 1", 0.5, &[("pilot", 0.5004, 0.0002, 4.0)]);
    for facts in [&unsure, &single, &little] {
        let [en, _] = said(facts);
        assert!(en.starts_with("No policy surely"), "{en}");
        for card in 0..3 {
            let [en, _] = carded(std::slice::from_ref(facts), card);
            assert!(en.starts_with("No policy"), "{en}");
        }
    }
    insta::assert_debug_snapshot!(said(&unsure));
    insta::assert_debug_snapshot!(
        [0, 1, 2].map(|card| carded(std::slice::from_ref(&unsure), card))
    );
}

#[test]
fn a_sure_loss_is_named() {
    let facts = facts(
        "0 to 1",
        0.5,
        &[
            ("pilot", 0.505, 0.02, 4.0),
            ("responsiveness-drive", 0.416, 0.004, 3.0),
        ],
    );
    insta::assert_debug_snapshot!(said(&facts));
    insta::assert_debug_snapshot!(carded(&[facts], 2));
}

#[test]
fn a_loss_in_most_worlds_is_told_by_their_number() {
    let base = facts("0 to 1", 0.5, &[("responsiveness-drive", 0.46, 0.004, 3.0)]);
    let facts = with_worlds(base, [-0.182, -0.039, 0.026], 22);
    insta::assert_debug_snapshot!(carded(&[facts], 2));
}

/// Where worlds cannot be told apart the range is a point, and its sign that of a mean of nothing.
#[test]
fn a_loss_of_nothing_in_all_worlds_is_not_named() {
    let base = facts("0 to 1", 0.5, &[("vertical", 0.499_999, 0.000_02, 1.0)]);
    let facts = with_worlds(base, [-1e-6; 3], 0);
    let [en, _] = carded(&[facts], 2);
    assert!(!en.contains("vertical") && !en.contains("worlds"), "{en}");
}

#[test]
fn money_is_well_spent_only_as_far_as_intervals_tell() {
    let sure = facts(
        TIES,
        0.07,
        &[
            ("thesis-full", 0.99, 0.01, 40.0),
            ("mandate-only", 0.39, 0.02, 2.0),
        ],
    );
    let close = facts(
        TIES,
        0.07,
        &[("pilot", 0.17, 0.05, 10.0), ("portal", 0.16, 0.05, 9.5)],
    );
    insta::assert_debug_snapshot!(
        [sure, close].map(|facts| [0, 1].map(|card| carded(std::slice::from_ref(&facts), card)))
    );
}
