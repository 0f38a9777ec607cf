//! Where leanings come from: policy texts to policy factors.
pub mod bag;
pub mod corpus;
pub mod keywords;
pub mod language;
pub mod segmentation;
pub mod vocabulary;

pub mod counts;
pub mod shard;
pub mod gibbs;
pub mod alpha;
pub mod chain;
pub mod model;

pub mod coherence;
pub mod correlation;
pub mod stability;
pub mod table;
pub mod report;
pub mod perplexity;
pub mod choice;

pub mod fault;

pub use bag::{Bag, Source};
pub use fault::Fault;
pub use keywords::Framework;
pub use language::Language;
