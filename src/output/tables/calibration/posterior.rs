//! `posterior.csv`: weighed points of the posterior, with the values of what is varied.

use std::io;
use std::path::Path;

use super::columns::{own_columns, write_inputs};
use crate::experiment::calibration::matching::values;
use crate::experiment::calibration::summary::Calibrated;
use crate::output::tables::cell::known;
use crate::output::tables::layout::{Kind, Layout, Part};
use crate::output::tables::row::{TableRow as _, table_row};

/// The table.
pub const LAYOUT: Layout = Layout {
    file: "posterior.csv",
    kind: Kind::Calibration,
    hashed: true,
    rows: "one per point of the posterior: its weight, and the values of what is varied",
    parts: &[Part::Fixed(PosteriorHead::FIELDS), Part::Inputs],
};

table_row! {
    /// Which point it is, and what it weighs.
    pub struct PosteriorHead {
        /// number of the point in its wave
        point: usize,
        /// posterior weight; they sum to 1
        weight: Option<f64>,
    }
}

/// Writes the table of a calibration into `folder`.
///
/// # Errors
/// When it cannot be written.
pub fn write(folder: &Path, of: &Calibrated<'_>) -> io::Result<()> {
    let mut table = LAYOUT.create(folder, &own_columns(of))?;
    let weights = &of.findings.posterior.weights;
    let weighed = of.findings.proposals.iter().zip(weights);
    for (point, (unit, weight)) in weighed.enumerate() {
        table.cells(&PosteriorHead {
            point,
            weight: known(*weight),
        })?;
        write_inputs(&mut table, of, &values(of.calibration, unit))?;
    }
    table.finish()
}
