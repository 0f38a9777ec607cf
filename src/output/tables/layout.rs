//! The columns of a table, and which tables work of a kind writes.

use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::row::{Field, TableRow};
use super::table::TableWriter;
use crate::model::outcome::OUTCOMES;

/// What kind of work the files of a folder come from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Runs of policies: `run`, `compare`, `sweep`, and their parts joined.
    #[default]
    Policies,
    /// A calibration.
    Calibration,
}

/// A table: where it stands, what its rows are, and its columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// Name of the file.
    pub file: &'static str,
    /// The work that writes it.
    pub kind: Kind,
    /// Whether its bytes make the result hash.
    pub hashed: bool,
    /// What its rows are.
    pub rows: &'static str,
    /// Its columns from left to right.
    pub parts: &'static [Part],
}

/// Columns that stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The same in every study.
    Fixed(&'static [Field]),
    /// One for every input that is varied.
    Inputs,
    /// One for every outcome; what its value is, beyond the meaning of the outcome.
    Outcomes(&'static str),
    /// One for every target of a calibration.
    Targets,
}

/// Names of the columns that a study has of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnColumns<'a> {
    /// Paths of the inputs that it varies.
    pub inputs: Vec<&'a str>,
    /// Names of the targets that it is held against.
    pub targets: Vec<&'a str>,
}

impl Layout {
    /// Name of the table: of the file without its ending.
    pub fn name(&self) -> &'static str {
        self.file.trim_end_matches(".csv")
    }

    /// The head of the table in a study with these columns of its `own`.
    pub fn columns<'a>(&self, own: &OwnColumns<'a>) -> Vec<&'a str> {
        let columns = |part: &Part| match part {
            Part::Fixed(fields) => fields.iter().map(|field| field.name).collect(),
            Part::Inputs => own.inputs.clone(),
            Part::Outcomes(_) => OUTCOMES.iter().map(|outcome| outcome.name).collect(),
            Part::Targets => own.targets.clone(),
        };
        self.parts.iter().flat_map(columns).collect()
    }

    /// Begins the table in `folder`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn create(&self, folder: &Path, own: &OwnColumns<'_>) -> io::Result<TableWriter> {
        TableWriter::create(folder, self.file, self.columns(own))
    }

    /// Writes the table, which has no columns of the study's own, into `folder`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write<R: TableRow>(
        &self,
        folder: &Path,
        rows: impl IntoIterator<Item = R>,
    ) -> io::Result<()> {
        let mut table = self.create(folder, &OwnColumns::default())?;
        for row in rows {
            table.cells(&row)?;
            table.end_row()?;
        }
        table.finish()
    }
}
