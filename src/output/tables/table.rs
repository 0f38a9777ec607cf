//! Files that appear whole or not at all, and CSV files among them.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};

use super::cell::number;
use super::row::TableRow;

/// A file under a temporary name, which is gone again unless the file is finished.
#[derive(Debug)]
pub struct Begun {
    path: PathBuf,
    temporary: PathBuf,
    finished: bool,
}

impl Begun {
    /// Begins the file `name` in `folder`.
    ///
    /// # Errors
    /// When it cannot be written, or `name` is a folder.
    pub fn create(folder: &Path, name: &str) -> io::Result<(Self, File)> {
        let path = folder.join(name);
        if path.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let temporary = folder.join(temporary(name));
        let file = File::create(&temporary)?;
        let begun = Self {
            path,
            temporary,
            finished: false,
        };
        Ok((begun, file))
    }

    /// Gives the file its name.
    ///
    /// # Errors
    /// When it cannot be renamed; it is gone then.
    pub fn finish(mut self) -> io::Result<()> {
        fs::rename(&self.temporary, &self.path)?;
        self.finished = true;
        Ok(())
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        if !self.finished {
            let _ = fs::remove_file(&self.temporary);
        }
    }
}

/// The name of the file `name` until it is whole.
pub fn temporary(name: &str) -> String {
    format!("{name}.tmp")
}

/// Rows of CSV being written, cell by cell.
pub struct CsvRows<W: io::Write> {
    writer: csv::Writer<W>,
}

impl<W: io::Write> CsvRows<W> {
    /// No rows yet.
    pub fn to(out: W) -> Self {
        let writer = csv::WriterBuilder::new()
            .buffer_capacity(BUFFER)
            .from_writer(out);
        Self { writer }
    }

    /// Writes a text into the next column.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn text(&mut self, text: &str) -> io::Result<()> {
        Ok(self.writer.write_field(text)?)
    }

    /// Writes a number into the next column; one that is not finite is left empty.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn number(&mut self, value: f64) -> io::Result<()> {
        self.text(&number(value))
    }

    /// Writes numbers into the next columns; those that are not finite are left empty.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn numbers(&mut self, values: &[f64]) -> io::Result<()> {
        values.iter().try_for_each(|value| self.number(*value))
    }

    /// Writes the cells of `row` into the next columns.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn cells(&mut self, row: &impl TableRow) -> io::Result<()> {
        row.write(&mut |text| self.text(text))
    }

    /// Ends the row.
    ///
    /// # Errors
    /// When it cannot be written, or the row has another number of columns than the first.
    pub fn end_row(&mut self) -> io::Result<()> {
        Ok(self.writer.write_record(None::<&[u8]>)?)
    }
}

impl CsvRows<Vec<u8>> {
    /// The rows as they stand in a file.
    ///
    /// # Errors
    /// None: memory takes everything.
    pub fn into_text(self) -> io::Result<Vec<u8>> {
        self.writer
            .into_inner()
            .map_err(csv::IntoInnerError::into_error)
    }
}

/// Bytes that wait until a file takes them.
const BUFFER: usize = 1 << 16;

/// A CSV file being written.
pub struct TableWriter {
    rows: CsvRows<File>,
    begun: Begun,
}

impl TableWriter {
    /// Begins the file `name` in `folder` with these columns.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn create<'a>(
        folder: &Path,
        name: &str,
        columns: impl IntoIterator<Item = &'a str>,
    ) -> io::Result<Self> {
        let (begun, file) = Begun::create(folder, name)?;
        let mut rows = CsvRows::to(file);
        rows.writer.write_record(columns)?;
        Ok(Self { rows, begun })
    }

    /// Writes whole rows that were made elsewhere.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn rows(&mut self, text: &[u8]) -> io::Result<()> {
        self.rows.writer.flush()?;
        self.rows.writer.get_ref().write_all(text)
    }

    /// Gives the file its name.
    ///
    /// # Errors
    /// When it cannot be written or renamed.
    pub fn finish(self) -> io::Result<()> {
        let Self { mut rows, begun } = self;
        rows.writer.flush()?;
        begun.finish()
    }
}

impl Deref for TableWriter {
    type Target = CsvRows<File>;
    fn deref(&self) -> &CsvRows<File> {
        &self.rows
    }
}

impl DerefMut for TableWriter {
    fn deref_mut(&mut self) -> &mut CsvRows<File> {
        &mut self.rows
    }
}

/// Writes `contents` as the file `name` in `folder`, whole or not at all.
///
/// # Errors
/// When it cannot be written.
pub fn write_whole(folder: &Path, name: &str, contents: &[u8]) -> io::Result<()> {
    let (begun, mut file) = Begun::create(folder, name)?;
    file.write_all(contents)?;
    begun.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An empty folder of the test's own.
    fn folder(name: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("cogov-table-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        path
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.collect()
    }

    #[test]
    fn a_table_that_is_not_finished_leaves_nothing() {
        let folder = folder("dropped");
        let mut table = TableWriter::create(&folder, "a.csv", ["a", "b"]).unwrap();
        table.text("1").unwrap();
        assert!(table.end_row().is_err(), "a column is missing");
        drop(table);
        assert_eq!(names(&folder), [""; 0]);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_cannot_be_written_leaves_nothing() {
        let folder = folder("in-the-way");
        fs::create_dir(folder.join("a")).unwrap();
        let fault = write_whole(&folder, "a", b"text").unwrap_err();
        assert_eq!(fault.kind(), io::ErrorKind::IsADirectory);
        assert_eq!(names(&folder), ["a"]);
        fs::remove_dir_all(folder).unwrap();
    }
}
