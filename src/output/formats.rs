//! `runs.csv` in the forms that other tools read: NetLogo's BehaviorSpace table, the data frame of
//! Mesa's `batch_run`, and an archive for `load_results` of the EMA Workbench.
//!
//! All are made from `runs.csv`, one experiment per run. In the archive policy, replication and
//! inputs are what was varied, and every outcome is an array of scalars.

use std::io::{self, Write as _};
use std::path::Path;

use flate2::{Compression, GzBuilder};
use serde_json::{Map, Value, json};

use crate::output::runs::RUN_COLUMNS;
use crate::output::table::write_whole;

/// Names of the files, in the order of [`Format`].
pub const FILES: [&str; 3] = ["runs_netlogo.csv", "runs_mesa.csv", "runs_ema.tar.gz"];

/// A form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `runs_netlogo.csv`.
    NetlogoTable,
    /// `runs_mesa.csv`.
    Mesa,
    /// `runs_ema.tar.gz`.
    Ema,
}

/// `runs.csv` as it is read back.
struct Runs {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
    status: usize,
}

/// First column that a run was given: behind its number.
const GIVEN: usize = 1;

impl Runs {
    fn read(folder: &Path) -> io::Result<Self> {
        let mut reader = csv::Reader::from_path(folder.join("runs.csv"))?;
        let cells = |row: &csv::StringRecord| row.iter().map(str::to_owned).collect::<Vec<_>>();
        let columns = cells(reader.headers()?);
        let rows = reader.records().map(|row| Ok(cells(&row?)));
        let status = columns.iter().position(|column| column == "status");
        Ok(Self {
            rows: rows.collect::<io::Result<_>>()?,
            status: status.ok_or_else(|| io::Error::other("runs.csv has no column status"))?,
            columns,
        })
    }

    /// Positions of what a run was given, and of what came out.
    fn given(&self) -> std::ops::Range<usize> {
        GIVEN..self.status
    }

    fn outcomes(&self) -> std::ops::Range<usize> {
        self.status + 1..self.columns.len()
    }
}

/// Writes the runs in `folder`, each of `months` months, in `format` too.
///
/// # Errors
/// When `runs.csv` cannot be read or the file not be written.
pub fn write(folder: &Path, study: &str, months: u32, format: Format) -> io::Result<()> {
    let runs = Runs::read(folder)?;
    let contents = match format {
        Format::NetlogoTable => netlogo(&runs, study, months).into_bytes(),
        Format::Mesa => mesa(&runs, months).into_bytes(),
        Format::Ema => ema(&runs)?,
    };
    write_whole(folder, FILES[format as usize], &contents)
}

/// A line of quoted cells.
fn quoted<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let quote = |cell: &str| format!("\"{}\"", cell.replace('"', "\"\""));
    let cells: Vec<String> = cells.into_iter().map(quote).collect();
    cells.join(",") + "\n"
}

/// Six lines about the experiment, the header, a row per run: as BehaviorSpace writes tables.
fn netlogo(runs: &Runs, study: &str, months: u32) -> String {
    let of = |row: &[String], range| -> Vec<String> { <[String]>::to_vec(&row[range]) };
    let mut text = quoted(["BehaviorSpace results (cogov)", "Table version 2.0"]);
    text += &quoted(["cogov"]);
    text += &quoted([study]);
    text += &quoted(["01/01/1970 00:00:00:000 +0000"]);
    text += &quoted(["min-pxcor", "max-pxcor", "min-pycor", "max-pycor"]);
    text += &quoted(["0", "0", "0", "0"]);
    let line = |run: &str, row: &[String], step: &str| {
        let cells = [
            vec![run.to_owned()],
            of(row, runs.given()),
            vec![step.to_owned()],
            of(row, runs.outcomes()),
        ];
        quoted(cells.iter().flatten().map(String::as_str))
    };
    text += &line("[run number]", &runs.columns, "[step]");
    for (number, row) in (1..).zip(&runs.rows) {
        let (number, step): (u64, String) = (number, months.to_string());
        text += &line(&number.to_string(), row, &step);
    }
    text
}

/// The columns of Mesa's `batch_run`: RunId, iteration, Step, parameters, reporters.
fn mesa(runs: &Runs, months: u32) -> String {
    let replication = runs
        .columns
        .iter()
        .position(|column| column == "replication");
    let replication = replication.unwrap_or(GIVEN);
    let parameters: Vec<usize> = runs.given().filter(|at| *at != replication).collect();
    let line = |first: [&str; 3], row: &[String]| {
        let rest = parameters.iter().copied().chain(runs.outcomes());
        let cells = first.into_iter().chain(rest.map(|at| row[at].as_str()));
        plain(cells)
    };
    let mut text = line(["RunId", "iteration", "Step"], &runs.columns);
    for row in &runs.rows {
        text += &line([&row[0], &row[replication], &months.to_string()], row);
    }
    text
}

/// A line of cells, quoted where they must be.
fn plain<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let cell = |cell: &str| match cell.contains([',', '"', '\n']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.to_owned(),
    };
    let cells: Vec<String> = cells.into_iter().map(cell).collect();
    cells.join(",") + "\n"
}

/// Experiments, a file of values for each outcome, and what both are: as `save_results` writes them.
fn ema(runs: &Runs) -> io::Result<Vec<u8>> {
    let gzip = GzBuilder::new()
        .mtime(0)
        .write(Vec::new(), Compression::default());
    let mut archive = tar::Builder::new(gzip);
    let mut add = |name: &str, contents: &str| {
        let mut header = tar::Header::new_gnu();
        header.set_size(contents.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        archive.append_data(&mut header, name, contents.as_bytes())
    };
    let (experiments, types) = experiments(runs);
    add("experiments.csv", &experiments)?;
    let mut outcomes = Vec::new();
    for at in runs.outcomes() {
        let name = runs.columns[at].as_str();
        let file = format!("{name}.csv");
        add(&file, &values(runs, at))?;
        outcomes.push(json!(["ScalarOutcome", name, file]));
    }
    let about = json!({ "version": 0.1, "outcomes": outcomes, "experiments": types });
    add("metadata.json", &about.to_string())?;
    let mut gzip = archive.into_inner()?;
    gzip.flush()?;
    gzip.finish()
}

/// What each run was given, as a table, and the type of each of its columns.
fn experiments(runs: &Runs) -> (String, Map<String, Value>) {
    let at = |name: &str| runs.columns.iter().position(|column| column == name);
    let inputs: Vec<usize> = runs
        .given()
        .filter(|i| !RUN_COLUMNS.contains(&runs.columns[*i].as_str()))
        .collect();
    let known = ["replication", "policy", "design_point"].map(|name| at(name).unwrap_or(GIVEN));
    let chosen: Vec<usize> = inputs.iter().copied().chain(known).collect();
    let names = inputs.iter().map(|i| runs.columns[*i].as_str());
    let names: Vec<&str> = names
        .chain(["replication", "policy", "scenario", "model"])
        .collect();
    let mut text = plain(names.iter().copied());
    for row in &runs.rows {
        text += &plain(chosen.iter().map(|i| row[*i].as_str()).chain(["cogov"]));
    }
    let number = |i: &usize| runs.rows.iter().all(|row| row[*i].parse::<f64>().is_ok());
    let kind = |i: &usize| if number(i) { "float64" } else { "category" };
    let kinds = inputs
        .iter()
        .map(kind)
        .chain(["int64", "category", "int64", "category"]);
    let types = names
        .iter()
        .zip(kinds)
        .map(|(name, kind)| ((*name).to_owned(), json!(kind)));
    (text, types.collect())
}

/// Values of one outcome, a line per run.
fn values(runs: &Runs, at: usize) -> String {
    let value = |row: &Vec<String>| match row[at].as_str() {
        "" => "nan\n".to_owned(),
        number => format!("{number}\n"),
    };
    runs.rows.iter().map(value).collect()
}
