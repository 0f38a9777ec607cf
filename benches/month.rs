//! A month of the model by number of citizens, and by process.

#[path = "../tests/helpers/world.rs"]
mod world;

use std::path::Path;
use std::sync::Arc;

use bevy_ecs::prelude::{Schedule, World};
use bevy_ecs::schedule::{ScheduleConfigs, SingleThreadedExecutor};
use bevy_ecs::system::ScheduleSystem;
use cogov::model::ledger::Record;
use cogov::model::{self, STEPS};
use cogov::scenario::{Overrides, load};
use cogov::simulation::Simulation;
use cogov::world::clock::Clock;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use world::{baseline, small};

/// Citizens per million residents; the small country has 12 million.
const SIZES: [f64; 5] = [1e2, 1e3, 1e4, 1e5, 1e6];

fn month(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("month");
    group.sample_size(20);
    for size in SIZES {
        let mut scenario = small();
        scenario.population.citizens_per_million = size;
        let simulation = Simulation::new(Arc::new(scenario));
        let mut world = simulation.world(&baseline(), 0, false);
        let mut month = model::month();
        let citizens = simulation.country().citizens();
        group.throughput(Throughput::Elements(citizens));
        group.bench_function(BenchmarkId::from_parameter(citizens), |bencher| {
            bencher.iter(|| {
                let mut clock = world.resource_mut::<Clock>();
                clock.month = (clock.month + 1) % 48;
                run(&mut month, &mut world);
            });
        });
    }
    group.finish();
}

/// Runs `schedule`; what the ledger writes down is thrown away, or memory would fill up.
fn run(schedule: &mut Schedule, world: &mut World) {
    schedule.run(world);
    world.resource_mut::<Record>().values.clear();
}

fn alone(system: ScheduleConfigs<ScheduleSystem>) -> Schedule {
    let mut schedule = Schedule::default();
    schedule.set_executor(SingleThreadedExecutor::new());
    schedule.add_systems(system);
    schedule
}

/// Each process in the shipped country of about 450 governments and 31,000 citizens, with the
/// first policy of the scenario at work.
fn processes(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("process");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/china31.toml");
    let mut scenario = load(&path, &Overrides::default()).unwrap().scenario;
    scenario.population.citizens_per_million = 22.0;
    let policy = scenario.policies[1].clone();
    let simulation = Simulation::new(Arc::new(scenario));
    let mut world = simulation.world(&policy, 0, false);
    let mut month = model::month();
    for month_number in 0..80 {
        world.resource_mut::<Clock>().month = month_number;
        run(&mut month, &mut world);
    }
    let schedules = STEPS.map(|step| (step.name, alone((step.system)())));
    for (name, mut schedule) in schedules {
        group.bench_function(name, |b| b.iter(|| run(&mut schedule, &mut world)));
    }
    group.bench_function("all", |b| b.iter(|| run(&mut month, &mut world)));
    group.finish();
}

criterion_group!(benches, month, processes);
criterion_main!(benches);
