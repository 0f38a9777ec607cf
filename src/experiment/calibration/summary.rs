//! What a calibration says of its parameters and targets, before and after.

use crate::chance::Chance;
use crate::chance::draws::calibration::WORLDS;
use crate::experiment::calibration::matching::{self, Findings, Matched};
use crate::experiment::calibration::region::Region;
use crate::experiment::calibration::targets::{Targets, implausibility};
use crate::experiment::design::UnitPoint;
use crate::numeric::{mean, six_digits, weighted_quantile};
use crate::scenario::Scenario;
use crate::scenario::calibration::Calibration;
use crate::scenario::sweep::{Over, Varied};

/// A calibration that has ended, as it is told.
pub struct Calibrated<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// What was asked.
    pub calibration: &'a Calibration,
    /// What was seen.
    pub targets: &'a Targets,
    /// What the emulators say.
    pub region: &'a Region,
    /// What was found.
    pub findings: &'a Findings,
}

/// A parameter before and after.
#[derive(Debug, Clone)]
pub struct Marginal {
    /// Its path.
    pub path: String,
    /// Its range.
    pub range: (f64, f64),
    /// The scenario's own value.
    pub own: f64,
    /// Lowest and highest value at points that are not ruled out.
    pub region: (f64, f64),
    /// 5th, 50th and 95th percentile of the posterior.
    pub posterior: [f64; 3],
    /// Share of the width of the prior's 90 % interval that the posterior's has lost.
    pub narrowed: f64,
}

/// A word of a choice before and after.
#[derive(Debug, Clone, PartialEq)]
pub struct ChoiceFit {
    /// Path of the choice.
    pub path: String,
    /// The word.
    pub word: String,
    /// Whether it is the scenario's own.
    pub is_own: bool,
    /// Its share before: each word alike.
    pub prior: f64,
    /// Its posterior weight.
    pub posterior: f64,
}

/// A target before and after.
#[derive(Debug, Clone)]
pub struct TargetFit {
    /// Mean at the own values.
    pub own: f64,
    /// Its implausibility.
    pub own_implausibility: f64,
    /// 5th, 50th and 95th percentile of single histories under the posterior.
    pub predictive: [f64; 3],
    /// Probability of less than what was seen, its errors counted.
    pub below: f64,
    /// Standard deviation of all that sets a history apart from what was seen.
    pub sd: f64,
}

impl Calibrated<'_> {
    /// Parameters before and after, in the order of the calibration.
    pub fn marginals(&self) -> Vec<Marginal> {
        let own = matching::own_values(self.scenario, self.calibration);
        let last = self.findings.waves.last().map(Matched::region);
        let region = last.unwrap_or_default();
        let of = |(i, one): (usize, &Varied)| {
            let Over::Range(low, high) = one.over else {
                return None;
            };
            let stretch = |u: f64| low + u * (high - low);
            let at: Vec<f64> = self.findings.proposals.iter().map(|unit| unit[i]).collect();
            let posterior = [0.05, 0.5, 0.95].map(|q| self.findings.posterior.quantile(&at, q));
            let inside = || region.iter().map(|unit| unit[i]);
            Some(Marginal {
                path: one.path.clone(),
                range: (low, high),
                own: own[i],
                region: (
                    stretch(inside().fold(f64::INFINITY, f64::min)),
                    stretch(inside().fold(f64::NEG_INFINITY, f64::max)),
                ),
                posterior: posterior.map(stretch),
                narrowed: 1.0 - (posterior[2] - posterior[0]) / 0.9,
            })
        };
        let inputs = self.calibration.vary.iter().enumerate();
        inputs.filter_map(of).collect()
    }

    /// Words of the choices before and after, in the order of the calibration.
    pub fn choices(&self) -> Vec<ChoiceFit> {
        let own = matching::own_values(self.scenario, self.calibration);
        let mut fits = Vec::new();
        for (i, one) in self.calibration.vary.iter().enumerate() {
            let Over::Values(values) = &one.over else {
                continue;
            };
            for value in values {
                let is_own = own[i] == *value;
                fits.push(ChoiceFit {
                    path: one.path.clone(),
                    word: one.text(*value),
                    is_own,
                    prior: 1.0 / values.len() as f64,
                    posterior: self.weight_where(i, *value),
                });
            }
        }
        fits
    }

    /// Posterior weight of the points at which input number `input` is at this coordinate.
    fn weight_where(&self, input: usize, coordinate: f64) -> f64 {
        let points = self.findings.proposals.iter();
        let weighed = points.zip(&self.findings.posterior.weights);
        let there =
            |unit: &UnitPoint| matching::values(self.calibration, unit)[input] == coordinate;
        let there = weighed.filter(|(unit, _)| there(unit));
        there.map(|(_, weight)| weight).sum()
    }

    /// Equally weighted draws of the posterior: coordinates of the inputs, rounded to six digits, and how
    /// often they were drawn.
    pub fn worlds(&self) -> Vec<(Vec<f64>, u32)> {
        let mut luck = Chance::new(self.scenario.seed, 0).words(WORLDS, 0, 0);
        let posterior = &self.findings.posterior;
        let mut drawn: Vec<(usize, u32)> = Vec::new();
        for point in posterior.drawn(self.calibration.worlds, luck.open_uniform()) {
            match drawn.last_mut() {
                Some((last, times)) if *last == point => *times += 1,
                _ => drawn.push((point, 1)),
            }
        }
        let values = |point: usize| {
            let values = matching::values(self.calibration, &self.findings.proposals[point]);
            values.into_iter().map(six_digits).collect()
        };
        drawn
            .into_iter()
            .map(|(point, times)| (values(point), times))
            .collect()
    }

    /// Targets before and after, in the order of the table.
    pub fn checks(&self) -> Vec<TargetFit> {
        let variances = self.targets.variances();
        let chance = &self.region.waves.last().expect("there was a wave").chance;
        let of = |t: usize| self.check(t, variances[t], chance[t]);
        (0..self.targets.all.len()).map(of).collect()
    }

    fn check(&self, t: usize, variance: f64, chance: f64) -> TargetFit {
        let seen = self.targets.all[t].value;
        let (mut values, mut weights) = (Vec::new(), Vec::new());
        let points = self.findings.predictive.runs.iter();
        for (runs, weight) in points.zip(&self.findings.posterior.weights) {
            values.extend(runs.iter().map(|run| run[t]));
            weights.extend(runs.iter().map(|_| weight / runs.len() as f64));
        }
        let sd = libm::sqrt(variance);
        let less = |x: &f64| 0.5 * libm::erfc((x - seen) / (sd * std::f64::consts::SQRT_2));
        let below = values.iter().zip(&weights).map(|(x, w)| w * less(x)).sum();
        let own: Vec<f64> = self.findings.own.runs[0].iter().map(|run| run[t]).collect();
        TargetFit {
            own: mean(&own),
            own_implausibility: implausibility(mean(&own), seen, variance + chance),
            predictive: [0.05, 0.5, 0.95].map(|q| weighted_quantile(&values, &weights, q)),
            below,
            sd: libm::sqrt(variance + chance),
        }
    }

    /// Names of the policies that are compared over the region, the baseline first.
    pub fn compared(&self) -> Vec<String> {
        let all = self.calibration.compared(&self.scenario.policies);
        all.map(|policy| policy.name.clone()).collect()
    }
}
