//! The model of each language: its counts, its size and its anchors; and the chains over it.

use super::chain::{self, Chain, Settings};
use super::corpus::Corpus;
use super::counts::Shape;
use super::vocabulary::{self, Lists, Pruning, anchors};
use super::{Bag, Fault, Framework, Language};
use rayon::prelude::*;

/// Words that each topic needs on average for a model to be worth fitting.
const WORDS_PER_TOPIC: usize = 50;

/// The counts of the texts of each language.
pub type Bags = Vec<(Language, Bag)>;

/// The topic model of the texts of one language.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// The language.
    pub language: Language,
    /// The counts.
    pub bag: Bag,
    /// Size, and the keywords as places in the vocabulary.
    pub shape: Shape,
    /// Keywords that do not occur.
    pub missing: Vec<String>,
    /// Number of factors; they are the first topics.
    pub factors: usize,
}

impl Model {
    /// A model with a topic for each factor, each subject beside them, and `free` others.
    pub fn new(language: Language, bag: Bag, framework: &Framework, free: usize) -> Self {
        let (keywords, missing) = anchors(&bag.words, framework, language);
        let topics = keywords.len() + free;
        let shape = Shape::new(topics, bag.words.len(), &keywords);
        Self {
            language,
            bag,
            shape,
            missing,
            factors: framework.factors.len(),
        }
    }

    /// A model of `topics` topics without keywords.
    pub fn plain(language: Language, bag: Bag, topics: usize) -> Self {
        let shape = Shape::new(topics, bag.words.len(), &[]);
        Self {
            language,
            bag,
            shape,
            missing: Vec::new(),
            factors: 0,
        }
    }

    fn needs(&self) -> usize {
        WORDS_PER_TOPIC * self.shape.topics
    }
}

/// Counts the texts of each language that has any.
///
/// # Errors
/// As [`vocabulary::count`].
pub fn count(
    corpus: &Corpus,
    framework: &Framework,
    lists: Lists<'_>,
    pruning: &Pruning,
) -> Result<Bags, Fault> {
    let mut bags = Vec::new();
    for language in Language::ALL {
        let texts: Vec<_> = corpus
            .texts
            .iter()
            .filter(|t| t.language == language)
            .collect();
        if !texts.is_empty() {
            let bag = vocabulary::count(&texts, language, framework, lists, pruning)?;
            bags.push((language, bag));
        }
    }
    Ok(bags)
}

/// Splits models into those with words enough and a note on each of the others.
///
/// # Errors
/// When none has enough.
pub fn large_enough(models: Vec<Model>) -> Result<(Vec<Model>, Vec<String>), Fault> {
    let note = |m: &Model| {
        format!(
            "the texts in `{}` have {} words about the subject, too few for {} topics \
             (at least {} are needed)",
            m.language.code(),
            m.bag.tokens().len(),
            m.shape.topics,
            m.needs()
        )
    };
    let (large, small): (Vec<_>, Vec<_>) = models
        .into_iter()
        .partition(|m| m.bag.tokens().len() >= m.needs());
    let notes: Vec<String> = small.iter().map(note).collect();
    if large.is_empty() {
        let hint = "add texts, or ask for fewer topics with --topics";
        return Err(Fault::input(notes.join("; ")).hint(hint));
    }
    Ok((large, notes))
}

/// What follows a run of chains: how far it has come, and where finished chains go.
pub trait Watch: Sync {
    /// Told after each sweep how many words were swept; says whether to go on.
    fn swept(&self, words: usize) -> bool;
    /// Given each finished chain.
    ///
    /// # Errors
    /// When the chain cannot be kept.
    fn finished(&self, number: u64, chains: &[Chain]) -> Result<(), Fault>;
}

/// Runs the chains `numbers`, each over all `models`, side by side; in the order of `numbers`.
///
/// # Errors
/// When stopped, or when a finished chain cannot be kept.
pub fn run(
    models: &[Model],
    settings: &Settings,
    numbers: &[u64],
    watch: &dyn Watch,
) -> Result<Vec<Vec<Chain>>, Fault> {
    let one = |number: &u64| {
        let chains: Option<Vec<Chain>> = models
            .iter()
            .map(|m| chain::run(m, settings, *number, &|n| watch.swept(n)))
            .collect();
        let chains = chains.ok_or(Fault::Interrupted)?;
        watch.finished(*number, &chains)?;
        Ok(chains)
    };
    let done: Vec<Result<_, Fault>> = numbers.par_iter().map(one).collect();
    done.into_iter().collect()
}
