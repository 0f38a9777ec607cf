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
        let columns: Vec<String> = match reader.headers() {
            Ok(header) => header.iter().map(str::to_owned).collect(),
            Err(fault) => {
                faults.push(unreadable(&source.file, &fault));
                return None;
            }
        };
        if let Some(fault) = other_separator(source, &columns) {
            faults.push(fault);
            return None;
        }
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
        let parsed = parsed(self.text(column)).filter(allowed);
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
        let message = format!("`{column}` must be {what}, found \"{found}\"");
        let fault = Fault::error(message).at(&self.place());
        match written_otherwise(found) {
            Some(hint) => fault.hint(hint),
            None => fault,
        }
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

/// The value that a cell stands for. Whole numbers may be written with decimals or an exponent, as
/// 40.0, and switches as TRUE: programs do so.
fn parsed<T: FromStr>(cell: &str) -> Option<T> {
    let plain = || cell.parse().ok();
    let small = || cell.to_ascii_lowercase().parse().ok();
    plain().or_else(small).or_else(|| whole(cell)?.parse().ok())
}

/// The digits of a whole number that is written otherwise.
fn whole(cell: &str) -> Option<String> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let number: f64 = cell.parse().ok()?;
    let is_whole = number.fract() == 0.0 && number.abs() <= EXACT;
    is_whole.then(|| format!("{number:.0}"))
}

/// How a cell is to be written that is a number to some readers.
pub fn written_otherwise(cell: &str) -> Option<&'static str> {
    let number = |text: &str| text.trim().parse::<f64>().is_ok();
    if cell.strip_suffix('%').is_some_and(number) {
        Some("shares are written as parts of 1: 0.5 for 50 %")
    } else if number(&cell.replacen(',', ".", 1)) && cell.contains(',') {
        Some("decimals stand behind a point, and nothing parts thousands")
    } else {
        None
    }
}

/// The fault that columns are parted by something else than commas, if they are.
fn other_separator(source: &Source, columns: &[String]) -> Option<Fault> {
    let [only] = columns else { return None };
    let separators = [(";", "`;`"), ("\t", "tabs"), ("|", "`|`")];
    let (_, name) = separators.into_iter().find(|(by, _)| only.contains(by))?;
    let message = format!("the columns are parted by {name}, expected commas");
    let fault = Fault::error(message).at(&Place::line(&source.file, 1));
    Some(fault.hint("save the table with commas between its columns, and points before decimals"))
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
