//! The parts of a month: draws, the citizens' loop in and out of the ECS, the network, the tables.

#[path = "../tests/common/mod.rs"]
mod common;

use std::sync::Arc;

use bevy_ecs::prelude::{Schedule, World};
use cogov::chance::{Chance, Draw};
use cogov::model::experience::{self, Weights};
use cogov::model::{citizens, defaults, sharing};
use cogov::simulation::Simulation;
use cogov::world::community::{Cell, Community, Terms};
use common::{baseline, small};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

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
    group.throughput(Throughput::Elements(column.len() as u64));
    group.bench_function("column of 4096", |b| {
        b.iter(|| chance.words(draw, 3, 0).fill(&mut column));
    });
    group.throughput(Throughput::Elements(1));
    group.bench_function("one", |b| b.iter(|| chance.uniform(draw, 3, 77)));
    group.finish();
}

/// The citizens' step on entities of the ECS, and the same loop on a plain vector of columns.
fn citizens_loop(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("citizens");
    group.sample_size(20);
    let (mut world, citizens) = world(1e5);
    group.throughput(Throughput::Elements(citizens));
    let mut communities: Vec<Community> =
        world.query::<&Community>().iter(&world).cloned().collect();
    let mut terms: Vec<Terms> = vec![Terms::default(); 24];
    for (cell, term) in world.query::<(&Cell, &Terms)>().iter(&world) {
        terms[cell.index as usize] = *term;
    }
    let weights = Weights::from(&defaults::<experience::Parameters>(experience::NAME));
    let chance = Chance::new(1, 0);
    group.bench_function("raw columns", |b| {
        b.iter(|| {
            for community in &mut communities {
                let terms = &terms[community.cell as usize];
                citizens::live(community, terms, &weights, &chance, 3);
            }
        });
    });
    let mut schedule = Schedule::default();
    schedule.add_systems(citizens::system);
    group.bench_function("in the ECS", |b| b.iter(|| schedule.run(&mut world)));
    group.finish();
}

fn network(criterion: &mut Criterion) {
    let (mut world, _) = world(1e2);
    let mut schedule = Schedule::default();
    schedule.add_systems(sharing::system);
    criterion.bench_function("sharing over the ties of 29 governments", |b| {
        b.iter(|| schedule.run(&mut world));
    });
}

criterion_group!(benches, draws, citizens_loop, network);
criterion_main!(benches);
