//! Departments: what they leave alone, what reaches them, and what they do to the rest.

use std::sync::Arc;

use crate::acts::*;
use crate::value;
use crate::world::*;
use cogov::model;
use cogov::model::outcome::{OUTCOMES, position};
use cogov::model::sharing::Rule;
use cogov::scenario::Scenario;
use cogov::simulation::{Run, Simulation};
use cogov::world::alternative::Chosen as _;
use cogov::world::clock::Clock;
use cogov::world::departments::DepartmentTies;
use cogov::world::levers::{Change, Lever};

const BLOCK: &str = "data_sharing_rate_block";
const LINE: &str = "data_sharing_rate_line";

/// Bits of all outcomes but those of departments.
fn others(run: &Run) -> Vec<u64> {
    let own = [BLOCK, LINE].map(|name| position(name).unwrap());
    let rows = run.record.values.chunks(OUTCOMES.len());
    let rest = |row: &[f64]| -> Vec<u64> {
        let kept = row.iter().enumerate().filter(|(o, _)| !own.contains(o));
        kept.map(|(_, value)| value.to_bits()).collect()
    };
    rows.flat_map(rest).collect()
}

#[test]
fn without_departments_their_outcomes_are_blank() {
    let run = simulate(&small(), &baseline(), 0);
    for month in 0..48 {
        assert!(value(&run, month, 0, BLOCK).is_nan() && value(&run, month, 0, LINE).is_nan());
    }
}

#[test]
fn departments_without_weight_leave_the_rest_of_the_model_as_it_is() {
    let plain = simulate(&small(), &baseline(), 0);
    let of = |weight, count| {
        let scenario = with(small(), &[("departments.service_weight", weight)]);
        simulate(&divided(scenario, count), &baseline(), 0)
    };
    let silent = of(0.0, 4);
    assert!(others(&silent) == others(&plain));
    assert!(value(&silent, 47, 0, LINE) > value(&silent, 47, 0, BLOCK));
    assert!(
        others(&of(0.5, 4)) != others(&plain),
        "the weight does nothing"
    );
    let alone = of(0.5, 1);
    assert!(
        others(&alone) == others(&plain),
        "one department has no block"
    );
    assert!(value(&alone, 47, 0, BLOCK).is_nan() && value(&alone, 47, 0, LINE) >= 0.0);
}

#[test]
fn a_policy_with_dose_0_is_the_baseline_with_departments_too() {
    for rule in Rule::ALTERNATIVE.words {
        let mut scenario = divided(small(), 3);
        scenario.choices.choose(&Rule::ALTERNATIVE, rule);
        let plain = bits(&simulate(&scenario, &baseline(), 0));
        for lever in [Lever::Mandate, Lever::VerticalPressure, Lever::LineStrength] {
            let none = policy(lever, Change::Add(0.4), 0.0);
            assert!(bits(&simulate(&scenario, &none, 0)) == plain, "{lever:?}");
        }
    }
}

/// Who shares on blocks, and on lines, at the end of the month in which `lever` begins to act.
fn first_month(scenario: &Scenario, lever: Option<(Lever, Change)>) -> [Vec<bool>; 2] {
    let simulation = Simulation::new(Arc::new(scenario.clone()));
    let policy = lever.map_or_else(baseline, |(lever, change)| policy(lever, change, 1.0));
    let mut world = simulation.world(&policy, 0, false);
    let mut month = model::month();
    for t in 0..=12 {
        world.resource_mut::<Clock>().month = t;
        month.run(&mut world);
    }
    let shares = &world.resource::<DepartmentTies>().shares;
    let ties = simulation.country().departments.ties();
    [true, false].map(|on_block| {
        let both = ties.iter().zip(shares);
        both.filter(|(tie, _)| tie.on_block() == on_block)
            .map(|(_, shares)| *shares)
            .collect()
    })
}

/// What a government orders binds its block; a plan from above and the line itself reach both.
#[test]
fn what_a_government_orders_binds_its_block_alone() {
    let values = [("start.line_belief", 0.05), ("sharing.noise", 0.4)];
    let scenario = divided(with(small(), &values), 4);
    let before = first_month(&scenario, None);
    for (lever, change, reached) in [
        (Lever::Mandate, Change::Add(3.0), [true, false]),
        (Lever::RevisionRate, Change::Multiply(4.0), [true, false]),
        (Lever::IntegrationCost, Change::Multiply(0.1), [true, false]),
        (Lever::VerticalPressure, Change::Add(3.0), [true, true]),
        (Lever::LineStrength, Change::Set(0.0), [true, true]),
    ] {
        let after = first_month(&scenario, Some((lever, change)));
        let moved = [0, 1].map(|side: usize| before[side] != after[side]);
        assert_eq!(moved, reached, "{lever:?}: block and line");
    }
}

/// Another department leaves the ties among those that were there as they are.
#[test]
fn luck_stays_with_the_tie_when_a_department_is_added() {
    let acts = |count: usize| {
        let silent = with(small(), &[("departments.service_weight", 0.0)]);
        let scenario = divided(silent, count);
        let simulation = Simulation::new(Arc::new(scenario));
        let mut world = simulation.world(&baseline(), 0, false);
        let mut month = model::month();
        for t in 0..30 {
            world.resource_mut::<Clock>().month = t;
            month.run(&mut world);
        }
        let shares = world.resource::<DepartmentTies>().shares.clone();
        let ties = simulation.country().departments.ties().to_vec();
        let mut old: Vec<_> = ties
            .iter()
            .zip(shares)
            .filter(|(tie, _)| tie.department < 3 && tie.partner < 3)
            .map(|(tie, shares)| ((tie.home(), tie.slot()), shares))
            .collect();
        old.sort_unstable();
        old
    };
    let three = acts(3);
    assert!(three.iter().any(|(_, shares)| *shares), "nobody shares yet");
    assert!(three == acts(7));
}

#[test]
fn cohorts_stand_for_citizens_beside_departments() {
    let mut scenario = divided(small(), 6);
    scenario.population.mean_field = true;
    let run = simulate(&scenario, &baseline(), 0);
    assert!(value(&run, 47, 0, LINE) > 0.0);
}
