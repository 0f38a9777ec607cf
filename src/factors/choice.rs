//! How many topics, when no keywords say what they should be about.
//!
//! Perplexity alone keeps falling as topics are added, so three figures are taken for each number
//! of topics, over several chains: perplexity of a tenth of the documents that were held out,
//! coherence of the top words, and stability (similarity of topics paired between chains).
//!
//! The rule: of the numbers whose perplexity is within 5 % of the least, the one with the greatest
//! sum of coherence and stability.

use super::Bag;
use super::chain::{Chain, Settings};
use super::coherence::{npmi, top_words};
use super::model::{self, Model, Watch};
use super::perplexity::document_completion;
use super::stability::{medoid, similarities};
use super::{Fault, Language};
use crate::chance::Chance;
use crate::numeric::mean;

/// One document in this many is held out.
const HELD_OUT: usize = 10;
/// How far above the least a perplexity may lie.
const TOLERANCE: f64 = 1.05;

/// What was found for one number of topics.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// Number of topics.
    pub topics: usize,
    /// Perplexity of documents held out, mean over chains.
    pub perplexity: f64,
    /// Coherence of the ten top words, mean over topics of all chains.
    pub coherence: f64,
    /// Similarity of paired topics, mean over pairs of chains.
    pub stability: f64,
    /// The chain most like the others.
    pub central: Chain,
}

/// Fits plain topics in each of the `sizes` over `numbers` chains.
///
/// # Errors
/// A corpus too small for a size, or a stop.
pub fn trials(
    (language, bag): (Language, &Bag),
    sizes: &[usize],
    settings: &Settings,
    numbers: &[u64],
    watch: &dyn Watch,
) -> Result<Vec<Trial>, Fault> {
    let training = bag.select(|d| d % HELD_OUT != 0);
    let held_out = bag.select(|d| d % HELD_OUT == 0);
    let trial = |topics: &usize| {
        let plain = Model::plain(language, training.clone(), *topics);
        let (models, _) = model::large_enough(vec![plain])?;
        let chains = model::run(&models, settings, numbers, watch)?;
        let chains: Vec<Chain> = chains.into_iter().flatten().collect();
        Ok(judge(*topics, chains, bag, &held_out, settings.seed))
    };
    sizes.iter().map(trial).collect()
}

fn judge(topics: usize, mut chains: Vec<Chain>, bag: &Bag, held_out: &Bag, seed: u64) -> Trial {
    let chance = Chance::new(seed, 0);
    let perplexity = |c: &Chain| document_completion(&c.topic_words, &c.alpha, held_out, &chance);
    let perplexities: Vec<f64> = chains.iter().map(perplexity).collect();
    let rows = chains.iter().flat_map(|c| &c.topic_words);
    let tops: Vec<Vec<u32>> = rows.map(|row| top_words(row, 10)).collect();
    let words: Vec<&[Vec<f32>]> = chains.iter().map(|c| &c.topic_words[..]).collect();
    let likeness = similarities(&words);
    let pairs = (0..likeness.len()).flat_map(|a| likeness[a][..a].iter().copied());
    let stability = mean(&pairs.collect::<Vec<f64>>());
    let central = medoid(&words);
    Trial {
        topics,
        perplexity: mean(&perplexities),
        coherence: mean(&npmi(bag, &tops)),
        stability,
        central: chains.swap_remove(central),
    }
}

/// The trial that the rule chooses.
///
/// # Panics
/// When there is no trial.
pub fn choose(trials: &[Trial]) -> &Trial {
    let least = trials.iter().map(|t| t.perplexity).fold(f64::MAX, f64::min);
    let near = trials.iter().filter(|t| t.perplexity <= TOLERANCE * least);
    let merit = |t: &Trial| t.coherence + t.stability;
    near.max_by(|a, b| merit(a).total_cmp(&merit(b)))
        .expect("the least is among them")
}
