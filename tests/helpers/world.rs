//! Small worlds made in code, so that tests need no files.

use cogov::intervention::{BASELINE, Policy};
use cogov::model::GROUPS;
use cogov::scenario::presentation::Presentation;
use cogov::scenario::{EffectRows, Scenario, Series};
use cogov::world::alternative::Choices;
use cogov::world::clock::Date;
use cogov::world::geography::{
    Alliance, Frontline, Geography, Membership, Pairing, Population, Province,
};
use cogov::world::history::{History, Pulse, Ramp};
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
    let joined = Date::new(2015, 1);
    let member = |province| Membership { province, joined };
    let members = vec![member(provinces - 2), member(provinces - 1)];
    Geography {
        nation: nation(),
        provinces: (0..provinces).map(province).collect(),
        regions: vec!["east".into(), "west".into()],
        adjacency: (1..provinces).map(|i| (i - 1, i)).collect(),
        alliances: vec![Alliance {
            name: "last-two".into(),
            members,
        }],
        pairings: vec![Pairing {
            supporter: 0,
            partner: provinces - 1,
            since: Date::new(2016, 1),
        }],
        departments: Vec::new(),
        whole: None,
    }
}

pub fn history() -> History {
    History {
        centre_adopts: 36,
        pressure: Some(Ramp {
            from: 36,
            months: 24,
        }),
        first_platforms: vec![0],
        online_pulse: Some(Pulse {
            first: 40,
            last: 42,
            factor: 5.0,
        }),
        consolidation: None,
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
        effects: EffectRows::default(),
        geography: geography(4),
        population: Population {
            frontline: Frontline::Prefecture,
            citizens_per_million: 100.0,
            mean_field: false,
        },
        values: Values::defaults(GROUPS),
        choices: Choices::default(),
        couplings: Vec::new(),
        topics: Vec::new(),
        report: Presentation::default(),
        history: history(),
        ensemble: None,
        world: 0,
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
