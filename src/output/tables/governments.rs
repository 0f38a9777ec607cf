//! `governments.csv`: who is tied to whom in `ties.csv`.

use super::layout::{Kind, Layout, Part};
use super::row::{TableRow as _, table_row};
use crate::world::country::Country;

/// The table.
pub const LAYOUT: Layout = Layout {
    file: "governments.csv",
    kind: Kind::Policies,
    hashed: false,
    rows: "the governments of the network",
    parts: &[Part::Fixed(Row::FIELDS)],
};

table_row! {
    /// A government.
    pub struct Row {
        /// number of the government
        government: u32,
        /// name of the government
        name: String,
        /// centre, province, prefecture or county
        level: String,
        /// province it belongs to
        province: String,
    }
}

/// The governments of `country`.
pub fn rows(country: &Country) -> impl Iterator<Item = Row> {
    let province = |p: usize| country.geography.provinces[p].name.clone();
    country.governments.iter().map(move |government| Row {
        government: government.id,
        name: country.name(government.id),
        level: country.level(government.level).into(),
        province: government.province.map_or_else(String::new, province),
    })
}
