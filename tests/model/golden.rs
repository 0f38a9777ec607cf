//! Numbers of a small study, held beside the version of the model.

use cogov::experiment::runs::plan::MODEL_VERSION;
use cogov::intervention::targeting::Lowest;
use cogov::model::policy::Coupling;
use cogov::model::sharing::Rule;
use cogov::numeric::hex;
use cogov::scenario::Scenario;
use cogov::world::history::IncidentWave;
use cogov::world::levers::{Change, Criterion, Lever};
use sha2::{Digest as _, Sha256};

use crate::acts::{policy, simulate, with};
use crate::world::{baseline, small};

/// Hash of the study with the version that it was recorded for.
const GOLDEN: (u32, &str) = (4, "");

/// Everything in which draws and sums are made: both rules of sharing, agents and mean field,
/// waves, couplings, chosen and random targets.
fn scenarios() -> [Scenario; 3] {
    let plain = with(small(), &[("diffusion.intercept", -5.0)]);
    let mut busy = plain.clone();
    busy.rule = Rule::Imitation;
    busy.population.citizens_per_million = 2000.0;
    busy.history.incident_wave = Some(IncidentWave {
        month: 20,
        share: 0.3,
    });
    busy.couplings = vec![Coupling {
        factor: 2,
        lever: Lever::RevisionRate,
        elasticity: 0.5,
    }];
    let mut mean_field = plain.clone();
    mean_field.population.mean_field = true;
    [plain, busy, mean_field]
}

fn hash() -> String {
    let mut lowest = policy(Lever::PlatformSupport, Change::Add(0.5), 1.0);
    lowest.interventions[0].target.lowest = Some(Lowest {
        by: Criterion::Openness,
        share: 0.3,
    });
    let mut random = policy(Lever::Mandate, Change::Add(1.0), 1.0);
    random.interventions[0].target.random_share = Some(0.4);
    let mut hash = Sha256::new();
    for scenario in scenarios() {
        for policy in [&baseline(), &lowest, &random] {
            let run = simulate(&scenario, policy, 1);
            for value in &run.record.values {
                // what is no number has other bits on other processors
                let bits = if value.is_nan() { 0 } else { value.to_bits() };
                hash.update(bits.to_le_bytes());
            }
            for citizen in &run.people.citizens {
                hash.update(citizen.trust.to_bits().to_le_bytes());
            }
        }
    }
    hex(&hash.finalize())[..16].to_owned()
}

#[test]
fn the_same_version_gives_the_same_numbers() {
    assert_eq!(
        (MODEL_VERSION, hash().as_str()),
        GOLDEN,
        "numbers of the model have changed: raise `MODEL_VERSION`, write in CHANGELOG.md what \
         moves them and why, and record the hash here"
    );
}
