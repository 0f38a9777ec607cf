//! A CSV table: columns by name, cells with their line, faults that name line and column.

use std::str::FromStr;
use std::sync::Arc;

use csv::{ReaderBuilder, StringRecord, Trim};

use crate::scenario::reading::fault::{Fault, Faults, Place};
use crate::scenario::reading::files::Source;

/// A table with a header.
#[derive(Debug)]
pub struct Sheet {
    file: Arc<str>,
    columns: Vec<String>,
    records: Vec<StringRecord>,
}

/// A row of a table.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    sheet: &'a Sheet,
    record: &'a StringRecord,
}

impl Sheet {
    /// Reads a table that must have the columns `needed`; it may have more.
    pub fn read(source: &Source, needed: &[&str], faults: &mut Faults) -> Option<Self> {
        let mut reader = ReaderBuilder::new()
            .trim(Trim::All)
            .from_reader(source.text.as_bytes());
        let columns = match reader.headers() {
            Ok(header) => header.iter().map(str::to_owned).collect(),
            Err(fault) => {
                faults.push(unreadable(&source.file, &fault));
                return None;
            }
        };
        let mut sheet = Self {
            file: Arc::clone(&source.file),
            columns,
            records: Vec::new(),
        };
        for record in reader.records() {
            match record {
                Ok(record) => sheet.records.push(record),
                Err(fault) => faults.push(unreadable(&source.file, &fault)),
            }
        }
        (sheet.has_no_doubles(faults) & sheet.need(needed, faults)).then_some(sheet)
    }

    /// Names of the columns.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// All rows.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let row = |record| Row {
            sheet: self,
            record,
        };
        self.records.iter().map(row)
    }

    /// The whole table as a place.
    pub fn place(&self) -> Place {
        Place::whole(&self.file)
    }

    /// Whether there is a column of this name.
    pub fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|name| name == column)
    }

    /// Whether all columns that are `needed` are there; those that are not are noted.
    pub fn need(&self, needed: &[&str], faults: &mut Faults) -> bool {
        let missing = needed.iter().filter(|column| !self.has(column));
        let mut all = true;
        for column in missing {
            let fault = Fault::error(format!("there is no column `{column}`"));
            let known = self.columns.iter().map(String::as_str);
            faults.push(fault.at(&Place::line(&self.file, 1)).nearest(column, known));
            all = false;
        }
        all
    }

    fn has_no_doubles(&self, faults: &mut Faults) -> bool {
        let mut all = true;
        for (i, column) in self.columns.iter().enumerate() {
            if !column.is_empty() && self.columns[..i].contains(column) {
                let message = format!("there are two columns `{column}`");
                faults.push(Fault::error(message).at(&Place::line(&self.file, 1)));
                all = false;
            }
        }
        all
    }
}

impl<'a> Row<'a> {
    /// The cell of `column`; empty where there is no such column.
    pub fn text(self, column: &str) -> &'a str {
        let at = self.sheet.columns.iter().position(|name| name == column);
        at.and_then(|at| self.record.get(at)).unwrap_or_default()
    }

    /// The cell of `column` as a number that is `allowed`; it must be `what` in words.
    pub fn number<T: FromStr>(
        self,
        column: &str,
        what: &str,
        allowed: impl Fn(&T) -> bool,
        faults: &mut Faults,
    ) -> Option<T> {
        let parsed = self.text(column).parse().ok().filter(allowed);
        if parsed.is_none() {
            faults.push(self.wrong(column, what));
        }
        parsed
    }

    /// The cell of `column`, which must not be empty.
    pub fn name(self, column: &str, faults: &mut Faults) -> String {
        if self.text(column).is_empty() {
            faults.push(self.wrong(column, "a name"));
        }
        self.text(column).into()
    }

    /// The fault that the cell of `column` is not `what`.
    pub fn wrong(self, column: &str, what: &str) -> Fault {
        let found = self.text(column);
        Fault::error(format!("`{column}` must be {what}, found \"{found}\"")).at(&self.place())
    }

    /// Where the row is.
    pub fn place(self) -> Place {
        let line = self.record.position().map(csv::Position::line);
        Place {
            line: line.map(|line| line as usize),
            ..self.sheet.place()
        }
    }
}

fn unreadable(file: &Arc<str>, fault: &csv::Error) -> Fault {
    let message = match fault.kind() {
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => format!("the row has {len} cells, the header has {expected_len}"),
        _ => format!("not a table: {fault}"),
    };
    let line = fault.position().map(csv::Position::line);
    let place = Place {
        line: line.map(|line| line as usize),
        ..Place::whole(file)
    };
    Fault::error(message).at(&place)
}
