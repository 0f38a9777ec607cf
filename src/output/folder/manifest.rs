//! `manifest.json`: everything needed to run the study again, and proof of what came out.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::experiment::runs::before::BeforeMeasures;
use crate::experiment::runs::digest::Detail;
use crate::experiment::runs::plan::{MODEL_VERSION, Plan, nameless};
use crate::numeric::hex;
use crate::output::folder::data_package;
use crate::output::tables::TABLES;
use crate::output::tables::layout::Kind;
use crate::output::tables::table::write_whole;
use crate::scenario::Scenario;
use crate::scenario::reading::fault::Fault;
use crate::scenario::sweep::Sweep;

/// Name of the file.
pub const NAME: &str = "manifest.json";

/// What is wrong with a manifest whose scenario was changed.
pub const NOT_AS_BEGUN: &str = "the scenario, the sweep, the seed or the replications are not those that the study was begun with";

/// What is wrong with a manifest that is not as it was written.
pub const NOT_AS_WRITTEN: &str = "what it says is not what was written: its own hash is another";

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
    /// What kind of work it is.
    #[serde(default)]
    pub kind: Kind,
    /// Hash of the question: scenario and policies, without names and number of replications.
    pub study: String,
    /// Seed.
    pub seed: u64,
    /// Replications.
    pub replications: u32,
    /// Hash of the plausible worlds, if there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ensemble: Option<String>,
    /// Command line after the name of the program, without `--resume`.
    pub command_line: Vec<String>,
    /// The sweep, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sweep: Option<Sweep>,
    /// How much is kept of each run.
    pub detail: Detail,
    /// Files that were read.
    pub inputs: Vec<InputFile>,
    /// Whether policies and baseline are the same before the first measure, where that was counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before_measures: Option<BeforeMeasures>,
    /// SHA-256 over the result files; the same on every machine.
    #[serde(default)]
    pub result_sha256: Option<String>,
    /// SHA-256 over the tables that only describe what was asked, and the description of all tables.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub besides_sha256: Option<String>,
    /// SHA-256 of all that the file says, this left out: names and pictures hang on no other hash. Of the file
    /// alone; what is read back has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manifest_sha256: Option<String>,
}

/// The file: the manifest, and the scenario in full.
#[derive(Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    manifest: &'a Manifest,
    scenario: &'a Scenario,
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

/// Hash of the worlds of `scenario`, if it has any.
fn ensemble_hash(scenario: &Scenario) -> Option<String> {
    let ensemble = scenario.ensemble.as_ref()?;
    let text = serde_json::to_vec(ensemble).expect("worlds can be written down");
    Some(hex(&Sha256::digest(text)))
}

impl Manifest {
    /// The manifest of a study of this `kind` that begins.
    pub fn begin(
        kind: Kind,
        scenario: &Scenario,
        (sweep, detail): (Option<&Sweep>, Detail),
        command_line: Vec<String>,
        inputs: Vec<InputFile>,
    ) -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION").into(),
            model_version: MODEL_VERSION,
            status: "running".into(),
            kind,
            study: study_hash(scenario, sweep, detail),
            seed: scenario.seed,
            replications: scenario.replications,
            ensemble: ensemble_hash(scenario),
            command_line,
            sweep: sweep.cloned(),
            detail,
            inputs,
            before_measures: None,
            result_sha256: None,
            besides_sha256: None,
            manifest_sha256: None,
        }
    }

    /// The same study, to be begun anew by another command.
    pub fn restart(&mut self, command_line: Vec<String>) {
        self.status = "running".into();
        self.result_sha256 = None;
        self.besides_sha256 = None;
        self.command_line = command_line;
    }

    /// The manifest and the scenario in `folder`.
    ///
    /// # Errors
    /// Why there are none.
    pub fn read_with_scenario(folder: &Path) -> Result<(Self, Scenario), String> {
        let text = fs::read(folder.join(NAME)).map_err(|fault| fault.to_string())?;
        Self::of_text(&text)
    }

    /// The manifest and the scenario that `text` holds.
    ///
    /// # Errors
    /// Where it is no manifest, its scenario is not the one that it was written with, or is none that
    /// could be asked.
    pub fn of_text(text: &[u8]) -> Result<(Self, Scenario), String> {
        #[derive(Deserialize)]
        struct Asked {
            scenario: Scenario,
        }
        let told = |fault: serde_json::Error| fault.to_string();
        let mut manifest: Self = serde_json::from_slice(text).map_err(told)?;
        let Asked { scenario }: Asked = serde_json::from_slice(text).map_err(told)?;
        if manifest.is_of_this_version() && !manifest.asks(&scenario) {
            return Err(NOT_AS_BEGUN.into());
        }
        scenario.check()?;
        let sweep = manifest.sweep.as_ref();
        sweep.map_or(Ok(()), |sweep| sweep.check(&scenario))?;
        if !manifest.is_as_written(&scenario) {
            return Err(NOT_AS_WRITTEN.into());
        }
        manifest.manifest_sha256 = None;
        Ok((manifest, scenario))
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

    /// Whether it belongs to the study that `next` asks for.
    pub fn is_of(&self, next: &Self) -> bool {
        (self.kind, &self.study) == (next.kind, &next.study)
    }

    /// Whether `next`, of the same study, goes on with it instead of asking for more replications or worlds.
    pub fn goes_on(&self, next: &Self) -> bool {
        let same = (self.replications, &self.ensemble) == (next.replications, &next.ensemble);
        same || self.command_line == next.command_line
    }

    /// The manifest in `folder`, if one is there.
    ///
    /// # Errors
    /// Why the file there cannot be read as one.
    pub fn find(folder: &Path) -> Result<Option<Self>, String> {
        match fs::read(folder.join(NAME)) {
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(fault) if fault.kind() == io::ErrorKind::NotADirectory => Ok(None),
            Err(fault) => Err(fault.to_string()),
            Ok(text) => serde_json::from_slice(&text)
                .map(Some)
                .map_err(|fault| fault.to_string()),
        }
    }

    /// Whether the study has come to its end.
    pub fn is_complete(&self) -> bool {
        self.status == "complete"
    }

    /// The command that goes on with it, as it is typed: without what would begin anew.
    pub fn onward(&self) -> String {
        let quoted = |of: &String| match of.contains(|c: char| c.is_whitespace() || c == '\'') {
            true => format!("'{}'", of.replace('\'', "'\\''")),
            false => of.clone(),
        };
        let kept = self.command_line.iter();
        let kept = kept.filter(|of| !["--resume", "--force"].contains(&of.as_str()));
        let mut words: Vec<String> = kept.map(quoted).collect();
        // parts are joined from the start again
        if words.first().is_some_and(|verb| verb != "merge") {
            words.push("--resume".into());
        }
        words.join(" ")
    }

    /// Whether this program wrote it, or one that asks the same questions in the same words.
    pub fn is_of_this_version(&self) -> bool {
        self.version == env!("CARGO_PKG_VERSION") && self.model_version == MODEL_VERSION
    }

    /// Whether `scenario` is what the study asks, as its hash tells; of this version only.
    pub fn asks(&self, scenario: &Scenario) -> bool {
        self.study == study_hash(scenario, self.sweep.as_ref(), self.detail)
            && (self.seed, self.replications) == (scenario.seed, scenario.replications)
            && self.ensemble == ensemble_hash(scenario)
    }

    /// Whether it says with `scenario` what it was written to say; of this version only.
    pub fn is_as_written(&self, scenario: &Scenario) -> bool {
        let known = self.manifest_sha256.as_ref();
        known.is_none_or(|known| !self.is_of_this_version() || *known == self.own_hash(scenario))
    }

    fn own_hash(&self, scenario: &Scenario) -> String {
        let manifest = &Self {
            manifest_sha256: None,
            ..self.clone()
        };
        let text = serde_json::to_vec(&Whole { manifest, scenario });
        hex(&Sha256::digest(text.expect("a study can be written down")))
    }

    /// Puts down the hashes of the files in `folder`.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn prove(&mut self, folder: &Path) -> io::Result<()> {
        self.result_sha256 = Some(self.kind.hash(folder)?);
        self.besides_sha256 = Some(self.kind.hash_besides(folder)?);
        Ok(())
    }

    /// Marks the study as complete and says so in `folder`: the last thing that is written there.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn complete(&mut self, folder: &Path, scenario: &Scenario) -> io::Result<()> {
        self.status = "complete".into();
        self.write(folder, scenario)
    }

    /// Writes the manifest of `scenario` into `folder`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, folder: &Path, scenario: &Scenario) -> io::Result<()> {
        write_whole(folder, NAME, &self.text(scenario))
    }

    /// The manifest of `scenario` as it is written.
    pub fn text(&self, scenario: &Scenario) -> Vec<u8> {
        let manifest = &Self {
            manifest_sha256: Some(self.own_hash(scenario)),
            ..self.clone()
        };
        let whole = Whole { manifest, scenario };
        let mut text = serde_json::to_vec_pretty(&whole).expect("a study can be written down");
        text.push(b'\n');
        text
    }
}

impl Kind {
    /// SHA-256 over the result files of such work that are in `folder`.
    ///
    /// # Errors
    /// When a result file cannot be read.
    pub fn hash(self, folder: &Path) -> io::Result<String> {
        hash_of(folder, self.tables(true))
    }

    /// SHA-256 over the other tables of such work in `folder`, and the description of all.
    ///
    /// # Errors
    /// When one cannot be read.
    pub fn hash_besides(self, folder: &Path) -> io::Result<String> {
        hash_of(folder, self.tables(false).chain([data_package::NAME]))
    }

    /// Files of its tables that are results, or of those that are not.
    fn tables(self, hashed: bool) -> impl Iterator<Item = &'static str> {
        let tables = TABLES.iter().filter(move |table| table.hashed == hashed);
        let tables = tables.filter(move |table| table.kind == self);
        tables.map(|table| table.file)
    }
}

/// SHA-256 over those of these files that are in `folder`.
fn hash_of(folder: &Path, files: impl Iterator<Item = &'static str>) -> io::Result<String> {
    let mut hash = Sha256::new();
    for file in files {
        let path = folder.join(file);
        if path.exists() {
            hash.update(file);
            hash.update(digest(&path)?);
        }
    }
    Ok(hex(&hash.finalize()))
}

/// SHA-256 of a file of any size.
fn digest(path: &Path) -> io::Result<[u8; 32]> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut piece = vec![0; 1 << 16];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(hash.finalize().into()),
            length => hash.update(&piece[..length]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_the_digest_of_its_bytes() {
        let path = std::env::temp_dir().join(format!("cogov-digest-{}", std::process::id()));
        let bytes: Vec<u8> = (0..200_000_u32).map(|i| i as u8).collect();
        fs::write(&path, &bytes).unwrap();
        let found = digest(&path).unwrap();
        fs::remove_file(path).unwrap();
        assert_eq!(found[..], Sha256::digest(bytes)[..]);
    }
}
