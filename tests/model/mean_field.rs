//! The mean field: cohorts in place of citizens, and the agents' way towards them (V17).

use crate::acts::*;
use crate::world::*;
use cogov::intervention::Policy;
use cogov::model::outcome::OUTCOMES;
use cogov::model::{defaults, experience, ledger};
use cogov::numeric::{mean, population_sd};
use cogov::scenario::Scenario;
use cogov::world::levers::{Change, Lever};
use rayon::prelude::*;

const START_ONLINE: f64 = 0.1;

/// A small country without chance above the citizens, where the share online at the start is one.
fn quiet(per_million: f64, own_weight: f64) -> Scenario {
    let values = [
        ("experience.own_weight", own_weight),
        ("sharing.revision_rate", 0.0),
        ("participation.revision_rate", 0.0),
        ("start.participation", 0.0),
        ("security.base_hazard", 0.0),
        ("start.online", START_ONLINE),
        ("start.online_fiscal_effect", 0.0),
        // as busy as cells must be for own cases to show
        ("demand.base_rate", 0.02),
        ("service.capacity", 0.022),
    ];
    let mut scenario = with(small(), &values);
    scenario.population.citizens_per_million = per_million;
    scenario
}

const WATCHED: [&str; 5] = [
    "backlog",
    "satisfaction_from_expectation",
    "satisfaction",
    "trust",
    "online_share",
];

fn by_cohorts(scenario: &Scenario, replication: u32) -> Vec<f64> {
    let mut scenario = scenario.clone();
    scenario.population.mean_field = true;
    watched(
        &simulate(&scenario, &baseline(), replication).record,
        &scenario,
    )
}

fn watched(record: &ledger::Record, scenario: &Scenario) -> Vec<f64> {
    let last = scenario.months as usize - 1;
    let value = |name: &&str| record.row(last, 0)[cogov::model::outcome::position(name).unwrap()];
    WATCHED.iter().map(value).collect()
}

/// Agents less cohorts in the last month, by outcome and replication.
fn apart(per_million: f64, own_weight: f64) -> Vec<Vec<f64>> {
    let scenario = quiet(per_million, own_weight);
    let one = |replication| {
        let agents = simulate(&scenario, &baseline(), replication);
        let agents = watched(&agents.record, &scenario);
        let cohorts = by_cohorts(&scenario, replication);
        agents
            .iter()
            .zip(cohorts)
            .map(|(a, c)| a - c)
            .collect::<Vec<f64>>()
    };
    let runs: Vec<Vec<f64>> = (0..8).into_par_iter().map(one).collect();
    let of = |outcome: usize| runs.iter().map(|run| run[outcome]).collect();
    (0..WATCHED.len()).map(of).collect()
}

fn root_mean_square(values: &[f64]) -> f64 {
    let squares: Vec<f64> = values.iter().map(|x| x * x).collect();
    libm::sqrt(mean(&squares))
}

/// V17: without weight of the own case the agents tend to their mean field; a hundred times the
/// citizens bring them about ten times as close.
#[test]
fn agents_tend_to_their_mean_field() {
    let (few, many) = (apart(100.0, 0.0), apart(10_000.0, 0.0));
    for (outcome, (few, many)) in WATCHED.iter().zip(few.iter().zip(&many)) {
        let (far, near) = (root_mean_square(few), root_mean_square(many));
        assert!(near < far / 4.0, "{outcome}: {far}, then {near}");
    }
}

/// V17: with it they have a limit of their own. Expectation rises faster than it falls, so cases of
/// one's own lift it. A lift that vanished with the square root of five times the citizens would
/// fall below a half.
#[test]
fn own_cases_lift_expectation_for_any_number_of_citizens() {
    let effect = defaults::<experience::Parameters>(experience::NAME).disconfirmation_effect;
    let lift = |per_million| {
        let from_expectation = &apart(per_million, 0.5)[1];
        let lift = from_expectation.iter().map(|part| -part / effect);
        lift.collect::<Vec<f64>>()
    };
    let (few, many) = (lift(2_000.0), lift(10_000.0));
    let pairs = few.iter().zip(&many);
    let left: Vec<f64> = pairs.map(|(few, many)| many - 0.5 * few).collect();
    let error = population_sd(&left) / libm::sqrt(left.len() as f64 - 1.0);
    assert!(
        mean(&many) > 0.0 && mean(&left) > 3.0 * error,
        "{few:?} {many:?}"
    );
}

/// With chance and all processes: what a policy does, it does to cohorts too, and every outcome has the
/// meaning and the bounds that it has with agents.
#[test]
fn cohorts_give_every_outcome_and_the_effect_of_a_policy() {
    let mut agents = small();
    agents.population.citizens_per_million = 10_000.0;
    let mut cohorts = agents.clone();
    cohorts.population.mean_field = true;
    let policy = policy(Lever::AppraisalWeight, Change::Set(1.0), 1.0);
    let effect = |scenario: &Scenario, policy: &Policy, name: &str| {
        let outcome = cogov::model::outcome::position(name).unwrap();
        // two years, so that the few hundred requests of a single month do not decide
        let months = scenario.months as usize - 24..scenario.months as usize;
        let over_months = |policy: &Policy| {
            let record = simulate(scenario, policy, 1).record;
            let values: Vec<f64> = months.clone().map(|t| record.row(t, 0)[outcome]).collect();
            mean(&values)
        };
        over_months(policy) - over_months(&baseline())
    };
    for name in [
        "nominal_resolution",
        "satisfaction",
        "requests_raised",
        "mean_wait",
    ] {
        let by = [&agents, &cohorts].map(|scenario| effect(scenario, &policy, name));
        let off = (by[0] - by[1]).abs();
        assert!(off < 0.15 * by[0].abs(), "{name}: {by:?}");
    }
    let record = simulate(&cohorts, &policy, 1).record;
    for month in 0..record.months() {
        for (outcome, value) in OUTCOMES.iter().zip(record.row(month, 0)) {
            let share = outcome.unit.starts_with("share");
            let inside = (0.0..=1.0).contains(value) || value.is_nan();
            assert!(!share || inside, "{} is {value}", outcome.name);
        }
    }
}
