use bevy_ecs::prelude::World;

use super::*;
use crate::model::by_hand;
use crate::model::outcome::position;
use crate::world::by_hand::{country, geography, laid_out};
use crate::world::departments::Department;

/// Scopes of a record: the nation, the rich and the poor region, North, South and Isle.
const NATION: usize = 0;
const POOR: usize = 2;
const NORTH: usize = 3;
const SOUTH: usize = 4;

fn value(world: &World, month: usize, scope: usize, outcome: &str) -> f64 {
    let record = world.resource::<Record>();
    record.row(month, scope)[position(outcome).expect("an outcome")]
}

#[track_caller]
fn hold(world: &World, scope: usize, right: &[(&str, f64)]) {
    let month = world.resource::<Record>().months() - 1;
    for (outcome, right) in right {
        let found = value(world, month, scope, outcome);
        let off = (found - right).abs();
        assert!(
            off < 1e-12 * right.abs().max(1.0),
            "{outcome}: {found} for {right}"
        );
    }
}

fn built(world: &mut World, id: u32, [institution, platform, capacity]: [f64; 3]) {
    let stocks = Stocks {
        institution,
        platform,
        capacity,
    };
    by_hand::set(world, id, stocks);
}

/// A world whose governments have built, opened, feared and launched.
fn governed() -> World {
    let mut all = by_hand::world();
    let world = &mut all;
    built(world, 0, [0.9; 3]);
    for (id, stocks) in [
        (1, [0.3, 0.1, 0.2]),
        (4, [0.5, 0.3, 0.4]),
        (5, [0.7, 0.5, 0.6]),
    ] {
        built(world, id, stocks);
    }
    for (id, capacity) in [(2, 0.2), (6, 0.2), (3, 0.4), (7, 0.4)] {
        built(world, id, [0.0, 0.0, capacity]);
    }
    for (id, open, fear, history) in [(4, 0.3, 0.3, 0b101), (5, 0.6, 0.0, 0b1)] {
        let exposure = Exposure {
            fear,
            incident: false,
            history,
        };
        by_hand::set(world, id, (Openness(open), exposure));
    }
    for id in [1, 5, 6] {
        by_hand::change(world, id, |adoption: &mut Adoption| {
            adoption.platform = true;
        });
    }
    all
}

/// What the three governments of the North come to.
const GOVERNED: [(&str, f64); 8] = [
    ("institution", 0.5),
    ("platform", 0.3),
    ("capacity", 0.4),
    ("openness", 0.3),
    ("fear", 0.1),
    ("incidents", 200.0),
    ("platforms_launched", 2.0),
    ("platforms_launched_provincial", 1.0),
];

#[test]
fn governments_count_equally_and_the_centre_not_at_all() {
    let world = &mut governed();
    by_hand::run(world, 5, system);
    hold(world, NORTH, &GOVERNED);
    // a district's platform is no launch
    hold(world, SOUTH, &[("platforms_launched", 0.0)]);
    hold(
        world,
        NATION,
        &[("platforms_launched", 2.0), ("regional_gap", 0.1)],
    );
    hold(
        world,
        POOR,
        &[("capacity", 0.3), ("capacity_cv", 1.0 / 3.0)],
    );
    let standing = world.resource::<Standing>().clone();
    assert_eq!(
        (standing.capacity[4], standing.adoption[5].platform),
        (0.4, true)
    );
    assert_eq!(standing.median_capacity[..3], [0.9, 0.2, 0.4]);
    // incidents are those of twelve months at most
    by_hand::run(world, 30, system);
    hold(world, NORTH, &[("incidents", 100.0)]);
    assert_eq!(world.resource::<Record>().months(), 2);
}

/// So much a citizen, in fixed point.
fn sum(citizens: i64, each: f64) -> i64 {
    citizens * (each * 65_536.0) as i64
}

/// The two cells of the North, 150 citizens for 1,500 residents each.
fn lived(world: &mut World) {
    let counts = [
        (4, 30, [0.5, 0.625, 0.25, 0.5], [15, 12, 6, 3, 20, 24]),
        (5, 60, [0.25, 0.375, 0.5, 0.75], [5, 8, 2, 1, 10, 6]),
    ];
    for (id, online, means, [raised, closed, substantive, abandoned, pending, waited]) in counts {
        let [trust, expectation, performance, satisfaction] = means.map(|each| sum(150, each));
        let tally = Tally {
            raised,
            closed,
            substantive,
            abandoned,
            waited,
            pending,
            online,
            trust,
            expectation,
            performance,
            satisfaction,
            ..Tally::default()
        };
        by_hand::set(world, id, tally);
        by_hand::pull(world, Lever::AppraisalWeight, id, 0.5);
    }
    by_hand::change_all(world, |carried: &mut CarriedOver| {
        carried.0 = vec![20, 14, 0, 0];
    });
}

/// What its 300 citizens come to: .7 x .5 of dissatisfaction is not shown; (.4 + .6) P and -.6 E.
const LIVED: [(&str, f64); 15] = [
    ("requests_raised", 20.0 / 300.0),
    ("nominal_resolution", 20.0 / 54.0),
    ("substantive_resolution", 8.0 / 54.0),
    ("cosmetic_share", 0.6),
    ("backlog", 0.1),
    ("mean_wait", 1.5),
    ("abandoned", 4.0 / 300.0),
    ("online_share", 0.3),
    ("trust", 0.375),
    ("satisfaction", 0.625),
    ("citizen_collaboration", 0.1),
    ("expectation_gap", 0.125),
    ("reported_satisfaction", 0.625 + 0.35 * 0.375),
    ("satisfaction_from_service", 0.375),
    ("satisfaction_from_expectation", -0.3),
];

#[test]
fn hand_calculated_requests_and_minds() {
    let world = &mut by_hand::world();
    lived(world);
    by_hand::run(world, 0, system);
    hold(world, NORTH, &LIVED);
    assert_eq!(world.resource::<CarriedOver>().0[..2], [20, 10]);
}

/// What its bodies, its effort and its money come to.
const JOINED: [(&str, f64); 7] = [
    ("enterprise_participation", 0.4),
    ("society_participation", 0.6),
    ("enterprise_collaboration", 0.21),
    ("society_collaboration", 0.38),
    ("building_effort", 0.6),
    ("cost", 100.0),
    ("cost_per_head", 0.4),
];

#[test]
fn hand_calculated_bodies_effort_and_money() {
    let world = &mut by_hand::world();
    let cells = [(4, 0.2, 0.4, 0.3, 0.5, 0.5), (5, 0.6, 0.8, 0.6, 0.7, 0.7)];
    for (id, enterprises, organisations, open, institution, building) in cells {
        let participation = Participation {
            enterprises,
            organisations,
        };
        let effort = Effort {
            responding: 0.5,
            building,
        };
        by_hand::set(world, id, (participation, effort, Openness(open)));
        built(world, id, [institution, 0.0, 0.0]);
    }
    by_hand::change_all(world, |spending: &mut Spending| {
        spending.month = vec![100.0, 0.0, 0.0];
    });
    by_hand::run(world, 0, system);
    hold(world, NORTH, &JOINED);
    hold(world, NATION, &[("cost", 100.0), ("cost_per_head", 0.15)]);
}

/// Nine ties leave the North; five are active, two of them both ways.
#[test]
fn hand_calculated_ties() {
    let world = &mut by_hand::world();
    let edges = country().network.edges().to_vec();
    let active = [(1, 4), (4, 1), (1, 2), (1, 3), (4, 5)];
    by_hand::change_all(world, |ties: &mut Ties| {
        for (i, edge) in edges.iter().enumerate() {
            ties.shares[i] = active.contains(&(edge.from, edge.to));
            ties.belief[i] = 0.25;
        }
    });
    by_hand::run(world, 11, system);
    hold(
        world,
        NORTH,
        &[
            ("data_sharing_rate", 5.0 / 9.0),
            ("reciprocal_sharing", 2.0 / 9.0),
        ],
    );
    hold(
        world,
        NORTH,
        &[("data_sharing_rate_vertical", 0.4), ("mean_belief", 0.25)],
    );
    hold(
        world,
        NORTH,
        &[
            ("data_sharing_rate_adjacent", 1.0),
            ("data_sharing_rate_sibling", 0.5),
        ],
    );
    hold(world, NORTH, &[("data_sharing_rate_alliance", 1.0)]);
    assert!(value(world, 0, SOUTH, "data_sharing_rate_alliance").is_nan());
    by_hand::run(world, 12, system);
    assert_eq!(value(world, 1, SOUTH, "data_sharing_rate_alliance"), 0.0);
}

/// Two departments: two directed ties in each block, and two along each line.
#[test]
fn hand_calculated_ties_of_departments() {
    let mut tables = geography();
    let names = ["health", "police"];
    tables.departments = names
        .map(|name| Department {
            name: name.into(),
            line: 1.0,
        })
        .to_vec();
    let country = laid_out(tables);
    let world = &mut by_hand::world_of(country.clone());
    by_hand::change_all(world, |inside: &mut DepartmentTies| {
        for (i, tie) in country.departments.ties().iter().enumerate() {
            inside.shares[i] = (tie.from, tie.to) == (4, 4) || (tie.from, tie.to) == (1, 0);
        }
    });
    by_hand::run(world, 0, system);
    // six on the blocks of three governments; lines leave 1 for the centre and below, 4 and 5 for 1
    hold(
        world,
        NORTH,
        &[
            ("data_sharing_rate_block", 1.0 / 3.0),
            ("data_sharing_rate_line", 0.2),
        ],
    );
    hold(
        world,
        SOUTH,
        &[
            ("data_sharing_rate_block", 0.0),
            ("data_sharing_rate_line", 0.0),
        ],
    );
}
