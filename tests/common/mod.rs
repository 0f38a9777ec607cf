//! Small worlds made in code, so that tests need no files.
#![allow(dead_code, reason = "each test file uses its part")]

use std::sync::Arc;

use cogov::intervention::cost::Cost;
use cogov::intervention::strength::Course;
use cogov::intervention::targeting::Target;
use cogov::intervention::{BASELINE, Intervention, Policy};
use cogov::model::GROUPS;
use cogov::model::outcome::position;
use cogov::model::sharing::Rule;
use cogov::scenario::{Scenario, Series};
use cogov::simulation::{Onward, Run, Simulation};
use cogov::world::clock::Date;
use cogov::world::geography::{Alliance, Frontline, Geography, Population, Province};
use cogov::world::history::History;
use cogov::world::levers::{Change, Lever};
use cogov::world::nation::Nation;
use cogov::world::parameter::Values;

pub const START: Date = Date::new(2012, 8);

/// A province of six prefectures and 3 million residents.
pub fn province(i: usize) -> Province {
    Province {
        iso: format!("X-{i}"),
        name: format!("Province {i}"),
        second_name: String::new(),
        region: if i.is_multiple_of(2) { "east" } else { "west" }.into(),
        municipality: false,
        population: 3_000_000 + 1000 * i as u64,
        gdp_per_head: 40_000.0 + 9_000.0 * i as f64,
        prefectures: 6,
        counties: 18,
        tile: (i as i32, 0),
        attention: [0.2, 0.1, 0.2, 0.2, 0.2, 0.1],
    }
}

/// A country with an east and a west.
pub fn nation() -> Nation {
    Nation {
        gap: Some(["east", "west"].map(String::from)),
        ..Nation::default()
    }
}

/// Provinces in a row, each bordering the next; the last two are allied from 2015.
pub fn geography(provinces: usize) -> Geography {
    let members = vec![
        (provinces - 2, Date::new(2015, 1)),
        (provinces - 1, Date::new(2015, 1)),
    ];
    Geography {
        nation: nation(),
        provinces: (0..provinces).map(province).collect(),
        regions: vec!["east".into(), "west".into()],
        adjacency: (1..provinces).map(|i| (i - 1, i)).collect(),
        alliances: vec![Alliance {
            name: "last-two".into(),
            members,
        }],
        pairings: vec![(0, provinces - 1, Date::new(2016, 1))],
    }
}

pub fn history() -> History {
    History {
        centre_adopts: 36,
        pressure: Some((36, 24)),
        first_platforms: vec![0],
        online_pulse: Some((40, 42, 5.0)),
        incident_wave: None,
    }
}

/// Four provinces with 25 governments, about 1,200 citizens, 48 months.
pub fn small() -> Scenario {
    Scenario {
        name: "small".into(),
        question: String::new(),
        start: START,
        months: 48,
        seed: 5,
        replications: 3,
        series: Series::Province,
        geography: geography(4),
        population: Population {
            frontline: Frontline::Prefecture,
            citizens_per_million: 100.0,
            mean_field: false,
        },
        values: Values::defaults(GROUPS),
        rule: Rule::Logit,
        couplings: Vec::new(),
        topics: Vec::new(),
        history: history(),
        policies: vec![baseline()],
    }
}

pub fn baseline() -> Policy {
    Policy {
        name: BASELINE.into(),
        describe: String::new(),
        interventions: Vec::new(),
    }
}

/// A policy of one intervention from month 12, at once, on everyone.
pub fn policy(lever: Lever, change: Change, dose: f64) -> Policy {
    Policy {
        name: "policy".into(),
        describe: String::new(),
        interventions: vec![Intervention {
            name: "measure".into(),
            changes: vec![(lever, change)],
            course: Course {
                start: START.plus(12),
                ramp_months: 0,
                dose,
                stop: None,
                half_life_months: 0.0,
            },
            target: Target::default(),
            cost: Cost {
                per_head_year: 1.0,
                setup: 0.0,
                upkeep_share: 1.0,
            },
        }],
    }
}

pub fn with(mut scenario: Scenario, values: &[(&str, f64)]) -> Scenario {
    for (name, value) in values {
        assert!(scenario.values.set(name, *value), "no parameter {name}");
    }
    scenario
}

pub fn simulate(scenario: &Scenario, policy: &Policy, replication: u32) -> Run {
    Simulation::new(Arc::new(scenario.clone()))
        .run(policy, replication, false, |_| Onward::Continue)
        .expect("nobody stops it")
}

/// Value of an outcome in a scope (0 is the nation).
pub fn value(run: &Run, month: usize, scope: usize, outcome: &str) -> f64 {
    run.record.row(month, scope)[position(outcome).expect("a known outcome")]
}

/// The exact bits of a record, for comparisons that allow no difference.
pub fn bits(run: &Run) -> Vec<u64> {
    run.record
        .values
        .iter()
        .map(|value| value.to_bits())
        .collect()
}
