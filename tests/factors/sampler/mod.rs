//! The sampler against answers that are known.

mod exact;
mod invariance;
mod recovery;

use cogov::chance::{Chance, Draw, Stream};
use cogov::factors::Bag;
use cogov::factors::alpha;
use cogov::factors::counts::{Counts, Priors, Shape};
use cogov::factors::gibbs::Sampler;
use cogov::factors::stability::align;
use std::collections::BTreeMap;

/// A state of the whole corpus: each word's topic, and whether it came from the keywords.
type State = Vec<(usize, bool)>;

fn bag_of(vocabulary: usize, documents: &[&[u32]]) -> Bag {
    let mut bag = Bag::new((0..vocabulary).map(|w| format!("{w:05}")).collect());
    documents.iter().for_each(|d| bag.push(d));
    bag
}

/// Three documents with nine words in all: 3^9 = 19,683 states with three topics.
fn tiny() -> Bag {
    bag_of(4, &[&[0, 0, 1], &[1, 2, 3, 3], &[0, 2]])
}

fn tiny_priors(topics: usize) -> Priors {
    Priors {
        alpha: (0..topics).map(|k| 0.3 + 0.2 * k as f32).collect(),
        beta: 0.4,
        keyword_beta: 0.7,
        from_keywords: 1.5,
        from_ordinary: 0.8,
    }
}

/// Documents drawn from `topics` (rows sum to 1), each with shares from Dirichlet(`alpha`).
fn generate(topics: &[Vec<f32>], alpha: f64, documents: usize, length: usize, seed: u64) -> Bag {
    let mut luck = Chance::new(seed, 7).words(Draw::new(999, 0), 0, 0);
    let mut bag = Bag::new((0..topics[0].len()).map(|w| format!("{w:05}")).collect());
    for _ in 0..documents {
        let shares: Vec<f32> = (0..topics.len())
            .map(|_| luck.gamma(alpha) as f32)
            .collect();
        let words: Vec<u32> = (0..length)
            .map(|_| {
                let topic = pick(&shares, &mut luck);
                pick(&topics[topic], &mut luck) as u32
            })
            .collect();
        bag.push(&words);
    }
    bag
}

fn pick(weights: &[f32], luck: &mut Stream) -> usize {
    let mut rest = luck.uniform() * weights.iter().map(|w| f64::from(*w)).sum::<f64>();
    let found = weights.iter().position(|w| {
        rest -= f64::from(*w);
        rest < 0.0
    });
    found.unwrap_or(weights.len() - 1)
}

/// Ten topics over a vocabulary whose base follows Zipf's law, each raising its own words.
fn zipf_topics() -> Vec<Vec<f32>> {
    let mut luck = Chance::new(5, 0).words(Draw::new(999, 1), 0, 0);
    (0..10)
        .map(|_| {
            let weight = |w: usize| (luck.gamma(0.08) / (w + 1) as f64) as f32;
            let row: Vec<f32> = (0..1500).map(weight).collect();
            let total: f32 = row.iter().sum();
            row.iter().map(|x| x / total).collect()
        })
        .collect()
}
