//! What `cogov factors` reads besides the texts: word lists, keywords, provinces.

use crate::factors::corpus::{self, BYTE_ORDER_MARK};
use crate::factors::model::{self, Bags};
use crate::factors::report::Read;
use crate::factors::vocabulary::{Lists, Pruning};
use crate::factors::{Fault, Framework};
use crate::numeric::hex;
use crate::output::factors::counts;
use clap::Args;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

const KEYWORDS: &str = include_str!("../../scenarios/china31/keywords.toml");
const DICTIONARY: &str = include_str!("../../scenarios/china31/dictionary.txt");
const STOP_WORDS: &str = include_str!("../../scenarios/china31/stop_words.txt");
const PROVINCES: &str = include_str!("../../scenarios/china31/country/provinces.csv");

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

    /// The counts of each language in `folder`, from counts if it holds them, else from texts.
    ///
    /// # Errors
    /// As [`corpus::read`], [`model::count`] and [`counts::read`].
    pub fn counts(
        &self,
        folder: &Path,
        framework: &Framework,
        regions: &[String],
    ) -> Result<Counted, Fault> {
        let bags = counts::read(folder, regions)?;
        let from_texts = bags.is_empty();
        if !from_texts {
            let notes = Vec::new();
            return Ok(Counted {
                bags,
                notes,
                from_texts,
            });
        }
        let mut corpus = corpus::read(folder, regions)?;
        let dictionary = text_or(self.dictionary.as_deref(), DICTIONARY)?;
        let stop_words = text_or(self.stop_words.as_deref(), STOP_WORDS)?;
        let lists = Lists {
            dictionary: &dictionary,
            stop_words: &stop_words,
        };
        let pruning = Pruning {
            min_documents: self.min_clauses,
            min_regions: self.min_regions,
            ..Pruning::default()
        };
        let (bags, notes) = model::count(&corpus, framework, lists, &pruning)?;
        corpus.notes.extend(notes);
        let notes = corpus.notes;
        Ok(Counted {
            bags,
            notes,
            from_texts,
        })
    }

    /// The files and settings that counts and table depend on, for the manifest.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn record(&self, from_texts: bool) -> Result<serde_json::Value, Fault> {
        let file = |path: &Option<PathBuf>, name: &str, text: &str| -> Result<_, Fault> {
            let given = path.as_deref().and_then(Path::file_name);
            let name = given.map_or(name.into(), |n| n.to_string_lossy());
            let text = text_or(path.as_deref(), text)?;
            Ok(json!({ "file": name, "sha256": hex(&Sha256::digest(text)) }))
        };
        let mut record = json!({
            "keywords": file(&self.keywords, "keywords.toml", KEYWORDS)?,
            "provinces": file(&self.provinces, "provinces.csv", PROVINCES)?,
        });
        // Counts were made with word lists and bounds that are not known here.
        if from_texts {
            record["dictionary"] = file(&self.dictionary, "dictionary.txt", DICTIONARY)?;
            record["stop_words"] = file(&self.stop_words, "stop_words.txt", STOP_WORDS)?;
            record["min_clauses"] = self.min_clauses.into();
            record["min_regions"] = self.min_regions.into();
        }
        Ok(record)
    }
}

/// A corpus as counts, and how it was read.
#[derive(Debug)]
pub struct Counted {
    /// Counts of each language.
    pub bags: Bags,
    /// Lines on files and languages that were left out or are odd.
    pub notes: Vec<String>,
    /// Whether texts were read, not counts.
    pub from_texts: bool,
}

/// Lines on what was read: size by language, keywords that never occur, regions without text.
pub fn notes_on(read: &Read) -> Vec<String> {
    let mut lines = Vec::new();
    for size in &read.languages {
        lines.push(format!(
            "{}: {} texts, {} clauses about the subject, {} of {} words, {} kinds of words",
            size.language, size.texts, size.clauses, size.words, size.all_words, size.vocabulary
        ));
        if !size.missing.is_empty() {
            let missing = size.missing.join(", ");
            lines.push(format!("warning: keywords that never occur: {missing}"));
        }
    }
    if !read.without_text.is_empty() {
        let without = read.without_text.join(", ");
        lines.push(format!(
            "warning: no text about the subject from {without}; they get the mean of the others"
        ));
    }
    lines
}

fn text_or(path: Option<&Path>, default: &str) -> Result<String, Fault> {
    match path {
        None => Ok(default.to_owned()),
        Some(path) => {
            let text = fs::read_to_string(path).map_err(|e| Fault::file(path, "read", e))?;
            Ok(text.trim_start_matches(BYTE_ORDER_MARK).to_owned())
        }
    }
}
