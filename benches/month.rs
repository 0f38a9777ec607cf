//! A month of the model by number of citizens, and the making of a world.

#[path = "../tests/common/mod.rs"]
mod common;

use std::sync::Arc;

use cogov::model;
use cogov::simulation::Simulation;
use cogov::world::clock::Clock;
use common::{baseline, small};
use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

/// Citizens per million residents; the small country has 12 million.
const SIZES: [f64; 4] = [1e2, 1e3, 1e4, 1e5];

fn simulation(citizens_per_million: f64) -> Simulation {
    let mut scenario = small();
    scenario.population.citizens_per_million = citizens_per_million;
    Simulation::new(Arc::new(scenario))
}

fn month(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("month");
    group.sample_size(20);
    for size in SIZES {
        let simulation = simulation(size);
        let mut world = simulation.world(&baseline(), 0, false);
        let mut month = model::month();
        let citizens = simulation.country().citizens();
        group.throughput(Throughput::Elements(citizens));
        group.bench_function(BenchmarkId::from_parameter(citizens), |bencher| {
            bencher.iter(|| {
                let mut clock = world.resource_mut::<Clock>();
                clock.month = (clock.month + 1) % 48;
                month.run(&mut world);
            });
        });
    }
    group.finish();
}

fn building(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("building a world");
    group.sample_size(10);
    for size in [1e2, 1e4] {
        let simulation = simulation(size);
        let citizens = simulation.country().citizens();
        group.throughput(Throughput::Elements(citizens));
        group.bench_function(BenchmarkId::from_parameter(citizens), |bencher| {
            let make = || simulation.world(&baseline(), 0, false);
            bencher.iter_batched(|| (), |()| make(), BatchSize::LargeInput);
        });
    }
    group.finish();
}

criterion_group!(benches, month, building);
criterion_main!(benches);
