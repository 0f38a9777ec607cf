//! `cogov replay`: a row of `runs.csv` is computed again and compared.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use crate::cli::Failure;
use crate::cli::folder::refuse_unfinished;
use crate::cli::terminal::show;
use crate::experiment::runs::digest::Digest;
use crate::experiment::runs::plan::{Group, Job, MODEL_VERSION, Plan};
use crate::output::folder::Kind;
use crate::output::folder::manifest::Manifest;
use crate::output::tables::runs;
use crate::scenario::reading::fault::Faults;
use crate::simulation::{Onward, Simulation};

/// Compute one run of a finished study again and prove its row of runs.csv
#[derive(Debug, Args)]
pub struct Replay {
    /// Folder of the study
    folder: PathBuf,
    /// Number of the run
    run_id: usize,
}

impl Replay {
    /// Does it.
    pub fn execute(self) -> Result<(), Failure> {
        let (folder, run_id) = (self.folder.display(), self.run_id);
        let plan = self.plan()?;
        let group = plan.group_of(run_id);
        let found = group
            .as_ref()
            .and_then(|group| Some((group, job(group, run_id)?)));
        let (group, job) = found.ok_or_else(|| {
            let last = plan.runs() - 1;
            Failure::Input(format!(
                "error: there is no run {run_id} in `{folder}`: they go from 0 to {last}"
            ))
        })?;
        let recorded = self.recorded(&plan)?;
        let again = computed(&plan, group, job);
        let differ = differences(&plan, &recorded, &again);
        if differ.is_empty() {
            let policy = &plan.scenario().policies[job.policy].name;
            let (replication, columns) = (job.replication, again.len());
            return show(&format!(
                "run {run_id} ({policy}, replication {replication}): all {columns} columns equal\n"
            ));
        }
        let differ = differ.join("\n  ");
        Err(Failure::Disk(format!(
            "error: run {run_id} of `{folder}` is not what this program computes\n  {differ}"
        )))
    }

    /// The row of the run in the table of the study, whose columns are those of `plan`.
    fn recorded(&self, plan: &Plan) -> Result<Vec<String>, Failure> {
        let table = self.folder.join("runs.csv").display().to_string();
        let found = runs::recorded(&self.folder, &self.run_id.to_string());
        let (columns, row) = found.map_err(|fault| Failure::disk(&table, &fault))?;
        let expected = runs::run_columns(plan);
        if columns != expected {
            let (expected, found) = first_difference(&expected, &columns);
            return Err(Failure::Disk(format!(
                "error: the header of `{table}` is not that of the study: expected {expected}, found {found}\n\nhint: the table was changed or cut off; the command in manifest.json makes it again"
            )));
        }
        let run_id = self.run_id;
        row.ok_or_else(|| Failure::Disk(format!("error: `{table}` has no row of run {run_id}")))
    }

    /// The runs of the study in the folder.
    fn plan(&self) -> Result<Plan, Failure> {
        let shown = self.folder.display();
        let found = Manifest::read_with_scenario(&self.folder);
        let (manifest, scenario) = found.ok_or_else(|| {
            Failure::Input(format!("error: `{shown}` holds no study of this version"))
        })?;
        if manifest.kind == Kind::Calibration {
            return Err(Failure::Input(format!(
                "error: `{shown}` holds a calibration, which has no runs.csv"
            )));
        }
        refuse_unfinished(&self.folder, &manifest)?;
        if manifest.model_version != MODEL_VERSION {
            return Err(Failure::Input(format!(
                "error: `{shown}` was computed by version {} of the model, this is version {MODEL_VERSION}",
                manifest.model_version
            )));
        }
        let plan = manifest.plan(Arc::new(scenario));
        plan.map_err(|fault| Failure::Scenario(Faults::from(vec![fault])))
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

/// Columns in which the rows differ, in words.
fn differences(plan: &Plan, recorded: &[String], again: &[String]) -> Vec<String> {
    let columns = runs::run_columns(plan).into_iter();
    let rows = columns.zip(recorded.iter().zip(again));
    let differ = rows.filter(|(_, (before, now))| before != now);
    differ
        .map(|(column, (before, now))| format!("{column}: recorded {before}, computed {now}"))
        .collect()
}
