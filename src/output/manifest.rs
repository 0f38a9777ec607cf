//! `manifest.json`: everything needed to run the study again, and proof of what came out.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::experiment::digest::Detail;
use crate::experiment::plan::{MODEL_VERSION, Plan, hex, nameless};
use crate::output::table::write_whole;
use crate::scenario::Scenario;
use crate::scenario::fault::Fault;
use crate::scenario::sweep::Sweep;

/// Name of the file.
pub const NAME: &str = "manifest.json";

/// Files whose bytes make the result hash, in this order.
pub const RESULTS: [&str; 20] = [
    "runs.csv",
    "series.csv",
    "effects.csv",
    "costs.csv",
    "between_policies.csv",
    "distribution.csv",
    "decomposition.csv",
    "precision.csv",
    "sensitivity.csv",
    "robustness.csv",
    "points.csv",
    "waves.csv",
    "design.csv",
    "implausibility.csv",
    "emulators.csv",
    "region.csv",
    "posterior.csv",
    "posterior_summary.csv",
    "predictive.csv",
    "claims.csv",
];

/// A file that the scenario was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputFile {
    /// Path as the scenario writes it.
    pub path: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// What the manifest says besides the scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of cogov.
    pub version: String,
    /// Version of the model's numbers.
    pub model_version: u32,
    /// `running` or `complete`.
    pub status: String,
    /// Hash of the question: scenario and policies, without names and number of replications.
    pub study: String,
    /// Seed.
    pub seed: u64,
    /// Replications.
    pub replications: u32,
    /// Command line after the name of the program.
    pub command_line: Vec<String>,
    /// The sweep, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sweep: Option<Sweep>,
    /// How much is kept of each run.
    pub detail: Detail,
    /// Files that were read.
    pub inputs: Vec<InputFile>,
    /// SHA-256 over the result files; the same on every machine.
    #[serde(default)]
    pub result_sha256: Option<String>,
}

/// Hash of what a study asks.
pub fn study_hash(scenario: &Scenario, sweep: Option<&Sweep>, detail: Detail) -> String {
    let text = serde_json::to_vec(&(nameless(scenario), sweep, detail))
        .expect("a study can be written down");
    let mut hash = Sha256::new();
    hash.update(format!("cogov model {MODEL_VERSION}\n"));
    hash.update(text);
    hex(&hash.finalize())
}

impl Manifest {
    /// The manifest of a study that begins.
    pub fn begin(
        scenario: &Scenario,
        (sweep, detail): (Option<&Sweep>, Detail),
        command_line: Vec<String>,
        inputs: Vec<InputFile>,
    ) -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION").into(),
            model_version: MODEL_VERSION,
            status: "running".into(),
            study: study_hash(scenario, sweep, detail),
            seed: scenario.seed,
            replications: scenario.replications,
            command_line,
            sweep: sweep.cloned(),
            detail,
            inputs,
            result_sha256: None,
        }
    }

    /// The manifest and the scenario in `folder`, if they are there and readable.
    pub fn read_with_scenario(folder: &Path) -> Option<(Self, Scenario)> {
        #[derive(Deserialize)]
        struct Asked {
            scenario: Scenario,
        }
        let text = fs::read(folder.join(NAME)).ok()?;
        let asked: Asked = serde_json::from_slice(&text).ok()?;
        Some((serde_json::from_slice(&text).ok()?, asked.scenario))
    }

    /// The runs that the study of `scenario` needs.
    ///
    /// # Errors
    /// When its sweep makes no sense.
    pub fn plan(&self, scenario: Arc<Scenario>) -> Result<Plan, Fault> {
        match &self.sweep {
            Some(sweep) => Plan::swept(scenario, sweep, self.detail),
            None => Ok(Plan::of(scenario)),
        }
    }

    /// Whether `next` goes on with this study instead of adding replications to it.
    pub fn goes_on(&self, next: &Self) -> bool {
        self.status == "running" || self.replications == next.replications
    }

    /// The manifest in `folder`, if a readable one is there.
    pub fn read(folder: &Path) -> Option<Self> {
        let text = fs::read(folder.join(NAME)).ok()?;
        serde_json::from_slice(&text).ok()
    }

    /// Marks the study as complete, with the hash of the files in `folder`.
    ///
    /// # Errors
    /// When a result file cannot be read.
    pub fn complete(&mut self, folder: &Path) -> io::Result<()> {
        self.status = "complete".into();
        let mut hash = Sha256::new();
        for name in RESULTS {
            let path = folder.join(name);
            if path.exists() {
                hash.update(name);
                hash.update(Sha256::digest(fs::read(path)?));
            }
        }
        self.result_sha256 = Some(hex(&hash.finalize()));
        Ok(())
    }

    /// Writes the manifest of `scenario` into `folder`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, folder: &Path, scenario: &Scenario) -> io::Result<()> {
        #[derive(Serialize)]
        struct Whole<'a> {
            #[serde(flatten)]
            manifest: &'a Manifest,
            scenario: &'a Scenario,
        }
        let whole = Whole {
            manifest: self,
            scenario,
        };
        let mut text = serde_json::to_vec_pretty(&whole)?;
        text.push(b'\n');
        write_whole(folder, NAME, &text)
    }
}
