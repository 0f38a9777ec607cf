//! The model of each language: its counts, its size and its anchors.

use super::corpus::Corpus;
use super::counts::Shape;
use super::lists::WordLists;
use super::vocabulary::{self, Pruning, anchors};
use super::{Bag, CorpusFault, Framework, TextLanguage, TextSource};
use std::collections::BTreeSet;

/// Words that each topic needs on average for a model to be worth fitting.
const WORDS_PER_TOPIC: usize = 50;
/// Counts are kept as `f32`, which holds whole numbers exactly up to here.
pub const MOST_WORDS: usize = 1 << 24;
/// Memory that chains may take together.
const MOST_BYTES: f64 = 8e9;

/// The counts of the texts of each language.
pub type Bags = Vec<(TextLanguage, Bag)>;

/// The topic model of the texts of one language.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// The language.
    pub language: TextLanguage,
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
    pub fn new(language: TextLanguage, bag: Bag, framework: &Framework, free: usize) -> Self {
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
    pub fn plain(language: TextLanguage, bag: Bag, topics: usize) -> Self {
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
/// When no text at all is about the subject.
pub fn count(
    corpus: &Corpus,
    framework: &Framework,
    lists: &WordLists,
    pruning: &Pruning,
) -> Result<(Bags, Vec<String>), CorpusFault> {
    let (mut bags, mut notes) = (Vec::new(), Vec::new());
    for language in TextLanguage::ALL {
        let texts: Vec<_> = corpus
            .texts
            .iter()
            .filter(|t| t.language == language)
            .collect();
        if texts.is_empty() {
            continue;
        }
        match vocabulary::count(&texts, language, framework, lists, pruning) {
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
        return Err(CorpusFault::input(notes.join("; ")).hint(hint));
    }
    Ok((bags, notes))
}

/// Splits models into those with words enough and a note on each of the others; `flag` is where the
/// number of topics was asked for.
///
/// # Errors
/// When none has enough.
pub fn large_enough(
    models: Vec<Model>,
    flag: &str,
) -> Result<(Vec<Model>, Vec<String>), CorpusFault> {
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
        return Err(CorpusFault::input(notes.join("; ")).hint(hint));
    }
    Ok((large, notes))
}

/// Makes sure that there is something to compare: text of two regions at least.
///
/// # Errors
/// When fewer regions have a clause whose kind of text has a weight.
pub fn check_regions(
    models: &[Model],
    framework: &Framework,
    regions: &[String],
) -> Result<(), CorpusFault> {
    let counts = |s: &&TextSource| !s.documents.is_empty() && framework.weight(&s.kind) > 0.0;
    let counted = models.iter().flat_map(|m| &m.bag.sources).filter(counts);
    let with_text: BTreeSet<&String> = counted
        .map(|s| &s.region)
        .filter(|r| regions.contains(r))
        .collect();
    let message = match with_text.first() {
        None => "no region has text about the subject; a table compares regions".to_owned(),
        Some(only) if with_text.len() == 1 => {
            format!("only {only} has text about the subject; a table compares regions")
        }
        Some(_) => return Ok(()),
    };
    let hint = "add texts of regions (CN-GD_report.txt), or give their kind a weight above 0 under [weights]";
    Err(CorpusFault::input(message).hint(hint))
}

/// Makes sure that chains over `models` can be counted and held in memory.
///
/// # Errors
/// More words than are counted exactly, or more numbers than memory is asked for.
pub fn check_size(models: &[Model], chains: u64, shards: usize) -> Result<(), CorpusFault> {
    for model in models {
        let (words, topics) = (model.bag.tokens().len(), model.shape.topics);
        if words > MOST_WORDS {
            let message = format!(
                "the texts have {words} words about the subject, at most {MOST_WORDS} are counted exactly"
            );
            return Err(CorpusFault::input(message).hint("leave out some of the texts"));
        }
        let table = (model.bag.words.len() as f64 + 8.0) * topics as f64;
        let kept = table + (model.bag.documents() * model.factors) as f64;
        let bytes = 4.0 * (kept * (chains + 1) as f64 + table * (shards + 1) as f64);
        if bytes > MOST_BYTES {
            let message = format!(
                "{topics} topics over {} kinds of words in {chains} chains need {:.0} GB of memory",
                model.bag.words.len(),
                bytes / 1e9
            );
            let hint = "ask for fewer topics, chains or shards, or leave out rare words with --min-clauses";
            return Err(CorpusFault::input(message).hint(hint));
        }
    }
    Ok(())
}
