//! All files of a study, made from the runs in its store.

use std::io;
use std::path::Path;

use crate::experiment::design::responses::Responses;
use crate::experiment::runs::FinishedRuns;
use crate::experiment::runs::before::BeforeCount;
use crate::experiment::runs::digest::Digest;
use crate::experiment::runs::plan::{Group, Job, Plan};
use crate::experiment::statistics::compare::{Comparison, Missing};
use crate::experiment::statistics::distribution::Distribution;
use crate::experiment::statistics::levels::PolicyLevels;
use crate::output::folder::data_package;
use crate::output::folder::manifest::Manifest;
use crate::output::tables::layout::Kind;
use crate::output::tables::points::PointTable;
use crate::output::tables::runs::{self, RunTable};
use crate::output::tables::{
    between, costs, distribution, effects, levels, policies, robustness, sensitivity, series,
    uncertainty, unknowns,
};
use crate::scenario::sweep::Sweep;

/// What a study found.
#[derive(Debug)]
pub struct Results {
    /// Effects and costs of its policies.
    pub comparison: Comparison,
    /// Means over all runs, as in a digest.
    pub means: Vec<f64>,
    /// Responses to the design of a sweep.
    pub responses: Option<Responses>,
}

/// Why there are no results.
#[derive(Debug)]
pub enum Broken {
    /// A file could not be written.
    Disk(io::Error),
    /// A run is not there.
    Missing(Missing),
}

impl From<Missing> for Broken {
    fn from(missing: Missing) -> Self {
        Self::Missing(missing)
    }
}

impl From<io::Error> for Broken {
    fn from(fault: io::Error) -> Self {
        Self::Disk(fault)
    }
}

/// The tables that are written run by run.
struct RunTables<'a> {
    runs: RunTable<'a>,
    points: Option<PointTable<'a>>,
}

impl<'a> RunTables<'a> {
    fn create(folder: &Path, plan: &'a Plan) -> io::Result<Self> {
        Ok(Self {
            runs: RunTable::create(folder, plan)?,
            points: PointTable::create(folder, plan)?,
        })
    }

    fn add(&mut self, group: &Group, job: &Job, digest: &Digest) -> io::Result<()> {
        self.runs.add(group, job, digest)?;
        let points = self.points.as_mut();
        points.map_or(Ok(()), |points| points.add(group, job, digest))
    }

    fn finish(self) -> io::Result<()> {
        self.runs.finish()?;
        self.points.map_or(Ok(()), PointTable::finish)
    }
}

/// Writes all tables of the study of `plan` into `folder`, and their hash into its `manifest`, on the threads
/// of the current pool.
///
/// # Errors
/// When a run is missing or a file cannot be written.
pub fn write(
    folder: &Path,
    plan: &Plan,
    finished: &dyn FinishedRuns,
    manifest: &mut Manifest,
) -> Result<Results, Broken> {
    let mut tables = RunTables::create(folder, plan)?;
    let mut distribution = distribution_of(plan);
    let mut before = BeforeCount::of(plan);
    let mut levels = levels_of(plan);
    let results = Results::of(plan, finished, |group, job, digest| {
        tables.add(group, job, digest)?;
        before.iter_mut().for_each(|of| of.add(job, digest));
        levels.iter_mut().for_each(|of| of.add(digest));
        let distribution = distribution.iter_mut();
        distribution.for_each(|of| {
            of.enter(Some(&group.point));
            of.add(job.policy, digest);
        });
        Ok::<(), Broken>(())
    })?;
    tables.finish()?;
    series::write::<Broken>(folder, plan, finished)?;
    results.write_tables(folder, plan, manifest.sweep.as_ref())?;
    if let Some(levels) = &levels {
        levels::LAYOUT.write(folder, levels::rows(plan.scenario(), levels))?;
    }
    manifest.before_measures = before.map(BeforeCount::counted);
    if let Some(distribution) = &mut distribution {
        distribution.enter(None);
    }
    describe(folder, plan, distribution.as_ref(), manifest)?;
    Ok(results)
}

/// Writes what comes last: how people fare, the description of all tables, the manifest with their hash.
fn describe(
    folder: &Path,
    plan: &Plan,
    distribution: Option<&Distribution>,
    manifest: &mut Manifest,
) -> io::Result<()> {
    if let Some(distribution) = distribution {
        let rows = distribution::rows(plan.scenario(), distribution);
        distribution::LAYOUT.write(folder, rows)?;
    }
    let own = runs::own_columns(plan);
    data_package::write(folder, plan.scenario(), Kind::Policies, &own)?;
    manifest.prove(folder)?;
    manifest.write(folder, plan.scenario())
}

/// A distribution to be filled in, where people are kept and there is something to compare.
fn distribution_of(plan: &Plan) -> Option<Distribution> {
    let kept = plan.kept();
    let compared = kept.people && plan.scenario().policies.len() > 1;
    compared.then(|| Distribution::of(plan.scenario(), &kept))
}

/// Levels to be filled in, where one policy is run and nothing is varied.
fn levels_of(plan: &Plan) -> Option<PolicyLevels> {
    let alone = plan.scenario().policies.len() == 1 && plan.inputs().is_empty();
    alone.then(|| PolicyLevels::of(plan.scenario()))
}

fn add_to(sums: &mut Vec<f64>, values: &[f64]) {
    sums.resize(values.len(), 0.0);
    sums.iter_mut()
        .zip(values)
        .for_each(|(sum, value)| *sum += value);
}

impl Results {
    /// What the `finished` runs of `plan` say; `each` sees every run in order.
    ///
    /// # Errors
    /// Names the first run that is missing or damaged, or passes on what `each` returned.
    pub fn of<E: From<Missing>>(
        plan: &Plan,
        finished: &dyn FinishedRuns,
        mut each: impl FnMut(&Group, &Job, &Digest) -> Result<(), E>,
    ) -> Result<Self, E> {
        let swept = !plan.inputs().is_empty();
        let mut responses = swept.then(|| Responses::to(plan));
        let mut means = Vec::new();
        let comparison = Comparison::new(plan, finished, |group, job, digest| {
            each(group, job, digest)?;
            let responses = responses.iter_mut();
            responses.for_each(|of| of.add(group, job, digest));
            add_to(&mut means, &digest.means);
            Ok::<(), E>(())
        })?;
        let runs = plan.runs() as f64;
        means.iter_mut().for_each(|mean| *mean /= runs);
        Ok(Self {
            comparison,
            means,
            responses,
        })
    }

    fn write_tables(&self, folder: &Path, plan: &Plan, sweep: Option<&Sweep>) -> io::Result<()> {
        if plan.scenario().policies.len() > 1 {
            let (scenario, found) = (plan.scenario(), &self.comparison);
            effects::LAYOUT.write(folder, effects::rows(scenario, found))?;
            policies::LAYOUT.write(folder, policies::rows(scenario))?;
            costs::LAYOUT.write(folder, costs::rows(scenario, found))?;
            between::LAYOUT.write(folder, between::rows(scenario, found))?;
            if !plan.worlds().is_empty() {
                uncertainty::LAYOUT.write(folder, uncertainty::rows(scenario, found))?;
                unknowns::LAYOUT.write(folder, unknowns::rows(plan, found))?;
            }
        }
        let (Some(sweep), Some(responses)) = (sweep, &self.responses) else {
            return Ok(());
        };
        robustness::LAYOUT.write(folder, robustness::rows(plan, responses))?;
        if sensitivity::told_by(sweep.method) {
            let rows = sensitivity::rows(plan, sweep, responses);
            sensitivity::LAYOUT.write(folder, rows)?;
        }
        Ok(())
    }
}
