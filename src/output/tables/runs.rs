//! `runs.csv`, one row per run, and `series.csv`, one row per run, month and scope, where series are
//! kept.

use std::io;
use std::path::Path;

use crate::experiment::runs::digest::{Digest, ScopeName};
use crate::experiment::runs::plan::{Group, Job, Plan};
use crate::model::outcome::OUTCOMES;
use crate::output::tables::table::{Table, number};

/// Columns of `runs.csv` before the varied inputs.
pub const RUN_COLUMNS: [&str; 5] = ["run_id", "design_point", "policy", "replication", "seed"];

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

/// All columns of `runs.csv` of the study of `plan`.
pub fn run_columns(plan: &Plan) -> Vec<&str> {
    let mut columns = RUN_COLUMNS.to_vec();
    columns.extend(plan.inputs().iter().map(|input| input.path.as_str()));
    columns.push("status");
    columns.extend(OUTCOMES.iter().map(|outcome| outcome.name));
    columns
}

/// The row of a run, cell by cell.
pub fn row(plan: &Plan, group: &Group, job: &Job, digest: &Digest) -> Vec<String> {
    let scenario = plan.scenario();
    let mut row = vec![
        job.run_id.to_string(),
        group.point.number.to_string(),
        scenario.policies[job.policy].name.clone(),
        job.replication.to_string(),
        scenario.seed.to_string(),
    ];
    let inputs = plan.inputs().iter().zip(&group.point.values);
    row.extend(inputs.map(|(input, value)| input.text(*value)));
    row.push("done".into());
    row.extend(digest.judged().iter().map(|value| number(*value)));
    row
}

/// The header of `runs.csv` of `folder`, and the row of the run called `run_id` if it has one.
///
/// # Errors
/// When the file cannot be read, or a row before that one has not as many cells as the header.
pub fn recorded(folder: &Path, run_id: &str) -> io::Result<(Vec<String>, Option<Vec<String>>)> {
    let cells = |row: &csv::StringRecord| row.iter().map(str::to_owned).collect();
    let mut reader = csv::Reader::from_path(folder.join("runs.csv"))?;
    let columns = cells(reader.headers()?);
    for record in reader.records() {
        let record = record?;
        if record.get(0) == Some(run_id) {
            return Ok((columns, Some(cells(&record))));
        }
    }
    Ok((columns, None))
}

/// Both files, open.
pub struct RunTables<'a> {
    plan: &'a Plan,
    scopes: Vec<ScopeName>,
    runs: Table,
    series: Option<Table>,
}

impl<'a> RunTables<'a> {
    /// Begins both files in `folder`.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn create(folder: &Path, plan: &'a Plan) -> io::Result<Self> {
        let kept = plan.kept();
        let mut scopes = kept.scopes;
        scopes.truncate(kept.series);
        let outcomes = OUTCOMES.iter().map(|outcome| outcome.name);
        let columns = SERIES_COLUMNS.into_iter().chain(outcomes);
        let series = (kept.series > 0).then(|| Table::create(folder, "series.csv", columns));
        Ok(Self {
            plan,
            scopes,
            runs: Table::create(folder, "runs.csv", run_columns(plan))?,
            series: series.transpose()?,
        })
    }

    /// Writes a finished run.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add(&mut self, group: &Group, job: &Job, digest: &Digest) -> io::Result<()> {
        for cell in row(self.plan, group, job, digest) {
            self.runs.text(&cell)?;
        }
        self.runs.end_row()?;
        self.add_series(job, digest)
    }

    fn add_series(&mut self, job: &Job, digest: &Digest) -> io::Result<()> {
        let Some(series) = &mut self.series else {
            return Ok(());
        };
        let scenario = self.plan.scenario();
        let policy = &scenario.policies[job.policy].name;
        let (run, replication) = (job.run_id.to_string(), job.replication.to_string());
        for (row, values) in digest.series.chunks(OUTCOMES.len()).enumerate() {
            let month = row / self.scopes.len();
            let scope = &self.scopes[row % self.scopes.len()];
            let date = scenario.start.plus(month as i32).to_string();
            for text in [
                &run,
                policy,
                &replication,
                &month.to_string(),
                &date,
                scope.kind,
            ] {
                series.text(text)?;
            }
            series.text(&scope.name)?;
            for value in values {
                series.number(*value)?;
            }
            series.end_row()?;
        }
        Ok(())
    }

    /// Gives both files their names.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn finish(self) -> io::Result<()> {
        self.runs.finish()?;
        self.series.map_or(Ok(()), Table::finish)
    }
}
