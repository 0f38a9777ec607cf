//! A CSV file of a result folder, read row by row; faults name the file, the line and the column.

use std::fs::File;
use std::io;
use std::path::Path;

use csv::{Reader, StringRecord};

use super::fault::Fault;

/// An open file, at one of its rows.
pub struct Sheet {
    file: &'static str,
    columns: StringRecord,
    reader: Reader<File>,
    row: StringRecord,
}

/// A column that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column(usize);

impl Sheet {
    /// Opens `file` of `folder`.
    pub fn open(folder: &Path, file: &'static str) -> Result<Self, Fault> {
        let source = File::open(folder.join(file)).map_err(|cause| Fault::disk(file, cause))?;
        let mut reader = Reader::from_reader(source);
        let columns = reader.headers().map_err(|fault| broken(file, &fault))?;
        let columns = columns.clone();
        Ok(Self {
            file,
            columns,
            reader,
            row: StringRecord::new(),
        })
    }

    /// Opens `file` of `folder` if it is there.
    pub fn open_if_there(folder: &Path, file: &'static str) -> Result<Option<Self>, Fault> {
        match Self::open(folder, file) {
            Err(Fault::Disk { cause, .. }) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
            other => other.map(Some),
        }
    }

    /// The column called `name`.
    pub fn column(&self, name: &str) -> Result<Column, Fault> {
        let found = self.columns.iter().position(|column| column == name);
        let missing = || Fault::at(self.file, 1, format!("column `{name}` is missing"));
        found.map(Column).ok_or_else(missing)
    }

    /// The columns with these names.
    pub fn columns<const N: usize>(&self, names: [&str; N]) -> Result<[Column; N], Fault> {
        let mut columns = [Column(0); N];
        for (column, name) in columns.iter_mut().zip(names) {
            *column = self.column(name)?;
        }
        Ok(columns)
    }

    /// Names of all columns.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter()
    }

    /// Goes to the next row; false after the last.
    pub fn advance(&mut self) -> Result<bool, Fault> {
        let read = self.reader.read_record(&mut self.row);
        read.map_err(|fault| broken(self.file, &fault))
    }

    /// All cells of this row.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        self.row.iter()
    }

    /// The text in a column of this row.
    pub fn text(&self, column: Column) -> &str {
        &self.row[column.0]
    }

    /// The number in a column of this row; NaN where the cell is empty.
    pub fn number(&self, column: Column) -> Result<f64, Fault> {
        match self.text(column) {
            "" => Ok(f64::NAN),
            text => text.parse().map_err(|_| self.wrong(column, "a number")),
        }
    }

    /// The whole number in a column of this row.
    pub fn count(&self, column: Column) -> Result<u32, Fault> {
        let count = self.text(column).parse();
        count.map_err(|_| self.wrong(column, "a whole number"))
    }

    /// The fault that the cell in `column` does not hold what was expected.
    pub fn wrong(&self, column: Column, expected: &str) -> Fault {
        let line = self.row.position().map_or(0, csv::Position::line);
        let name = &self.columns[column.0];
        let found = self.text(column);
        let what = format!("column `{name}` must hold {expected}, found `{found}`");
        Fault::at(self.file, line, what)
    }
}

fn broken(file: &str, fault: &csv::Error) -> Fault {
    if let csv::ErrorKind::Io(cause) = fault.kind() {
        let cause = io::Error::new(cause.kind(), cause.to_string());
        return Fault::disk(file, cause);
    }
    let line = fault.position().map(csv::Position::line);
    let what = match fault.kind() {
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => format!("a row has {len} columns instead of {expected_len}"),
        csv::ErrorKind::Utf8 { .. } => "a row is not UTF-8 text".into(),
        _ => fault.to_string(),
    };
    match line {
        Some(line) => Fault::at(file, line, what),
        None => Fault::damaged(file, what),
    }
}
