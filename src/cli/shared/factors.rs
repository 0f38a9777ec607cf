//! Flags of `cogov factors`: what texts are read by, and how chains run.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use crate::cli::shared::chain_progress::ChainProgress;
use crate::cli::shared::stop::stop_flag;
use crate::factors::chain::Settings;
use crate::scenario::country::texts::TextLists;
use crate::study::factors::{Chains, CorpusInput, FactorStudy};

/// Where the texts are, and where the table goes.
#[derive(Debug, Clone, Args)]
pub struct PlaceFlags {
    /// Folder of texts, or of counts written by --counts
    corpus: PathBuf,
    /// The table; its quality, topics and keywords are written beside it
    #[arg(
        long,
        value_name = "FILE",
        default_value = "results/factors/factors.csv"
    )]
    out: PathBuf,
    /// Also write the counts of words, from which the table can be made without the texts
    #[arg(long, value_name = "DIR")]
    counts: Option<PathBuf>,
}

impl PlaceFlags {
    /// The study that they, the lists and the chains amount to.
    pub fn study(self, lists: &ListFlags, chains: &ChainFlags) -> FactorStudy {
        FactorStudy {
            corpus: self.corpus,
            out: self.out,
            counts: self.counts,
            input: lists.input(),
            chains: chains.chains(),
            force: chains.force,
            observer: Arc::new(ChainProgress::new(chains.quiet)),
            stop: Arc::clone(stop_flag("chains")),
        }
    }
}

/// Where the lists are by which texts are read.
#[derive(Debug, Clone, Args)]
pub struct ListFlags {
    /// Scenario that the table is for: lists and provinces are those that it names
    #[arg(long, value_name = "FILE", conflicts_with = "lists")]
    scenario: Option<PathBuf>,
    /// Folder with keywords.toml, provinces.csv, terms.txt and stop_words.txt, as far as they are there
    #[arg(long, value_name = "DIR")]
    lists: Option<PathBuf>,
    /// Keywords by factor and dimension (TOML)
    #[arg(long, value_name = "FILE")]
    keywords: Option<PathBuf>,
    /// Terms that stay whole, one a line, or in the columns of jieba's dictionaries
    #[arg(long, value_name = "FILE", alias = "dictionary")]
    terms: Option<PathBuf>,
    /// Words without a topic, one a line
    #[arg(long, value_name = "FILE")]
    stop_words: Option<PathBuf>,
    /// Table of the regions; its column `iso` gives the rows of the result
    #[arg(long, value_name = "FILE")]
    provinces: Option<PathBuf>,
    /// Column of the provinces table with an outside index, to compare ranks with
    #[arg(long, value_name = "COLUMN")]
    index: Option<String>,
    /// Least number of clauses a word must occur in
    #[arg(long, default_value_t = 8)]
    min_clauses: usize,
    /// Least number of regions a word must occur in: what fewer say is a name
    #[arg(long, default_value_t = 6)]
    min_regions: usize,
}

impl ListFlags {
    /// What they amount to.
    pub fn input(&self) -> CorpusInput {
        CorpusInput {
            scenario: self.scenario.clone(),
            folder: self.lists.clone(),
            named: TextLists {
                keywords: self.keywords.clone(),
                terms: self.terms.clone(),
                stop_words: self.stop_words.clone(),
                provinces: self.provinces.clone(),
                index: self.index.clone(),
            },
            min_clauses: self.min_clauses,
            min_regions: self.min_regions,
        }
    }
}

/// How the chains run.
#[derive(Debug, Clone, Args)]
pub struct ChainFlags {
    /// Number of chains
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u64).range(2..=1000))]
    chains: u64,
    /// Sweeps of each chain before its first sample
    #[arg(long, default_value_t = 300, value_parser = clap::value_parser!(u32).range(..=1_000_000))]
    burn_in: u32,
    /// Samples of each chain
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    samples: u32,
    /// Sweeps from one sample to the next
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    spacing: u32,
    /// Parts of the documents swept side by side, for a corpus of millions of words; changes draws
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=256))]
    shards: u16,
    /// Seed of all chains
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Worker threads; the result does not depend on them
    #[arg(long)]
    threads: Option<usize>,
    /// Go on from the finished chains of the same command
    #[arg(long, conflicts_with = "force")]
    resume: bool,
    /// Replace a table that was made otherwise
    #[arg(long)]
    force: bool,
    /// No progress, no notes
    #[arg(long)]
    quiet: bool,
}

impl ChainFlags {
    /// What they amount to.
    pub fn chains(&self) -> Chains {
        Chains {
            number: self.chains,
            settings: Settings {
                seed: self.seed,
                burn_in: self.burn_in,
                samples: self.samples,
                spacing: self.spacing,
                shards: self.shards.into(),
                alpha: 0.1,
            },
            threads: self.threads,
            resume: self.resume,
        }
    }
}
