//! A table of a result folder by columns, each of one type: what readers by columns take in.
//!
//! Types are those that the layout of the table tells, so a policy called `001` stays a text. Columns
//! that a study has of its own (inputs, targets) hold numbers if every cell is one. Cells are read from
//! the table as it was written, so both forms say the same to the last digit.

use std::fs::File;
use std::io;
use std::path::Path;

use csv::{Reader, StringRecord};

use crate::output::tables::TABLES;
use crate::output::tables::layout::{Layout, Part};

/// Rows that are in memory at a time.
pub const ROWS_AT_ONCE: usize = 1 << 16;

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellKind {
    /// A text.
    Text,
    /// A whole number, 0 or above.
    Whole,
    /// Any number.
    Number,
}

/// Cells of a column, without those that are empty.
#[derive(Debug, Clone, PartialEq)]
pub enum ColumnCells {
    /// Texts.
    Text(Vec<String>),
    /// Whole numbers.
    Whole(Vec<u64>),
    /// Numbers.
    Number(Vec<f64>),
}

/// Some rows of a column.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnPart {
    /// By row, whether its cell holds something.
    pub filled: Vec<bool>,
    /// The cells that do.
    pub cells: ColumnCells,
}

impl ColumnPart {
    fn new(kind: CellKind) -> Self {
        let cells = match kind {
            CellKind::Text => ColumnCells::Text(Vec::new()),
            CellKind::Whole => ColumnCells::Whole(Vec::new()),
            CellKind::Number => ColumnCells::Number(Vec::new()),
        };
        let filled = Vec::new();
        Self { filled, cells }
    }

    /// Adds a cell; false where it does not hold what the column should.
    fn add(&mut self, cell: &str) -> bool {
        self.filled.push(!cell.is_empty());
        if cell.is_empty() {
            return true;
        }
        match &mut self.cells {
            ColumnCells::Text(texts) => texts.push(cell.to_owned()),
            ColumnCells::Whole(numbers) => match cell.parse() {
                Ok(number) => numbers.push(number),
                Err(_) => return false,
            },
            ColumnCells::Number(numbers) => match cell.parse() {
                Ok(number) => numbers.push(number),
                Err(_) => return false,
            },
        }
        true
    }
}

/// A table that is read by columns.
pub struct ColumnReader {
    rows: Reader<File>,
    file: &'static str,
    /// Names of the columns and what they hold, in order.
    pub columns: Vec<(String, CellKind)>,
}

impl ColumnReader {
    /// Opens the table called `name` in `folder`; none where no table is called so.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn open(folder: &Path, name: &str) -> io::Result<Option<Self>> {
        let layout = TABLES.iter().find(|table| table.name() == name);
        layout.map(|layout| Self::of(folder, layout)).transpose()
    }

    fn of(folder: &Path, layout: &Layout) -> io::Result<Self> {
        let path = folder.join(layout.file);
        let names = Reader::from_path(&path)?.headers()?.clone();
        let kinds = names.iter().map(|name| told(layout, name));
        let mut kinds: Vec<Option<CellKind>> = kinds.collect();
        if kinds.contains(&None) {
            guess(&path, &mut kinds)?;
        }
        let kinds = kinds.into_iter().map(|kind| kind.unwrap_or(CellKind::Text));
        Ok(Self {
            rows: Reader::from_path(&path)?,
            file: layout.file,
            columns: names.iter().map(str::to_owned).zip(kinds).collect(),
        })
    }

    /// The next rows, at most so many; nothing after the last.
    ///
    /// # Errors
    /// When they cannot be read, or a cell does not hold what its column should.
    pub fn next(&mut self, most: usize) -> io::Result<Option<Vec<ColumnPart>>> {
        let kinds = self.columns.iter().map(|(_, kind)| *kind);
        let mut parts: Vec<ColumnPart> = kinds.map(ColumnPart::new).collect();
        let mut row = StringRecord::new();
        let mut read = 0;
        while read < most && self.rows.read_record(&mut row)? {
            read += 1;
            for (part, cell) in parts.iter_mut().zip(&row) {
                if !part.add(cell) {
                    return Err(self.wrong(cell));
                }
            }
        }
        Ok((read > 0).then_some(parts))
    }

    fn wrong(&self, cell: &str) -> io::Error {
        let line = self.rows.position().line();
        let message = format!("{}: no number before line {line}: `{cell}`", self.file);
        io::Error::new(io::ErrorKind::InvalidData, message)
    }
}

/// What the layout tells of the column called `name`; nothing of the study's own columns.
fn told(layout: &Layout, name: &str) -> Option<CellKind> {
    layout.parts.iter().find_map(|part| match part {
        Part::Fixed(fields) => {
            let field = fields.iter().find(|field| field.name == name)?;
            Some(match field.kind {
                "integer" => CellKind::Whole,
                "number" => CellKind::Number,
                _ => CellKind::Text,
            })
        }
        Part::Outcomes(_) => crate::model::outcome::position(name).map(|_| CellKind::Number),
        Part::Inputs | Part::Targets => None,
    })
}

/// Columns of which nothing is told hold numbers if every cell is empty or one.
fn guess(path: &Path, kinds: &mut [Option<CellKind>]) -> io::Result<()> {
    let own: Vec<usize> = (0..kinds.len()).filter(|at| kinds[*at].is_none()).collect();
    let mut numbers = vec![true; own.len()];
    let is_number = |cell: &str| cell.parse::<f64>().is_ok_and(f64::is_finite);
    for row in Reader::from_path(path)?.records() {
        let row = row?;
        for (number, at) in numbers.iter_mut().zip(&own) {
            let cell = &row[*at];
            *number &= cell.is_empty() || is_number(cell);
        }
    }
    for (number, at) in numbers.into_iter().zip(own) {
        kinds[at] = number.then_some(CellKind::Number);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_stay_texts_and_empty_cells_are_nothing() {
        let folder = std::env::temp_dir().join(format!("cogov-columns-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let head =
            "design_point,policy,outcome,sharing.rule,sharing.benefit,n_pairs,mean_difference";
        let rows = "0,001,NULL,best,1.5,3,0.25\n1,true,2016-01,other,2,,\n";
        std::fs::write(folder.join("points.csv"), format!("{head}\n{rows}")).unwrap();
        let mut reader = ColumnReader::open(&folder, "points").unwrap().unwrap();
        let kinds: Vec<CellKind> = reader.columns.iter().map(|(_, kind)| *kind).collect();
        use CellKind::{Number, Text, Whole};
        assert_eq!(kinds, [Whole, Text, Text, Text, Number, Whole, Number]);
        let parts = reader.next(10).unwrap().unwrap();
        let texts = |texts: [&str; 2]| ColumnCells::Text(texts.map(str::to_owned).into());
        assert_eq!(parts[1].cells, texts(["001", "true"]));
        assert_eq!(parts[2].cells, texts(["NULL", "2016-01"]));
        assert_eq!(parts[4].cells, ColumnCells::Number(vec![1.5, 2.0]));
        assert_eq!(
            (parts[6].filled.as_slice(), &parts[6].cells),
            (&[true, false][..], &ColumnCells::Number(vec![0.25]))
        );
        assert!(reader.next(10).unwrap().is_none());
        assert!(ColumnReader::open(&folder, "no-table").unwrap().is_none());
        std::fs::remove_dir_all(folder).unwrap();
    }
}
