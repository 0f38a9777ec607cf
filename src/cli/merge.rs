//! `cogov merge`: the parts of a study become the whole, byte for byte.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use crate::cli::study::{broken_results, lock};
use crate::cli::terminal::show;
use crate::cli::{Failure, report};
use crate::experiment::plan::Plan;
use crate::experiment::store::Store;
use crate::output::manifest::Manifest;
use crate::output::results;
use crate::scenario::Scenario;
use crate::scenario::fault::Faults;

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
}

impl Merge {
    /// Does it.
    pub fn execute(self) -> Result<(), Failure> {
        let (mut manifest, scenario) = read(&self.parts[0])?;
        for part in &self.parts[1..] {
            refuse_other(&manifest, part, &self.parts[0])?;
        }
        manifest.command_line = std::env::args().skip(1).collect();
        let plan = manifest.plan(Arc::new(scenario));
        let plan = plan.map_err(|fault| Failure::Scenario(Faults::from(vec![fault])))?;
        let _lock = lock(&self.out)?;
        refuse_taken(&manifest, &self.out)?;
        let disk = |fault| Failure::disk(&self.out.display().to_string(), &fault);
        manifest.write(&self.out, plan.scenario()).map_err(disk)?;
        let store = Store::open(&self.out.join("runs")).map_err(disk)?;
        self.gather(&plan, &store)?;
        let compares = plan.scenario().policies.len() > 1;
        if compares {
            report::prepare(&self.out, &Arc::new(plan.scenario().clone()), &manifest)?;
        }
        let written = results::write(&self.out, &plan, &store, &mut manifest);
        written.map_err(|broken| broken_results(&self.out, broken))?;
        if compares {
            report::make(&self.out)?;
        }
        show(&format!(
            "{} runs joined\n\nresults: {}\n",
            plan.runs(),
            self.out.display()
        ))
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
    if (&other.study, other.replications) == (&manifest.study, manifest.replications) {
        return Ok(());
    }
    let (part, first) = (part.display(), first.display());
    Err(Failure::Input(format!(
        "error: `{part}` is no part of the study in `{first}`"
    )))
}

fn refuse_taken(manifest: &Manifest, out: &Path) -> Result<(), Failure> {
    match Manifest::read(out) {
        Some(old) if old.study != manifest.study => Err(Failure::Input(format!(
            "error: `{}` holds another study\n\nhint: choose another folder with --out",
            out.display()
        ))),
        _ => Ok(()),
    }
}
