//! The month of citizens by cogov's own steps: demand, service, experience, online, citizens, as
//! they stand in its month, over governments that stay as they are.

use bevy_ecs::prelude::{Bundle, IntoScheduleConfigs, Schedule, World};
use cogov::chance::{self, BLOCK_WORDS, Chance, Draw, Identity};
use cogov::model::{self, GROUPS, attention, citizens, demand, experience, online, service};
use cogov::numeric::from_fixed;
use cogov::world::alternative::Choices;
use cogov::world::clock::Clock;
use cogov::world::community::{BLOCK, Cell, Community, Conditions, ONLINE, Service, Spread, Tally};
use cogov::world::government::{Effort, Endowment, Government, Level, Participation, Stocks};
use cogov::world::history::History;
use cogov::world::luck::Luck;
use cogov::world::network::Ties;
use cogov::world::parameter::Values;

const CELLS: usize = 100;
const LITERACY: Draw = Draw::new(950, 0);
const ONLINE_AT_START: Draw = Draw::new(950, 1);

/// A block of citizens before the first month.
fn community(chance: &Chance, cell: usize, first_slot: u64, count: usize) -> Community {
    let mut words = vec![0; count];
    chance.words(LITERACY, 0, first_slot).fill(&mut words);
    let literacy = words.iter().map(|word| (word >> 16) as u16).collect();
    chance
        .words(ONLINE_AT_START, 0, first_slot)
        .fill(&mut words);
    let situation = |word: &u32| {
        if chance::unit(*word) < 0.1 {
            ONLINE as u8
        } else {
            0
        }
    };
    Community {
        cell: cell as u32,
        home: Identity::default(),
        first_slot,
        trust: vec![0.4; count].into(),
        expectation: vec![0.5; count].into(),
        literacy,
        situation: words.iter().map(situation).collect(),
        tally: Tally::default(),
    }
}

/// The blocks of a cell; cells follow each other as in a province, each from where a block of draws begins.
fn communities(chance: &Chance, cell: usize, citizens: usize) -> Vec<Community> {
    let first_slot = cell as u64 * (citizens as u64).next_multiple_of(BLOCK_WORDS);
    let block = |first: usize| {
        let count = BLOCK.min(citizens - first);
        community(chance, cell, first_slot + first as u64, count)
    };
    (0..citizens).step_by(BLOCK).map(block).collect()
}

fn tally(blocks: &[Community]) -> Tally {
    let situations = || blocks.iter().flat_map(|block| &*block.situation);
    let online = situations()
        .filter(|s| u32::from(**s) & ONLINE != 0)
        .count() as i64;
    Tally {
        online,
        free: [situations().count() as i64 - online, online],
        ..Tally::default()
    }
}

/// A government in a row from weak and well connected to strong and alone.
fn government(number: usize, resting_effort: f64) -> impl Bundle {
    let x = number as f64 / (CELLS - 1) as f64;
    let government = Government {
        id: number as u32,
        level: Level::Prefecture,
        province: None,
        counted: true,
    };
    let effort = Effort {
        responding: resting_effort,
        building: 1.0,
    };
    let stocks = Stocks {
        institution: 0.0,
        platform: 0.2 + 0.6 * x,
        capacity: 0.3 + 0.4 * x,
    };
    let participation = Participation {
        enterprises: 0.1,
        organisations: 0.1,
    };
    let service = Service {
        remembered: 0.5,
        ..Service::default()
    };
    (government, effort, stocks, participation, service)
}

fn populate(world: &mut World, chance: &Chance, citizens: usize, resting_effort: f64) {
    for number in 0..CELLS {
        let blocks = communities(chance, number, citizens);
        let cell = Cell {
            index: number as u32,
            population: citizens as f64,
            citizens: citizens as f64,
        };
        let first = (cell, Conditions::default(), tally(&blocks));
        world.spawn((government(number, resting_effort), first));
        world.spawn_batch(blocks);
    }
}

/// The numbers that the README gives to all frameworks.
fn values() -> Values {
    let mut values = Values::defaults(GROUPS);
    for (path, value) in [
        ("demand.base_rate", 0.02),
        ("demand.habit", 0.0),
        ("service.capacity", 0.024),
        ("experience.trust_from_service", 0.0),
    ] {
        values.set(path, value);
    }
    values
}

fn world(citizens: usize, seed: u64) -> World {
    let values = values();
    let mut world = World::new();
    model::insert_parameters(&mut world, &values);
    model::insert_alternatives(&mut world, &Choices::default());
    let at_rest = Endowment {
        fiscal: 0.0,
        frailty: 0.0,
        never_launches: false,
        attention: [1.0; 6],
        institution_attention: 0.0,
        technology_attention: 0.0,
    };
    let levers = model::policy::levers_at_rest(&values, &[], &[at_rest; CELLS], 0.0);
    let chance = Chance::new(seed, 0);
    let attention: attention::Parameters = values.group(attention::NAME);
    populate(
        &mut world,
        &chance,
        citizens / CELLS,
        attention.resting_effort,
    );
    world.insert_resource(levers);
    world.insert_resource(Luck::of_citizens(chance));
    world.insert_resource(Clock::default());
    world.insert_resource(History::default());
    world.insert_resource(Spread(false));
    world.insert_resource(Ties {
        activity: (0..CELLS)
            .map(|i| 0.6 * (1.0 - i as f64 / (CELLS - 1) as f64))
            .collect(),
        ..Ties::default()
    });
    world
}

fn month() -> Schedule {
    let mut month = Schedule::default();
    month.add_systems(
        (
            demand::system,
            service::system,
            experience::system,
            online::system,
            citizens::system,
        )
            .chain(),
    );
    month
}

fn main() {
    let asked: Vec<u64> = std::env::args()
        .skip(1)
        .map(|a| a.parse().unwrap())
        .collect();
    let (citizens, months, seed) = (asked[0] as usize, asked[1] as u32, asked[2]);
    let mut world = world(citizens, seed);
    let mut month = month();
    let mut run = [[0; 5]; CELLS];
    for now in 0..months {
        world.resource_mut::<Clock>().month = now;
        month.run(&mut world);
        for (cell, t) in world.query::<(&Cell, &Tally)>().iter(&world) {
            let events = [t.raised, t.closed, t.substantive, t.abandoned, t.waited];
            run[cell.index as usize]
                .iter_mut()
                .zip(events)
                .for_each(|(sum, now)| *sum += now);
        }
    }
    for (cell, tally) in world.query::<(&Cell, &Tally)>().iter(&world) {
        let mean = |sum| from_fixed(sum) / cell.citizens;
        let [raised, closed, substantive, abandoned, waited] = run[cell.index as usize];
        println!(
            "{},{raised},{closed},{substantive},{abandoned},{waited},{},{},{},{},{}",
            cell.index,
            tally.pending,
            tally.online,
            mean(tally.trust),
            mean(tally.expectation),
            mean(tally.satisfaction),
        );
    }
}
