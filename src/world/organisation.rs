//! Enterprises and social organisations of a cell: each has a threshold and takes part or not.
//!
//! Held as columns, one component per cell and kind: at one citizen per resident there are 200
//! million of them, and an entity each would cost more memory than all citizens.

use bevy_ecs::prelude::Component;

use crate::chance::Words;

/// Returns at which bodies of one kind take part: how they are spread.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// Mean.
    pub mean: f64,
    /// Standard deviation.
    pub sd: f64,
}

/// Bodies of one kind in one cell, a row each.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bodies {
    /// Return at which each takes part. Fixed.
    pub threshold: Vec<f32>,
    /// Whether each takes part.
    pub joined: Vec<bool>,
}

impl Bodies {
    /// `count` bodies with normal thresholds `spread` by the words of `thresholds`, a share `joined`
    /// of which takes part by the words of `starts`.
    pub fn drawn(
        count: usize,
        spread: Thresholds,
        joined: f64,
        [mut thresholds, mut starts]: [Words; 2],
    ) -> Self {
        let threshold = |_| (spread.mean + spread.sd * thresholds.normal()) as f32;
        Self {
            threshold: (0..count).map(threshold).collect(),
            joined: (0..count).map(|_| starts.uniform() < joined).collect(),
        }
    }

    /// Share that takes part; 0 when there are none.
    pub fn share(&self) -> f64 {
        let joined = self.joined.iter().filter(|joined| **joined).count();
        joined as f64 / (self.joined.len() as f64).max(1.0)
    }
}

/// Number of bodies among `citizens` when they are `share` of them, and at least [`FEWEST`].
pub fn how_many(citizens: f64, share: f64) -> usize {
    ((citizens * share).round() as usize).max(FEWEST)
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
