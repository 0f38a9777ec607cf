//! The parts of a month: draws, the citizens' loop in and out of the ECS and against mere memory,
//! the network.

#[path = "../tests/helpers/world.rs"]
mod world;

use std::sync::Arc;

use bevy_ecs::prelude::{Schedule, World};
use bevy_ecs::schedule::SingleThreadedExecutor;
use cogov::chance::almanac::Almanac;
use cogov::chance::{Chance, Draw, Identity, Month, WORDS};
use cogov::model::experience::{self, Weights};
use cogov::model::{citizens, defaults, departments, sharing};
use cogov::simulation::Simulation;
use cogov::world::community::{Cell, Community, Conditions};
use cogov::world::country::Setting;
use cogov::world::departments::Department;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use world::{baseline, small};

fn world(citizens_per_million: f64) -> (World, u64) {
    let mut scenario = small();
    scenario.population.citizens_per_million = citizens_per_million;
    let simulation = Simulation::new(Arc::new(scenario));
    let citizens = simulation.country().citizens();
    (simulation.world(&baseline(), 0, false), citizens)
}

fn draws(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("draws");
    let (chance, draw) = (Chance::new(1, 0), Draw::new(900, 0));
    let mut column = vec![0; 4096];
    group.throughput(Throughput::Elements(4096));
    group.bench_function("column of 4096", |b| {
        b.iter(|| chance.words(draw, 3, 0).fill(&mut column));
    });
    group.bench_function("50 cells of 74, read ahead", |b| {
        let (home, until) = (Identity::of("X-1"), 50 * 80);
        b.iter(|| {
            let mut month = Month::new(&chance, [draw], 3);
            month.enter(home, until);
            let cells = (0..until).step_by(80);
            let words = cells.map(|slot| month.of(home, slot..slot + 74)[0][73]);
            words.fold(0, u32::wrapping_add)
        });
    });
    group.bench_function("ties, 64 months", |b| {
        let name = |i| Identity::of(&format!("government {i}"));
        let tie = |i: u32| name(i / 8).tied_to(name(i * 37 % 3000));
        let ties: Vec<Identity> = (0..4096).map(tie).collect();
        let mut months = (0..).step_by(WORDS);
        b.iter(|| {
            let month = months.next().unwrap_or_default();
            let mut almanac = Almanac::new(draw);
            almanac.turn(&chance, &ties, month);
            almanac.row(month)[7]
        });
    });
    group.throughput(Throughput::Elements(1));
    group.bench_function("one", |b| b.iter(|| chance.uniform(draw, 3, 77)));
    group.finish();
}

/// The citizens' step on entities of the ECS; the same loop on a plain vector of columns; and what
/// reading and writing the same bytes costs without any rule. More than the last cache holds.
fn citizens_loop(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("citizens");
    group.sample_size(30);
    let (mut world, citizens) = world(5e5);
    group.throughput(Throughput::Elements(citizens));
    let mut communities: Vec<Community> =
        world.query::<&Community>().iter(&world).cloned().collect();
    let mut terms: Vec<Conditions> = vec![Conditions::default(); 24];
    for (cell, term) in world.query::<(&Cell, &Conditions)>().iter(&world) {
        terms[cell.index as usize] = *term;
    }
    let weights = Weights::from(&defaults::<experience::Parameters>(experience::NAME));
    let chance = Chance::new(1, 0);
    group.bench_function("raw columns", |b| {
        b.iter(|| {
            let mut draws = citizens::draws(&chance, 3);
            for community in &mut communities {
                let terms = &terms[community.cell as usize];
                citizens::live(community, terms, &weights, &mut draws);
            }
        });
    });
    let mut schedule = Schedule::default();
    schedule.set_executor(SingleThreadedExecutor::new());
    schedule.add_systems(citizens::system);
    group.bench_function("in the ECS", |b| b.iter(|| schedule.run(&mut world)));
    group.bench_function("memory alone", |b| {
        b.iter(|| communities.iter_mut().map(touch).fold(0, u32::wrapping_add));
    });
    group.finish();
}

/// Reads all columns of a block and writes those that a month writes.
fn touch(community: &mut Community) -> u32 {
    let numbers = community
        .trust
        .iter_mut()
        .chain(community.expectation.iter_mut());
    numbers.for_each(|x| *x = 1.0 - *x);
    let bits = community.situation.iter_mut();
    bits.for_each(|bits| *bits = bits.wrapping_add(1));
    let literacy = community.literacy.iter().map(|x| u32::from(*x));
    literacy.fold(0, u32::wrapping_add)
}

fn network(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("network");
    let (mut world, _) = world(1e2);
    let ties = world.resource::<Setting>().0.network.edges().len() as u64;
    let mut schedule = Schedule::default();
    schedule.set_executor(SingleThreadedExecutor::new());
    schedule.add_systems(sharing::system);
    group.throughput(Throughput::Elements(ties));
    group.bench_function("sharing over all ties", |b| {
        b.iter(|| schedule.run(&mut world));
    });
    group.finish();
}

/// A month of departments, by their number: as long as there are ties.
fn inside(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("departments");
    for count in [3, 6, 12] {
        let mut scenario = small();
        scenario.geography.departments = (0..count)
            .map(|i| Department {
                name: format!("Department {i}"),
                line: 1.0,
            })
            .collect();
        let mut world = Simulation::new(Arc::new(scenario)).world(&baseline(), 0, false);
        let ties = world.resource::<Setting>().0.departments.ties().len() as u64;
        let mut schedule = Schedule::default();
        schedule.set_executor(SingleThreadedExecutor::new());
        schedule.add_systems(departments::system);
        group.throughput(Throughput::Elements(ties));
        group.bench_function(format!("{count} in every government"), |b| {
            b.iter(|| schedule.run(&mut world));
        });
    }
    group.finish();
}

criterion_group!(benches, draws, citizens_loop, network, inside);
criterion_main!(benches);
