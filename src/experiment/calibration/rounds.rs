//! Rounds of the posterior: points where emulators hold what was seen for likely, simulated and weighed,
//! until they are as good as the draws that are wanted.

use crate::experiment::calibration::emulator::Emulator;
use crate::experiment::calibration::ensemble::Ensemble;
use crate::experiment::calibration::errors::JointErrors;
use crate::experiment::calibration::matching::Matched;
use crate::experiment::calibration::posterior::Posterior;
use crate::experiment::calibration::region::Region;
use crate::experiment::calibration::targets::Targets;
use crate::experiment::design::UnitPoint;
use crate::scenario::calibration::Calibration;

/// Newest points to which emulators of a round are fitted.
const FITTED: usize = 2000;

/// Points of the posterior so far.
#[derive(Debug, Clone, Default)]
pub struct Rounds {
    /// The points, round by round.
    pub points: Vec<UnitPoint>,
    /// Their runs.
    pub runs: Ensemble,
    /// Their weights.
    pub posterior: Posterior,
    /// For each round the logarithm of the density with which each of its points was proposed.
    proposed: Vec<Vec<f64>>,
}

/// How likely the emulators of a round hold points to be.
#[derive(Debug, Clone)]
pub struct Proposal {
    emulators: Vec<Emulator>,
    errors: JointErrors,
    seen: Vec<f64>,
}

impl Proposal {
    /// Emulators fitted to the newest points of the last `wave` and of the rounds so far.
    pub fn fitted(
        (calibration, targets): (&Calibration, &Targets),
        wave: &Matched,
        rounds: &Rounds,
    ) -> Self {
        let points = wave.search.points.iter().chain(&rounds.points);
        let points: Vec<UnitPoint> = newest(points.cloned().collect());
        let runs = wave.ensemble.runs.iter().chain(&rounds.runs.runs);
        let runs = Ensemble {
            runs: newest(runs.cloned().collect()),
        };
        let number = targets.all.len();
        let emulators = runs.emulators(&points, number);
        let variances: Vec<f64> = emulators.iter().map(|of| of.variance).collect();
        let chance = runs.kernel_chance(number);
        Self {
            errors: JointErrors::of(targets, calibration.correlation, &chance, &variances),
            seen: targets.all.iter().map(|target| target.value).collect(),
            emulators,
        }
    }

    /// Logarithm of the likelihood of a point of the `region`, less a constant; minus infinity outside.
    pub fn log_likelihood(&self, unit: &[f64], region: &Region) -> f64 {
        if !region.holds(unit) {
            return f64::NEG_INFINITY;
        }
        let each = self.emulators.iter().zip(&self.seen);
        let off: Vec<f64> = each.map(|(of, seen)| of.mean(unit) - seen).collect();
        self.errors.log_likelihood(&off)
    }
}

impl Rounds {
    /// Adds a round: its points with their densities as proposed, and their runs. All are weighed anew,
    /// with the chance that the runs of all show.
    pub fn add(
        &mut self,
        (calibration, targets): (&Calibration, &Targets),
        (points, proposed): (Vec<UnitPoint>, Vec<f64>),
        runs: Ensemble,
    ) {
        self.points.extend(points);
        self.runs.runs.extend(runs.runs);
        self.proposed.push(proposed);
        let number = targets.all.len();
        let chance = self.runs.kernel_chance(number);
        let exact = vec![0.0; number];
        let errors = JointErrors::of(targets, calibration.correlation, &chance, &exact);
        let off = self.runs.distances(targets);
        let likely: Vec<f64> = off.iter().map(|off| errors.log_likelihood(off)).collect();
        let mut left = &likely[..];
        let weighed = |proposed: &Vec<f64>| {
            let (own, rest) = left.split_at(proposed.len());
            left = rest;
            Posterior::weigh(own, proposed)
        };
        let rounds: Vec<Posterior> = self.proposed.iter().map(weighed).collect();
        self.posterior = Posterior::joined(&rounds);
    }

    /// Rounds so far.
    pub fn number(&self) -> u32 {
        self.proposed.len() as u32
    }
}

/// The last of `all`, at most as many as emulators are fitted to.
fn newest<T>(mut all: Vec<T>) -> Vec<T> {
    all.split_off(all.len().saturating_sub(FITTED))
}
