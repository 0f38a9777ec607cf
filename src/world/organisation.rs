//! Enterprises and social organisations of a cell: each has a threshold and takes part or not.
//!
//! Held as columns, one component per cell and kind: at one citizen per resident there are 200
//! million of them, and an entity each would cost more memory than all citizens.

use bevy_ecs::prelude::Component;

use crate::chance::Stream;
use crate::world::alternative::alternative;
use crate::world::column::AgentColumn;

alternative! {
    /// Which distribution thresholds have.
    Shape in "participation.thresholds", "which distribution thresholds have, with the same mean and spread";
    Normal = "normal", "normal";
    Uniform = "uniform", "uniform: nobody is far from the others";
    LogNormal = "log-normal", "log-normal: nobody takes part for nothing, a few hardly ever";
}

/// Returns at which bodies of one kind take part: how they are spread.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// Distribution.
    pub shape: Shape,
    /// Mean.
    pub mean: f64,
    /// Standard deviation.
    pub sd: f64,
}

impl Thresholds {
    /// The threshold of a body whose place among all is that of `z` under the standard normal.
    pub fn at(self, z: f64) -> f64 {
        let Self { shape, mean, sd } = self;
        match shape {
            Shape::Normal => mean + sd * z,
            Shape::Uniform => {
                let place = 0.5 * libm::erfc(-z / std::f64::consts::SQRT_2);
                mean + sd * libm::sqrt(3.0) * (2.0 * place - 1.0)
            }
            Shape::LogNormal => {
                let square = libm::log1p(sd * sd / (mean * mean));
                mean * libm::exp(libm::sqrt(square) * z - 0.5 * square)
            }
        }
    }
}

/// Bodies of one kind in one cell, a row each.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bodies {
    /// Return at which each takes part. Fixed.
    pub threshold: AgentColumn<f32>,
    /// Whether each takes part.
    pub joined: AgentColumn<bool>,
    /// How many take part.
    pub taking_part: u32,
}

impl Bodies {
    /// `count` bodies with thresholds `spread` by the words of `thresholds`, a share `joined`
    /// of which takes part by the words of `starts`.
    pub fn drawn(
        count: usize,
        spread: Thresholds,
        joined: f64,
        [mut thresholds, mut starts]: [Stream; 2],
    ) -> Self {
        let threshold = |_| spread.at(thresholds.normal()) as f32;
        let threshold = (0..count).map(threshold).collect();
        Self::new(
            threshold,
            (0..count).map(|_| starts.uniform() < joined).collect(),
        )
    }

    /// Bodies with these thresholds, of which those that have `joined` take part.
    pub fn new(threshold: Vec<f32>, joined: Vec<bool>) -> Self {
        let mut bodies = Self {
            // nobody ever takes part
            threshold: AgentColumn::with_nobody(threshold, f32::INFINITY),
            joined: joined.into(),
            taking_part: 0,
        };
        bodies.count();
        bodies
    }

    /// Counts those that take part anew.
    pub fn count(&mut self) {
        self.taking_part = self.joined.iter().map(|joined| u32::from(*joined)).sum();
    }

    /// Share that takes part; 0 when there are none.
    pub fn share(&self) -> f64 {
        f64::from(self.taking_part) / (self.joined.len() as f64).max(1.0)
    }
}

/// Number of bodies among `citizens` when they are `share` of them, and at least [`FEWEST`].
pub fn how_many(citizens: f64, share: f64) -> usize {
    ((citizens * share).round() as usize).max(FEWEST)
}

/// Number of bodies of both kinds among `citizens`.
pub fn bodies_among(citizens: u64) -> u64 {
    let kinds = [ENTERPRISES_PER_CITIZEN, ORGANISATIONS_PER_CITIZEN];
    let count = |share| how_many(citizens as f64, share) as u64;
    kinds.map(count).iter().sum()
}

/// Fewest bodies of a kind in a cell, so that shares move in steps of 5 % at most.
pub const FEWEST: usize = 20;

/// Enterprises of a cell.
#[derive(Component, Debug, Clone, PartialEq, Default)]
pub struct Enterprises(pub Bodies);

/// Social organisations of a cell.
#[derive(Component, Debug, Clone, PartialEq, Default)]
pub struct Organisations(pub Bodies);

/// Enterprises per citizen.
pub const ENTERPRISES_PER_CITIZEN: f64 = 0.10;
/// Social organisations per citizen.
pub const ORGANISATIONS_PER_CITIZEN: f64 = 0.05;

#[cfg(test)]
mod tests {
    use statrs::distribution::{ContinuousCDF as _, Normal};

    use super::*;

    /// Quantiles of the standard normal, evenly placed.
    fn places() -> impl Iterator<Item = f64> {
        let normal = Normal::new(0.0, 1.0).expect("a spread above 0");
        (0..20_000).map(move |i| normal.inverse_cdf((f64::from(i) + 0.5) / 20_000.0))
    }

    #[test]
    fn all_shapes_have_the_same_mean_and_spread() {
        for shape in [Shape::Normal, Shape::Uniform, Shape::LogNormal] {
            let spread = Thresholds {
                shape,
                mean: 0.5,
                sd: 0.2,
            };
            let values: Vec<f64> = places().map(|z| spread.at(z)).collect();
            let (mean, sd) = (
                crate::numeric::mean(&values),
                crate::numeric::population_sd(&values),
            );
            assert!(
                (mean - 0.5).abs() < 1e-3 && (sd - 0.2).abs() < 1e-3,
                "{shape:?}: {mean}, {sd}"
            );
            assert!(values.is_sorted());
        }
    }

    /// Granovetter's cascade from nobody: with uniform thresholds all join iff the lowest is below 0,
    /// that is from a spread of `mean / sqrt(3)` on; with log-normal ones nobody ever begins.
    #[test]
    fn where_a_cascade_begins_is_known() {
        let settled = |shape, sd| {
            let spread = Thresholds {
                shape,
                mean: 0.25,
                sd,
            };
            let thresholds: Vec<f64> = places().map(|z| spread.at(z)).collect();
            let join = |x: f64| {
                let joined = thresholds.iter().filter(|threshold| x > **threshold);
                joined.count() as f64 / thresholds.len() as f64
            };
            (0..2000).fold(0.0, |x, _| join(x))
        };
        let jump = 0.25 / libm::sqrt(3.0);
        assert_eq!(settled(Shape::Uniform, jump - 0.002), 0.0);
        assert!(settled(Shape::Uniform, jump + 0.002) > 0.99);
        assert_eq!(settled(Shape::LogNormal, 0.5), 0.0);
        assert!(settled(Shape::Normal, 0.15) > 0.9);
    }
}
