//! Files that only some studies have: passed on to the page as they are, to be drawn if it knows
//! their columns.

use std::path::Path;

use serde::Serialize;

use super::fault::Fault;
use super::sheet::Sheet;

/// Files with the columns that their picture needs.
const FILES: [(&str, &[&str]); 4] = [
    (
        "decomposition.csv",
        &["policy", "outcome", "contribution", "value"],
    ),
    ("distribution.csv", &["policy", "group", "better", "worse"]),
    ("sensitivity.csv", &["policy", "outcome", "input", "value"]),
    ("factors.csv", &[]),
];
/// Rows of a file that go into the page; a page that holds more is no page.
const MOST_ROWS: usize = 20_000;

/// A file as it is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Extra {
    /// Name of the file.
    pub file: &'static str,
    /// Names of its columns.
    pub columns: Vec<String>,
    /// Its cells.
    pub rows: Vec<Vec<String>>,
}

/// Those of the files that `folder` has.
pub fn read(folder: &Path) -> Result<Vec<Extra>, Fault> {
    let mut extras = Vec::new();
    for (file, needed) in FILES {
        let Some(mut sheet) = Sheet::open_if_there(folder, file)? else {
            continue;
        };
        for column in needed {
            sheet.column(column)?;
        }
        let columns = sheet.names().map(String::from).collect();
        let mut rows = Vec::new();
        while rows.len() < MOST_ROWS && sheet.advance()? {
            rows.push(sheet.cells().map(String::from).collect());
        }
        extras.push(Extra {
            file,
            columns,
            rows,
        });
    }
    Ok(extras)
}
