//! The same question gives the same bytes, and only what a policy can reach is changed by it.

use std::sync::Arc;

use crate::acts::*;
use crate::value;
use crate::world::*;
use bevy_ecs::prelude::{Component, Entity, Query, Res, Schedule, With, World};
use cogov::chance::Draw;
use cogov::experiment::runs::digest::{Detail, Digest, Kept};
use cogov::intervention::Policy;
use cogov::model::ledger::Record;
use cogov::model::month;
use cogov::model::policy::Coupling;
use cogov::scenario::Scenario;
use cogov::simulation::{Onward, Run, Simulation};
use cogov::world::clock::Clock;
use cogov::world::community::{Community, Tally};
use cogov::world::country::Country;
use cogov::world::government::Government;
use cogov::world::levers::{Change, LEVERS, Lever};
use cogov::world::luck::Luck;
use cogov::world::network::{Edge, Network};

#[test]
fn a_run_repeats_itself_and_replications_differ() {
    let first = simulate(&small(), &baseline(), 0);
    assert!(bits(&first) == bits(&simulate(&small(), &baseline(), 0)));
    assert!(bits(&first) != bits(&simulate(&small(), &baseline(), 1)));
}

#[test]
fn a_policy_with_dose_0_is_the_baseline_to_the_last_bit() {
    let baseline = bits(&simulate(&small(), &baseline(), 0));
    for row in LEVERS {
        for change in [Change::Add(0.4), Change::Multiply(0.5), Change::Set(0.9)] {
            let mut none = policy(row.lever, change, 0.0);
            none.interventions[0].cost.per_head_year = 5.0;
            let run = simulate(&small(), &none, 0);
            assert!(bits(&run) == baseline, "{} {change:?}", row.name);
        }
    }
}

#[test]
fn every_lever_moves_something() {
    let adopting = with(small(), &[("diffusion.intercept", -5.0)]);
    let exposed = with(small(), &[("security.base_hazard", 0.15)]);
    let divided = divided(small(), 3);
    for row in LEVERS {
        let scenario = match row.name.split_once('.') {
            Some(("security", _)) => &exposed,
            Some(("departments", _)) => &divided,
            _ => &adopting,
        };
        let baseline = bits(&simulate(scenario, &baseline(), 0));
        let change = match row.lever {
            Lever::Equalisation | Lever::EnterpriseSupport | Lever::OrganisationSpace => 1.0,
            Lever::Protection => 4.0,
            Lever::EnterpriseBenefit => 50.0,
            Lever::IntegrationCost => 0.2,
            _ => 0.9,
        };
        let mut free = policy(row.lever, Change::Set(change), 1.0);
        free.interventions[0].cost.per_head_year = 0.0;
        let run = simulate(scenario, &free, 0);
        assert!(bits(&run) != baseline, "{} does nothing", row.name);
    }
}

/// The sign of what is no number is the processor's choice: it must not get into what is kept of a run.
#[test]
fn what_is_no_number_has_the_same_bits_on_every_processor() {
    let scenario = small();
    let run = simulate(&scenario, &baseline(), 0);
    let digest = Digest::new(&Kept::of(&scenario, Detail::Full), &run);
    for values in [&run.record.values, &digest.means, &digest.series] {
        let none: Vec<&f64> = values.iter().filter(|value| value.is_nan()).collect();
        assert!(!none.is_empty());
        let same = |value: &&f64| value.to_bits() == f64::NAN.to_bits();
        assert!(none.iter().all(same), "{} in all", none.len());
    }
}

/// Provinces without a tie path to the one that is treated do not feel it, for ever.
#[test]
fn an_intervention_changes_nothing_where_no_tie_leads() {
    // medians and shares of a level are no ties: their weights are 0
    let weights = [
        ("sharing.peer_pressure", 0.0),
        ("diffusion.peer_effect", 0.0),
    ];
    let mut scenario = with(small(), &weights);
    scenario.months = 90;
    scenario.geography.adjacency = vec![(0, 1)];
    let scenario = Arc::new(scenario);
    let mut country = Country::new(scenario.geography.clone(), scenario.population, START);
    let province = |id: u32| country.governments[id as usize].province;
    let tie = |edge: &Edge| (edge.from, edge.to, edge.tie);
    let path = |edge: &&Edge| matches!((province(edge.from), province(edge.to)), (Some(a), Some(b)) if (a < 2) == (b < 2));
    let kept: Vec<_> = country
        .network
        .edges()
        .iter()
        .filter(path)
        .map(tie)
        .collect();
    country.network = Network::new(country.governments.len(), kept);
    let simulation = Simulation::in_country(scenario, Arc::new(country));
    let run = |policy: &Policy| {
        simulation
            .run(policy, 0, false, |_| Onward::Continue)
            .unwrap()
    };
    let mut local = policy(Lever::Mandate, Change::Add(2.0), 1.0);
    local.interventions[0].target.provinces = vec![0];
    let (before, after) = (run(&baseline()), run(&local));
    let row = |run: &Run, scope, month| -> Vec<u64> {
        let values = run.record.row(month, scope).iter();
        values.map(|x| x.to_bits()).collect()
    };
    let changed =
        |scope| (0..90).any(|month| row(&before, scope, month) != row(&after, scope, month));
    let scopes = [3, 4, 5, 6].map(changed);
    assert_eq!(scopes, [true, true, false, false], "provinces 0 to 3");
}

/// The same country, its provinces written from the last to the first.
fn reversed(mut scenario: Scenario) -> Scenario {
    let of = &mut scenario.geography;
    of.provinces.reverse();
    let turn = |p: usize| 3 - p;
    for (a, b) in &mut of.adjacency {
        (*a, *b) = (turn(*a), turn(*b));
    }
    for member in &mut of.alliances[0].members {
        member.province = turn(member.province);
    }
    let pairing = &mut of.pairings[0];
    pairing.supporter = turn(pairing.supporter);
    pairing.partner = turn(pairing.partner);
    scenario
}

/// V16: the order in which provinces are written does not matter to the nation without chance.
#[test]
fn relabelling_provinces_leaves_the_nation_as_it_is() {
    let quiet = |mut scenario: Scenario| {
        scenario.history.first_platforms.clear();
        with(scenario, &NO_CHANCE)
    };
    let (straight, reversed) = (quiet(small()), reversed(small()));
    let mandate = policy(Lever::Mandate, Change::Add(2.0), 1.0);
    let (one, other) = (
        simulate(&straight, &mandate, 0),
        simulate(&quiet(reversed), &mandate, 0),
    );
    for outcome in [
        "capacity",
        "data_sharing_rate",
        "openness",
        "mean_belief",
        "trust",
    ] {
        for month in 0..48 {
            let (a, b) = (
                value(&one, month, 0, outcome),
                value(&other, month, 0, outcome),
            );
            assert!(
                (a - b).abs() < 1e-6,
                "{outcome} in month {month}: {a} and {b}"
            );
        }
    }
    assert!(value(&one, 47, 0, "data_sharing_rate") > 0.1);
}

/// Parameters under which nothing is left to chance.
const NO_CHANCE: [(&str, f64); 10] = [
    ("start.frailty_sd", 0.0),
    ("start.fiscal_scatter", 0.0),
    ("diffusion.intercept", -1e3),
    ("sharing.revision_rate", 1.0),
    ("sharing.noise", 1e-9),
    ("demand.base_rate", 0.0),
    ("online.innovation", 0.0),
    ("start.participation", 0.0),
    ("participation.revision_rate", 0.0),
    ("security.base_hazard", 0.0),
];

#[test]
fn threads_and_the_order_of_blocks_change_no_bit() {
    let mut scenario = small();
    scenario.population.citizens_per_million = 3000.0;
    scenario.months = 12;
    let simulation = Simulation::new(Arc::new(scenario));
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        let run = pool.install(|| simulation.run(&baseline(), 0, true, |_| Onward::Continue));
        bits(&run.unwrap())
    };
    let alone = simulation.run(&baseline(), 0, false, |_| Onward::Continue);
    let alone = bits(&alone.unwrap());
    for threads in [1, 2, 3, 7] {
        assert!(run(threads) == alone, "{threads} threads");
    }
}

/// A month does not know how citizens are divided into blocks, chunks and registers: blocks of 16
/// fill no chunk and hardly a register.
#[test]
fn the_size_of_blocks_changes_no_bit() {
    let mut scenario = small();
    scenario.population.citizens_per_million = 3000.0;
    scenario.months = 12;
    let simulation = Simulation::new(Arc::new(scenario));
    let record = |size: Option<usize>| {
        let mut world = simulation.world(&baseline(), 0, false);
        size.iter().for_each(|size| divide(&mut world, *size));
        let mut month = month();
        for number in 0..12 {
            world.resource_mut::<Clock>().month = number;
            month.run(&mut world);
        }
        let record = world.remove_resource::<Record>().unwrap();
        record
            .values
            .iter()
            .map(|x| x.to_bits())
            .collect::<Vec<u64>>()
    };
    let whole = record(None);
    for size in [16, 144, 1008] {
        assert!(record(Some(size)) == whole, "blocks of {size}");
    }
}

/// Divides every block of citizens into blocks of `size`.
fn divide(world: &mut World, size: usize) {
    let mut query = world.query::<(Entity, &Community)>();
    let blocks = query
        .iter(world)
        .map(|(entity, block)| (entity, block.clone()));
    for (entity, block) in blocks.collect::<Vec<(Entity, Community)>>() {
        world.despawn(entity);
        for first in (0..block.trust.len()).step_by(size) {
            let rows = first..block.trust.len().min(first + size);
            world.spawn(Community {
                cell: block.cell,
                home: block.home,
                first_slot: block.first_slot + first as u64,
                trust: block.trust[rows.clone()].to_vec().into(),
                expectation: block.expectation[rows.clone()].to_vec().into(),
                literacy: block.literacy[rows.clone()].to_vec().into(),
                situation: block.situation[rows].to_vec().into(),
                tally: Tally::default(),
            });
        }
    }
}

/// Couplings with elasticity 0 are no couplings; with another elasticity they are felt.
#[test]
fn couplings_without_elasticity_change_no_bit() {
    let coupled = |elasticity| {
        let mut scenario = small();
        for (i, province) in scenario.geography.provinces.iter_mut().enumerate() {
            let more = 0.05 * i as f64;
            province.attention[3] += more;
            province.attention[0] -= more;
        }
        scenario.couplings = LEVERS
            .iter()
            .map(|row| Coupling {
                factor: 3,
                lever: row.lever,
                elasticity,
            })
            .collect();
        scenario
    };
    let none = Scenario {
        couplings: Vec::new(),
        topics: Vec::new(),
        ..coupled(0.0)
    };
    let plain = bits(&simulate(&none, &baseline(), 0));
    assert!(bits(&simulate(&coupled(0.0), &baseline(), 0)) == plain);
    assert!(bits(&simulate(&coupled(0.5), &baseline(), 0)) != plain);
}

#[test]
fn a_stopped_run_leaves_nothing() {
    let simulation = Simulation::new(Arc::new(small()));
    let stop_at_5 = |month| {
        if month == 5 {
            Onward::Stop
        } else {
            Onward::Continue
        }
    };
    assert!(simulation.run(&baseline(), 0, false, stop_at_5).is_none());
}

/// What a process of one's own would keep with each government.
#[derive(Component)]
struct Rumour(f64);

const RUMOUR: Draw = Draw::new(990, 0);

/// A process that draws, and that nothing else reads.
fn spread_rumours(luck: Res<Luck>, clock: Res<Clock>, mut all: Query<(&Government, &mut Rumour)>) {
    for (government, mut rumour) in &mut all {
        rumour.0 += luck
            .chance
            .uniform(RUMOUR, clock.month, u64::from(government.id));
    }
}

/// Neither a process that nothing reads nor its state with the agents changes any number.
#[test]
fn an_unused_process_changes_nothing() {
    let scenario = small();
    let simulation = Simulation::new(Arc::new(scenario.clone()));
    let mut world = simulation.world(&baseline(), 0, false);
    let governments: Vec<Entity> = world
        .query_filtered::<Entity, With<Government>>()
        .iter(&world)
        .collect();
    for entity in governments {
        world.entity_mut(entity).insert(Rumour(0.0));
    }
    let mut model = month();
    let mut own = Schedule::default();
    own.add_systems(spread_rumours);
    for t in 0..scenario.months {
        world.resource_mut::<Clock>().month = t;
        own.run(&mut world);
        model.run(&mut world);
    }
    let heard: f64 = world.query::<&Rumour>().iter(&world).map(|r| r.0).sum();
    assert!(heard > 0.0, "the process ran");
    let with: Vec<u64> = world
        .resource::<Record>()
        .values
        .iter()
        .map(|x| x.to_bits())
        .collect();
    let without = simulate(&scenario, &baseline(), 0).record.values;
    let without: Vec<u64> = without.iter().map(|x| x.to_bits()).collect();
    assert!(with == without);
}

/// V16: identical provinces stay identical where chance is switched off.
#[test]
fn identical_provinces_stay_identical_without_noise() {
    let mut scenario = small();
    let one = province(0);
    for (i, province) in scenario.geography.provinces.iter_mut().enumerate() {
        *province = cogov::world::geography::Province {
            iso: format!("X-{i}"),
            region: province.region.clone(),
            ..one.clone()
        };
    }
    // a ring, so that every province has the same surroundings
    scenario.geography.adjacency = vec![(0, 1), (1, 2), (2, 3), (0, 3)];
    scenario.geography.alliances.clear();
    scenario.geography.pairings.clear();
    scenario.history.first_platforms.clear();
    let scenario = with(scenario, &NO_CHANCE);
    let run = simulate(&scenario, &policy(Lever::Mandate, Change::Add(2.0), 1.0), 0);
    for month in 0..run.record.months() {
        assert!(
            value(&run, month, 0, "capacity_cv") < 1e-12,
            "month {month}"
        );
        let first = value(&run, month, 3, "data_sharing_rate");
        for scope in 4..7 {
            let other = value(&run, month, scope, "data_sharing_rate");
            assert_eq!(
                first.to_bits(),
                other.to_bits(),
                "month {month}, scope {scope}"
            );
        }
    }
    assert!(value(&run, 47, 0, "capacity") > 0.1);
}
