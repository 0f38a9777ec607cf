//! Compares the policies of a scenario with its baseline, and prints what each does to data sharing:
//!
//! ```sh
//! cargo run --release --example compare scenarios/pilot.toml
//! ```

use std::error::Error;

use cogov::scenario::{Overrides, load};
use cogov::study::{Options, Study};

fn main() -> Result<(), Box<dyn Error>> {
    let scenario = std::env::args().nth(1);
    let scenario = scenario.unwrap_or("tests/fixtures/small/small.toml".into());
    let study = Study::open(load(scenario, &Overrides::default())?, Options::default())?;
    let compared = study.compare()?;
    for policy in &study.scenario().policies[1..] {
        if let Some(effect) = compared.effect(&policy.name, "data_sharing_rate") {
            let half = effect.high - effect.difference;
            println!("{:24} {:+.3} ±{half:.3}", policy.name, effect.difference);
        }
    }
    Ok(())
}
