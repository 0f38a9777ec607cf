//! `series.csv`: a row per run, month and scope, where series are kept.

use std::io;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::layout::{Kind, Layout, OwnColumns, Part};
use super::row::{TableRow as _, table_row};
use super::table::CsvRows;
use crate::experiment::runs::FinishedRuns;
use crate::experiment::runs::digest::{Digest, ScopeName};
use crate::experiment::runs::plan::{Job, Plan, Point};
use crate::experiment::statistics::compare::Missing;
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

/// Runs whose rows are made at once at most, on a thread each: their texts are in memory together.
const TOGETHER: usize = 16;

/// Writes the months of all `finished` runs of `plan` into `folder`, where series are kept.
///
/// # Errors
/// Names the first run that is missing or damaged; or when the table cannot be written.
pub fn write<E>(folder: &Path, plan: &Plan, finished: &dyn FinishedRuns) -> Result<(), E>
where
    E: From<Missing> + From<io::Error> + Send,
{
    let kept = plan.kept();
    if kept.series == 0 {
        return Ok(());
    }
    let text = |(point, job): &(Arc<Point>, Job)| {
        let digest = finished.find(job, &kept).ok_or(Missing(*job))?;
        let scopes = &kept.scopes[..kept.series];
        Ok::<_, E>(rows_of((plan, point), job, &digest, scopes)?)
    };
    let mut table = LAYOUT.create(folder, &OwnColumns::default())?;
    let mut runs = plan.groups().flat_map(|group| {
        let point = group.point;
        let jobs = group.jobs.into_iter();
        jobs.map(move |job| (Arc::clone(&point), job))
    });
    let together = rayon::current_num_threads().min(TOGETHER);
    loop {
        let some: Vec<(Arc<Point>, Job)> = runs.by_ref().take(together).collect();
        if some.is_empty() {
            break;
        }
        let texts: Vec<Result<Vec<u8>, E>> = some.par_iter().map(text).collect();
        for text in texts {
            table.rows(&text?)?;
        }
    }
    Ok(table.finish()?)
}

/// The rows of a run as they stand in the table, months and scopes in their order.
///
/// # Errors
/// None: memory takes everything.
pub fn rows_of(
    (plan, point): (&Plan, &Point),
    job: &Job,
    digest: &Digest,
    scopes: &[ScopeName],
) -> io::Result<Vec<u8>> {
    let scenario = plan.scenario();
    let mut head = SeriesHead {
        run_id: job.run_id,
        world: plan.world_name(point).into(),
        policy: scenario.policies[job.policy].name.clone(),
        replication: job.replication,
        month: 0,
        date: scenario.start,
        scope_kind: String::new(),
        scope: String::new(),
    };
    let mut rows = CsvRows::to(Vec::new());
    for (row, values) in digest.series.chunks(OUTCOMES.len()).enumerate() {
        let scope = &scopes[row % scopes.len()];
        head.month = row / scopes.len();
        head.date = scenario.start.plus(head.month as i32);
        scope.kind.clone_into(&mut head.scope_kind);
        scope.name.clone_into(&mut head.scope);
        rows.cells(&head)?;
        rows.numbers(values)?;
        rows.end_row()?;
    }
    rows.into_text()
}
