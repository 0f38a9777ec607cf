//! A factor table as its files tell it: all that its page shows.

use std::fs::{self, File};
use std::path::Path;

use csv::{Reader, StringRecord};
use serde_json::Value;

use super::beside;
use crate::output::report::FolderFault;

/// A factor with what is known of its quality.
#[derive(Debug, Clone)]
pub struct ToldFactor {
    /// Name.
    pub name: String,
    /// Dimension.
    pub dimension: String,
    /// Whether it is too uncertain to drive anything.
    pub flagged: bool,
    /// Standard deviation between regions.
    pub sd_between: f64,
    /// That over the standard error; NaN where it has no meaning.
    pub ratio: f64,
    /// Correlation of the two halves of the chains.
    pub half_correlation: f64,
    /// Coherence of its topic (NPMI).
    pub coherence: f64,
    /// Share of all words.
    pub prevalence: f64,
}

/// A region with its shares.
#[derive(Debug, Clone)]
pub struct ToldRegion {
    /// Code.
    pub code: String,
    /// Words of its texts.
    pub tokens: f64,
    /// By factor.
    pub shares: Vec<f64>,
    /// Their standard errors, NaN where there is none.
    pub errors: Vec<f64>,
    /// What is amiss.
    pub note: String,
}

/// The topic of a factor in a language, with its likeliest words and their shares.
#[derive(Debug, Clone)]
pub struct ToldTopic {
    /// Code of the language.
    pub language: String,
    /// Name of the factor, or of a free topic.
    pub name: String,
    /// Words, the likeliest first.
    pub words: Vec<(String, f64)>,
}

/// What the files say.
#[derive(Debug)]
pub struct ToldFactors {
    /// Name of the table's file.
    pub table: String,
    /// Factors in the order of the table.
    pub factors: Vec<ToldFactor>,
    /// Regions in the order of the table.
    pub regions: Vec<ToldRegion>,
    /// Topics of factors.
    pub topics: Vec<ToldTopic>,
    /// What was read: what it is, the language, the value.
    pub corpus: Vec<[String; 3]>,
    /// What the table was made from.
    pub made_from: Value,
}

impl ToldFactors {
    /// Reads the files of the table `out`.
    ///
    /// # Errors
    /// When one is missing or damaged.
    pub fn read(out: &Path) -> Result<Self, FolderFault> {
        let factors = all(&beside(out, "quality.csv"), factor)?;
        let names: Vec<String> = factors.iter().map(|of| of.name.clone()).collect();
        let topics = all(&out.with_file_name("topics.csv"), topic)?.into_iter();
        let corpus = |row: &Cells<'_>| Ok(["what", "language", "value"].map(|name| row.text(name)));
        let manifest = beside(out, "manifest.json");
        let text = fs::read(&manifest).map_err(|cause| missing(&manifest, cause))?;
        let made_from = serde_json::from_slice(&text);
        Ok(Self {
            table: name(out),
            regions: all(out, |row| region(row, &names))?,
            topics: topics.filter(|topic| names.contains(&topic.name)).collect(),
            corpus: all(&beside(out, "corpus.csv"), corpus)?,
            made_from: made_from.map_err(|fault| FolderFault::json(&name(&manifest), &fault))?,
            factors,
        })
    }

    /// What `corpus` says of `what`, summed over languages.
    pub fn counted(&self, what: &str) -> u64 {
        let rows = self.corpus.iter().filter(|row| row[0] == what);
        rows.filter_map(|row| row[2].parse::<u64>().ok()).sum()
    }
}

fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn missing(path: &Path, cause: std::io::Error) -> FolderFault {
    FolderFault::disk(path.parent().unwrap_or(path), &name(path), cause)
}

/// A row by the names of its columns; what is not there is empty.
struct Cells<'a> {
    file: &'a str,
    head: &'a StringRecord,
    row: &'a StringRecord,
}

impl Cells<'_> {
    fn text(&self, column: &str) -> String {
        let at = self.head.iter().position(|name| name == column);
        at.and_then(|at| self.row.get(at))
            .unwrap_or_default()
            .to_owned()
    }

    /// The number there; NaN where the cell is empty.
    fn number(&self, column: &str) -> Result<f64, FolderFault> {
        let text = self.text(column);
        if text.is_empty() {
            return Ok(f64::NAN);
        }
        let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
        number.ok_or_else(|| {
            let line = self.row.position().map_or(0, csv::Position::line);
            let what = format!("column `{column}` must hold a number, found `{text}`");
            FolderFault::at(self.file, line, what)
        })
    }
}

/// Every row of the file at `path`.
fn all<T>(
    path: &Path,
    of: impl Fn(&Cells<'_>) -> Result<T, FolderFault>,
) -> Result<Vec<T>, FolderFault> {
    let file = name(path);
    let source = File::open(path).map_err(|cause| missing(path, cause))?;
    let fault = |fault: csv::Error| {
        let line = fault.position().map_or(1, csv::Position::line);
        FolderFault::at(&file, line, fault.to_string())
    };
    let mut reader = Reader::from_reader(source);
    let head = reader.headers().map_err(fault)?.clone();
    let rows = reader.records().map(|row| {
        let row = row.map_err(fault)?;
        of(&Cells {
            file: &file,
            head: &head,
            row: &row,
        })
    });
    rows.collect()
}

fn factor(row: &Cells<'_>) -> Result<ToldFactor, FolderFault> {
    Ok(ToldFactor {
        name: row.text("factor"),
        dimension: row.text("dimension"),
        flagged: row.text("flagged") == "true",
        sd_between: row.number("sd_between")?,
        ratio: row.number("ratio")?,
        half_correlation: row.number("half_correlation")?,
        coherence: row.number("coherence_npmi")?,
        prevalence: row.number("prevalence")?,
    })
}

fn region(row: &Cells<'_>, factors: &[String]) -> Result<ToldRegion, FolderFault> {
    let numbers = |end: &str| {
        let all = factors
            .iter()
            .map(|name| row.number(&format!("{name}{end}")));
        all.collect::<Result<Vec<f64>, _>>()
    };
    Ok(ToldRegion {
        code: row.text("iso"),
        tokens: row.number("tokens")?,
        shares: numbers("")?,
        errors: numbers("_se")?,
        note: row.text("note"),
    })
}

fn topic(row: &Cells<'_>) -> Result<ToldTopic, FolderFault> {
    let words = row.text("words");
    let pair = |text: &str| {
        let (word, share) = text.rsplit_once(' ')?;
        Some((word.to_owned(), share.parse().ok()?))
    };
    Ok(ToldTopic {
        language: row.text("language"),
        name: row.text("topic"),
        words: words.split("; ").filter_map(pair).collect(),
    })
}
