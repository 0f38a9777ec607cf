//! What a study left in its folder: tables by columns, figures, the report.

use std::io;
use std::path::PathBuf;

use cogov::output::formats::columns::{
    CellKind, ColumnCells, ColumnPart, ColumnReader, ROWS_AT_ONCE,
};
use cogov::output::report::{self as page, FigureChoice, FigureFault, ReaderLanguage};
use cogov::output::tables::TABLES;
use cogov::study::{Error, report as again};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::faults::{exception, raised};
use crate::guard::shielded;

/// Names of all tables that a folder may hold.
#[pyfunction]
pub fn table_names() -> Vec<&'static str> {
    TABLES.iter().map(|table| table.name()).collect()
}

/// Some rows of a column in Arrow's layout: number of rows, then the buffers: which cells hold something
/// (a bit each), where texts end, and the cells.
#[derive(IntoPyObject)]
pub struct ArrowColumn<'py> {
    name: String,
    kind: &'static str,
    rows: usize,
    filled: Bound<'py, PyBytes>,
    ends: Option<Bound<'py, PyBytes>>,
    cells: Bound<'py, PyBytes>,
}

/// The table called `name` in `folder`, a million rows at a time.
#[pyfunction]
pub fn read_table<'py>(
    py: Python<'py>,
    folder: PathBuf,
    name: &str,
) -> PyResult<Vec<Vec<ArrowColumn<'py>>>> {
    let unread = |cause: io::Error| {
        let file = folder.join(format!("{name}.csv"));
        raised(py, &Error::disk(&file, cause))
    };
    let opened = shielded(py, || ColumnReader::open(&folder, name))?.map_err(unread)?;
    let unknown = || {
        exception(
            py,
            "QuestionError",
            (format!("no table is called `{name}`"),),
        )
    };
    let mut table = opened.ok_or_else(unknown)?;
    let mut parts = Vec::new();
    loop {
        let rows = shielded(py, || table.next(16 * ROWS_AT_ONCE))?.map_err(unread)?;
        let Some(columns) = rows else { break };
        let named = table.columns.iter().zip(&columns);
        let made = named.map(|((name, kind), part)| arrow(py, name, *kind, part));
        parts.push(made.collect());
        py.check_signals()?;
    }
    if parts.is_empty() {
        let nothing = table
            .columns
            .iter()
            .map(|(name, kind)| empty(py, name, *kind));
        parts.push(nothing.collect());
    }
    Ok(parts)
}

fn kind_name(kind: CellKind) -> &'static str {
    match kind {
        CellKind::Text => "text",
        CellKind::Whole => "whole",
        CellKind::Number => "number",
    }
}

fn empty<'py>(py: Python<'py>, name: &str, kind: CellKind) -> ArrowColumn<'py> {
    let cells = match kind {
        CellKind::Text => ColumnCells::Text(Vec::new()),
        CellKind::Whole => ColumnCells::Whole(Vec::new()),
        CellKind::Number => ColumnCells::Number(Vec::new()),
    };
    let filled = Vec::new();
    arrow(py, name, kind, &ColumnPart { filled, cells })
}

fn arrow<'py>(py: Python<'py>, name: &str, kind: CellKind, part: &ColumnPart) -> ArrowColumn<'py> {
    let (ends, cells) = match &part.cells {
        ColumnCells::Text(texts) => {
            let (ends, bytes) = joined(&part.filled, texts);
            (Some(PyBytes::new(py, &ends)), bytes)
        }
        ColumnCells::Whole(numbers) => {
            let bytes = numbers.iter().map(|number| number.to_le_bytes());
            (None, spread(&part.filled, bytes))
        }
        ColumnCells::Number(numbers) => {
            let bytes = numbers.iter().map(|number| number.to_le_bytes());
            (None, spread(&part.filled, bytes))
        }
    };
    ArrowColumn {
        name: name.to_owned(),
        kind: kind_name(kind),
        rows: part.filled.len(),
        filled: PyBytes::new(py, &bits(&part.filled)),
        ends,
        cells: PyBytes::new(py, &cells),
    }
}

/// A bit for each cell, the first the lowest.
fn bits(filled: &[bool]) -> Vec<u8> {
    let byte = |of: &[bool]| {
        let bits = of.iter().enumerate();
        bits.fold(0, |byte, (at, filled)| byte | u8::from(*filled) << at)
    };
    filled.chunks(8).map(byte).collect()
}

/// Eight bytes for each cell, zeros where it is empty.
fn spread(filled: &[bool], mut cells: impl Iterator<Item = [u8; 8]>) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(filled.len() * 8);
    for filled in filled {
        let cell = if *filled { cells.next() } else { None };
        bytes.extend(cell.unwrap_or_default());
    }
    bytes
}

/// Where each text ends, from 0 on, and all texts one after the other.
fn joined(filled: &[bool], texts: &[String]) -> (Vec<u8>, Vec<u8>) {
    let (mut ends, mut bytes) = (0_i64.to_le_bytes().to_vec(), Vec::new());
    let mut texts = texts.iter();
    for filled in filled {
        if *filled {
            bytes.extend(texts.next().map_or(&[][..], |text| text.as_bytes()));
        }
        ends.extend((bytes.len() as i64).to_le_bytes());
    }
    (ends, bytes)
}

/// Names of all figures.
#[pyfunction]
pub fn figure_names() -> Vec<&'static str> {
    page::figure_names().collect()
}

/// A figure of the report of the study in `folder`, as plotly's JSON.
#[pyfunction]
pub fn figure(
    py: Python<'_>,
    folder: PathBuf,
    name: String,
    outcome: Option<String>,
    policy: Option<String>,
    language: &str,
) -> PyResult<String> {
    let language = language_of(py, language)?;
    let choice = FigureChoice {
        name,
        outcome,
        policy,
    };
    let drawn = shielded(py, || {
        page::figure(&folder, language, &choice).map(|of| of.to_string())
    })?;
    drawn.map_err(|fault| match fault {
        FigureFault::Folder(fault) => raised(py, &Error::Report(fault)),
        other => exception(py, "QuestionError", (format!("error: {other}"),)),
    })
}

/// Makes `report.html` of the study in `folder` again, and tells where it is.
#[pyfunction]
pub fn report(py: Python<'_>, folder: PathBuf, language: &str) -> PyResult<PathBuf> {
    let language = language_of(py, language)?;
    let made = shielded(py, || again::again(&folder, language))?;
    made.map_err(|error| raised(py, &error))
}

fn language_of(py: Python<'_>, code: &str) -> PyResult<ReaderLanguage> {
    let found = ReaderLanguage::ALL.into_iter().find(|of| of.code() == code);
    let unknown = || format!("a report is in `en` or `zh`, found `{code}`");
    found.ok_or_else(|| exception(py, "QuestionError", (unknown(),)))
}
