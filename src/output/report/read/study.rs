//! What was asked, as the manifest of the folder tells it.

mod check;

use std::fs;
use std::path::Path;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::fault::FolderFault;
use super::sheet::ResultFile;
use crate::intervention::cost::Cost;
use crate::intervention::strength::Course;
use crate::intervention::targeting::Target;
use crate::output::folder::data_package;
use crate::output::folder::manifest::{self, Manifest};
use crate::scenario::Scenario;
use crate::scenario::presentation::Presentation;
use crate::world::clock::Date;
use crate::world::geography::Membership;
use crate::world::history::History;

/// The manifest, as far as a report needs it.
#[derive(Debug, Clone, PartialEq)]
pub struct ToldStudy {
    /// Versions, seed, command and hashes.
    pub manifest: Manifest,
    /// The question.
    pub scenario: ToldScenario,
    /// Files that the study wrote, as `datapackage.json` lists them.
    files: Vec<String>,
}

/// The scenario, as far as a report needs it: what other versions wrote is read too.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ToldScenario {
    /// Title.
    pub name: String,
    /// The question in words.
    pub question: String,
    /// First month.
    pub start: Date,
    /// Months of every run.
    pub months: u32,
    /// Where.
    pub geography: ToldPlaces,
    /// How agents are made.
    #[serde(default)]
    pub population: ToldPopulation,
    /// Words that tell the policy factors; passed on to the page as they are.
    #[serde(default)]
    pub topics: Value,
    /// What the page looks at first.
    #[serde(default)]
    pub report: Presentation,
    /// Plausible worlds, where policies were compared over some.
    #[serde(default)]
    pub ensemble: Option<ToldEnsemble>,
    /// What happened from outside.
    #[serde(default)]
    pub history: History,
    /// What is compared, the baseline first.
    pub policies: Vec<ToldPolicy>,
}

/// How agents are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ToldPopulation {
    /// Whether a cohort stands for the citizens of each cell.
    #[serde(default)]
    pub mean_field: bool,
}

/// What is the country's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldNation {
    /// Codes of the languages of its names.
    pub languages: Vec<String>,
    /// Unit of all money.
    #[serde(default = "rmb")]
    pub currency: String,
}

/// The money of studies before a scenario told it.
fn rmb() -> String {
    "RMB".into()
}

impl Default for ToldNation {
    /// The languages of names before a scenario told them.
    fn default() -> Self {
        let languages = ["en", "zh"].map(String::from).into();
        let currency = rmb();
        Self {
            languages,
            currency,
        }
    }
}

/// Plausible worlds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ToldEnsemble {
    /// What they differ in.
    #[serde(default)]
    pub inputs: Vec<ToldWorldInput>,
    /// One entry each.
    pub worlds: Vec<ToldWorld>,
}

/// A plausible world.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ToldWorld {
    /// How much it counts beside the others.
    pub weight: f64,
}

/// What worlds differ in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ToldWorldInput {
    /// Words that it may take, where it is a rule and no number.
    #[serde(default)]
    pub words: Vec<String>,
}

/// Provinces and regions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ToldPlaces {
    /// What is the country's own.
    #[serde(default)]
    pub nation: ToldNation,
    /// Provinces in the order of the table.
    pub provinces: Vec<ToldProvince>,
    /// Regions in the order of the table.
    pub regions: Vec<String>,
    /// Alliances.
    #[serde(default)]
    pub alliances: Vec<ToldAlliance>,
}

/// A province on the map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ToldProvince {
    /// Code.
    #[serde(default, skip_serializing)]
    pub iso: String,
    /// Name.
    pub name: String,
    /// Name in the second language of the country's names; empty where it has none.
    #[serde(default, alias = "name_zh")]
    pub second_name: String,
    /// Region.
    pub region: String,
    /// Column and row of its tile.
    pub tile: [i32; 2],
    /// Attention to each policy factor.
    #[serde(default)]
    pub attention: Vec<f64>,
}

/// An alliance of provinces.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ToldAlliance {
    /// Name.
    pub name: String,
    /// Its members.
    #[serde(default)]
    pub members: Vec<Membership>,
}

/// A policy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ToldPolicy {
    /// Name.
    pub name: String,
    /// What it stands for.
    #[serde(default)]
    pub describe: String,
    /// What it does.
    pub interventions: Vec<ToldIntervention>,
}

/// An intervention, without the levers that it moves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ToldIntervention {
    /// Name.
    pub name: String,
    /// When it acts, and how strongly.
    pub course: Course,
    /// Whom it reaches.
    pub target: Target,
    /// What it costs.
    pub cost: Cost,
}

/// The part of a manifest that tells the scenario.
#[derive(Deserialize)]
struct Asked<T> {
    scenario: T,
}

/// `datapackage.json`, as far as a report needs it.
#[derive(Deserialize)]
struct List {
    resources: Vec<Resource>,
}

/// A table of the list.
#[derive(Deserialize)]
struct Resource {
    path: String,
}

impl ToldStudy {
    /// Reads the manifest of `folder`.
    pub fn read(folder: &Path) -> Result<Self, FolderFault> {
        let mut manifest: Manifest = json(folder, manifest::NAME)?;
        if manifest.result_sha256.is_none() {
            return Err(FolderFault::Unfinished {
                folder: folder.into(),
                command: manifest.onward(),
            });
        }
        let asked: Asked<ToldScenario> = json(folder, manifest::NAME)?;
        if manifest.is_of_this_version() {
            check_hash(folder, &manifest)?;
        }
        // nothing but the report itself may be missing
        manifest.status = "complete".into();
        manifest.manifest_sha256 = None;
        let list: List = json(folder, data_package::NAME)?;
        let study = Self {
            manifest,
            scenario: asked.scenario,
            files: list.resources.into_iter().map(|of| of.path).collect(),
        };
        study
            .check()
            .map_err(|what| FolderFault::damaged(manifest::NAME, what))?;
        Ok(study)
    }

    /// Makes sure that the tables in `folder` are those that the manifest vouches for.
    pub fn check_tables(&self, folder: &Path) -> Result<(), FolderFault> {
        let there = self.manifest.kind.hash(folder);
        let there = there.map_err(|cause| FolderFault::disk(folder, manifest::NAME, cause))?;
        let vouched = self.manifest.result_sha256.as_ref();
        if let Some(vouched) = vouched.filter(|vouched| **vouched != there) {
            let what = format!(
                "the tables are not those of the study: `result_sha256` is {vouched}, they have {there}"
            );
            return Err(FolderFault::damaged(manifest::NAME, what));
        }
        self.check_besides(folder)
    }

    /// The same of the tables that only describe what was asked, where the manifest vouches for them.
    fn check_besides(&self, folder: &Path) -> Result<(), FolderFault> {
        let there = self.manifest.kind.hash_besides(folder);
        let there = there.map_err(|cause| FolderFault::disk(folder, manifest::NAME, cause))?;
        match &self.manifest.besides_sha256 {
            Some(vouched) if *vouched != there => {
                let what = "the tables that describe the study, or datapackage.json, were changed";
                Err(FolderFault::damaged(manifest::NAME, what))
            }
            _ => Ok(()),
        }
    }

    /// Whether the study wrote `file`.
    pub fn wrote(&self, file: &str) -> bool {
        self.files.iter().any(|listed| listed == file)
    }

    /// Position of the policy called `name` in this row of `sheet`, the baseline first.
    pub fn policy(&self, sheet: &ResultFile, name: &str) -> Result<usize, FolderFault> {
        let policies = &self.scenario.policies;
        let known = policies.iter().position(|p| p.name == name);
        known.ok_or_else(|| sheet.wrong("policy", "a policy that the manifest names"))
    }

    /// Position, counted without the baseline, of the policy called `name` in this row of `sheet`.
    pub fn compared(&self, sheet: &ResultFile, name: &str) -> Result<usize, FolderFault> {
        let known = self.policy(sheet, name)?.checked_sub(1);
        known.ok_or_else(|| sheet.wrong("policy", "a policy that is compared with the baseline"))
    }

    /// Position of the policy that the page compares with; the baseline where it is not among them.
    pub fn against(&self) -> usize {
        let named = self.scenario.report.against.as_deref();
        let policies = &self.scenario.policies;
        let found = policies
            .iter()
            .position(|policy| Some(policy.name.as_str()) == named);
        found.filter(|_| !self.sweeps()).unwrap_or(0)
    }

    /// Number of worlds in which every replication is run.
    pub fn worlds(&self) -> usize {
        let ensemble = self.scenario.ensemble.as_ref();
        ensemble.map_or(1, |ensemble| ensemble.worlds.len().max(1))
    }

    /// Whether the study is a sweep, which keeps less of more runs.
    pub fn sweeps(&self) -> bool {
        self.manifest.sweep.is_some()
    }

    /// Whether one policy was run that is compared with nothing.
    pub fn is_alone(&self) -> bool {
        self.scenario.policies.len() == 1 && !self.sweeps()
    }

    /// Rules, told by words, in which plausible worlds differ.
    pub fn rules_varied(&self) -> usize {
        let ensemble = self.scenario.ensemble.as_ref();
        let inputs = ensemble.map_or(&[][..], |of| &of.inputs);
        inputs.iter().filter(|of| !of.words.is_empty()).count()
    }

    /// Names of the policies that are compared with the baseline.
    pub fn policies(&self) -> Vec<&str> {
        let compared = self.scenario.policies.iter().skip(1);
        compared.map(|policy| policy.name.as_str()).collect()
    }
}

/// Makes sure that the scenario is the one that the study is named after, and all else as it was written.
fn check_hash(folder: &Path, manifest: &Manifest) -> Result<(), FolderFault> {
    let asked: Asked<Scenario> = json(folder, manifest::NAME)?;
    let what = if !manifest.asks(&asked.scenario) {
        manifest::NOT_AS_BEGUN
    } else if !manifest.is_as_written(&asked.scenario) {
        manifest::NOT_AS_WRITTEN
    } else {
        return Ok(());
    };
    Err(FolderFault::damaged(manifest::NAME, what))
}

/// Reads `file` of `folder`.
fn json<T: DeserializeOwned>(folder: &Path, file: &str) -> Result<T, FolderFault> {
    let text = fs::read(folder.join(file));
    let text = text.map_err(|cause| FolderFault::disk(folder, file, cause))?;
    serde_json::from_slice(&text).map_err(|fault| FolderFault::json(file, &fault))
}
