//! Calibrates a scenario in two waves, and prints what is left of each parameter's range:
//!
//! ```sh
//! cargo run --release --example calibrate scenarios/calibration.toml
//! ```

use std::error::Error;

use cogov::scenario::{Overrides, load};
use cogov::study::{CalibrationSize, Options, Study};

fn main() -> Result<(), Box<dyn Error>> {
    let scenario = std::env::args().nth(1);
    let scenario = scenario.unwrap_or("scenarios/calibration.toml".into());
    let few = ["population.citizens_per_million=1".into()].to_vec();
    let overrides = Overrides {
        set: few,
        replications: Some(2),
        worlds: Some(0),
        ..Overrides::default()
    };
    let study = Study::open(load(scenario, &overrides)?, Options::default())?;
    let found = study.calibrate(CalibrationSize {
        waves: Some(2),
        points: Some(60),
        claims: Some(0),
    })?;
    for parameter in found.summary().marginals() {
        let [low, _, high] = parameter.posterior;
        let (from, to) = parameter.range;
        println!(
            "{:32} {low:.3} to {high:.3} of {from} to {to}",
            parameter.path
        );
    }
    Ok(())
}
