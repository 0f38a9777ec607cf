//! The whole model of cogov: China without policy, with about as many citizens as asked for.

use std::path::Path;
use std::sync::Arc;

use cogov::scenario::{Overrides, load};
use cogov::simulation::{Onward, Simulation};

/// Residents of the scenario, in millions.
const MILLIONS: f64 = 1409.778724;

fn main() {
    let asked: Vec<u64> = std::env::args()
        .skip(1)
        .map(|a| a.parse().unwrap())
        .collect();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../scenarios/china31.toml");
    let per_million = asked[0] as f64 / MILLIONS;
    let overrides = Overrides {
        set: vec![format!("population.citizens_per_million={per_million}")],
        seed: Some(asked[2]),
        ..Overrides::default()
    };
    let scenario = load(&path, &overrides)
        .unwrap_or_else(|faults| panic!("{faults}"))
        .scenario;
    let simulation = Simulation::new(Arc::new(scenario));
    let mut run = simulation.begin(&simulation.scenario().policies[0], 0, false);
    run.advance(asked[1] as u32, &mut |_| Onward::Continue);
    println!("{}", simulation.country().citizens());
}
