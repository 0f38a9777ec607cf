//! Columns of the tables of places, where these call them otherwise than cogov does.
//!
//! ```toml
//! [country.columns]
//! name = "name_en"
//! product = { column = "gdp_2019_100m_yuan", unit = 1e8 }
//! ```

use crate::scenario::reading::fault::Faults;
use crate::scenario::reading::reader::{At, Reader, refuse_unless};
use crate::scenario::reading::sheet::Sheet;
use crate::world::parameter::Limits;

/// Columns of a table of provinces, by cogov's own names.
pub const NAMES: [&str; 11] = [
    "iso",
    "name",
    "second_name",
    "region",
    "kind",
    "population",
    "product",
    "prefectures",
    "counties",
    "tile_column",
    "tile_row",
];

/// A column under the name that a table gives it.
#[derive(Debug, Clone, PartialEq)]
struct Alias {
    own: &'static str,
    column: String,
    /// What 1 in the column stands for.
    unit: f64,
}

/// What tables call the columns; those that are not renamed bear cogov's own names.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Columns(Vec<Alias>);

impl Columns {
    /// Reads `[country.columns]`.
    pub fn read(mut table: Reader, faults: &mut Faults) -> Self {
        let read = |own| alias(&mut table, own, faults);
        let aliases = NAMES.into_iter().filter_map(read).collect();
        table.finish(faults);
        Self(aliases)
    }

    /// What `sheet` calls the column `own`: its other name where the sheet has a column of that
    /// name, or else cogov's.
    pub fn name<'a>(&'a self, own: &'a str, sheet: &Sheet) -> &'a str {
        self.alias(own, sheet).map_or(own, |alias| &alias.column)
    }

    /// What 1 in the column `own` of `sheet` stands for.
    pub fn unit(&self, own: &str, sheet: &Sheet) -> f64 {
        self.alias(own, sheet).map_or(1.0, |alias| alias.unit)
    }

    fn alias(&self, own: &str, sheet: &Sheet) -> Option<&Alias> {
        let written = |alias: &&Alias| sheet.columns().contains(&alias.column);
        let mut known = self.0.iter().filter(|alias| alias.own == own);
        known.find(written)
    }
}

/// A name, or a table with `column` and `unit`.
fn alias(table: &mut Reader, own: &'static str, faults: &mut Faults) -> Option<Alias> {
    if !table.holds_table(own) {
        let At { value, .. } = table.get(own, faults)?;
        return Some(Alias {
            own,
            column: value,
            unit: 1.0,
        });
    }
    let mut of = table.optional(own, faults)?;
    let column: Option<At<String>> = of.need("column", faults);
    let unit: Option<At<f64>> = of.get("unit", faults);
    if let Some(unit) = &unit {
        refuse_unless(Limits::Positive, &of.full("unit"), unit, faults);
    }
    of.finish(faults);
    Some(Alias {
        own,
        column: column?.value,
        unit: unit.map_or(1.0, |at| at.value),
    })
}
