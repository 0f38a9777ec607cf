//! A row of `runs.csv` is computed again and compared.

use std::path::Path;
use std::sync::Arc;

use crate::experiment::runs::digest::Digest;
use crate::experiment::runs::plan::{Group, Job, MODEL_VERSION, Plan};
use crate::output::folder::Kind;
use crate::output::tables::runs;
use crate::simulation::{Onward, Simulation};
use crate::study::Error;
use crate::study::claim::{read, refuse_unfinished};
use crate::study::error::UnfitFolder;

/// A run that was computed again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replayed {
    /// Name of the policy.
    pub policy: String,
    /// Replication.
    pub replication: u32,
    /// Columns that were compared.
    pub columns: usize,
    /// Those that differ.
    pub differences: Vec<CellDifference>,
}

/// A cell that is not what this program computes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellDifference {
    /// Name of the column.
    pub column: String,
    /// What the table holds.
    pub recorded: String,
    /// What this program computes.
    pub computed: String,
}

/// Computes the run with this number of the study in `folder` again.
///
/// # Errors
/// When the folder holds no finished study of this version, or no such run.
pub fn replay(folder: &Path, run_id: usize) -> Result<Replayed, Error> {
    let plan = plan(folder)?;
    let group = plan.group_of(run_id);
    let found = group
        .as_ref()
        .and_then(|group| Some((group, job(group, run_id)?)));
    let last = plan.runs() - 1;
    let unknown = || Error::folder(folder, UnfitFolder::NoRun { run_id, last });
    let (group, job) = found.ok_or_else(unknown)?;
    let recorded = recorded(folder, run_id, &plan)?;
    let again = computed(&plan, group, job);
    Ok(Replayed {
        policy: plan.scenario().policies[job.policy].name.clone(),
        replication: job.replication,
        columns: again.len(),
        differences: differences(&plan, recorded, again),
    })
}

/// The row of the run in the table of the study, whose columns are those of `plan`.
fn recorded(folder: &Path, run_id: usize, plan: &Plan) -> Result<Vec<String>, Error> {
    let found = runs::recorded(folder, &run_id.to_string());
    let table = folder.join("runs.csv");
    let (columns, row) = found.map_err(|fault| Error::disk(&table, fault))?;
    let expected = runs::run_columns(plan);
    if columns != expected {
        let (expected, found) = first_difference(&expected, &columns);
        let why = UnfitFolder::OtherColumns { expected, found };
        return Err(Error::folder(folder, why));
    }
    row.ok_or_else(|| Error::folder(folder, UnfitFolder::NoRow(run_id)))
}

/// The runs of the study in `folder`.
fn plan(folder: &Path) -> Result<Plan, Error> {
    let unfit = |why| Err(Error::folder(folder, why));
    let (manifest, scenario) = read(folder)?;
    if manifest.kind == Kind::Calibration {
        return unfit(UnfitFolder::Calibration);
    }
    refuse_unfinished(folder, &manifest)?;
    match manifest.model_version {
        MODEL_VERSION => Ok(manifest.plan(Arc::new(scenario))?),
        other => unfit(UnfitFolder::OtherModel(other)),
    }
}

fn job(group: &Group, run_id: usize) -> Option<&Job> {
    group.jobs.iter().find(|job| job.run_id == run_id)
}

/// The first column in which two headers differ, in words.
fn first_difference(expected: &[&str], found: &[String]) -> (String, String) {
    let same = expected.iter().zip(found).take_while(|(a, b)| a == b);
    let at = same.count();
    let column = |name: Option<&str>| match name {
        Some(name) => format!("`{name}` as column {}", at + 1),
        None => format!("{at} columns"),
    };
    let found = found.get(at).map(String::as_str);
    (column(expected.get(at).copied()), column(found))
}

/// The row of `runs.csv` as this program computes it.
fn computed(plan: &Plan, group: &Group, job: &Job) -> Vec<String> {
    let simulation = Simulation::new(Arc::clone(&group.point.scenario));
    let policy = &group.point.scenario.policies[job.policy];
    let run = simulation.run(policy, job.replication, true, |_| Onward::Continue);
    let run = run.expect("nobody stops it");
    runs::row(plan, group, job, &Digest::new(&plan.kept(), &run))
}

fn differences(plan: &Plan, recorded: Vec<String>, again: Vec<String>) -> Vec<CellDifference> {
    let columns = runs::run_columns(plan).into_iter();
    let rows = columns.zip(recorded.into_iter().zip(again));
    let differ = rows.filter(|(_, (before, now))| before != now);
    let differ = differ.map(|(column, (recorded, computed))| CellDifference {
        column: column.to_owned(),
        recorded,
        computed,
    });
    differ.collect()
}
