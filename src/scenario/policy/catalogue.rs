//! The catalogue that cogov ships, in words: what `explain` and the model's description show.

use crate::scenario::country::names::Names;
use crate::scenario::policy::measure::{self, CatalogueEntry};
use crate::scenario::reading::fault::Faults;
use crate::scenario::reading::tree;
use crate::world::levers::Change;

/// Money in which the shipped catalogue counts.
const CURRENCY: &str = "RMB";

/// The text of the shipped catalogue.
pub const SHIPPED: &str = include_str!("../../../scenarios/catalogue.toml");

/// Entries of the shipped catalogue, by name.
///
/// # Panics
/// When the shipped file is faulty, which a test of every shipped scenario excludes.
pub fn shipped() -> Vec<CatalogueEntry> {
    let mut faults = Faults::default();
    let parsed = tree::parse(&"catalogue.toml".into(), SHIPPED, &mut faults);
    let table = parsed.unwrap_or_default();
    let entries = measure::catalogue(&table, Names::NONE, &mut faults);
    assert!(!faults.forbid(), "the shipped catalogue is faulty");
    entries.into_values().collect()
}

impl CatalogueEntry {
    /// What it stands for, moves and costs, and on what ground, in lines.
    pub fn words(&self) -> String {
        let moves = |(lever, change): &(crate::world::levers::Lever, Change)| {
            let name = lever.row().name;
            match change {
                Change::Add(a) => format!("{name} {a:+}"),
                Change::Multiply(a) => format!("{name} x{a}"),
                Change::Set(a) => format!("{name} -> {a}"),
            }
        };
        let changes = self.measure.changes().unwrap_or_default();
        let changes: Vec<String> = changes.iter().map(moves).collect();
        let cost = self.measure.cost();
        let upkeep = match cost.upkeep_share {
            1.0 => String::new(),
            share => format!(", then {share} of it"),
        };
        format!(
            "{} ({})\n{}\n{} {CURRENCY} per head and year{upkeep}\n{}",
            self.describe,
            self.dimension,
            changes.join(", "),
            cost.per_head_year,
            self.source
        )
    }
}
