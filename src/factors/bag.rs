//! Counts of words by document: all that a topic model reads.
//!
//! A document is a clause of a policy text. Documents of one text stand together and form a
//! [`TextSource`], which carries the region. Inside a document the words are sorted, so a model fitted
//! to the texts and one fitted to their published counts make the same draws.

use std::ops::Range;

/// A policy text: where it comes from and which documents it was cut into.
#[derive(Debug, Clone, PartialEq)]
pub struct TextSource {
    /// ISO 3166-2 code of the region, `CN` for central documents.
    pub region: String,
    /// Kind of text, such as "provincial work report".
    pub kind: String,
    /// File name, for messages.
    pub name: String,
    /// Its documents in the bag.
    pub documents: Range<usize>,
    /// Words of the whole text, also of the clauses that were not about the subject.
    pub all_tokens: usize,
}

/// A corpus as counts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bag {
    /// The vocabulary; a word is known by its place here.
    pub words: Vec<String>,
    /// The texts, in order of their documents.
    pub sources: Vec<TextSource>,
    starts: Vec<usize>,
    tokens: Vec<u32>,
}

impl Bag {
    /// An empty corpus over `words`.
    pub fn new(words: Vec<String>) -> Self {
        Self {
            words,
            sources: Vec::new(),
            starts: vec![0],
            tokens: Vec::new(),
        }
    }

    /// Adds a document; its words may come in any order.
    pub fn push(&mut self, document: &[u32]) {
        let start = self.tokens.len();
        self.tokens.extend_from_slice(document);
        self.tokens[start..].sort_unstable();
        self.starts.push(self.tokens.len());
    }

    /// Number of documents.
    pub fn documents(&self) -> usize {
        self.starts.len() - 1
    }

    /// The words of document `d`, sorted.
    pub fn document(&self, d: usize) -> &[u32] {
        &self.tokens[self.starts[d]..self.starts[d + 1]]
    }

    /// All words, document after document.
    pub fn tokens(&self) -> &[u32] {
        &self.tokens
    }

    /// Where each document begins among the tokens, and where the last one ends.
    pub fn starts(&self) -> &[usize] {
        &self.starts
    }

    /// The documents for which `keep` holds, without sources.
    pub fn select(&self, keep: impl Fn(usize) -> bool) -> Self {
        let mut chosen = Self::new(self.words.clone());
        for d in (0..self.documents()).filter(|d| keep(*d)) {
            chosen.push(self.document(d));
        }
        chosen
    }
}
