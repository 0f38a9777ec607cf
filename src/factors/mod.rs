//! Where leanings come from: policy texts to policy factors.
//!
//! A government's leaning towards a factor of the model is the share of its policy texts that speaks
//! of it. In order:
//!
//! 1. [`corpus`] reads a folder of texts and their regions, brings them to one Unicode [`form`] and
//!    joins [`lines`] that were cut off by their width; [`language`] tells Chinese from English.
//! 2. [`segmentation`] cuts texts into clauses and clauses into words, terms with signs or of several
//!    words by [`phrases`]; [`keywords`] holds the framework of factors, their keywords and the terms
//!    that make a clause count, [`lists`] the modeller's other words; [`vocabulary`] chooses words and
//!    counts them into a [`bag`].
//! 3. A [`model`] has a topic for each factor, anchored by its keywords, anchored topics for the
//!    subjects beside them, and free topics for the rest. [`counts`] has the formulas, [`gibbs`] and
//!    [`shard`] draw, [`alpha`] learns the weights of topics. A [`chain`] keeps means
//!    of samples; [`fit`] runs many.
//! 4. [`table`] makes shares by region of many chains, with errors, and draws thin rows towards the
//!    mean by [`shrinkage`]; [`report`] adds the quality of factors, keywords and topics, from
//!    [`coherence`] and [`stability`].
//! 5. Without keywords, [`choice`] finds a number of topics, by [`perplexity`], coherence and
//!    stability.
//!
//! Architecture invariant: pure mathematics over texts. Nothing here knows agents, prints, or writes
//! files, and draws depend on (seed, chain, shard, sweep) alone.

pub mod corpus;
pub mod form;
pub mod lines;
pub mod language;
pub mod phrases;
pub mod segmentation;
pub mod keywords;
pub mod lists;
pub mod vocabulary;
pub mod bag;

pub mod model;
pub mod counts;
pub mod gibbs;
pub mod shard;
pub mod alpha;
pub mod chain;
pub mod fit;

pub mod shrinkage;
pub mod table;
pub mod report;
pub mod coherence;
pub mod stability;
pub mod choice;
pub mod perplexity;

pub mod fault;
pub mod files;

pub use bag::{Bag, TextSource};
pub use fault::CorpusFault;
pub use keywords::Framework;
pub use language::TextLanguage;
