//! `worlds.csv`: plausible worlds, drawn from the posterior, as `[ensemble] table` takes them.

use std::io;
use std::path::Path;

use super::columns::{own_columns, write_inputs};
use crate::experiment::calibration::summary::Calibrated;
use crate::output::tables::layout::{Kind, Layout, Part};
use crate::output::tables::row::{TableRow as _, table_row};

/// The table.
pub const LAYOUT: Layout = Layout {
    file: "worlds.csv",
    kind: Kind::Calibration,
    hashed: true,
    rows: "one per plausible world, drawn from the posterior: a table for `[ensemble]`",
    parts: &[Part::Fixed(WorldHead::FIELDS), Part::Inputs],
};

table_row! {
    /// How much a world counts.
    pub struct WorldHead {
        /// how often it was drawn
        weight: u32,
    }
}

/// Writes the table of a calibration into `folder`.
///
/// # Errors
/// When it cannot be written.
pub fn write(folder: &Path, of: &Calibrated<'_>) -> io::Result<()> {
    let mut table = LAYOUT.create(folder, &own_columns(of))?;
    for (coordinates, weight) in of.worlds() {
        table.cells(&WorldHead { weight })?;
        write_inputs(&mut table, of, &coordinates)?;
    }
    table.finish()
}
