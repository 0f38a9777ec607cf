//! What was asked, as the manifest of the folder tells it.

use std::fs;
use std::path::Path;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::fault::Fault;
use super::sheet::{Column, Sheet};
use crate::intervention::BASELINE;
use crate::output::folder::manifest::{self, Manifest};

/// The manifest, as far as a report needs it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Study {
    /// Versions, seed, command and hashes.
    #[serde(flatten)]
    pub manifest: Manifest,
    /// The question.
    pub scenario: Question,
    /// Files that the study wrote, as `datapackage.json` lists them.
    #[serde(skip)]
    files: Vec<String>,
}

/// The scenario, as far as a report needs it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Title.
    pub name: String,
    /// The question in words.
    pub question: String,
    /// First month.
    pub start: String,
    /// Months of every run.
    pub months: u32,
    /// Where.
    pub geography: Places,
    /// Words that tell the policy factors; passed on to the page as they are.
    #[serde(default)]
    pub topics: Value,
    /// What is compared, the baseline first.
    pub policies: Vec<Package>,
}

/// Provinces and regions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Places {
    /// Provinces in the order of the table.
    pub provinces: Vec<Province>,
    /// Regions in the order of the table.
    pub regions: Vec<String>,
    /// Alliances.
    #[serde(default)]
    pub alliances: Vec<Alliance>,
}

/// A province on the map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Province {
    /// Name.
    pub name: String,
    /// Name in Chinese.
    #[serde(default)]
    pub name_zh: String,
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
pub struct Alliance {
    /// Name.
    pub name: String,
}

/// A policy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Package {
    /// Name.
    pub name: String,
    /// What it stands for.
    #[serde(default)]
    pub describe: String,
    /// What it does.
    pub interventions: Vec<Measure>,
}

/// An intervention; target and cost are passed on to the page as they are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Measure {
    /// Name.
    pub name: String,
    /// When it acts, and how strongly.
    pub course: Course,
    /// Whom it reaches.
    #[serde(default)]
    pub target: Value,
    /// What it costs.
    #[serde(default)]
    pub cost: Value,
}

/// When an intervention acts, and how strongly.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Course {
    /// First month.
    pub start: String,
    /// Months until the full dose.
    pub ramp_months: u32,
    /// Strength after the ramp.
    pub dose: f64,
    /// First month in which it is withdrawn.
    pub stop: Option<String>,
    /// Months in which what is left halves after that.
    pub half_life_months: f64,
}

/// Name of the file that lists the tables of a study.
const LIST: &str = "datapackage.json";

/// The list, as far as a report needs it.
#[derive(Deserialize)]
struct List {
    resources: Vec<Resource>,
}

/// A table of the list.
#[derive(Deserialize)]
struct Resource {
    path: String,
}

impl Study {
    /// Reads the manifest of `folder`.
    pub fn read(folder: &Path) -> Result<Self, Fault> {
        let mut study: Self = json(folder, manifest::NAME)?;
        if study.manifest.result_sha256.is_none() {
            return Err(Fault::Unfinished {
                folder: folder.into(),
                command: study.manifest.onward(),
            });
        }
        // nothing but the report itself may be missing
        study.manifest.status = "complete".into();
        let list: List = json(folder, LIST)?;
        study.files = list.resources.into_iter().map(|of| of.path).collect();
        match study.scenario.policies.first() {
            Some(first) if first.name == BASELINE => Ok(study),
            _ => Err(Fault::damaged(
                manifest::NAME,
                format!("the first policy must be `{BASELINE}`"),
            )),
        }
    }

    /// Whether the study wrote `file`.
    pub fn wrote(&self, file: &str) -> bool {
        self.files.iter().any(|listed| listed == file)
    }

    /// Position of the policy that the cell in `column` names, the baseline first.
    pub fn policy(&self, sheet: &Sheet, column: Column) -> Result<usize, Fault> {
        let policies = &self.scenario.policies;
        let known = policies.iter().position(|p| p.name == sheet.text(column));
        known.ok_or_else(|| sheet.wrong(column, "a policy that the manifest names"))
    }

    /// Position, counted without the baseline, of the policy that the cell in `column` names.
    pub fn compared(&self, sheet: &Sheet, column: Column) -> Result<usize, Fault> {
        let known = self.policy(sheet, column)?.checked_sub(1);
        known.ok_or_else(|| sheet.wrong(column, "a policy that is compared with the baseline"))
    }

    /// Whether the study is a sweep, which keeps less of more runs.
    pub fn sweeps(&self) -> bool {
        self.manifest.sweep.is_some()
    }

    /// Names of the policies that are compared with the baseline.
    pub fn policies(&self) -> Vec<&str> {
        let compared = self.scenario.policies.iter().skip(1);
        compared.map(|policy| policy.name.as_str()).collect()
    }
}

/// Reads `file` of `folder`.
fn json<T: DeserializeOwned>(folder: &Path, file: &str) -> Result<T, Fault> {
    let text = fs::read(folder.join(file)).map_err(|cause| Fault::disk(folder, file, cause))?;
    // The whole is read as JSON first: so a fault of its grammar has a line.
    let value: Value = serde_json::from_slice(&text)
        .map_err(|fault| Fault::at(file, fault.line() as u64, fault.to_string()))?;
    serde_json::from_value(value).map_err(|fault| Fault::damaged(file, fault.to_string()))
}
