//! A calibration as its tables tell it: all that its page shows.

use std::path::Path;

use crate::model::outcome::main_outcomes;
use crate::output::report::FolderFault;
use crate::output::report::frame::Rows;
use crate::output::tables::calibration::{
    claims, emulators, posterior, posterior_summary, predictive, waves,
};
use crate::output::tables::layout::Layout;
use crate::output::tables::row::TableRow;

/// What the tables of a folder say.
#[derive(Debug)]
pub struct ToldCalibration {
    /// Title of the study.
    pub name: String,
    /// Waves of history matching.
    pub waves: Vec<waves::Row>,
    /// Targets before and after.
    pub targets: Vec<predictive::Row>,
    /// Of each target, the standard deviation of all that sets a history apart from what was seen.
    pub spreads: Vec<f64>,
    /// Parameters before and after.
    pub parameters: Vec<posterior_summary::Row>,
    /// In how much of the region each effect keeps its sign; nothing where nobody looked.
    pub claims: Option<Vec<claims::Row>>,
    /// Weights of the posterior's points.
    pub weights: Vec<f64>,
}

impl ToldCalibration {
    /// Reads the tables in `folder` of the study called `name`.
    ///
    /// # Errors
    /// When a table is missing or damaged.
    pub fn read(folder: &Path, name: &str) -> Result<Self, FolderFault> {
        let targets: Vec<predictive::Row> = rows(folder, &predictive::LAYOUT)?;
        let points: Vec<posterior::PosteriorHead> = rows(folder, &posterior::LAYOUT)?;
        let weights = points.iter().map(|point| number(point.weight));
        let claims = Rows::open_if_there(folder, &claims::LAYOUT, false)?;
        let claims = claims.map(all).transpose()?;
        refuse_gaps(claims.as_deref().unwrap_or_default())?;
        Ok(Self {
            name: name.to_owned(),
            waves: rows(folder, &waves::LAYOUT)?,
            spreads: spreads(&targets, &rows(folder, &emulators::LAYOUT)?),
            targets,
            parameters: rows(folder, &posterior_summary::LAYOUT)?,
            claims,
            weights: weights.collect(),
        })
    }

    /// Points of equal weight that would be as good as the posterior's.
    pub fn effective_points(&self) -> f64 {
        let squares = self.weights.iter().map(|weight| weight * weight);
        1.0 / squares.sum::<f64>()
    }
}

/// What a cell holds; NaN where it is empty.
pub fn number(cell: Option<f64>) -> f64 {
    cell.unwrap_or(f64::NAN)
}

/// Errors and discrepancy of each target, and the chance that the last wave's emulators were told of.
fn spreads(targets: &[predictive::Row], emulators: &[emulators::Row]) -> Vec<f64> {
    let spread = |target: &predictive::Row| {
        let mut of = emulators.iter().rev();
        let last = of.find(|one| one.target == target.target);
        let chance = last.map_or(0.0, |one| number(one.chance_sd));
        let parts = [
            number(target.observation_sd),
            number(target.discrepancy_sd),
            chance,
        ];
        libm::sqrt(parts.map(|sd| sd * sd).iter().sum())
    };
    targets.iter().map(spread).collect()
}

/// Every policy has one claim for each main outcome.
fn refuse_gaps(claims: &[claims::Row]) -> Result<(), FolderFault> {
    let mut policies = claims.chunks(main_outcomes().len());
    let whole = policies.all(|of| {
        of.len() == main_outcomes().len() && of.iter().all(|claim| claim.policy == of[0].policy)
    });
    match whole {
        true => Ok(()),
        false => Err(FolderFault::damaged(
            claims::LAYOUT.file,
            "expected a row for every policy and main outcome, and some are missing",
        )),
    }
}

fn rows<R: TableRow>(folder: &Path, table: &Layout) -> Result<Vec<R>, FolderFault> {
    all(Rows::open(folder, table)?)
}

fn all<R: TableRow>(mut rows: Rows<R>) -> Result<Vec<R>, FolderFault> {
    let mut all = Vec::new();
    while let Some(row) = rows.advance()? {
        all.push(row);
    }
    Ok(all)
}
