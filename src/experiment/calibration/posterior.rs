//! The posterior by approximate Bayesian computation (Beaumont et al. 2002).
//!
//! Every simulated point is weighed by a normal kernel round its mean: its covariance is that of
//! observation, model discrepancy and what the mean has averaged away of chance, so that accepting a
//! point is drawing these errors (Wilkinson 2013; that chance is normal round the mean of a point makes it a
//! synthetic likelihood, Wood 2010). Points are proposed where the emulators hold what was seen for likely, and
//! the emulators' likelihood is divided out again: emulators save runs, but do not decide. They are fitted
//! anew for every round of proposals, and rounds count by what they are worth.

use crate::numeric::weighted_quantile;

/// Points with weights that sum to 1.
#[derive(Debug, Clone, Default)]
pub struct Posterior {
    /// Weight of each point.
    pub weights: Vec<f64>,
}

impl Posterior {
    /// Weighs points with these logarithms of their likelihood, which were proposed with `proposed` as the
    /// logarithm of their density.
    pub fn weigh(likelihood: &[f64], proposed: &[f64]) -> Self {
        let logs = likelihood.iter().zip(proposed);
        let logs: Vec<f64> = logs.map(|(likely, proposed)| likely - proposed).collect();
        let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let raw: Vec<f64> = logs.iter().map(|log| libm::exp(log - most)).collect();
        let sum: f64 = raw.iter().sum();
        Self {
            weights: raw.iter().map(|weight| weight / sum).collect(),
        }
    }

    /// The points of all `rounds`: each counts by the points of equal weight that it is worth, since how
    /// dense its proposals are is known but for a factor.
    pub fn joined(rounds: &[Self]) -> Self {
        let worth: Vec<f64> = rounds.iter().map(Self::effective_points).collect();
        let whole: f64 = worth.iter().sum();
        let shares = rounds.iter().zip(worth).flat_map(|(round, worth)| {
            let share = move |weight: &f64| weight * worth / whole;
            round.weights.iter().map(share)
        });
        Self {
            weights: shares.collect(),
        }
    }

    /// Positions of `draws` points, each as often as it weighs (systematic resampling, Kitagawa 1996);
    /// `u` from 0 to 1 says where the comb begins.
    pub fn drawn(&self, draws: u32, u: f64) -> Vec<usize> {
        let mut reached = 0.0;
        let mut ends = self.weights.iter().map(|weight| {
            reached += weight;
            reached
        });
        let mut at = 0;
        let mut end = ends.next().unwrap_or(1.0);
        let last = self.weights.len().saturating_sub(1);
        let tooth = |i| (f64::from(i) + u) / f64::from(draws);
        let draw = |tooth: f64| {
            while tooth >= end && at < last {
                at += 1;
                end = ends.next().unwrap_or(1.0);
            }
            at
        };
        (0..draws).map(tooth).map(draw).collect()
    }

    /// Number of equally weighted points that would say as much (Kish 1965).
    pub fn effective_points(&self) -> f64 {
        1.0 / self
            .weights
            .iter()
            .map(|weight| weight * weight)
            .sum::<f64>()
    }

    /// The value below which a share `q` of the weight of `values` lies.
    pub fn quantile(&self, values: &[f64], q: f64) -> f64 {
        weighted_quantile(values, &self.weights, q)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::{Chance, Draw};

    /// A normal mean with a flat prior: the posterior is normal round what was seen with the standard
    /// deviation of the kernel, whatever the proposal was.
    #[test]
    fn weights_reach_the_known_posterior_from_any_proposal() {
        let (seen, sd) = (0.3, 0.14);
        let mut words = Chance::new(5, 0).words(Draw::new(972, 0), 0, 0);
        let (centre, wide) = (0.5, 0.25);
        let points: Vec<f64> = (0..4000).map(|_| centre + wide * words.normal()).collect();
        let log = |x: &f64| -0.5 * (x - centre) * (x - centre) / (wide * wide);
        let proposed: Vec<f64> = points.iter().map(log).collect();
        let likely = |x: &f64| -0.5 * (x - seen) * (x - seen) / (sd * sd);
        let likelihood: Vec<f64> = points.iter().map(likely).collect();
        let posterior = Posterior::weigh(&likelihood, &proposed);
        for (q, z) in [(0.1587, -1.0), (0.5, 0.0), (0.8413, 1.0)] {
            let found = posterior.quantile(&points, q);
            assert!((found - (seen + z * sd)).abs() < 0.02, "{q}: {found}");
        }
        assert!(posterior.effective_points() > 500.0);
    }

    #[test]
    fn rounds_count_by_what_they_are_worth_and_points_are_drawn_by_their_weight() {
        let of = |weights: &[f64]| Posterior {
            weights: weights.to_vec(),
        };
        let joined = Posterior::joined(&[of(&[0.5, 0.5]), of(&[1.0, 0.0])]);
        let third = 1.0 / 3.0;
        for (found, right) in joined.weights.iter().zip([third, third, third, 0.0]) {
            assert!((found - right).abs() < 1e-12);
        }
        assert!((joined.effective_points() - 3.0).abs() < 1e-12);
        assert_eq!(of(&[0.5, 0.0, 0.25, 0.25]).drawn(4, 0.5), [0, 0, 2, 3]);
        assert_eq!(of(&[0.1, 0.9]).drawn(5, 0.999), [1; 5]);
    }
}
