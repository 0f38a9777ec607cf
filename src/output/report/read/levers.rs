//! `policies.csv`, read again: what each policy moves, from where to where.

use std::path::Path;

use super::fault::FolderFault;
use super::sheet::Rows;
use super::study::ToldStudy;
use crate::output::tables::policies::{LAYOUT, Row};

/// The rows of the file; none where an earlier version wrote the folder.
pub fn read(folder: &Path, study: &ToldStudy) -> Result<Vec<Row>, FolderFault> {
    let mut found = Vec::new();
    let rows = Rows::<Row>::open_if_there(folder, &LAYOUT, study.wrote(LAYOUT.file))?;
    if let Some(mut rows) = rows {
        while let Some(row) = rows.advance()? {
            study.policy(&rows.sheet, &row.policy)?;
            found.push(row);
        }
    }
    Ok(found)
}
