//! A CSV file of a result folder, read row by row; faults name the file, the line and the column.

use std::collections::BTreeSet;
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
        let source = File::open(folder.join(file));
        let source = source.map_err(|cause| Fault::disk(folder, file, cause))?;
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

    /// Opens `file` of `folder` if it is there; if it is `listed`, it must be.
    pub fn open_if_there(
        folder: &Path,
        file: &'static str,
        listed: bool,
    ) -> Result<Option<Self>, Fault> {
        match Self::open(folder, file) {
            Err(Fault::Disk { cause, .. })
                if !listed && cause.kind() == io::ErrorKind::NotFound =>
            {
                Ok(None)
            }
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

    /// The columns with these names, however many.
    pub fn all_columns(&self, names: &[&str]) -> Result<Vec<Column>, Fault> {
        names.iter().map(|name| self.column(name)).collect()
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
            _ => self.needed(column),
        }
    }

    /// The number in a column of this row, where there must be one.
    pub fn needed(&self, column: Column) -> Result<f64, Fault> {
        // No file of cogov holds a number that is not finite: such a cell is left empty.
        let number = self.text(column).parse().ok();
        let finite = number.filter(|number: &f64| number.is_finite());
        finite.ok_or_else(|| self.wrong(column, "a number"))
    }

    /// The share in a column of this row; NaN where the cell is empty.
    pub fn share(&self, column: Column) -> Result<f64, Fault> {
        let share = self.number(column)?;
        if share.is_nan() || (0.0..=1.0).contains(&share) {
            return Ok(share);
        }
        Err(self.wrong(column, "a share from 0 to 1"))
    }

    /// An estimate with both ends of its interval, which must lie round it; NaN where a cell is empty.
    pub fn interval(&self, columns: [Column; 3]) -> Result<[f64; 3], Fault> {
        let mut numbers = [0.0; 3];
        for (number, column) in numbers.iter_mut().zip(columns) {
            *number = self.number(column)?;
        }
        let [value, low, high] = numbers;
        if low > value || value.is_nan() && low > high {
            return Err(self.wrong(columns[1], "the lower end of the interval"));
        }
        if high < value {
            return Err(self.wrong(columns[2], "the upper end of the interval"));
        }
        Ok(numbers)
    }

    /// The whole number in a column of this row.
    pub fn count(&self, column: Column) -> Result<u32, Fault> {
        let count = self.text(column).parse();
        count.map_err(|_| self.wrong(column, "a whole number"))
    }

    /// The fault that the cell in `column` does not hold what was expected.
    pub fn wrong(&self, column: Column, expected: &str) -> Fault {
        let name = &self.columns[column.0];
        let found = self.text(column);
        self.fault(format!(
            "column `{name}` must hold {expected}, found `{found}`"
        ))
    }

    /// The fault that a row with these cells in the columns of `key` stood there before.
    pub fn twice(&self, key: &[Column]) -> Fault {
        let names = key.iter().map(|at| format!("`{}`", &self.columns[at.0]));
        let names = names.collect::<Vec<_>>().join(", ");
        let cells: Vec<&str> = key.iter().map(|at| self.text(*at)).collect();
        let cells = cells.join(", ");
        self.fault(format!("columns {names}: the row `{cells}` stands twice"))
    }

    /// A fault of this row.
    fn fault(&self, what: String) -> Fault {
        let line = self.row.position().map_or(0, csv::Position::line);
        Fault::at(self.file, line, what)
    }
}

/// Rows by what tells them apart; none may stand twice.
#[derive(Debug, Default)]
pub struct Keys(BTreeSet<Vec<String>>);

impl Keys {
    /// Notes this row of `sheet`, which the cells in `key` tell from all others.
    pub fn note(&mut self, sheet: &Sheet, key: &[Column]) -> Result<Vec<String>, Fault> {
        let cells: Vec<String> = key.iter().map(|at| sheet.text(*at).to_owned()).collect();
        if self.0.insert(cells.clone()) {
            return Ok(cells);
        }
        Err(sheet.twice(key))
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

fn broken(file: &'static str, fault: &csv::Error) -> Fault {
    if let csv::ErrorKind::Io(cause) = fault.kind() {
        let cause = io::Error::new(cause.kind(), cause.to_string());
        return Fault::disk(Path::new(""), file, cause);
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
