//! Targets as numbers of a run, and how far a model's number may lie from what was seen.

use crate::experiment::runs::digest::Reading;
use crate::model::outcome::position;
use crate::numeric::{BySize as _, spearman};
use crate::scenario::calibration::{Calibration, CalibrationTarget, Reckoning};
use crate::world::geography::Geography;

/// The targets of a calibration in a country.
#[derive(Debug, Clone)]
pub struct Targets {
    /// The targets.
    pub all: Vec<CalibrationTarget>,
    readings: Vec<Vec<Reading>>,
}

impl Targets {
    /// The targets of `calibration`.
    pub fn of(calibration: &Calibration, geography: &Geography) -> Self {
        let readings = |target: &CalibrationTarget| readings(target, geography);
        Self {
            readings: calibration.targets.iter().map(readings).collect(),
            all: calibration.targets.clone(),
        }
    }

    /// Everything that must be kept of a run.
    pub fn readings(&self) -> Vec<Reading> {
        self.readings.iter().flatten().cloned().collect()
    }

    /// The number of each target, from what was kept of a run.
    pub fn values(&self, mut kept: &[f64]) -> Vec<f64> {
        let value = |(target, readings): (&CalibrationTarget, &Vec<Reading>)| {
            let (own, rest) = kept.split_at(readings.len());
            kept = rest;
            match &target.measure {
                Reckoning::Mean => own[0],
                Reckoning::Growth(_) => own[1] / own[0] - 1.0,
                Reckoning::Rank(seen) => rank_correlation(own, seen),
            }
        };
        self.all.iter().zip(&self.readings).map(value).collect()
    }

    /// For each target the variance of observation and model discrepancy.
    pub fn variances(&self) -> Vec<f64> {
        let variance = |target: &CalibrationTarget| {
            let (seen, model) = (target.observation_sd, target.discrepancy_sd);
            seen * seen + model * model
        };
        self.all.iter().map(variance).collect()
    }
}

fn readings(target: &CalibrationTarget, geography: &Geography) -> Vec<Reading> {
    let outcome = position(&target.outcome).expect("outcomes of targets are known");
    let scope = target.scope.row(geography);
    let reading = |scope, months| Reading {
        outcome,
        scope,
        months,
    };
    match &target.measure {
        Reckoning::Mean => vec![reading(scope, target.months)],
        Reckoning::Growth(since) => vec![
            reading(scope, (*since, since + 1)),
            reading(scope, target.months),
        ],
        Reckoning::Rank(seen) => {
            let first = 1 + geography.regions.len();
            let province = |p| reading(first + p, target.months);
            (0..seen.len()).map(province).collect()
        }
    }
}

/// Spearman's rank correlation, 0 without any spread.
pub fn rank_correlation(a: &[f64], b: &[f64]) -> f64 {
    let correlation = spearman(a, b);
    if correlation.is_nan() {
        0.0
    } else {
        correlation
    }
}

/// Implausibility of a mean `model` of what was `seen`: their distance in standard deviations
/// (Craig et al. 1997).
pub fn implausibility(model: f64, seen: f64, variance: f64) -> f64 {
    let distance = (model - seen).abs() / libm::sqrt(variance);
    if distance.is_nan() {
        f64::INFINITY
    } else {
        distance
    }
}

/// The implausibility that decides: the largest, once the `misses` largest are forgiven.
pub fn deciding(implausibilities: &[f64], misses: u32) -> f64 {
    let mut sorted = implausibilities.to_vec();
    sorted.sort_unstable_by(|a, b| b.by_size(a));
    sorted.get(misses as usize).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rank_correlation_of_known_cases() {
        assert!((rank_correlation(&[1.0, 2.0, 9.0], &[0.1, 0.2, 0.3]) - 1.0).abs() < 1e-12);
        assert!((rank_correlation(&[3.0, 2.0, 1.0], &[1.0, 2.0, 3.0]) + 1.0).abs() < 1e-12);
        // d = 0, 1, -1: 1 - 6 * 2 / (3 * 8)
        assert!((rank_correlation(&[1.0, 3.0, 2.0], &[1.0, 2.0, 3.0]) - 0.5).abs() < 1e-12);
        assert_eq!(rank_correlation(&[1.0, 1.0], &[1.0, 2.0]), 0.0);
    }

    #[test]
    fn misses_are_forgiven_and_what_is_no_number_is_ruled_out() {
        let each = [0.5, 4.0, 2.0];
        assert_eq!(
            [0, 1, 2, 3].map(|misses| deciding(&each, misses)),
            [4.0, 2.0, 0.5, 0.0]
        );
        assert_eq!(implausibility(3.0, 1.0, 4.0), 1.0);
        assert_eq!(implausibility(f64::NAN, 1.0, 4.0), f64::INFINITY);
    }
}
