//! `cogov merge`: the parts of a study become the whole, byte for byte.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use crate::cli::Failure;
use crate::cli::missing::Manner;
use crate::cli::study::{Begin, Study, Writing};
use crate::cli::terminal::show;
use crate::experiment::runs::plan::Plan;
use crate::experiment::runs::store::Store;
use crate::output::folder::manifest::Manifest;
use crate::scenario::Scenario;

/// Join the parts of a study that was run with --shard
///
/// Gives the same bytes as the study run in one piece.
#[derive(Debug, Args)]
pub struct Merge {
    /// Folders of the parts
    #[arg(required = true)]
    parts: Vec<PathBuf>,
    /// Folder for the results
    #[arg(long)]
    out: PathBuf,
    /// Folder of finished runs that the parts were given with --store [default: each part's own]
    #[arg(long, value_name = "DIR")]
    store: Option<PathBuf>,
    #[command(flatten)]
    writing: Writing,
    #[command(flatten)]
    manner: Manner,
}

impl Merge {
    /// Does it.
    pub fn execute(self) -> Result<(), Failure> {
        let (mut manifest, scenario) = read(&self.parts[0])?;
        for part in &self.parts[1..] {
            refuse_other(&manifest, part, &self.parts[0])?;
        }
        manifest.restart(std::env::args().skip(1).collect());
        let begin = Begin {
            folder: self.out.clone(),
            store: None,
            manifest,
            scenario,
            inputs: &[],
            resume: false,
        };
        let mut study = Study::take(begin, &self.writing, self.manner)?;
        self.gather(&study.plan, &study.store)?;
        study.finish()?;
        show(&self.summary(&study))
    }

    fn summary(&self, study: &Study) -> String {
        let runs = study.plan.runs();
        if !self.writing.json {
            return format!("{runs} runs joined\n\n{}", study.places());
        }
        let summary = json!({
            "scenario": study.scenario.name,
            "folder": study.folder,
            "runs": runs,
            "result_sha256": study.manifest.result_sha256,
        });
        format!("{summary:#}\n")
    }

    /// Takes every run of `plan` from the parts into `store`.
    fn gather(&self, plan: &Plan, store: &Store) -> Result<(), Failure> {
        let places: Vec<PathBuf> = match &self.store {
            Some(store) => vec![store.clone()],
            None => self.parts.iter().map(|part| part.join("runs")).collect(),
        };
        let open = |place: &PathBuf| {
            Store::open(place).map_err(|fault| Failure::disk(&place.display().to_string(), &fault))
        };
        let parts: Vec<Store> = places.iter().map(open).collect::<Result<_, _>>()?;
        let kept = plan.kept();
        let mut missing = 0;
        for job in plan.groups().flat_map(|group| group.jobs) {
            let mut found = false;
            for part in &parts {
                let taken = store.take(part, &job, &kept);
                found = taken.map_err(|fault| Failure::disk("a run could not be kept", &fault))?;
                if found {
                    break;
                }
            }
            missing += usize::from(!found);
        }
        if missing == 0 {
            return Ok(());
        }
        Err(Failure::Input(format!(
            "error: {missing} of {} runs are in none of the parts\n\nhint: give all parts, and finish each with the command that began it",
            plan.runs()
        )))
    }
}

fn read(part: &Path) -> Result<(Manifest, Scenario), Failure> {
    let found = Manifest::read_with_scenario(part);
    found.ok_or_else(|| {
        Failure::Input(format!(
            "error: `{}` holds no study of this version",
            part.display()
        ))
    })
}

fn refuse_other(manifest: &Manifest, part: &Path, first: &Path) -> Result<(), Failure> {
    let (other, _) = read(part)?;
    if other.is_of(manifest) && other.replications == manifest.replications {
        return Ok(());
    }
    let (part, first) = (part.display(), first.display());
    Err(Failure::Input(format!(
        "error: `{part}` is no part of the study in `{first}`"
    )))
}
