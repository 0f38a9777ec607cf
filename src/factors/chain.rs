//! One chain: a random start, sweeps to forget it, then spaced samples whose mean is kept.

use super::alpha;
use super::counts::Priors;
use super::gibbs::Sampler;
use super::model::Model;
use crate::chance::Chance;
use serde::{Deserialize, Serialize};

/// Sweeps between two moves of the topics' weights, and steps of each move.
const ALPHA_EVERY: u32 = 10;
const ALPHA_STEPS: usize = 5;

/// How a chain runs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// Seed of all chains.
    pub seed: u64,
    /// Sweeps before the first sample.
    pub burn_in: u32,
    /// Number of samples.
    pub samples: u32,
    /// Sweeps from one sample to the next.
    pub spacing: u32,
    /// Parts of the documents that are swept side by side; changes the draws.
    pub shards: usize,
    /// First weight of each topic in a document.
    pub alpha: f32,
}

impl Settings {
    /// Sweeps of a whole chain.
    pub fn sweeps(&self) -> u64 {
        u64::from(self.burn_in) + u64::from(self.samples) * u64::from(self.spacing)
    }
}

/// What a chain leaves behind: means over its samples.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Chain {
    /// Words of each keyword topic in each document: one row of `factors` numbers per document.
    pub attention: Vec<f32>,
    /// Share of each word in each topic.
    pub topic_words: Vec<Vec<f32>>,
    /// Share of each topic in all words.
    pub prevalence: Vec<f64>,
    /// Weight of each topic in a document.
    pub alpha: Vec<f32>,
}

/// Runs chain `number` over `model`. After each sweep `go_on` is told the number of words swept and
/// says whether to go on; if not, nothing is returned.
pub fn run(
    model: &Model,
    settings: &Settings,
    number: u64,
    go_on: &(dyn Fn(usize) -> bool + Sync),
) -> Option<Chain> {
    let (bag, shape) = (&model.bag, &model.shape);
    let priors = Priors::symmetric(shape.topics, settings.alpha);
    let chance = Chance::new(settings.seed, number);
    let mut sampler = Sampler::new(bag, shape.clone(), priors, settings.shards, chance);
    let mut means = Means::new(model);
    while u64::from(sampler.sweeps()) < settings.sweeps() {
        sampler.sweep();
        let done = sampler.sweeps();
        if done <= settings.burn_in && done.is_multiple_of(ALPHA_EVERY) {
            alpha::learn(&mut sampler, ALPHA_STEPS);
        }
        if done > settings.burn_in && (done - settings.burn_in).is_multiple_of(settings.spacing) {
            means.add(&sampler);
        }
        if !go_on(bag.tokens().len()) {
            return None;
        }
    }
    Some(means.finish(&sampler))
}

/// Running sums over samples.
struct Means {
    samples: f32,
    factors: usize,
    attention: Vec<f32>,
    topic_words: Vec<Vec<f32>>,
    prevalence: Vec<f64>,
}

impl Means {
    fn new(model: &Model) -> Self {
        let shape = &model.shape;
        Self {
            samples: 0.0,
            factors: model.factors,
            attention: vec![0.0; model.bag.documents() * model.factors],
            topic_words: vec![vec![0.0; shape.vocabulary]; shape.topics],
            prevalence: vec![0.0; shape.topics],
        }
    }

    fn add(&mut self, sampler: &Sampler<'_>) {
        self.samples += 1.0;
        let factors = self.factors;
        for d in 0..sampler.bag().documents() {
            for (k, _) in sampler.draws_of(d) {
                self.prevalence[k] += 1.0;
                if k < factors {
                    self.attention[d * factors + k] += 1.0;
                }
            }
        }
        let now = sampler
            .counts()
            .topic_words(&sampler.shape, &sampler.priors);
        for (sum, row) in self.topic_words.iter_mut().zip(&now) {
            sum.iter_mut().zip(row).for_each(|(s, x)| *s += x);
        }
    }

    fn finish(mut self, sampler: &Sampler<'_>) -> Chain {
        let rows = self.topic_words.iter_mut().flatten();
        rows.chain(&mut self.attention)
            .for_each(|x| *x /= self.samples);
        let total = f64::from(self.samples) * sampler.bag().tokens().len() as f64;
        self.prevalence.iter_mut().for_each(|x| *x /= total);
        Chain {
            attention: self.attention,
            topic_words: self.topic_words,
            prevalence: self.prevalence,
            alpha: sampler.priors.alpha.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn very_long_chains_are_counted_right() {
        let settings = Settings {
            seed: 1,
            burn_in: u32::MAX,
            samples: 65_536,
            spacing: 65_536,
            shards: 1,
            alpha: 0.1,
        };
        assert_eq!(settings.sweeps(), (1 << 33) - 1);
    }
}
