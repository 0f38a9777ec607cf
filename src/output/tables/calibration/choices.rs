//! `choices.csv`: the words of every choice inside the model, before and after.

use crate::experiment::calibration::summary::{Calibrated, ChoiceFit};
use crate::output::tables::cell::known;
use crate::output::tables::layout::{Kind, Layout, Part};
use crate::output::tables::row::{TableRow as _, table_row};

/// The table.
pub const LAYOUT: Layout = Layout {
    file: "choices.csv",
    kind: Kind::Calibration,
    hashed: true,
    rows: "one per word of a choice inside the model, before and after",
    parts: &[Part::Fixed(Row::FIELDS)],
};

table_row! {
    /// A word before and after.
    pub struct Row {
        /// path of the choice
        choice: String,
        /// the word
        word: String,
        /// whether it is the scenario's own
        own: bool,
        /// its share before: each word alike
        prior_share: Option<f64>,
        /// its posterior weight
        posterior_share: Option<f64>,
    }
}

/// The rows of a calibration.
pub fn rows(of: &Calibrated<'_>) -> Vec<Row> {
    of.choices().into_iter().map(row).collect()
}

fn row(of: ChoiceFit) -> Row {
    Row {
        choice: of.path,
        word: of.word,
        own: of.is_own,
        prior_share: known(of.prior),
        posterior_share: known(of.posterior),
    }
}
