//! The model: what must hold of a month, a run, and the world that emerges.

#[path = "../helpers/acts.rs"]
mod acts;
#[path = "../helpers/world.rs"]
mod world;

mod alternatives;
mod departments;
mod determinism;
mod facts;
mod golden;
mod identity;
mod invariants;
mod limits;
mod mean_field;
mod mechanisms;
mod month_order;

use cogov::model::outcome::position;
use cogov::simulation::Run;

/// Value of an outcome in a scope (0 is the nation).
fn value(run: &Run, month: usize, scope: usize, outcome: &str) -> f64 {
    run.record.row(month, scope)[position(outcome).expect("a known outcome")]
}
