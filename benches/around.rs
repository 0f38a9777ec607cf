//! What surrounds the months: making a world, checkpoints, tables, and the sampler of topics.

#[path = "../tests/helpers/world.rs"]
mod world;

use std::io;
use std::sync::Arc;

use cogov::chance::{Chance, Draw};
use cogov::experiment::runs::digest::Digest;
use cogov::experiment::runs::plan::Plan;
use cogov::factors::Bag;
use cogov::factors::counts::{Priors, Shape};
use cogov::factors::gibbs::Sampler;
use cogov::model::outcome::OUTCOMES;
use cogov::output::tables::runs::RunTable;
use cogov::output::tables::series;
use cogov::simulation::{Onward, Simulation};
use cogov::world::country::Country;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use world::{baseline, small};

fn simulation(citizens_per_million: f64) -> Simulation {
    let mut scenario = small();
    scenario.population.citizens_per_million = citizens_per_million;
    Simulation::new(Arc::new(scenario))
}

fn building(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("building a world");
    group.sample_size(20);
    for size in [1e2, 1e4] {
        let simulation = simulation(size);
        let citizens = simulation.country().citizens();
        group.throughput(Throughput::Elements(citizens));
        group.bench_function(BenchmarkId::from_parameter(citizens), |b| {
            b.iter(|| simulation.world(&baseline(), 0, false));
        });
    }
    let simulation = simulation(1e4);
    let trunk = simulation.begin(&baseline(), 0, false);
    group.bench_function("branch of a run", |b| {
        b.iter(|| simulation.branch(&trunk, &baseline(), 0));
    });
    let scenario = small();
    group.bench_function("country and network", |b| {
        b.iter(|| {
            Country::new(
                scenario.geography.clone(),
                scenario.population,
                scenario.start,
            )
        });
    });
    group.finish();
}

fn checkpoint(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("checkpoint");
    group.sample_size(20);
    let simulation = simulation(1e5);
    let mut run = simulation.begin(&baseline(), 0, false);
    let mut bytes = Vec::new();
    run.save(&mut bytes).unwrap();
    group.throughput(Throughput::Bytes(bytes.len() as u64));
    group.bench_function("save", |b| {
        b.iter(|| run.save(&mut io::sink()).unwrap());
    });
    group.bench_function("restore", |b| {
        b.iter(|| run.restore(&mut &bytes[..]).unwrap());
    });
    group.finish();
}

/// A run's rows of runs.csv and series.csv, with every province in the series.
fn tables(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("CSV");
    group.sample_size(20);
    let simulation = simulation(1e2);
    let plan = Plan::of(Arc::new(simulation.scenario().clone()));
    let group_of_runs = plan.groups().next().unwrap();
    let run = simulation.run(&baseline(), 0, false, |_| Onward::Continue);
    let digest = Digest::new(&plan.kept(), &run.unwrap());
    let folder = std::env::temp_dir().join(format!("cogov-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let numbers = digest.series.len() + OUTCOMES.len();
    let kept = plan.kept();
    let scopes = &kept.scopes[..kept.series];
    group.throughput(Throughput::Elements(numbers as u64));
    group.bench_function("numbers of a run", |b| {
        b.iter(|| {
            let job = &group_of_runs.jobs[0];
            let mut runs = RunTable::create(&folder, &plan).unwrap();
            runs.add(&group_of_runs, job, &digest).unwrap();
            runs.finish().unwrap();
            let point = (&plan, &*group_of_runs.point);
            let rows = series::rows_of(point, job, &digest, scopes).unwrap();
            std::fs::write(folder.join("series"), rows).unwrap();
        });
    });
    group.finish();
    std::fs::remove_dir_all(folder).unwrap();
}

/// 100,000 words by Zipf's law, in documents of 500.
fn corpus() -> Bag {
    let mut luck = Chance::new(1, 0).words(Draw::new(998, 0), 0, 0);
    let mut bag = Bag::new(vec![String::new(); 10_000]);
    for _ in 0..200 {
        let word = |u: f64| (libm::pow(10_000.0, u) as u32).min(9999);
        let document: Vec<u32> = (0..500).map(|_| word(luck.uniform())).collect();
        bag.push(&document);
    }
    bag
}

fn topics(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("topics");
    group.sample_size(20);
    let bag = corpus();
    group.throughput(Throughput::Elements(bag.tokens().len() as u64));
    for topics in [20, 100] {
        let shape = Shape::new(topics, bag.words.len(), &[]);
        let priors = Priors::symmetric(topics, 0.1);
        let mut sampler = Sampler::new(&bag, shape, priors, 1, Chance::new(1, 0));
        (0..10).for_each(|_| sampler.sweep());
        group.bench_function(BenchmarkId::from_parameter(topics), |b| {
            b.iter(|| sampler.sweep());
        });
    }
    group.finish();
}

criterion_group!(benches, building, checkpoint, tables, topics);
criterion_main!(benches);
