//! How many topics, when no keywords say what they should be about.
//!
//! Perplexity alone keeps falling as topics are added, so three figures are taken for each number
//! of topics, over several chains: perplexity of a tenth of the documents that were held out,
//! coherence of the top words, and stability (similarity of topics paired between chains).
//!
//! The rule: of the numbers whose perplexity is within 5 % of the least, the one with the greatest
//! sum of coherence and stability.

use super::Bag;
use super::chain::Chain;
use super::coherence::{npmi, top_words};
use super::model::{self, Bags, Model};
use super::perplexity::document_completion;
use super::stability::{medoid, similarities};
use super::{CorpusFault, TextLanguage};
use crate::chance::Chance;
use crate::numeric::{BySize as _, mean};

/// One document in this many is held out.
const HELD_OUT: usize = 10;
/// How far above the least a perplexity may lie.
const TOLERANCE: f64 = 1.05;

/// What was found for one number of topics.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// Number of topics.
    pub topics: usize,
    /// Perplexity of documents held out, mean over chains; none where they have no word to foretell.
    pub perplexity: Option<f64>,
    /// Coherence of the ten top words, mean over topics of all chains; none of fewer than two words.
    pub coherence: Option<f64>,
    /// Similarity of paired topics, mean over pairs of chains.
    pub stability: f64,
    /// The chain most like the others.
    pub central: Chain,
}

/// The languages whose texts are large enough for plain topics in each of the `sizes`, and a note on
/// each of the others.
///
/// # Errors
/// When none is large enough.
pub fn large_enough(bags: Bags, sizes: &[usize]) -> Result<(Bags, Vec<String>), CorpusFault> {
    let most = sizes.iter().copied().max().unwrap_or(0);
    let models = bags.iter().map(|(l, bag)| training(*l, bag, most));
    let (models, notes) = model::large_enough(models.collect(), "--sizes")?;
    let fits = |language| models.iter().any(|m| m.language == language);
    let fitting = bags.into_iter().filter(|(language, _)| fits(*language));
    Ok((fitting.collect(), notes))
}

fn training(language: TextLanguage, bag: &Bag, topics: usize) -> Model {
    Model::plain(language, bag.select(|d| d % HELD_OUT != 0), topics)
}

/// Judges plain topics in each of the `sizes`; `run` gives the chains over a model, and `seed`
/// divides the documents that were held out.
///
/// # Errors
/// Those of `run`.
pub fn trials(
    (language, bag): (TextLanguage, &Bag),
    sizes: &[usize],
    seed: u64,
    run: &dyn Fn(Model) -> Result<Vec<Chain>, CorpusFault>,
) -> Result<Vec<Trial>, CorpusFault> {
    let held_out = bag.select(|d| d % HELD_OUT == 0);
    let trial = |topics: &usize| {
        let chains = run(training(language, bag, *topics))?;
        Ok(judge(*topics, chains, bag, &held_out, seed))
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
    let coherent: Vec<f64> = npmi(bag, &tops).into_iter().flatten().collect();
    Trial {
        topics,
        perplexity: Some(mean(&perplexities)).filter(|p| p.is_finite()),
        coherence: (!coherent.is_empty()).then(|| mean(&coherent)),
        stability,
        central: chains.swap_remove(central),
    }
}

/// The trial that the rule chooses.
///
/// # Panics
/// When there is no trial.
pub fn choose(trials: &[Trial]) -> &Trial {
    let known = trials.iter().filter_map(|t| t.perplexity);
    let least = known.fold(f64::INFINITY, f64::min);
    // Without a perplexity all are as good in this.
    let near = trials
        .iter()
        .filter(|t| t.perplexity.unwrap_or(least) <= TOLERANCE * least);
    let merit = |t: &Trial| t.coherence.unwrap_or(0.0) + t.stability;
    near.max_by(|a, b| merit(a).by_size(&merit(b)))
        .expect("the least is among them")
}
