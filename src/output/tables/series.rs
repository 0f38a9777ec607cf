//! `series.csv`: a row per run, month and scope, where series are kept.

use std::io;
use std::path::Path;

use super::layout::{Kind, Layout, OwnColumns, Part};
use super::row::{TableRow as _, table_row};
use super::table::TableWriter;
use crate::experiment::runs::digest::{Digest, ScopeName};
use crate::experiment::runs::plan::{Group, Job, Plan};
use crate::model::outcome::OUTCOMES;
use crate::world::clock::Date;

/// The table.
pub const LAYOUT: Layout = Layout {
    file: "series.csv",
    kind: Kind::Policies,
    hashed: true,
    rows: "one per run and month (and, with `[output] series = \"province\"`, scope)",
    parts: &[Part::Fixed(SeriesHead::FIELDS), Part::Outcomes("")],
};

table_row! {
    /// Which run, when and where.
    pub struct SeriesHead {
        /// number of the run in the study; the order of the rows
        run_id: usize,
        /// name of the plausible world; empty where only chance varies
        world: String,
        /// name of the policy
        policy: String,
        /// number of the replication; in one world, the same number means the same luck
        replication: u32,
        /// months since the start of the run
        #[unit = "months"]
        month: usize,
        /// calendar month
        date: Date,
        /// nation, region or province
        scope_kind: String,
        /// name of the scope
        scope: String,
    }
}

/// The table, open.
pub struct SeriesTable<'a> {
    plan: &'a Plan,
    scopes: Vec<ScopeName>,
    table: TableWriter,
}

impl<'a> SeriesTable<'a> {
    /// Begins the table in `folder`, where series are kept.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn create(folder: &Path, plan: &'a Plan) -> io::Result<Option<Self>> {
        let kept = plan.kept();
        if kept.series == 0 {
            return Ok(None);
        }
        let mut scopes = kept.scopes;
        scopes.truncate(kept.series);
        Ok(Some(Self {
            plan,
            scopes,
            table: LAYOUT.create(folder, &OwnColumns::default())?,
        }))
    }

    /// Writes the months of a finished run.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn add(&mut self, group: &Group, job: &Job, digest: &Digest) -> io::Result<()> {
        let scenario = self.plan.scenario();
        let mut head = SeriesHead {
            run_id: job.run_id,
            world: self.plan.world_name(&group.point).into(),
            policy: scenario.policies[job.policy].name.clone(),
            replication: job.replication,
            month: 0,
            date: scenario.start,
            scope_kind: String::new(),
            scope: String::new(),
        };
        for (row, values) in digest.series.chunks(OUTCOMES.len()).enumerate() {
            let scope = &self.scopes[row % self.scopes.len()];
            head.month = row / self.scopes.len();
            head.date = scenario.start.plus(head.month as i32);
            scope.kind.clone_into(&mut head.scope_kind);
            scope.name.clone_into(&mut head.scope);
            self.table.cells(&head)?;
            for value in values {
                self.table.number(*value)?;
            }
            self.table.end_row()?;
        }
        Ok(())
    }

    /// Gives the table its name.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(self) -> io::Result<()> {
        self.table.finish()
    }
}
