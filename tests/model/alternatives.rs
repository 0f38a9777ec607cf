//! Alternatives inside the model: each acts, each has its known limit, none breaks a law.

use crate::acts::*;
use crate::world::*;
use cogov::model::ALTERNATIVES;
use cogov::model::policy::Coupling;
use cogov::scenario::Scenario;
use cogov::world::alternative::Alternative;
use cogov::world::levers::{Change, LEVERS, Lever};

/// A world in which every alternative has something to act on.
fn lively() -> Scenario {
    let mut scenario = with(
        small(),
        &[
            ("diffusion.intercept", -5.0),
            ("participation.enterprise_threshold", 0.1),
            ("participation.organisation_threshold", 0.1),
            ("sharing.mandate_weight", 2.0),
            ("sharing.noise", 0.5),
        ],
    );
    scenario.couplings = vec![Coupling {
        factor: 2,
        lever: Lever::RevisionRate,
        elasticity: 0.5,
    }];
    for (i, province) in scenario.geography.provinces.iter_mut().enumerate() {
        let more = 0.05 * i as f64;
        province.attention[2] += more;
        province.attention[0] -= more;
    }
    scenario
}

fn choosing(mut scenario: Scenario, of: &Alternative, word: &str) -> Scenario {
    scenario.choices.choose(of, word);
    scenario
}

fn run(scenario: &Scenario) -> Vec<u64> {
    bits(&simulate(scenario, &baseline(), 0))
}

fn named(name: &str) -> &'static Alternative {
    let mut all = ALTERNATIVES.iter();
    all.find(|of| of.name == name).expect("an alternative")
}

#[test]
fn every_word_but_the_default_changes_the_run() {
    let seen = run(&lively());
    for of in ALTERNATIVES {
        for (i, word) in of.words.iter().enumerate() {
            let other = run(&choosing(lively(), of, word));
            assert_eq!(other == seen, i == 0, "{} = {word}", of.name);
        }
    }
}

/// Dose 0 gives the baseline under every alternative, whatever lever it would move.
#[test]
fn a_policy_with_dose_0_is_the_baseline_under_every_alternative() {
    for of in ALTERNATIVES {
        for word in of.words {
            let scenario = choosing(lively(), of, word);
            for replication in 0..3 {
                let baseline = bits(&simulate(&scenario, &baseline(), replication));
                for row in LEVERS.iter().skip(replication as usize).step_by(3) {
                    let none = policy(row.lever, Change::Add(0.4), 0.0);
                    let run = bits(&simulate(&scenario, &none, replication));
                    assert!(run == baseline, "{} = {word}, {}", of.name, row.name);
                }
            }
        }
    }
}

#[test]
fn a_threshold_is_what_the_logit_response_becomes_without_noise() {
    let exact = choosing(lively(), named("sharing.rule"), "threshold");
    let nearly = with(lively(), &[("sharing.noise", 1e-12)]);
    assert!(run(&exact) == run(&nearly));
}

#[test]
fn expectation_with_equal_speeds_is_symmetric() {
    let equal = with(lively(), &[("experience.expectation_fall", 0.15)]);
    let symmetric = choosing(equal.clone(), named("experience.updating"), "symmetric");
    assert!(run(&symmetric) == run(&equal));
}

#[test]
fn without_alliances_the_country_is_one_that_never_had_any() {
    let without = choosing(lively(), named("network.ties"), "without-alliances");
    let mut never = lively();
    never.geography.alliances.clear();
    never.geography.pairings.clear();
    assert!(run(&without) == run(&never));
}

/// Stocks that are equal everywhere are worth the same however they join.
#[test]
fn equal_stocks_are_worth_the_same_however_they_join() {
    let frozen = [
        ("capability.institution_growth", 0.0),
        ("capability.platform_growth", 0.0),
        ("capability.institution_decay", 0.0),
        ("capability.platform_decay", 0.0),
    ];
    let still = with(lively(), &frozen);
    let production = named("capability.production");
    let [additive, minimum] =
        ["additive", "minimum"].map(|word| run(&choosing(still.clone(), production, word)));
    assert!(additive == minimum);
}
