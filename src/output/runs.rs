//! `runs.csv`, one row per run, and `series.csv`, one row per run, month and scope.

use std::io;
use std::path::Path;

use crate::experiment::digest::{Digest, ScopeName, scopes, series_scopes};
use crate::experiment::plan::Job;
use crate::model::outcome::OUTCOMES;
use crate::output::table::Table;
use crate::scenario::Scenario;

/// Columns of `runs.csv` before the outcomes.
pub const RUN_COLUMNS: [&str; 6] = [
    "run_id",
    "design_point",
    "policy",
    "replication",
    "seed",
    "status",
];

/// Columns of `series.csv` before the outcomes.
pub const SERIES_COLUMNS: [&str; 7] = [
    "run_id",
    "policy",
    "replication",
    "month",
    "date",
    "scope_kind",
    "scope",
];

/// Both files, open.
pub struct RunTables<'a> {
    scenario: &'a Scenario,
    scopes: Vec<ScopeName>,
    runs: Table,
    series: Table,
}

impl<'a> RunTables<'a> {
    /// Begins both files in `folder`.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn create(folder: &Path, scenario: &'a Scenario) -> io::Result<Self> {
        let outcomes = || OUTCOMES.iter().map(|outcome| outcome.name);
        let mut names = scopes(&scenario.geography);
        names.truncate(series_scopes(scenario));
        Ok(Self {
            scenario,
            scopes: names,
            runs: Table::create(
                folder,
                "runs.csv",
                RUN_COLUMNS.into_iter().chain(outcomes()),
            )?,
            series: Table::create(
                folder,
                "series.csv",
                SERIES_COLUMNS.into_iter().chain(outcomes()),
            )?,
        })
    }

    /// Writes a finished run.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add(&mut self, job: &Job, digest: &Digest) -> io::Result<()> {
        let policy = &self.scenario.policies[job.policy].name;
        for text in [
            &job.run_id.to_string(),
            "0",
            policy,
            &job.replication.to_string(),
        ] {
            self.runs.text(text)?;
        }
        self.runs.text(&self.scenario.seed.to_string())?;
        self.runs.text("done")?;
        for value in &digest.means[..OUTCOMES.len()] {
            self.runs.number(*value)?;
        }
        self.runs.end_row()?;
        self.add_series(job, digest)
    }

    fn add_series(&mut self, job: &Job, digest: &Digest) -> io::Result<()> {
        let policy = &self.scenario.policies[job.policy].name;
        let (run, replication) = (job.run_id.to_string(), job.replication.to_string());
        for (row, values) in digest.series.chunks(OUTCOMES.len()).enumerate() {
            let month = row / self.scopes.len();
            let scope = &self.scopes[row % self.scopes.len()];
            let date = self.scenario.start.plus(month as i32).to_string();
            for text in [
                &run,
                policy,
                &replication,
                &month.to_string(),
                &date,
                scope.kind,
            ] {
                self.series.text(text)?;
            }
            self.series.text(&scope.name)?;
            for value in values {
                self.series.number(*value)?;
            }
            self.series.end_row()?;
        }
        Ok(())
    }

    /// Gives both files their names.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn finish(self) -> io::Result<()> {
        self.runs.finish()?;
        self.series.finish()
    }
}
