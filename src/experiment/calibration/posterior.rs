//! The posterior by approximate Bayesian computation (Beaumont et al. 2002).
//!
//! Every simulated point is weighed by a normal kernel round its mean: its variance is that of
//! observation, model discrepancy and what the mean has averaged away of chance, so that accepting a
//! point is drawing these errors (Wilkinson 2013; that chance is normal round the mean of a point makes it a synthetic likelihood,
//! Wood 2010). Points are proposed where the emulators hold what was seen for likely, and the
//! emulators' likelihood is divided out again: emulators save runs, but do not decide. Targets are
//! taken as erring independently.

use crate::numeric::weighted_quantile;

/// Points with weights that sum to 1.
#[derive(Debug, Clone, Default)]
pub struct Posterior {
    /// Weight of each point.
    pub weights: Vec<f64>,
}

impl Posterior {
    /// Weighs points with these `implausibilities` of each target, which were proposed with `proposed`
    /// as the logarithm of their density.
    pub fn weigh(implausibilities: &[Vec<f64>], proposed: &[f64]) -> Self {
        let points = implausibilities.iter().zip(proposed);
        let log_weight = |(each, proposed): (&Vec<f64>, &f64)| {
            let squares: f64 = each.iter().map(|distance| distance * distance).sum();
            -0.5 * squares - proposed
        };
        let logs: Vec<f64> = points.map(log_weight).collect();
        let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let raw: Vec<f64> = logs.iter().map(|log| libm::exp(log - most)).collect();
        let sum: f64 = raw.iter().sum();
        Self {
            weights: raw.iter().map(|weight| weight / sum).collect(),
        }
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
        let off: Vec<Vec<f64>> = points.iter().map(|x| vec![(x - seen) / sd]).collect();
        let posterior = Posterior::weigh(&off, &proposed);
        for (q, z) in [(0.1587, -1.0), (0.5, 0.0), (0.8413, 1.0)] {
            let found = posterior.quantile(&points, q);
            assert!((found - (seen + z * sd)).abs() < 0.02, "{q}: {found}");
        }
        assert!(posterior.effective_points() > 500.0);
    }
}
