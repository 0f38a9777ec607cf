//! The counts that a topic model lives on, and what follows from them.
//!
//! Keyword-assisted topics (keyATM: Eshima, Imai and Sasaki 2024, American Journal of Political
//! Science 68(2), 730-750): a word of topic k comes either from the topic's ordinary distribution
//! over the whole vocabulary (s = 0) or from its distribution over its keywords (s = 1). With
//! `n_kw` ordinary words, `m_kw` keyword draws, and sums `n_k`, `m_k` over words,
//!
//! ```text
//! ordinary_k = (g2 + n_k) / ((g1 + g2 + n_k + m_k) (V b + n_k))     topics with keywords
//! ordinary_k = 1 / (V b + n_k)                                      free topics
//! keyword_k  = (g1 + m_k) / ((g1 + g2 + n_k + m_k) (L_k b' + m_k))
//! ```
//!
//! Without keywords this is latent Dirichlet allocation (Blei, Ng and Jordan 2003; collapsed Gibbs
//! sampling: Griffiths and Steyvers 2004), by the same arithmetic.
//!
//! Counts are whole numbers kept as `f32`, exact up to 16 million, so sums over shards do not
//! depend on their order.

/// Topics that are handled side by side.
pub const LANES: usize = 8;

/// Numbers of eight neighbouring topics.
pub type Block = [f32; LANES];

/// How large the model is and which words are keywords; fixed for a chain.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// Number of topics.
    pub topics: usize,
    /// Size of the vocabulary.
    pub vocabulary: usize,
    /// (word, topic) of every keyword, sorted.
    keywords: Vec<(u32, u16)>,
    /// Where the keywords of each word begin.
    starts: Vec<u32>,
    /// Number of keywords of each topic.
    sizes: Vec<f32>,
}

impl Shape {
    /// A model of `topics` topics over `vocabulary` words; topic k is anchored by `keywords[k]`, if
    /// that is not empty.
    ///
    /// # Panics
    /// When there are more keyword lists than topics, or a keyword lies outside the vocabulary.
    pub fn new(topics: usize, vocabulary: usize, keywords: &[Vec<u32>]) -> Self {
        assert!(keywords.len() <= topics, "more keyword lists than topics");
        let pairs = keywords.iter().zip(0_u16..);
        let mut all: Vec<(u32, u16)> = pairs
            .flat_map(|(words, k)| words.iter().map(move |w| (*w, k)))
            .collect();
        all.sort_unstable();
        all.dedup();
        assert!(all.iter().all(|(w, _)| (*w as usize) < vocabulary));
        let mut sizes = vec![0.0; topics];
        all.iter().for_each(|(_, k)| sizes[usize::from(*k)] += 1.0);
        let starts = (0..=vocabulary as u32)
            .map(|w| all.partition_point(|(word, _)| *word < w) as u32)
            .collect();
        Self {
            topics,
            vocabulary,
            keywords: all,
            starts,
            sizes,
        }
    }

    /// Blocks of eight topics.
    pub fn blocks(&self) -> usize {
        self.topics.div_ceil(LANES)
    }

    /// Whether any topic has keywords.
    #[inline(always)]
    pub fn has_keywords(&self) -> bool {
        !self.keywords.is_empty()
    }

    /// Places of word `w` among the keywords; empty for most words.
    #[inline(always)]
    pub fn slots(&self, w: usize) -> std::ops::Range<usize> {
        self.starts[w] as usize..self.starts[w + 1] as usize
    }

    /// (word, topic) of every keyword, sorted.
    pub fn keywords(&self) -> &[(u32, u16)] {
        &self.keywords
    }

    /// The topic of the keyword at `slot`.
    #[inline(always)]
    pub fn topic_of(&self, slot: usize) -> usize {
        usize::from(self.keywords[slot].1)
    }
}

/// The Dirichlet and Beta priors.
#[derive(Debug, Clone, PartialEq)]
pub struct Priors {
    /// Weight `a_k` of each topic in a document.
    pub alpha: Vec<f32>,
    /// Weight `b` of each word in a topic.
    pub beta: f32,
    /// Weight `b'` of each keyword among the keywords of a topic.
    pub keyword_beta: f32,
    /// Prior draws `g1` from the keywords of a topic.
    pub from_keywords: f32,
    /// Prior draws `g2` from the ordinary words of a topic.
    pub from_ordinary: f32,
}

impl Priors {
    /// Symmetric priors as keyATM uses them: b = .01, b' = .1, g1 = g2 = 1.
    pub fn symmetric(topics: usize, alpha: f32) -> Self {
        Self {
            alpha: vec![alpha; topics],
            beta: 0.01,
            keyword_beta: 0.1,
            from_keywords: 1.0,
            from_ordinary: 1.0,
        }
    }
}

/// Counts of words by topic.
#[derive(Debug, Clone, PartialEq)]
pub struct Counts {
    /// Ordinary draws `n_kw`: [`Shape::blocks`] blocks for each word.
    pub words: Vec<Block>,
    /// Their sums `n_k`.
    pub topics: Vec<f32>,
    /// Keyword draws `m_kw`, by slot.
    pub keywords: Vec<f32>,
    /// Their sums `m_k`.
    pub keyword_topics: Vec<f32>,
}

impl Counts {
    /// No words yet.
    pub fn zero(shape: &Shape) -> Self {
        Self {
            words: apart(shape.vocabulary * shape.blocks(), [0.0; LANES]),
            topics: apart(shape.topics, 0.0),
            keywords: apart(shape.keywords.len(), 0.0),
            keyword_topics: apart(shape.topics, 0.0),
        }
    }

    /// Becomes a copy of `other`, which has the same shape, in its own place.
    pub fn copy(&mut self, other: &Self) {
        self.words.copy_from_slice(&other.words);
        self.topics.copy_from_slice(&other.topics);
        self.keywords.copy_from_slice(&other.keywords);
        self.keyword_topics.copy_from_slice(&other.keyword_topics);
    }

    /// Adds `n` (1 or -1) draws of word `w` from topic `k`, from the keyword at `slot` if given.
    #[inline(always)]
    pub fn add(&mut self, shape: &Shape, w: usize, k: usize, slot: Option<usize>, n: f32) {
        match slot {
            None => {
                self.words[w * shape.blocks() + k / LANES][k % LANES] += n;
                self.topics[k] += n;
            }
            Some(slot) => {
                self.keywords[slot] += n;
                self.keyword_topics[k] += n;
            }
        }
    }

    /// `ordinary_k`, had the topic `n` ordinary draws and `m` keyword draws.
    #[inline(always)]
    pub fn ordinary(shape: &Shape, priors: &Priors, k: usize, n: f32, m: f32) -> f32 {
        let words = shape.vocabulary as f32 * priors.beta + n;
        if shape.sizes[k] == 0.0 {
            return 1.0 / words;
        }
        let source = priors.from_keywords + priors.from_ordinary + n + m;
        (priors.from_ordinary + n) / (source * words)
    }

    /// `keyword_k`, had the topic `n` ordinary draws and `m` keyword draws.
    #[inline(always)]
    pub fn keyword(shape: &Shape, priors: &Priors, k: usize, n: f32, m: f32) -> f32 {
        let source = priors.from_keywords + priors.from_ordinary + n + m;
        (priors.from_keywords + m) / (source * (shape.sizes[k] * priors.keyword_beta + m))
    }

    /// Makes `self`, the counts before a sweep, the counts after it: each shard started from
    /// `self`, and its changes are added.
    pub fn merge(&mut self, shards: &[&Self]) {
        merge_blocks(&mut self.words, shards);
        let columns = |c: &Self| {
            [
                c.topics.clone(),
                c.keywords.clone(),
                c.keyword_topics.clone(),
            ]
        };
        let changed: Vec<_> = shards.iter().map(|s| columns(s)).collect();
        let own = [
            &mut self.topics,
            &mut self.keywords,
            &mut self.keyword_topics,
        ];
        for (column, values) in own.into_iter().enumerate() {
            for (i, value) in values.iter_mut().enumerate() {
                let before = *value;
                *value += changed.iter().map(|c| c[column][i] - before).sum::<f32>();
            }
        }
    }

    /// The share of each word in each topic, ordinary and keyword draws together, with the prior:
    /// one row per topic.
    pub fn topic_words(&self, shape: &Shape, priors: &Priors) -> Vec<Vec<f32>> {
        (0..shape.topics)
            .map(|k| self.words_of(shape, priors, k))
            .collect()
    }

    fn words_of(&self, shape: &Shape, priors: &Priors, k: usize) -> Vec<f32> {
        let (n, m) = (self.topics[k], self.keyword_topics[k]);
        let ordinary = Self::ordinary(shape, priors, k, n, m);
        let blocks = shape.blocks();
        let mut row: Vec<f32> = (0..shape.vocabulary)
            .map(|w| (self.words[w * blocks + k / LANES][k % LANES] + priors.beta) * ordinary)
            .collect();
        if shape.sizes[k] > 0.0 {
            let keyword = Self::keyword(shape, priors, k, n, m);
            for (slot, (w, topic)) in shape.keywords.iter().enumerate() {
                if usize::from(*topic) == k {
                    row[*w as usize] += (self.keywords[slot] + priors.keyword_beta) * keyword;
                }
            }
        }
        row
    }
}

/// A column of `n` equal values with two lines of the cache left free behind it: lines are fetched in
/// pairs, and two shards that write to one line halve each other's speed.
pub fn apart<T: Copy>(n: usize, value: T) -> Vec<T> {
    const PAIR_OF_LINES: usize = 128;
    let mut column = Vec::with_capacity(n + PAIR_OF_LINES / size_of::<T>());
    column.resize(n, value);
    column
}

fn merge_blocks(own: &mut [Block], shards: &[&Counts]) {
    use rayon::prelude::*;
    const CHUNK: usize = 4096;
    let chunks = own.par_chunks_mut(CHUNK).enumerate();
    chunks.for_each(|(c, chunk)| {
        for (i, block) in chunk.iter_mut().enumerate() {
            let before = *block;
            for shard in shards {
                let after = &shard.words[c * CHUNK + i];
                for lane in 0..LANES {
                    block[lane] += after[lane] - before[lane];
                }
            }
        }
    });
}
