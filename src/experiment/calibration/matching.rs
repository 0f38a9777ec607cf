//! What a calibration runs, wave by wave, and what it has found.

use std::sync::Arc;

use crate::experiment::calibration::ensemble::{Ensemble, left};
use crate::experiment::calibration::posterior::Posterior;
use crate::experiment::calibration::region::Search;
use crate::experiment::calibration::targets::Targets;
use crate::experiment::design::UnitPoint;
use crate::experiment::design::responses::Responses;
use crate::experiment::runs::digest::Detail;
use crate::experiment::runs::plan::Plan;
use crate::scenario::Scenario;
use crate::scenario::calibration::Calibration;
use crate::scenario::input::Input;
use crate::scenario::reading::fault::Fault;
use crate::scenario::sweep::{Method, Over, Sweep};

/// A wave of history matching.
#[derive(Debug, Clone)]
pub struct Matched {
    /// How its points were found.
    pub search: Search,
    /// What its runs say.
    pub ensemble: Ensemble,
    /// Implausibility of each target at each point.
    pub implausibilities: Vec<Vec<f64>>,
    /// Which points are not ruled out.
    pub left: Vec<bool>,
}

/// All that a calibration found.
#[derive(Debug, Clone)]
pub struct Findings {
    /// Runs at the scenario's own values.
    pub own: Ensemble,
    /// Waves so far.
    pub waves: Vec<Matched>,
    /// Points of the posterior.
    pub proposals: Vec<UnitPoint>,
    /// Their runs.
    pub predictive: Ensemble,
    /// Their weights.
    pub posterior: Posterior,
    /// Responses of all policies at the own values, then at points of the region.
    pub claims: Option<Responses>,
}

impl Matched {
    /// A wave of points found by `search` with these runs.
    pub fn new(
        search: Search,
        ensemble: Ensemble,
        (targets, chance): (&Targets, &[f64]),
        calibration: &Calibration,
    ) -> Self {
        let implausibilities = ensemble.implausibilities(targets, chance);
        Self {
            left: left(&implausibilities, calibration.misses, calibration.cutoff),
            search,
            ensemble,
            implausibilities,
        }
    }

    /// Points of the wave that its own runs do not rule out.
    pub fn region(&self) -> Vec<UnitPoint> {
        let points = self.search.points.iter().zip(&self.left);
        let kept = points.filter(|(_, left)| **left);
        kept.map(|(unit, _)| unit.clone()).collect()
    }

    /// Share of the whole ranges from which its points come.
    pub fn volume(&self) -> f64 {
        match self.search.candidates {
            0 => 1.0,
            candidates => self.search.kept as f64 / candidates as f64,
        }
    }
}

/// Coordinates of the inputs at a point of the unit cube; those that are words have equal parts of it.
pub fn values(calibration: &Calibration, unit: &[f64]) -> Vec<f64> {
    let each = calibration.vary.iter().zip(unit);
    each.map(|(one, u)| coordinate(&one.over, *u)).collect()
}

fn coordinate(over: &Over, u: f64) -> f64 {
    match over {
        Over::Range(low, high) => low + u * (high - low),
        Over::Values(values) => {
            let part = (u * values.len() as f64) as usize;
            values[part.min(values.len() - 1)]
        }
    }
}

/// The scenario's own coordinates of the inputs.
pub fn own_values(scenario: &Scenario, calibration: &Calibration) -> Vec<f64> {
    let own =
        |path: &str| Input::named(path, scenario).map_or(f64::NAN, |input| input.own(scenario));
    calibration.vary.iter().map(|one| own(&one.path)).collect()
}

/// Runs of the policy in force when the targets were seen, until the last of them, at these `rows`.
///
/// # Errors
/// When a row makes no sense.
pub fn history(
    scenario: &Scenario,
    calibration: &Calibration,
    targets: &Targets,
    rows: Vec<Vec<f64>>,
) -> Result<Plan, Fault> {
    let chosen = scenario.policies.iter();
    let chosen = chosen.filter(|policy| policy.name == calibration.history);
    let past = Scenario {
        months: calibration.months(),
        policies: chosen.cloned().collect(),
        ..scenario.clone()
    };
    let plan = Plan::swept(Arc::new(past), &table(calibration, rows), Detail::Judged)?;
    Ok(plan.reading(targets.readings()))
}

/// Runs of all policies but that one, to the end of the scenario, at these `rows`.
///
/// # Errors
/// When a row makes no sense.
pub fn comparison(
    scenario: &Scenario,
    calibration: &Calibration,
    rows: Vec<Vec<f64>>,
) -> Result<Plan, Fault> {
    let compared = Scenario {
        policies: calibration.compared(&scenario.policies).cloned().collect(),
        ..scenario.clone()
    };
    Plan::swept(
        Arc::new(compared),
        &table(calibration, rows),
        Detail::Judged,
    )
}

/// The ranges that are searched, as the sweep that a manifest records.
pub fn searched(calibration: &Calibration) -> Sweep {
    Sweep {
        method: Method::LatinHypercube,
        points: calibration.points,
        vary: calibration.vary.clone(),
        table: Vec::new(),
    }
}

fn table(calibration: &Calibration, rows: Vec<Vec<f64>>) -> Sweep {
    Sweep {
        method: Method::Table,
        points: rows.len() as u32,
        vary: calibration.vary.clone(),
        table: rows,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::by_hand::{calibration, scenario, varied};
    use crate::world::by_hand::near;

    #[test]
    fn ranges_are_stretched_and_words_have_equal_parts() {
        let mut of = calibration();
        of.vary.push(varied(&[7.0, 8.0, 9.0]));
        let at = |u| values(&of, &[u, u]);
        assert_eq!(at(0.25), [2.0, 7.0]);
        assert_eq!(at(0.5), [3.0, 8.0]);
        assert_eq!(at(0.7), [1.0 + 0.7 * 4.0, 9.0]);
        assert_eq!(at(1.0), [5.0, 9.0]);
        assert_eq!(own_values(&scenario(), &calibration()), [3.0]);
    }

    #[test]
    fn a_region_is_what_is_left_of_its_share_of_the_ranges() {
        let matched = |candidates, kept| Matched {
            search: Search {
                candidates,
                kept,
                points: vec![vec![0.1], vec![0.2], vec![0.3]],
                walked: 0,
            },
            ensemble: Ensemble::default(),
            implausibilities: Vec::new(),
            left: vec![true, false, true],
        };
        near(matched(400, 100).volume(), 0.25);
        assert_eq!(matched(0, 0).volume(), 1.0);
        assert_eq!(matched(0, 0).region(), [vec![0.1], vec![0.3]]);
    }

    /// The past is run under its own policy to the last target; policies are compared to the end.
    #[test]
    fn the_past_is_run_alone_and_no_longer_than_it_was_seen() {
        let (scenario, mut of) = (scenario(), calibration());
        of.targets
            .iter_mut()
            .for_each(|target| target.months = (3, 9));
        let targets = Targets::of(&of, &scenario.geography);
        let rows = vec![vec![2.0], vec![4.0], vec![5.0]];
        let past = history(&scenario, &of, &targets, rows.clone()).unwrap();
        assert_eq!(
            (
                past.scenario().months,
                past.scenario().policies.len(),
                past.runs()
            ),
            (9, 1, 6)
        );
        let compared = comparison(&scenario, &of, rows).unwrap();
        assert_eq!((compared.scenario().months, compared.runs()), (24, 18));
        assert_eq!(compared.points()[2], [5.0]);
        assert_eq!(searched(&of).points, 4);
    }
}
