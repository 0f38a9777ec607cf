//! The results as people read them: the table, the quality of each factor, the topics.

use super::chain::Chain;
use super::coherence::{npmi, top_words};
use super::corpus::is_central;
use super::model::Model;
use super::shrinkage::Clause;
use super::stability::medoid;
use super::table::FactorTable;
use super::vocabulary::anchors;
use super::{Bag, CorpusFault, Framework, TextLanguage};
use crate::numeric::{BySize as _, mean, spearman};

/// Words that stand for a topic, and of which coherence is taken.
const TOP: usize = 10;
/// Least ratio of the spread between regions to the standard error, and least correlation between
/// halves of the chains; a factor below either is flagged.
const LEAST_RATIO: f64 = 2.0;
const LEAST_CORRELATION: f64 = 0.9;

/// What was read: the size of each language, and regions without text.
#[derive(Debug, Clone, PartialEq)]
pub struct CorpusSize {
    /// One for each language.
    pub languages: Vec<Size>,
    /// Regions without a clause about the subject.
    pub without_text: Vec<String>,
}

/// How much text there is in a language.
#[derive(Debug, Clone, PartialEq)]
pub struct Size {
    /// Code of the language.
    pub language: &'static str,
    /// Texts.
    pub texts: usize,
    /// Clauses about the subject.
    pub clauses: usize,
    /// Their words, of the vocabulary.
    pub words: usize,
    /// Words of the whole texts.
    pub all_words: usize,
    /// Kinds of words in the vocabulary.
    pub vocabulary: usize,
    /// Keywords that never occur.
    pub missing: Vec<String>,
}

impl CorpusSize {
    /// What `models` were made of.
    pub fn new(models: &[Model], regions: &[String]) -> Self {
        let size = |m: &Model| Size {
            language: m.language.code(),
            texts: m.bag.sources.len(),
            clauses: m.bag.documents(),
            words: m.bag.tokens().len(),
            all_words: m.bag.sources.iter().map(|s| s.all_tokens).sum(),
            vocabulary: m.bag.words.len(),
            missing: m.missing.clone(),
        };
        let sources: Vec<_> = models.iter().flat_map(|m| &m.bag.sources).collect();
        let has_text = |region: &str| {
            let mut own = sources.iter().filter(|s| s.region == region);
            own.any(|s| !s.documents.is_empty())
        };
        let without = regions.iter().filter(|region| !has_text(region));
        Self {
            languages: models.iter().map(size).collect(),
            without_text: without.cloned().collect(),
        }
    }
}

/// How far to trust one factor. What has no meaning is none.
#[derive(Debug, Clone, PartialEq)]
pub struct Quality {
    /// Standard deviation of its shares between regions.
    pub sd_between: f64,
    /// Mean of its standard errors over chains.
    pub mean_error: f64,
    /// Mean of what its shares would vary by, were the clauses drawn anew.
    pub mean_sampling_error: f64,
    /// Correlation over regions between the two halves of the chains.
    pub half_correlation: Option<f64>,
    /// Coherence of its ten top words, mean over languages.
    pub coherence: Option<f64>,
    /// Its share of all words of the clauses that were kept.
    pub prevalence: f64,
    /// Rank correlation over regions with an outside index, where one is known.
    pub rank_correlation: Option<f64>,
}

impl Quality {
    /// Spread between regions over the standard error; none without an error.
    pub fn ratio(&self) -> Option<f64> {
        (self.mean_error > 0.0).then(|| self.sd_between / self.mean_error)
    }

    /// Whether the factor is too uncertain to drive anything.
    pub fn flagged(&self) -> bool {
        // Chains that agree to the last digit leave no error, which is no doubt.
        let spread = self.sd_between > 0.0 && self.sd_between >= LEAST_RATIO * self.mean_error;
        !spread || self.half_correlation.is_none_or(|r| r < LEAST_CORRELATION)
    }

    /// The figures that have no meaning here, and why.
    pub fn without_meaning(&self) -> Vec<&'static str> {
        let found = [
            (
                self.ratio().is_none(),
                "ratio (the chains agree to the last digit)",
            ),
            (
                self.half_correlation.is_none(),
                "half_correlation (fewer than three regions, or all with one share)",
            ),
            (
                self.coherence.is_none(),
                "coherence_npmi (fewer than two words)",
            ),
        ];
        let missing = found.into_iter().filter(|(missing, _)| *missing);
        missing.map(|(_, figure)| figure).collect()
    }
}

/// A topic as its heaviest words.
#[derive(Debug, Clone, PartialEq)]
pub struct TopicWords {
    /// TextLanguage of its words.
    pub language: &'static str,
    /// The factor it carries; none for another topic.
    pub factor: Option<usize>,
    /// Name: the factor's, the subject's beside the factors, or "free" with a number.
    pub name: String,
    /// Heaviest words and their weights.
    pub words: Vec<(String, f32)>,
    /// Coherence of the ten heaviest; none of fewer than two words.
    pub coherence: Option<f64>,
    /// Share of all words.
    pub prevalence: f64,
}

/// How well a keyword tells its factor from everything else.
#[derive(Debug, Clone, PartialEq)]
pub struct Keyword {
    /// TextLanguage.
    pub language: &'static str,
    /// Its factor.
    pub factor: usize,
    /// The word.
    pub word: String,
    /// How often it occurs in the clauses that were kept.
    pub occurrences: usize,
    /// Share of its occurrences that were given to its factor, mean over chains.
    pub own_share: f64,
}

impl Keyword {
    /// Whether the word belongs more to other topics than to its factor.
    pub fn flagged(&self) -> bool {
        self.own_share < 0.5
    }
}

/// Everything that is written.
#[derive(Debug, Clone, PartialEq)]
pub struct FactorReport {
    /// Shares by region.
    pub table: FactorTable,
    /// Share of the factors in all text of each region.
    pub attention: Vec<f64>,
    /// One for each factor.
    pub quality: Vec<Quality>,
    /// Keyword topics, then free topics, by language.
    pub topics: Vec<TopicWords>,
    /// The keywords of the factors that occur.
    pub keywords: Vec<Keyword>,
}

impl FactorReport {
    /// Sums up `chains` (for each chain, one part per model). `index` is an outside index of the
    /// regions, to compare ranks with.
    ///
    /// # Errors
    /// When no chain gave a word of any region to a factor.
    ///
    /// # Panics
    /// When there are fewer than two chains or two regions.
    pub fn new(
        models: &[Model],
        chains: &[Vec<Chain>],
        framework: &Framework,
        regions: &[String],
        index: &[Option<f64>],
    ) -> Result<Self, CorpusFault> {
        let factors = framework.factors.len();
        let clauses = clauses(models, framework, regions);
        let attention: Vec<Vec<f32>> = chains.iter().map(|parts| joined(parts)).collect();
        let table = FactorTable::new(&attention, &clauses, regions.len(), factors);
        if table.rows.iter().all(|row| row.tokens == 0.0) {
            let message =
                "no word of any region was given to a factor; there are no shares to tell";
            let hint = "check that the keywords occur in the texts of regions, or give them more";
            return Err(CorpusFault::input(message).hint(hint));
        }
        let topics: Vec<TopicWords> = models
            .iter()
            .enumerate()
            .flat_map(|(m, model)| topics(model, chains, m, framework))
            .collect();
        let quality = (0..factors)
            .map(|k| quality(&table, &topics, models, index, k))
            .collect();
        let parts = models.iter().enumerate();
        let keywords = parts.flat_map(|(m, model)| keywords(model, chains, m, framework));
        Ok(Self {
            attention: attention_of_regions(models, framework, regions, &table),
            keywords: keywords.collect(),
            table,
            quality,
            topics,
        })
    }
}

fn joined(parts: &[Chain]) -> Vec<f32> {
    let attention = parts.iter().flat_map(|part| &part.attention);
    attention.copied().collect()
}

/// The clauses of all models in their order.
fn clauses(models: &[Model], framework: &Framework, regions: &[String]) -> Vec<Clause> {
    let sources = models.iter().flat_map(|m| &m.bag.sources);
    sources
        .flat_map(|source| {
            let clause = Clause {
                region: place(regions, &source.region),
                weight: framework.weight(&source.kind),
            };
            std::iter::repeat_n(clause, source.documents.len())
        })
        .collect()
}

fn place(regions: &[String], region: &str) -> Option<usize> {
    debug_assert!(is_central(region, regions) || regions.iter().any(|r| r == region));
    regions.iter().position(|r| r == region)
}

fn attention_of_regions(
    models: &[Model],
    framework: &Framework,
    regions: &[String],
    table: &FactorTable,
) -> Vec<f64> {
    let mut all = vec![0.0; regions.len()];
    for source in models.iter().flat_map(|m| &m.bag.sources) {
        if let Some(p) = place(regions, &source.region) {
            all[p] += framework.weight(&source.kind) * source.all_tokens as f64;
        }
    }
    let rows = table.rows.iter().zip(all);
    rows.map(|(row, all)| if all > 0.0 { row.tokens / all } else { 0.0 })
        .collect()
}

/// Keyword topics are means over all chains; free topics are those of the chain nearest to the
/// others, because they have no names that chains share.
fn topics(
    model: &Model,
    chains: &[Vec<Chain>],
    m: usize,
    framework: &Framework,
) -> Vec<TopicWords> {
    let parts: Vec<&Chain> = chains.iter().map(|parts| &parts[m]).collect();
    let central = medoid(&parts.iter().map(|c| &c.topic_words[..]).collect::<Vec<_>>());
    let anchored = framework.anchored(model.language);
    let weights = |k: usize| -> (Vec<f32>, f64) {
        if k >= anchored.len() {
            let chain = parts[central];
            return (chain.topic_words[k].clone(), chain.prevalence[k]);
        }
        let mut mean = vec![0.0; model.bag.words.len()];
        for chain in &parts {
            let row = mean.iter_mut().zip(&chain.topic_words[k]);
            row.for_each(|(sum, x)| *sum += x / parts.len() as f32);
        }
        let prevalence = parts.iter().map(|c| c.prevalence[k]).sum::<f64>();
        (mean, prevalence / parts.len() as f64)
    };
    let found: Vec<(Vec<f32>, f64)> = (0..model.shape.topics).map(weights).collect();
    let mut topics = described(model.language, &model.bag, &found);
    for (k, topic) in topics.iter_mut().enumerate() {
        topic.factor = (k < model.factors).then_some(k);
        topic.name = match anchored.get(k) {
            Some((name, _)) => (*name).to_owned(),
            None => format!("free {}", k + 1 - anchored.len()),
        };
    }
    topics
}

/// The topics of one chain of a model without keywords, the most frequent first.
pub fn plain_topics(language: TextLanguage, bag: &Bag, chain: &Chain) -> Vec<TopicWords> {
    let rows = chain.topic_words.iter().cloned();
    let mut found: Vec<_> = rows.zip(chain.prevalence.iter().copied()).collect();
    found.sort_by(|a, b| b.1.by_size(&a.1));
    described(language, bag, &found)
}

/// Topics, given as words' weights and prevalence, with their heaviest words and coherence.
fn described(language: TextLanguage, bag: &Bag, found: &[(Vec<f32>, f64)]) -> Vec<TopicWords> {
    let tops: Vec<Vec<u32>> = found.iter().map(|(row, _)| top_words(row, TOP)).collect();
    let topics = found.iter().zip(npmi(bag, &tops)).enumerate();
    let word = |row: &[f32], w: u32| (bag.words[w as usize].clone(), row[w as usize]);
    topics
        .map(|(k, ((row, prevalence), coherence))| TopicWords {
            language: language.code(),
            factor: None,
            name: format!("{}", k + 1),
            words: top_words(row, 2 * TOP)
                .into_iter()
                .map(|w| word(row, w))
                .collect(),
            coherence,
            prevalence: *prevalence,
        })
        .collect()
}

fn quality(
    table: &FactorTable,
    topics: &[TopicWords],
    models: &[Model],
    index: &[Option<f64>],
    k: usize,
) -> Quality {
    let own: Vec<&TopicWords> = topics.iter().filter(|t| t.factor == Some(k)).collect();
    let words = |m: &Model| m.bag.tokens().len() as f64;
    let all: f64 = models.iter().map(words).sum();
    let prevalence = own.iter().zip(models).map(|(t, m)| t.prevalence * words(m));
    let column = table.column(k);
    let known = index.iter().zip(&column);
    let pairs: Vec<(f64, f64)> = known.filter_map(|(i, x)| i.map(|i| (i, *x))).collect();
    let (outside, shares): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
    let (sd_between, mean_error) = table.spread_and_error(k);
    let coherent: Vec<f64> = own.iter().filter_map(|t| t.coherence).collect();
    let rank = || Some(spearman(&outside, &shares)).filter(|r| r.is_finite());
    let sampling = table.rows.iter().map(|row| row.sampling[k]);
    Quality {
        sd_between,
        mean_error,
        mean_sampling_error: mean(&sampling.collect::<Vec<f64>>()),
        half_correlation: table.half_correlations[k],
        coherence: (!coherent.is_empty()).then(|| mean(&coherent)),
        prevalence: prevalence.sum::<f64>() / all,
        rank_correlation: (outside.len() > 2).then(rank).flatten(),
    }
}

fn keywords(model: &Model, chains: &[Vec<Chain>], m: usize, framework: &Framework) -> Vec<Keyword> {
    let mut occurrences = vec![0; model.bag.words.len()];
    model
        .bag
        .tokens()
        .iter()
        .for_each(|w| occurrences[*w as usize] += 1);
    let (anchors, _) = anchors(&model.bag.words, framework, model.language);
    let own_share = |w: usize, k: usize| {
        let share = |chain: &Chain| {
            let words = |j: usize| chain.prevalence[j] * f64::from(chain.topic_words[j][w]);
            words(k) / (0..model.shape.topics).map(words).sum::<f64>()
        };
        mean(
            &chains
                .iter()
                .map(|parts| share(&parts[m]))
                .collect::<Vec<f64>>(),
        )
    };
    let factors = anchors[..model.factors].iter().enumerate();
    let pairs = factors.flat_map(|(k, list)| list.iter().map(move |w| (k, *w as usize)));
    pairs
        .map(|(factor, w)| Keyword {
            language: model.language.code(),
            factor,
            word: model.bag.words[w].clone(),
            occurrences: occurrences[w],
            own_share: own_share(w, factor),
        })
        .collect()
}
