//! Many differences at once, in one world or in many.

use crate::experiment::statistics::paired::{Effect, Pairs};
use crate::experiment::statistics::worlds::nested::Nested;
use crate::experiment::statistics::worlds::spread::WorldSpread;
use crate::numeric::Interval;

/// Pairs by cell; where there are plausible worlds, those of each world together.
#[derive(Debug, Clone)]
pub struct Differences {
    /// Of the world that is being added.
    pairs: Vec<Pairs>,
    /// Of the worlds before.
    nested: Vec<Nested>,
    /// Weights of these.
    weights: Vec<f64>,
}

impl Differences {
    /// So many cells, in which nothing is known yet.
    pub fn of(cells: usize) -> Self {
        Self {
            pairs: vec![Pairs::default(); cells],
            nested: Vec::new(),
            weights: Vec::new(),
        }
    }

    /// Adds a pair to a cell.
    pub fn add(&mut self, cell: usize, baseline: f64, policy: f64) {
        self.pairs[cell].add(baseline, policy);
    }

    /// Takes what was added since the last world as a world of this `weight`.
    pub fn end_world(&mut self, weight: f64) {
        self.nested.resize(self.pairs.len(), Nested::default());
        for (nested, pairs) in self.nested.iter_mut().zip(&mut self.pairs) {
            nested.add(weight, pairs);
            *pairs = Pairs::default();
        }
        self.weights.push(weight);
    }

    /// The difference in a cell, with its interval by chance.
    pub fn effect(&self, cell: usize) -> Effect {
        match self.nested.get(cell) {
            Some(nested) => nested.effect(),
            None => self.pairs[cell].effect(),
        }
    }

    /// How far worlds lie apart in a cell, where there are worlds.
    pub fn spread(&self, cell: usize) -> Option<WorldSpread> {
        Some(self.nested.get(cell)?.spread(&self.weights))
    }

    /// 5th, 50th and 95th percentile over worlds with their intervals.
    pub fn percentiles(&self, cell: usize) -> Option<[Interval; 3]> {
        Some(self.nested.get(cell)?.percentiles(&self.weights))
    }

    /// Mean difference in each world; none without worlds.
    pub fn world_means(&self, cell: usize) -> &[f64] {
        self.nested.get(cell).map_or(&[], Nested::means)
    }

    /// Weights of the worlds; none without worlds.
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// Standard deviation of a pair by chance.
    pub fn deviation(&self, cell: usize) -> f64 {
        match self.nested.get(cell) {
            Some(nested) => nested.deviation(),
            None => self.pairs[cell].deviation(),
        }
    }

    /// P value of Student's test that there is no difference.
    pub fn p_value(&self, cell: usize) -> f64 {
        match self.nested.get(cell) {
            Some(nested) => nested.p_value(),
            None => self.pairs[cell].p_value(),
        }
    }

    /// Of pairs of a cost and a gain, what a unit of gain costs, with its interval by chance.
    pub fn price(&self, cell: usize) -> Option<[f64; 3]> {
        match self.nested.get(cell) {
            Some(nested) => nested.price(),
            None => self.pairs[cell].price(),
        }
    }
}
