//! The model of each language: its counts, its size and its anchors; and the chains over it.

use super::chain::{self, Chain, Settings};
use super::corpus::{CENTRAL, Corpus};
use super::counts::Shape;
use super::vocabulary::{self, Lists, Pruning, anchors};
use super::{Bag, Fault, Framework, Language, Source};
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

/// Counts the texts of each language that has any, with a note on each language that has none about
/// the subject.
///
/// # Errors
/// As [`vocabulary::count`], or when no text at all is about the subject.
pub fn count(
    corpus: &Corpus,
    framework: &Framework,
    lists: Lists<'_>,
    pruning: &Pruning,
) -> Result<(Bags, Vec<String>), Fault> {
    let (mut bags, mut notes) = (Vec::new(), Vec::new());
    for language in Language::ALL {
        let texts: Vec<_> = corpus
            .texts
            .iter()
            .filter(|t| t.language == language)
            .collect();
        if texts.is_empty() {
            continue;
        }
        match vocabulary::count(&texts, language, framework, lists, pruning)? {
            Some(bag) => bags.push((language, bag)),
            None => notes.push(format!(
                "no clause of the {} texts in `{}` is about the subject; they are left out",
                texts.len(),
                language.code()
            )),
        }
    }
    if bags.is_empty() {
        let hint = "check that [scope] and the keywords are in the language of the texts";
        return Err(Fault::input(notes.join("; ")).hint(hint));
    }
    Ok((bags, notes))
}

/// Splits models into those with words enough and a note on each of the others; `flag` is where the
/// number of topics was asked for.
///
/// # Errors
/// When none has enough.
pub fn large_enough(models: Vec<Model>, flag: &str) -> Result<(Vec<Model>, Vec<String>), Fault> {
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
        let hint = format!("add texts, or ask for fewer topics with {flag}");
        return Err(Fault::input(notes.join("; ")).hint(hint));
    }
    Ok((large, notes))
}

/// Makes sure that some region has text that counts: of central texts alone nothing can be compared.
///
/// # Errors
/// When no region has a clause whose kind of text has a weight.
pub fn check_regions(models: &[Model], framework: &Framework) -> Result<(), Fault> {
    let counts = |s: &Source| {
        s.region != CENTRAL && !s.documents.is_empty() && framework.weight(&s.kind) > 0.0
    };
    if models.iter().flat_map(|m| &m.bag.sources).any(counts) {
        return Ok(());
    }
    let message = "no region has text about the subject; a table compares regions";
    let hint = "add texts of regions (CN-GD_report.txt), or give their kind a weight above 0 under [weights]";
    Err(Fault::input(message).hint(hint))
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
