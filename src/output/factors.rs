//! The factor table and what goes with it, as CSV.

use super::chains::Store;
use crate::factors::chain::Settings;
use crate::factors::choice::{Trial, choose};
use crate::factors::report::{Quality, Report, Topic, plain_topics};
use crate::factors::{Bag, Fault, Framework, Language};
use crate::output::table;
use std::fs;
use std::path::Path;

/// Writes `bytes` as the file `path`, whole or not at all; its folder is made if it is not there.
///
/// # Errors
/// When the folder cannot be made or the file not written.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let fault = |error| Fault::file(path, "write", error);
    let folder = path.parent().unwrap_or(Path::new(""));
    if !folder.as_os_str().is_empty() {
        fs::create_dir_all(folder).map_err(fault)?;
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    table::write_whole(folder, &name, bytes).map_err(fault)
}

/// What to tell the user of a flagged factor.
pub fn warning(factor: &str, quality: &Quality) -> String {
    format!(
        "warning: `{factor}` is too uncertain to drive anything: its spread between regions is {:.1} \
         times the standard error (2 are needed), halves of the chains correlate {:.2} (.9 are needed)",
        quality.ratio(),
        quality.half_correlation
    )
}

/// Below this number of words a row is noted as resting on little text.
const LITTLE_TEXT: f64 = 300.0;

/// Writes `out` (the table), and beside it the quality of the factors, the topics and the
/// keywords: for `factors.csv` these are `factors_quality.csv`, `topics.csv`, `keywords.csv`.
///
/// # Errors
/// When a file cannot be written.
pub fn write(
    out: &Path,
    framework: &Framework,
    regions: &[String],
    report: &Report,
) -> Result<(), Fault> {
    let stem = out.file_stem().unwrap_or_default().to_string_lossy();
    let quality_file = out.with_file_name(format!("{stem}_quality.csv"));
    write_csv(&out.with_file_name("topics.csv"), topics(&report.topics))?;
    write_csv(
        &out.with_file_name("keywords.csv"),
        keywords(framework, report),
    )?;
    write_csv(&quality_file, quality(framework, report))?;
    write_csv(out, table(framework, regions, report))
}

fn write_csv(path: &Path, rows: Vec<Vec<String>>) -> Result<(), Fault> {
    let fault = |e: &dyn std::fmt::Display| Fault::file(path, "write", e);
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).map_err(|e| fault(&e))?;
    }
    write_whole(path, &writer.into_inner().map_err(|e| fault(&e))?)
}

fn table(framework: &Framework, regions: &[String], report: &Report) -> Vec<Vec<String>> {
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

fn quality(framework: &Framework, report: &Report) -> Vec<Vec<String>> {
    let header = "factor,dimension,flagged,sd_between,mean_standard_error,ratio,half_correlation,\
                  coherence_npmi,prevalence,rank_correlation_service_index_2019,mean_sampling_error";
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
        number(q.ratio()),
        number(q.half_correlation),
        number(q.coherence),
        number(q.prevalence),
        q.rank_correlation.map_or_else(String::new, number),
        number(q.mean_sampling_error),
    ]
}

fn topics(topics: &[Topic]) -> Vec<Vec<String>> {
    let header = ["language", "topic", "coherence_npmi", "prevalence", "words"];
    let mut rows: Vec<Vec<String>> = vec![header.map(String::from).into()];
    for topic in topics {
        let words = topic.words.iter();
        let words: Vec<String> = words.map(|(w, x)| format!("{w} {x:.4}")).collect();
        rows.push(vec![
            topic.language.to_owned(),
            topic.name.clone(),
            number(topic.coherence),
            number(topic.prevalence),
            words.join("; "),
        ]);
    }
    rows
}

fn keywords(framework: &Framework, report: &Report) -> Vec<Vec<String>> {
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

/// Writes what the table was made with, as `<table>_manifest.json`.
///
/// # Errors
/// When the file cannot be written.
pub fn write_manifest(
    out: &Path,
    settings: Settings,
    chains: usize,
    store: &Store,
) -> Result<(), Fault> {
    let stem = out.file_stem().unwrap_or_default().to_string_lossy();
    let path = out.with_file_name(format!("{stem}_manifest.json"));
    let manifest = serde_json::json!({
        "version": env!("CARGO_PKG_VERSION"),
        "chains": chains,
        "settings": settings,
        "fingerprint_of_counts_keywords_and_settings": store.fingerprint(),
    });
    let text = format!("{manifest:#}\n");
    write_whole(&path, text.as_bytes())
}

/// Writes the curves of `trials` as `<table>_choice_<language>.csv`, and the topics of the chosen
/// number as `topics_<language>.csv`.
///
/// # Errors
/// When a file cannot be written.
pub fn write_choice(
    out: &Path,
    (language, bag): (Language, &Bag),
    trials: &[Trial],
) -> Result<(), Fault> {
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
        cells.extend([trial.perplexity, trial.coherence, trial.stability].map(number));
        cells.push((trial.topics == chosen.topics).to_string());
        rows.push(cells);
    }
    let (stem, code) = (out.file_stem().unwrap_or_default(), language.code());
    let name = format!("{}_choice_{code}.csv", stem.to_string_lossy());
    write_csv(&out.with_file_name(name), rows)?;
    let found = plain_topics(language, bag, &chosen.central);
    write_csv(
        &out.with_file_name(format!("topics_{code}.csv")),
        topics(&found),
    )
}

/// Six decimals are far below any standard error here.
fn number(x: f64) -> String {
    format!("{x:.6}")
}
