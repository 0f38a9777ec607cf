//! A CSV file that appears whole or not at all.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// A CSV file being written.
pub struct Table {
    path: PathBuf,
    temporary: PathBuf,
    writer: csv::Writer<File>,
}

impl Table {
    /// Begins the file `name` in `folder` with these columns.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn create<'a>(
        folder: &Path,
        name: &str,
        columns: impl IntoIterator<Item = &'a str>,
    ) -> io::Result<Self> {
        let path = folder.join(name);
        let temporary = folder.join(format!("{name}.tmp"));
        let mut writer = csv::Writer::from_path(&temporary)?;
        writer.write_record(columns)?;
        Ok(Self {
            path,
            temporary,
            writer,
        })
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

    /// Ends the row.
    ///
    /// # Errors
    /// When it cannot be written, or the row has another number of columns than the first.
    pub fn end_row(&mut self) -> io::Result<()> {
        Ok(self.writer.write_record(None::<&[u8]>)?)
    }

    /// Gives the file its name.
    ///
    /// # Errors
    /// When it cannot be written or renamed.
    pub fn finish(mut self) -> io::Result<()> {
        self.writer.flush()?;
        fs::rename(&self.temporary, &self.path)
    }
}

/// Sizes from which a number is written with an exponent, and below which: as in Python.
const PLAIN: std::ops::Range<f64> = 1e-4..1e16;

/// A number as it is written: in shortest round-trip form, nothing where it is not finite.
pub fn number(value: f64) -> String {
    if !value.is_finite() {
        String::new()
    } else if value == 0.0 || PLAIN.contains(&value.abs()) {
        value.to_string()
    } else {
        format!("{value:e}")
    }
}

/// Writes `contents` as the file `name` in `folder`, whole or not at all.
///
/// # Errors
/// When it cannot be written.
pub fn write_whole(folder: &Path, name: &str, contents: &[u8]) -> io::Result<()> {
    let temporary = folder.join(format!("{name}.tmp"));
    fs::write(&temporary, contents)?;
    fs::rename(temporary, folder.join(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_come_back_as_they_were() {
        for (value, text) in [
            (1e-76, "1e-76"),
            (-2.5e-5, "-2.5e-5"),
            (1e-4, "0.0001"),
            (0.0, "0"),
            (7.1e9, "7100000000"),
            (1e16, "1e16"),
        ] {
            assert_eq!(number(value), text);
            assert_eq!(text.parse::<f64>().unwrap(), value);
        }
        assert_eq!(number(f64::NAN), "");
    }
}
