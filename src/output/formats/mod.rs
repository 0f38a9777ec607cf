//! Results in the forms that other tools read: NetLogo's BehaviorSpace table, the data frame of
//! Mesa's `batch_run`, an archive for `load_results` of the EMA Workbench, and Parquet.
//!
//! The first three are made from `runs.csv`, one experiment per run. In the archive policy, replication and
//! inputs are what was varied, and every outcome is an array of scalars. Tables are written row by
//! row; the archive holds a file for each column, of which a few at a time are in memory: about a
//! hundred bytes a run.

pub mod columns;
pub mod parquet;

use std::fs::File;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use csv::{QuoteStyle, StringRecord, StringRecordsIntoIter, Writer, WriterBuilder};
use flate2::{Compression, GzBuilder};
use serde_json::{Map, Value, json};

use crate::output::tables::row::TableRow as _;
use crate::output::tables::runs::RunHead;
use crate::output::tables::table::Begun;

/// Names of the files that are made of `runs.csv`, in the order of [`Format`].
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
    /// The folder `parquet`.
    Parquet,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Ema, Self::NetlogoTable, Self::Mesa, Self::Parquet];

    /// What it is called where it is asked for.
    pub fn name(self) -> &'static str {
        match self {
            Self::NetlogoTable => "netlogo-table",
            Self::Mesa => "mesa",
            Self::Ema => "ema",
            Self::Parquet => parquet::FOLDER,
        }
    }

    /// The form called `name`, if there is one.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }
}

/// `runs.csv` as it is read back, as often as it is needed.
struct Runs {
    path: PathBuf,
    columns: StringRecord,
    status: usize,
}

/// First column that a run was given: behind its number.
const GIVEN: usize = 1;
/// Columns of the archive that are in memory at a time.
const AT_ONCE: usize = 4;

impl Runs {
    fn open(folder: &Path) -> io::Result<Self> {
        let path = folder.join("runs.csv");
        let columns = csv::Reader::from_path(&path)?.headers()?.clone();
        let status = columns.iter().position(|column| column == "status");
        Ok(Self {
            path,
            status: status.ok_or_else(|| io::Error::other("runs.csv has no column status"))?,
            columns,
        })
    }

    fn rows(&self) -> io::Result<StringRecordsIntoIter<File>> {
        Ok(csv::Reader::from_path(&self.path)?.into_records())
    }

    /// Positions of what a run was given, and of what came out.
    fn given(&self) -> Range<usize> {
        GIVEN..self.status
    }

    fn outcomes(&self) -> Range<usize> {
        self.status + 1..self.columns.len()
    }

    fn position(&self, name: &str) -> usize {
        let found = self.columns.iter().position(|column| column == name);
        found.unwrap_or(GIVEN)
    }
}

/// Writes the results in `folder`, of runs of `months` months, in `format` too.
///
/// # Errors
/// When a table cannot be read or the file not be written.
pub fn write(folder: &Path, study: &str, months: u32, format: Format) -> io::Result<()> {
    let months = months.to_string();
    let begin = || {
        Ok::<_, io::Error>((
            Runs::open(folder)?,
            Begun::create(folder, FILES[format as usize])?,
        ))
    };
    let (runs, (begun, file)) = match format {
        Format::Parquet => return parquet::write(folder),
        _ => begin()?,
    };
    match format {
        Format::NetlogoTable => netlogo(&runs, study, &months, file)?,
        Format::Mesa => mesa(&runs, &months, file)?,
        Format::Ema | Format::Parquet => ema(&runs, file)?,
    }
    begun.finish()
}

/// Six lines about the experiment, the header, a row per run: as BehaviorSpace writes tables.
fn netlogo(runs: &Runs, study: &str, months: &str, file: File) -> io::Result<()> {
    let mut form = WriterBuilder::new();
    let form = form.quote_style(QuoteStyle::Always).flexible(true);
    let mut table = form.from_writer(file);
    table.write_record(["BehaviorSpace results (cogov)", "Table version 2.0"])?;
    table.write_record(["cogov"])?;
    table.write_record([study])?;
    table.write_record(["01/01/1970 00:00:00:000 +0000"])?;
    table.write_record(["min-pxcor", "max-pxcor", "min-pycor", "max-pycor"])?;
    table.write_record(["0", "0", "0", "0"])?;
    let mut line = |run: &str, row: &StringRecord, step: &str| {
        let given = runs.given().map(|at| &row[at]);
        let outcomes = runs.outcomes().map(|at| &row[at]);
        let cells = [run].into_iter().chain(given).chain([step]).chain(outcomes);
        table.write_record(cells)
    };
    line("[run number]", &runs.columns, "[step]")?;
    for (number, row) in (1_u64..).zip(runs.rows()?) {
        line(&number.to_string(), &row?, months)?;
    }
    table.flush()
}

/// The columns of Mesa's `batch_run`: RunId, iteration, Step, parameters, reporters.
fn mesa(runs: &Runs, months: &str, file: File) -> io::Result<()> {
    let replication = runs.position("replication");
    let parameters = runs.given().filter(|at| *at != replication);
    let rest: Vec<usize> = parameters.chain(runs.outcomes()).collect();
    let mut table = Writer::from_writer(file);
    let mut line = |first: [&str; 3], row: &StringRecord| {
        let rest = rest.iter().map(|at| &row[*at]);
        table.write_record(first.into_iter().chain(rest))
    };
    line(["RunId", "iteration", "Step"], &runs.columns)?;
    for row in runs.rows()? {
        let row = row?;
        line([&row[0], &row[replication], months], &row)?;
    }
    table.flush()
}

/// Experiments, a file of values for each outcome, and what both are: as `save_results` writes them.
fn ema(runs: &Runs, file: File) -> io::Result<()> {
    let gzip = GzBuilder::new()
        .mtime(0)
        .write(file, Compression::default());
    let mut archive = tar::Builder::new(gzip);
    let mut add = |name: &str, contents: &[u8]| {
        let mut header = tar::Header::new_gnu();
        header.set_size(contents.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        archive.append_data(&mut header, name, contents)
    };
    let (table, types) = experiments(runs)?;
    add("experiments.csv", &table)?;
    drop(table);
    let mut outcomes = Vec::new();
    let all: Vec<usize> = runs.outcomes().collect();
    for some in all.chunks(AT_ONCE) {
        for (at, values) in some.iter().zip(values(runs, some)?) {
            let name = &runs.columns[*at];
            let file = format!("{name}.csv");
            add(&file, values.as_bytes())?;
            outcomes.push(json!(["ScalarOutcome", name, file]));
        }
    }
    let about = json!({ "version": 0.1, "outcomes": outcomes, "experiments": types });
    add("metadata.json", about.to_string().as_bytes())?;
    archive.into_inner()?.finish()?;
    Ok(())
}

/// What each run was given, as a table, and the type of each of its columns.
fn experiments(runs: &Runs) -> io::Result<(Vec<u8>, Map<String, Value>)> {
    let fixed = |name: &str| RunHead::FIELDS.iter().any(|field| field.name == name);
    let own = |at: &usize| !fixed(&runs.columns[*at]);
    let inputs: Vec<usize> = runs.given().filter(own).collect();
    let known = ["replication", "policy", "design_point"].map(|name| runs.position(name));
    let chosen: Vec<usize> = inputs.iter().copied().chain(known).collect();
    let names = inputs.iter().map(|at| &runs.columns[*at]);
    let names: Vec<&str> = names
        .chain(["replication", "policy", "scenario", "model"])
        .collect();
    let mut table = Writer::from_writer(Vec::new());
    table.write_record(&names)?;
    let mut numbers = vec![true; inputs.len()];
    for row in runs.rows()? {
        let row = row?;
        for (number, at) in numbers.iter_mut().zip(&inputs) {
            *number &= row[*at].parse::<f64>().is_ok();
        }
        table.write_record(chosen.iter().map(|at| &row[*at]).chain(["cogov"]))?;
    }
    let kind = |number: bool| if number { "float64" } else { "category" };
    let kinds = numbers.into_iter().map(kind);
    let kinds = kinds.chain(["int64", "category", "int64", "category"]);
    let types = names.iter().zip(kinds);
    let types = types.map(|(name, kind)| ((*name).to_owned(), json!(kind)));
    let table = table
        .into_inner()
        .map_err(csv::IntoInnerError::into_error)?;
    Ok((table, types.collect()))
}

/// Values of the outcomes `at` these columns, a line per run.
fn values(runs: &Runs, at: &[usize]) -> io::Result<Vec<String>> {
    let mut values = vec![String::new(); at.len()];
    for row in runs.rows()? {
        let row = row?;
        for (values, at) in values.iter_mut().zip(at) {
            *values += match &row[*at] {
                "" => "nan",
                number => number,
            };
            values.push('\n');
        }
    }
    Ok(values)
}
