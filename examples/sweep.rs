//! Compares policies at eight values of a parameter, and prints in what share of them each is best for
//! the first of the main outcomes:
//!
//! ```sh
//! cargo run --release --example sweep scenarios/pilot.toml
//! ```

use std::error::Error;

use cogov::model::outcome::{OUTCOMES, main_outcomes};
use cogov::scenario::{Overrides, SweepTyped, load};
use cogov::study::{Options, Study};

fn main() -> Result<(), Box<dyn Error>> {
    let scenario = std::env::args().nth(1);
    let scenario = scenario.unwrap_or("tests/fixtures/small/small.toml".into());
    let overrides = Overrides {
        sweep: SweepTyped {
            vary: vec!["sharing.benefit".into()],
            points: Some(8),
            ..SweepTyped::default()
        },
        worlds: Some(0),
        ..Overrides::default()
    };
    let study = Study::open(load(scenario, &overrides)?, Options::default())?;
    let swept = study.sweep(false)?;
    println!("best for {}", OUTCOMES[main_outcomes()[0]].name);
    let policies = study.scenario().policies.iter();
    for (policy, found) in policies.zip(&swept.robustness[0]) {
        println!("{:24} {:3.0} %", policy.name, 100.0 * found.best);
    }
    Ok(())
}
