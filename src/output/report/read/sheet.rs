//! A CSV file of a result folder, read row by row; faults name the file, the line and the column.

use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::marker::PhantomData;
use std::path::Path;

use csv::{Reader, StringRecord};

use super::fault::FolderFault;
use crate::numeric::Interval;
use crate::output::tables::cell::CellValue as _;
use crate::output::tables::layout::Layout;
use crate::output::tables::row::TableRow;

/// An open file, at one of its rows.
pub struct ResultFile {
    file: &'static str,
    columns: StringRecord,
    bytes: u64,
    reader: Reader<File>,
    row: StringRecord,
}

/// A column that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column(usize);

impl ResultFile {
    /// Opens `file` of `folder`.
    pub fn open(folder: &Path, file: &'static str) -> Result<Self, FolderFault> {
        let source = File::open(folder.join(file));
        let source = source.map_err(|cause| FolderFault::disk(folder, file, cause))?;
        let bytes = source.metadata().map_or(0, |about| about.len());
        let mut reader = Reader::from_reader(source);
        let columns = reader.headers().map_err(|fault| broken(file, &fault))?;
        let columns = columns.clone();
        Ok(Self {
            file,
            columns,
            bytes,
            reader,
            row: StringRecord::new(),
        })
    }

    /// Opens `file` of `folder` if it is there; if it is `listed`, it must be.
    pub fn open_if_there(
        folder: &Path,
        file: &'static str,
        listed: bool,
    ) -> Result<Option<Self>, FolderFault> {
        match Self::open(folder, file) {
            Err(FolderFault::Disk { cause, .. })
                if !listed && cause.kind() == io::ErrorKind::NotFound =>
            {
                Ok(None)
            }
            other => other.map(Some),
        }
    }

    /// The column called `name`.
    pub fn column(&self, name: &str) -> Result<Column, FolderFault> {
        let found = self.columns.iter().position(|column| column == name);
        let missing = || FolderFault::at(self.file, 1, format!("column `{name}` is missing"));
        found.map(Column).ok_or_else(missing)
    }

    /// The columns with these names.
    pub fn all_columns(&self, names: &[&str]) -> Result<Vec<Column>, FolderFault> {
        names.iter().map(|name| self.column(name)).collect()
    }

    /// More rows than the file can have: each takes a byte for every column.
    pub fn most_rows(&self) -> u64 {
        1 + self.bytes / self.columns.len().max(1) as u64
    }

    /// Goes to the next row; false after the last.
    pub fn advance(&mut self) -> Result<bool, FolderFault> {
        let read = self.reader.read_record(&mut self.row);
        read.map_err(|fault| broken(self.file, &fault))
    }

    /// The text in a column of this row.
    pub fn text(&self, column: Column) -> &str {
        &self.row[column.0]
    }

    /// The number in a column of this row; NaN where the cell is empty.
    pub fn number(&self, column: Column) -> Result<f64, FolderFault> {
        let number = Option::<f64>::read(self.text(column));
        let number = number.map_err(|expected| self.wrong_at(column, expected))?;
        Ok(number.unwrap_or(f64::NAN))
    }

    /// The fault that the cell in the column called `name` does not hold what was expected.
    pub fn wrong(&self, name: &str, expected: &str) -> FolderFault {
        match self.column(name) {
            Ok(column) => self.wrong_at(column, expected),
            Err(missing) => missing,
        }
    }

    fn wrong_at(&self, column: Column, expected: &str) -> FolderFault {
        let name = &self.columns[column.0];
        let found = self.text(column);
        self.fault(format!(
            "column `{name}` must hold {expected}, found `{found}`"
        ))
    }

    /// The fault that a row with the cells `key` in the columns called `names` stood there before.
    pub fn twice(&self, names: &[&str], key: &[String]) -> FolderFault {
        let names = names.join("`, `");
        let cells = key.join(", ");
        self.fault(format!("columns `{names}`: the row `{cells}` stands twice"))
    }

    /// A fault of this row.
    fn fault(&self, what: String) -> FolderFault {
        let line = self.row.position().map_or(0, csv::Position::line);
        FolderFault::at(self.file, line, what)
    }
}

/// The rows of a table, one after the other.
pub struct Rows<R> {
    /// The file, at the row that was read last.
    pub sheet: ResultFile,
    fields: Vec<Column>,
    rows: PhantomData<R>,
}

impl<R: TableRow> Rows<R> {
    /// Opens the table in `folder`.
    pub fn open(folder: &Path, table: &Layout) -> Result<Self, FolderFault> {
        Self::of(ResultFile::open(folder, table.file)?)
    }

    /// Opens the table in `folder` if it is there; if it is `listed`, it must be.
    pub fn open_if_there(
        folder: &Path,
        table: &Layout,
        listed: bool,
    ) -> Result<Option<Self>, FolderFault> {
        let sheet = ResultFile::open_if_there(folder, table.file, listed)?;
        sheet.map(Self::of).transpose()
    }

    fn of(sheet: ResultFile) -> Result<Self, FolderFault> {
        let names: Vec<&str> = R::FIELDS.iter().map(|field| field.name).collect();
        Ok(Self {
            fields: sheet.all_columns(&names)?,
            sheet,
            rows: PhantomData,
        })
    }

    /// The next row; nothing after the last.
    pub fn advance(&mut self) -> Result<Option<R>, FolderFault> {
        if !self.sheet.advance()? {
            return Ok(None);
        }
        let row = R::read(|field| self.sheet.text(self.fields[field]));
        let wrong = row.map_err(|wrong| {
            self.sheet
                .wrong_at(self.fields[wrong.field], wrong.expected)
        });
        wrong.map(Some)
    }

    /// Makes sure that the number in the column called `name` is known.
    pub fn need(&self, name: &str, number: Option<f64>) -> Result<(), FolderFault> {
        match number {
            Some(_) => Ok(()),
            None => Err(self.sheet.wrong(name, "a number")),
        }
    }

    /// Makes sure that the interval in the columns called `names` lies round its value, as far as they
    /// are known.
    pub fn check(&self, names: [&str; 3], of: Interval) -> Result<(), FolderFault> {
        let Interval { value, low, high } = of;
        if low > value || value.is_nan() && low > high {
            return Err(self.sheet.wrong(names[1], "the lower end of the interval"));
        }
        if high < value {
            return Err(self.sheet.wrong(names[2], "the upper end of the interval"));
        }
        Ok(())
    }
}

/// Rows by what tells them apart; none may stand twice.
#[derive(Debug, Default)]
pub struct Keys(BTreeSet<Vec<String>>);

impl Keys {
    /// Notes the row of `sheet` that the cells `key` in the columns called `names` tell from all
    /// others.
    pub fn note(
        &mut self,
        sheet: &ResultFile,
        names: &[&str],
        key: Vec<String>,
    ) -> Result<(), FolderFault> {
        if self.0.contains(&key) {
            return Err(sheet.twice(names, &key));
        }
        self.0.insert(key);
        Ok(())
    }

    /// Whether a row with this key was noted.
    pub fn has(&self, key: &[String]) -> bool {
        self.0.contains(key)
    }

    /// All keys, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Vec<String>> {
        self.0.iter()
    }
}

fn broken(file: &'static str, fault: &csv::Error) -> FolderFault {
    if let csv::ErrorKind::Io(cause) = fault.kind() {
        let cause = io::Error::new(cause.kind(), cause.to_string());
        return FolderFault::disk(Path::new(""), file, cause);
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
        Some(line) => FolderFault::at(file, line, what),
        None => FolderFault::damaged(file, what),
    }
}
