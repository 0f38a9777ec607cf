//! All files of a study, made from the runs in its store.

use std::io;
use std::path::Path;

use crate::experiment::design::responses::Responses;
use crate::experiment::runs::before::BeforeCount;
use crate::experiment::runs::plan::Plan;
use crate::experiment::runs::store::Store;
use crate::experiment::statistics::compare::{Comparison, Missing};
use crate::experiment::statistics::distribution::Distribution;
use crate::output::folder::data_package;
use crate::output::folder::manifest::Manifest;
use crate::output::tables::layout::Kind;
use crate::output::tables::{
    between, costs, distribution, effects, points, policies, robustness, runs, sensitivity, series,
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

/// Writes all tables of the study of `plan` into `folder`, and their hash into its `manifest`.
///
/// # Errors
/// When a run is missing or a file cannot be written.
pub fn write(
    folder: &Path,
    plan: &Plan,
    store: &Store,
    manifest: &mut Manifest,
) -> Result<Results, Broken> {
    let mut table = runs::RunTable::create(folder, plan)?;
    let mut series = series::SeriesTable::create(folder, plan)?;
    let mut points = points::PointTable::create(folder, plan)?;
    let mut responses = manifest.sweep.as_ref().map(|_| Responses::to(plan));
    let mut means = Vec::new();
    let mut distribution = distribution_of(plan);
    let mut before = BeforeCount::of(plan);
    let comparison = Comparison::new(plan, store, |group, job, digest| {
        table.add(group, job, digest)?;
        let mut series = series.iter_mut();
        series.try_for_each(|of| of.add(job, digest))?;
        let mut points = points.iter_mut();
        points.try_for_each(|of| of.add(group, job, digest))?;
        let responses = responses.iter_mut();
        responses.for_each(|of| of.add(group, job, digest));
        let distribution = distribution.iter_mut();
        distribution.for_each(|of| of.add(job.policy, digest));
        before.iter_mut().for_each(|of| of.add(job, digest));
        add_to(&mut means, &digest.means);
        Ok::<(), Broken>(())
    })?;
    table.finish()?;
    series.map_or(Ok(()), series::SeriesTable::finish)?;
    points.map_or(Ok(()), points::PointTable::finish)?;
    let runs = plan.runs() as f64;
    means.iter_mut().for_each(|mean| *mean /= runs);
    let results = Results {
        comparison,
        means,
        responses,
    };
    results.write_tables(folder, plan, manifest.sweep.as_ref())?;
    manifest.before_measures = before.map(BeforeCount::counted);
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

fn add_to(sums: &mut Vec<f64>, values: &[f64]) {
    sums.resize(values.len(), 0.0);
    sums.iter_mut()
        .zip(values)
        .for_each(|(sum, value)| *sum += value);
}

impl Results {
    fn write_tables(&self, folder: &Path, plan: &Plan, sweep: Option<&Sweep>) -> io::Result<()> {
        if plan.scenario().policies.len() > 1 {
            let (scenario, found) = (plan.scenario(), &self.comparison);
            effects::LAYOUT.write(folder, effects::rows(scenario, found))?;
            policies::LAYOUT.write(folder, policies::rows(scenario))?;
            costs::LAYOUT.write(folder, costs::rows(scenario, found))?;
            between::LAYOUT.write(folder, between::rows(scenario, found))?;
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
