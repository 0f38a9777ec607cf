//! `runs.csv`: a row per run, with the values of the inputs that were varied and every outcome.

use std::io;
use std::path::Path;

use super::cell::number;
use super::layout::{Kind, Layout, OwnColumns, Part};
use super::row::{TableRow as _, table_row};
use super::table::TableWriter;
use crate::experiment::runs::digest::Digest;
use crate::experiment::runs::plan::{Group, Job, Plan};

/// The table.
pub const LAYOUT: Layout = Layout {
    file: "runs.csv",
    kind: Kind::Policies,
    hashed: true,
    rows: "one per run: every outcome, mean of the last 12 months",
    parts: &[
        Part::Fixed(RunHead::FIELDS),
        Part::Inputs,
        Part::Fixed(RunEnd::FIELDS),
        Part::Outcomes("; mean of the last 12 months"),
    ],
};

table_row! {
    /// Which run it is.
    pub struct RunHead {
        /// number of the run in the study; the order of the rows
        run_id: usize,
        /// row of the parameter design; 0 without one
        design_point: usize,
        /// name of the plausible world; empty where only chance varies
        world: String,
        /// name of the policy
        policy: String,
        /// number of the replication; in one world, the same number means the same luck
        replication: u32,
        /// seed of the study
        seed: u64,
    }
}

table_row! {
    /// What became of it.
    pub struct RunEnd {
        /// done
        status: String,
    }
}

/// The columns that the study of `plan` has of its own.
pub fn own_columns(plan: &Plan) -> OwnColumns<'_> {
    OwnColumns {
        inputs: plan
            .inputs()
            .iter()
            .map(|input| input.path.as_str())
            .collect(),
        targets: Vec::new(),
    }
}

/// All columns of the study of `plan`.
pub fn run_columns(plan: &Plan) -> Vec<&str> {
    LAYOUT.columns(&own_columns(plan))
}

/// The row of a run, cell by cell.
pub fn row(plan: &Plan, group: &Group, job: &Job, digest: &Digest) -> Vec<String> {
    let scenario = plan.scenario();
    let head = RunHead {
        run_id: job.run_id,
        design_point: if plan.is_sweep() {
            group.point.number
        } else {
            0
        },
        world: plan.world_name(&group.point).into(),
        policy: scenario.policies[job.policy].name.clone(),
        replication: job.replication,
        seed: scenario.seed,
    };
    let end = RunEnd {
        status: "done".into(),
    };
    let mut row = head.texts();
    let inputs = plan.inputs().iter().zip(&group.point.values);
    row.extend(inputs.map(|(input, value)| input.text(*value)));
    row.extend(end.texts());
    row.extend(digest.judged().iter().map(|value| number(*value)));
    row
}

/// The header of `runs.csv` of `folder`, and the row of the run called `run_id` if it has one.
///
/// # Errors
/// When the file cannot be read, or a row before that one has not as many cells as the header.
pub fn recorded(folder: &Path, run_id: &str) -> io::Result<(Vec<String>, Option<Vec<String>>)> {
    let cells = |row: &csv::StringRecord| row.iter().map(str::to_owned).collect();
    let mut reader = csv::Reader::from_path(folder.join(LAYOUT.file))?;
    let columns = cells(reader.headers()?);
    for record in reader.records() {
        let record = record?;
        if record.get(0) == Some(run_id) {
            return Ok((columns, Some(cells(&record))));
        }
    }
    Ok((columns, None))
}

/// The table, open.
pub struct RunTable<'a> {
    plan: &'a Plan,
    table: TableWriter,
}

impl<'a> RunTable<'a> {
    /// Begins the table in `folder`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn create(folder: &Path, plan: &'a Plan) -> io::Result<Self> {
        let table = LAYOUT.create(folder, &own_columns(plan))?;
        Ok(Self { plan, table })
    }

    /// Writes a finished run.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add(&mut self, group: &Group, job: &Job, digest: &Digest) -> io::Result<()> {
        for cell in row(self.plan, group, job, digest) {
            self.table.text(&cell)?;
        }
        self.table.end_row()
    }

    /// Gives the table its name.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(self) -> io::Result<()> {
        self.table.finish()
    }
}
