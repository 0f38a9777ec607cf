//! The factor table and what goes with it, as CSV.

pub mod manifest;
pub mod counts;
pub mod chains;
mod page;
mod told;

use crate::factors::choice::{Trial, choose};
use crate::factors::keywords::Factor;
use crate::factors::report::{CorpusSize, FactorReport, Quality, TopicWords, plain_topics};
use crate::factors::table::Row;
use crate::factors::{Bag, CorpusFault, Framework, TextLanguage};
use crate::output::report::{FolderFault, ReaderLanguage};
use crate::output::tables::table;
use std::fs;
use std::path::{Path, PathBuf};

/// Writes `bytes` as the file `path`, whole or not at all; its folder is made if it is not there.
///
/// # Errors
/// When the folder cannot be made or the file not written.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), CorpusFault> {
    let fault = |error| CorpusFault::file(path, "write", error);
    let folder = path.parent().unwrap_or(Path::new(""));
    if !folder.as_os_str().is_empty() {
        fs::create_dir_all(folder).map_err(fault)?;
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    table::write_whole(folder, &name, bytes).map_err(fault)
}

/// What to tell the user of each flagged factor.
pub fn warnings(framework: &Framework, report: &FactorReport) -> Vec<String> {
    let factors = framework.factors.iter().zip(&report.quality);
    let flagged = factors.filter(|(_, quality)| quality.flagged());
    flagged
        .map(|(factor, quality)| uncertain(factor, quality))
        .collect()
}

fn uncertain(factor: &Factor, quality: &Quality) -> String {
    let spread = match quality.ratio() {
        Some(ratio) => format!("is {ratio:.1} times the standard error (2 are needed)"),
        None => format!("is {:.3}, without a standard error", quality.sd_between),
    };
    let halves = match quality.half_correlation {
        Some(correlation) => format!("correlate {correlation:.2} (.9 are needed)"),
        None => "cannot be correlated".to_owned(),
    };
    format!(
        "warning: `{}` is too uncertain to drive anything: its spread between regions {spread}, halves \
         of the chains {halves}",
        factor.name
    )
}

/// Where a cell of the tables is empty because its value has no meaning, and why.
pub fn empty_cells(framework: &Framework, report: &FactorReport) -> Vec<String> {
    let factors = framework.factors.iter().zip(&report.quality);
    let lines = factors.flat_map(|(factor, quality)| {
        let line = |figure| format!("note: `{}` has no {figure}; the cell is empty", factor.name);
        quality.without_meaning().into_iter().map(line)
    });
    let alone = |row: &&Row| row.errors.iter().any(|error| !error.is_finite());
    let rows = report.table.rows.iter().filter(alone).count();
    let rows = (rows > 0).then(|| {
        format!("note: {rows} regions have no standard error: one chain alone gave them words of a factor; the cells are empty")
    });
    lines.chain(rows).collect()
}

/// Below this number of words a row is noted as resting on little text.
const LITTLE_TEXT: f64 = 300.0;

/// The files of the table `out`: for `factors.csv` also `topics.csv`, `keywords.csv`,
/// `factors_corpus.csv` and `factors_quality.csv` beside it, and the page of them all.
pub fn files(out: &Path) -> [PathBuf; 6] {
    [
        out.with_file_name("topics.csv"),
        out.with_file_name("keywords.csv"),
        beside(out, "corpus.csv"),
        beside(out, "quality.csv"),
        out.to_owned(),
        beside(out, PAGE),
    ]
}

/// What the page of a table is called behind the table's own name.
const PAGE: &str = "report.html";
/// What its manifest is called so.
const MANIFEST: &str = "_manifest.json";

/// Makes the page of the table `out` from its files; it opens in `language`.
///
/// # Errors
/// When a file is missing or damaged, or the page cannot be written.
pub fn write_page(out: &Path, language: ReaderLanguage) -> Result<PathBuf, FolderFault> {
    let page = page::page(&told::ToldFactors::read(out)?, language);
    let (path, folder) = (beside(out, PAGE), out.parent().unwrap_or(Path::new("")));
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let written = table::write_whole(folder, &name, page.as_bytes());
    written.map_err(|cause| FolderFault::disk(folder, &name, cause))?;
    Ok(path)
}

/// The factor tables in `folder`, in the order of their names: those that have a manifest beside them.
pub fn tables_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let table = |entry: fs::DirEntry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        let stem = name.strip_suffix(MANIFEST)?;
        let table = folder.join(format!("{stem}.csv"));
        table.is_file().then_some(table)
    };
    let mut tables: Vec<PathBuf> = entries.filter_map(table).collect();
    tables.sort();
    tables
}

/// The file `<table>_<name>`.
pub fn beside(out: &Path, name: &str) -> PathBuf {
    let stem = out.file_stem().unwrap_or_default().to_string_lossy();
    out.with_file_name(format!("{stem}_{name}"))
}

/// Writes the tables among the [`files`] of the table `out`; `notes` are lines on texts that were left out.
///
/// # Errors
/// When a file cannot be written.
pub fn write(
    out: &Path,
    framework: &Framework,
    regions: &[String],
    (read, notes): (&CorpusSize, &[String]),
    report: &FactorReport,
) -> Result<(), CorpusFault> {
    let tables = [
        topics(&report.topics),
        keywords(framework, report),
        corpus(framework, read, notes, report),
        quality(framework, report),
        table(framework, regions, report),
    ];
    // the page comes after them
    let mut files = files(out).into_iter().zip(tables);
    files.try_for_each(|(path, rows)| write_csv(&path, rows))
}

/// What was read and what is amiss with it, also where nobody watched.
fn corpus(
    framework: &Framework,
    read: &CorpusSize,
    notes: &[String],
    report: &FactorReport,
) -> Vec<Vec<String>> {
    let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
    let mut rows = vec![row(["what", "language", "value"])];
    for size in &read.languages {
        let figures = [
            ("texts", size.texts),
            ("clauses", size.clauses),
            ("words", size.words),
            ("words of whole texts", size.all_words),
            ("kinds of words", size.vocabulary),
        ];
        let figures = figures.map(|(what, n)| row([what, size.language, &n.to_string()]));
        rows.extend(figures);
        let missing = size.missing.iter();
        rows.extend(missing.map(|word| row(["missing keyword", size.language, word])));
    }
    let without = read.without_text.iter();
    rows.extend(without.map(|region| row(["region without text", "", region])));
    rows.extend(notes.iter().map(|note| row(["note", "", note])));
    let flags = warnings(framework, report);
    rows.extend(flags.iter().map(|flag| row(["flagged factor", "", flag])));
    let empty = empty_cells(framework, report);
    rows.extend(empty.iter().map(|line| row(["empty cell", "", line])));
    rows
}

fn write_csv(path: &Path, rows: Vec<Vec<String>>) -> Result<(), CorpusFault> {
    let fault = |e: &dyn std::fmt::Display| CorpusFault::file(path, "write", e);
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).map_err(|e| fault(&e))?;
    }
    write_whole(path, &writer.into_inner().map_err(|e| fault(&e))?)
}

fn table(framework: &Framework, regions: &[String], report: &FactorReport) -> Vec<Vec<String>> {
    let names = || framework.factors.iter().map(|f| f.name.clone());
    let mut header: Vec<String> = ["iso", "tokens", "attention_total"]
        .map(String::from)
        .into();
    header.extend(names());
    header.extend(names().map(|name| format!("{name}_se")));
    header.extend(["shrinkage", "note"].map(String::from));
    let mut rows = vec![header];
    for ((region, row), attention) in regions
        .iter()
        .zip(&report.table.rows)
        .zip(&report.attention)
    {
        let mut cells = vec![
            region.clone(),
            format!("{:.0}", row.tokens),
            number(*attention),
        ];
        cells.extend(row.shares.iter().map(|x| number(*x)));
        cells.extend(row.errors.iter().map(|x| number(*x)));
        cells.push(number(row.shrinkage));
        cells.push(note(row.tokens).to_owned());
        rows.push(cells);
    }
    rows
}

fn note(tokens: f64) -> &'static str {
    match tokens {
        0.0 => "no text: mean of all regions",
        t if t < LITTLE_TEXT => "little text",
        _ => "",
    }
}

fn quality(framework: &Framework, report: &FactorReport) -> Vec<Vec<String>> {
    let header = "factor,dimension,flagged,sd_between,mean_standard_error,ratio,half_correlation,\
                  coherence_npmi,prevalence,rank_correlation_index,mean_sampling_error";
    let mut rows: Vec<Vec<String>> = vec![header.split(',').map(str::to_owned).collect()];
    for (factor, q) in framework.factors.iter().zip(&report.quality) {
        let mut cells = vec![factor.name.clone(), factor.dimension.clone()];
        cells.extend(figures(q));
        rows.push(cells);
    }
    rows
}

fn figures(q: &Quality) -> [String; 9] {
    [
        q.flagged().to_string(),
        number(q.sd_between),
        number(q.mean_error),
        optional(q.ratio()),
        optional(q.half_correlation),
        optional(q.coherence),
        number(q.prevalence),
        optional(q.rank_correlation),
        number(q.mean_sampling_error),
    ]
}

fn topics(topics: &[TopicWords]) -> Vec<Vec<String>> {
    let header = ["language", "topic", "coherence_npmi", "prevalence", "words"];
    let mut rows: Vec<Vec<String>> = vec![header.map(String::from).into()];
    for topic in topics {
        let words = topic.words.iter();
        let words: Vec<String> = words.map(|(w, x)| format!("{w} {x:.4}")).collect();
        rows.push(vec![
            topic.language.to_owned(),
            topic.name.clone(),
            optional(topic.coherence),
            number(topic.prevalence),
            words.join("; "),
        ]);
    }
    rows
}

fn keywords(framework: &Framework, report: &FactorReport) -> Vec<Vec<String>> {
    let header = [
        "language",
        "factor",
        "keyword",
        "occurrences",
        "own_share",
        "flagged",
    ];
    let mut rows: Vec<Vec<String>> = vec![header.map(String::from).into()];
    for keyword in &report.keywords {
        rows.push(vec![
            keyword.language.to_owned(),
            framework.factors[keyword.factor].name.clone(),
            keyword.word.clone(),
            keyword.occurrences.to_string(),
            number(keyword.own_share),
            keyword.flagged().to_string(),
        ]);
    }
    rows
}

/// The files of an exploration beside `out` in `languages`: curves and topics of each.
pub fn choice_files(out: &Path, languages: impl Iterator<Item = TextLanguage>) -> Vec<PathBuf> {
    languages
        .flat_map(|language| choice_pair(out, language))
        .collect()
}

fn choice_pair(out: &Path, language: TextLanguage) -> [PathBuf; 2] {
    let code = language.code();
    let topics = out.with_file_name(format!("topics_{code}.csv"));
    [beside(out, &format!("choice_{code}.csv")), topics]
}

/// Writes the curves of `trials` as `<table>_choice_<language>.csv`, and the topics of the chosen
/// number as `topics_<language>.csv`.
///
/// # Errors
/// When a file cannot be written.
pub fn write_choice(
    out: &Path,
    (language, bag): (TextLanguage, &Bag),
    trials: &[Trial],
) -> Result<(), CorpusFault> {
    let chosen = choose(trials);
    let header = [
        "topics",
        "perplexity",
        "coherence_npmi",
        "stability",
        "chosen",
    ];
    let mut rows: Vec<Vec<String>> = vec![header.map(String::from).into()];
    for trial in trials {
        let mut cells = vec![trial.topics.to_string()];
        cells.extend([trial.perplexity, trial.coherence, Some(trial.stability)].map(optional));
        cells.push((trial.topics == chosen.topics).to_string());
        rows.push(cells);
    }
    let [curves, words] = choice_pair(out, language);
    write_csv(&curves, rows)?;
    let found = plain_topics(language, bag, &chosen.central);
    write_csv(&words, topics(&found))
}

/// Six decimals are far below any standard error here. What is no number is an empty cell.
fn number(x: f64) -> String {
    match x.is_finite() {
        true => format!("{x:.6}"),
        false => String::new(),
    }
}

fn optional(x: Option<f64>) -> String {
    x.map_or_else(String::new, number)
}
