//! What `cogov factors` reads besides the texts: word lists, keywords, provinces.

use crate::factors::corpus::{self, Corpus};
use crate::factors::model::{self, Bags, Model};
use crate::factors::vocabulary::{Lists, Pruning};
use crate::factors::{Fault, Framework};
use crate::output::counts;
use clap::Args;
use std::fs;
use std::path::{Path, PathBuf};

const KEYWORDS: &str = include_str!("../../scenarios/china31/keywords.toml");
const DICTIONARY: &str = include_str!("../../scenarios/china31/dictionary.txt");
const STOP_WORDS: &str = include_str!("../../scenarios/china31/stop_words.txt");
const PROVINCES: &str = include_str!("../../scenarios/china31/provinces.csv");

/// Files that may replace those of the China scenario.
#[derive(Debug, Clone, Args)]
pub struct Input {
    /// Keywords by factor and dimension (TOML)
    #[arg(long, value_name = "FILE")]
    keywords: Option<PathBuf>,
    /// Terms that stay whole, one a line
    #[arg(long, value_name = "FILE")]
    dictionary: Option<PathBuf>,
    /// Words without a topic, one a line
    #[arg(long, value_name = "FILE")]
    stop_words: Option<PathBuf>,
    /// Table of the regions; its column `iso` gives the rows of the result
    #[arg(long, value_name = "FILE")]
    provinces: Option<PathBuf>,
    /// Least number of clauses a word must occur in
    #[arg(long, default_value_t = 8)]
    min_clauses: usize,
    /// Least number of regions a word must occur in: what fewer say is a name
    #[arg(long, default_value_t = 6)]
    min_regions: usize,
}

/// The regions in the order of the table, and an outside index of each where it is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Regions {
    /// ISO 3166-2 codes.
    pub codes: Vec<String>,
    /// Government service index of 2019.
    pub index: Vec<Option<f64>>,
}

impl Input {
    /// The framework of factors.
    ///
    /// # Errors
    /// As [`Framework::parse`].
    pub fn framework(&self) -> Result<Framework, Fault> {
        let text = text_or(self.keywords.as_deref(), KEYWORDS)?;
        let place = self.keywords.as_deref();
        Framework::parse(
            &text,
            &place.map_or("keywords.toml".into(), |p| p.display().to_string()),
        )
    }

    /// The regions.
    ///
    /// # Errors
    /// A table that cannot be read, or without the column `iso`.
    pub fn regions(&self) -> Result<Regions, Fault> {
        let text = text_or(self.provinces.as_deref(), PROVINCES)?;
        let mut table = csv::Reader::from_reader(text.as_bytes());
        let wrong = |e: &dyn std::fmt::Display| {
            Fault::input(format!("the provinces table cannot be used: {e}"))
                .hint("it needs a first line of column names, among them `iso`, and a row a region")
        };
        let header = table.headers().map_err(|e| wrong(&e))?.clone();
        let column = |name: &str| header.iter().position(|h| h == name);
        let iso = column("iso").ok_or_else(|| wrong(&"it has no column `iso`"))?;
        let index = header
            .iter()
            .position(|h| h.ends_with("service_index_2019"));
        let mut regions = Regions {
            codes: Vec::new(),
            index: Vec::new(),
        };
        for row in table.records() {
            let row = row.map_err(|e| wrong(&e))?;
            regions.codes.push(row[iso].to_owned());
            let value = index.and_then(|i| row[i].parse().ok());
            regions.index.push(value);
        }
        match regions.codes.len() {
            0 | 1 => Err(wrong(&"it has fewer than two regions")),
            _ => Ok(regions),
        }
    }

    /// The counts of each language in `folder`, from counts if it holds them, else from texts;
    /// also notes on files.
    ///
    /// # Errors
    /// As [`corpus::read`], [`model::count`] and [`counts::read`].
    pub fn counts(
        &self,
        folder: &Path,
        framework: &Framework,
        regions: &[String],
    ) -> Result<(Bags, Vec<String>), Fault> {
        let bags = counts::read(folder)?;
        if !bags.is_empty() {
            return Ok((bags, Vec::new()));
        }
        let Corpus { texts, notes } = corpus::read(folder, regions)?;
        let dictionary = text_or(self.dictionary.as_deref(), DICTIONARY)?;
        let stop_words = text_or(self.stop_words.as_deref(), STOP_WORDS)?;
        let lists = Lists {
            dictionary: &dictionary,
            stop_words: &stop_words,
        };
        let corpus = Corpus { texts, notes };
        let pruning = Pruning {
            min_documents: self.min_clauses,
            min_regions: self.min_regions,
            ..Pruning::default()
        };
        let bags = model::count(&corpus, framework, lists, &pruning)?;
        Ok((bags, corpus.notes))
    }
}

/// Lines on what was read: size by language, keywords that never occur, regions without text.
pub fn notes_on(models: &[Model], regions: &[String]) -> Vec<String> {
    let mut lines = Vec::new();
    for model in models {
        let bag = &model.bag;
        let all: usize = bag.sources.iter().map(|s| s.all_tokens).sum();
        lines.push(format!(
            "{}: {} texts, {} clauses about the subject, {} of {all} words, {} kinds of words",
            model.language.code(),
            bag.sources.len(),
            bag.documents(),
            bag.tokens().len(),
            bag.words.len()
        ));
        if !model.missing.is_empty() {
            let missing = model.missing.join(", ");
            lines.push(format!("warning: keywords that never occur: {missing}"));
        }
    }
    let sources = models.iter().flat_map(|m| &m.bag.sources);
    let has_text = |region: &String| {
        sources
            .clone()
            .any(|s| s.region == *region && !s.documents.is_empty())
    };
    let without: Vec<&str> = regions
        .iter()
        .filter(|r| !has_text(r))
        .map(String::as_str)
        .collect();
    if !without.is_empty() {
        let without = without.join(", ");
        lines.push(format!(
            "warning: no text about the subject from {without}; they get the mean of the others"
        ));
    }
    lines
}

fn text_or(path: Option<&Path>, default: &str) -> Result<String, Fault> {
    match path {
        None => Ok(default.to_owned()),
        Some(path) => fs::read_to_string(path).map_err(|e| Fault::file(path, "read", e)),
    }
}
