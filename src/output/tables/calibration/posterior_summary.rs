//! `posterior_summary.csv`: every parameter before and after.

use crate::experiment::calibration::summary::{Calibrated, Marginal};
use crate::output::tables::cell::known;
use crate::output::tables::layout::{Kind, Layout, Part};
use crate::output::tables::row::{TableRow as _, table_row};

/// The table.
pub const LAYOUT: Layout = Layout {
    file: "posterior_summary.csv",
    kind: Kind::Calibration,
    hashed: true,
    rows: "one per parameter, before and after",
    parts: &[Part::Fixed(Row::FIELDS)],
};

table_row! {
    /// A parameter before and after.
    pub struct Row {
        /// path of the parameter
        parameter: String,
        /// the scenario's own value
        own: Option<f64>,
        /// lower end of the range that was searched
        range_low: Option<f64>,
        /// its upper end
        range_high: Option<f64>,
        /// lowest value at a point of the last wave that is not ruled out
        region_low: Option<f64>,
        /// highest value there
        region_high: Option<f64>,
        /// 5th percentile of the prior, uniform over the range
        prior_q05: Option<f64>,
        /// its median
        prior_q50: Option<f64>,
        /// its 95th percentile
        prior_q95: Option<f64>,
        /// 5th percentile of the posterior
        posterior_q05: Option<f64>,
        /// its median
        posterior_q50: Option<f64>,
        /// its 95th percentile
        posterior_q95: Option<f64>,
        /// share of the width of the prior's 90 % interval that the posterior's has lost
        narrowed: Option<f64>,
    }
}

/// The rows of a calibration.
pub fn rows(of: &Calibrated<'_>) -> Vec<Row> {
    of.marginals().into_iter().map(row).collect()
}

fn row(of: Marginal) -> Row {
    let (low, high) = of.range;
    let prior = |share: f64| known(low + share * (high - low));
    let [lower, median, upper] = of.posterior.map(known);
    Row {
        parameter: of.path,
        own: known(of.own),
        range_low: known(low),
        range_high: known(high),
        region_low: known(of.region.0),
        region_high: known(of.region.1),
        prior_q05: prior(0.05),
        prior_q50: prior(0.5),
        prior_q95: prior(0.95),
        posterior_q05: lower,
        posterior_q50: median,
        posterior_q95: upper,
        narrowed: known(of.narrowed),
    }
}
