//! A country small enough for its months to be calculated by hand; only tests live in it.
//!
//! Government 0 is the centre; 1, 2 and 3 are the provinces North, South and Isle; 4 and 5 are the
//! prefectures of North, 6 is the one district of South, a municipality, and 7 the prefecture of Isle.
//! North borders South and supports Isle; South and Isle are allied from month 12 on.

use crate::world::clock::Date;
use crate::world::country::Country;
use crate::world::factor::FACTOR_COUNT;
use crate::world::geography::{
    Alliance, Frontline, Geography, Membership, Pairing, Population, Province,
};
use crate::world::government::Endowment;
use crate::world::nation::Nation;

/// Month 0.
pub const START: Date = Date::new(2015, 1);

/// Whether what was found is what is right, but for rounding.
#[track_caller]
pub fn near(found: f64, right: f64) {
    let off = (found - right).abs();
    assert!(off <= 1e-12 * right.abs().max(1.0), "{found} for {right}");
}

fn province(name: &str, region: &str, population: u64, prefectures: u32) -> Province {
    Province {
        iso: format!("X-{name}"),
        name: name.into(),
        second_name: String::new(),
        region: region.into(),
        municipality: name == "South",
        population,
        gdp_per_head: 40_000.0,
        prefectures,
        counties: 1,
        tile: (0, 0),
        attention: [0.2, 0.1, 0.2, 0.2, 0.2, 0.1],
    }
}

/// Its tables: 3,000 residents in the North, 4,000 in the South, 1,000 on the Isle.
pub fn geography() -> Geography {
    let member = |province, joined| Membership { province, joined };
    Geography {
        nation: Nation {
            gap: Some(["rich", "poor"].map(String::from)),
            ..Nation::default()
        },
        provinces: vec![
            province("North", "rich", 3000, 2),
            province("South", "poor", 4000, 1),
            province("Isle", "poor", 1000, 1),
        ],
        regions: ["rich", "poor"].map(String::from).to_vec(),
        adjacency: vec![(0, 1)],
        alliances: vec![Alliance {
            name: "sea".into(),
            members: vec![member(1, START), member(2, START.plus(12))],
        }],
        pairings: vec![Pairing {
            supporter: 0,
            partner: 2,
            since: START,
        }],
        departments: Vec::new(),
        whole: None,
    }
}

/// The country of these tables: a citizen stands for ten residents.
pub fn laid_out(geography: Geography) -> Country {
    let population = Population {
        frontline: Frontline::Prefecture,
        citizens_per_million: 100_000.0,
        mean_field: false,
    };
    Country::new(geography, population, START)
}

/// The country.
pub fn country() -> Country {
    laid_out(geography())
}

/// What a government of average means was dealt.
pub const PLAIN: Endowment = Endowment {
    fiscal: 0.0,
    frailty: 0.0,
    never_launches: false,
    attention: [1.0; FACTOR_COUNT],
    institution_attention: 0.0,
    technology_attention: 0.0,
};
