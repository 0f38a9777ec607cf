//! Late adopters, growing demand and earned trust: what each does, and that it is gone without its
//! cause.

use crate::acts::*;
use crate::value;
use crate::world::*;
use cogov::scenario::Scenario;
use cogov::simulation::Run;
use cogov::world::history::Ramp;
use cogov::world::levers::{Change, Lever};

const LAST: usize = 47;

fn end(run: &Run, outcome: &str) -> f64 {
    value(run, LAST, 0, outcome)
}

fn history_of(scenario: &Scenario) -> Run {
    simulate(scenario, &baseline(), 0)
}

/// Everybody launches at once who ever does.
fn eager(never: f64, served: f64) -> Scenario {
    with(
        small(),
        &[
            ("diffusion.intercept", 40.0),
            ("diffusion.never", never),
            ("diffusion.never_province", 0.0),
            ("diffusion.served", served),
        ],
    )
}

#[test]
fn who_never_launches_does_not_whatever_the_others_do() {
    let launched = |never| end(&history_of(&eager(never, 0.5)), "platforms_launched");
    let [all, some, provinces] = [0.0, 0.5, 1.0].map(launched);
    assert_eq!((all, provinces), (28.0, 4.0));
    assert!((6.0..26.0).contains(&some), "{some}");
    // the same governments launch, and more of them, where fewer never do
    let counts: Vec<f64> = [0.8, 0.6, 0.4, 0.2].map(launched).to_vec();
    assert!(counts.is_sorted(), "{counts:?}");
}

#[test]
fn the_platform_of_the_province_serves_those_who_never_launch() {
    let [none, half, full] = [0.0, 0.5, 1.0].map(|served| history_of(&eager(1.0, served)));
    let own = history_of(&eager(0.0, 0.0));
    for outcome in ["openness", "platform"] {
        let [none, half, full, own] = [&none, &half, &full, &own].map(|run| end(run, outcome));
        assert!(
            none < half && half < full,
            "{outcome}: {none}, {half}, {full}"
        );
        assert!(
            (full - own).abs() < 0.1 * own,
            "{outcome}: {full}, own {own}"
        );
    }
}

/// A country that merges its hotlines in the third year.
fn merging(factor: f64, habit: f64) -> Scenario {
    let mut scenario = with(
        small(),
        &[("demand.merged_lines", factor), ("demand.habit", habit)],
    );
    scenario.population.mean_field = true;
    scenario.history.consolidation = Some(Ramp {
        from: 24,
        months: 12,
    });
    scenario
}

#[test]
fn merged_hotlines_bring_their_requests() {
    let [merged, knocked_out] = [1.5, 1.0].map(|factor| history_of(&merging(factor, 0.0)));
    let raised = |run: &Run, month| value(run, month, 0, "requests_raised");
    assert_eq!(raised(&merged, 24), raised(&knocked_out, 24));
    let growth = raised(&merged, LAST) / raised(&knocked_out, LAST);
    // less than 1.5: what is resolved less is asked for less
    assert!((1.1..1.5).contains(&growth), "{growth}");
    let mut undated = merging(1.5, 0.0);
    undated.history.consolidation = None;
    assert!(bits(&history_of(&undated)) == bits(&knocked_out));
}

#[test]
fn those_who_were_helped_ask_again() {
    let helped = |habit| {
        let better = with(merging(1.0, habit), &[("service.plain_substance", 0.9)]);
        let [more, less] = [better, merging(1.0, habit)].map(|scenario| history_of(&scenario));
        end(&more, "requests_raised") - end(&less, "requests_raised")
    };
    // better service leaves fewer who ask twice; only habit makes more of them ask
    assert!(helped(1.0) > helped(0.0));
}

#[test]
fn lowered_hopes_earn_no_trust() {
    let gain = |weight| {
        let scenario = with(small(), &[("experience.trust_from_service", weight)]);
        let lowered = policy(Lever::Spillover, Change::Set(0.0), 1.0);
        let [with, without] = [&lowered, &baseline()].map(|policy| simulate(&scenario, policy, 0));
        let change = |outcome| end(&with, outcome) - end(&without, outcome);
        (change("trust"), change("satisfaction"))
    };
    let ((satisfied, _), (half, hopes), (earned, _)) = (gain(0.0), gain(0.5), gain(1.0));
    assert!(hopes > 0.03, "{hopes}");
    assert!(
        satisfied > 0.02 && earned.abs() < 0.1 * satisfied,
        "{satisfied}, {earned}"
    );
    assert!((half - 0.5 * satisfied).abs() < 0.15 * satisfied, "{half}");
}
