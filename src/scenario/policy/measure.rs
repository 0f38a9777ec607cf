//! What an intervention does and costs, as written: in the catalogue, or in place.

use std::collections::BTreeMap;

use crate::intervention::cost::Cost;
use crate::scenario::country::factors::lever;
use crate::scenario::country::names::Names;
use crate::scenario::policy::terms::Terms;
use crate::scenario::reading::fault::{Fault, Faults, Place};
use crate::scenario::reading::reader::{At, Reader, refuse_unless};
use crate::scenario::reading::tree::{Node, Table};
use crate::world::levers::{Change, Lever};
use crate::world::parameter::Limits;

/// Keys that hold money.
pub const COSTS: [&str; 2] = ["cost_per_head_year", "setup_cost"];

/// What is written of an intervention, as far as it is written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Measure {
    changes: Option<Vec<(Lever, Change)>>,
    per_head_year: Option<f64>,
    setup: Option<f64>,
    upkeep_share: Option<f64>,
    /// When it acts, how strongly, and on whom.
    pub terms: Terms,
}

impl Measure {
    /// What `table` says.
    pub fn read(table: &mut Reader, names: Names<'_>, faults: &mut Faults) -> Self {
        Self {
            changes: changes(table, faults),
            per_head_year: amount(table, "cost_per_head_year", faults),
            setup: amount(table, "setup_cost", faults),
            upkeep_share: upkeep(table, faults),
            terms: Terms::read(table, names, faults),
        }
    }

    /// What it does and costs, with `catalogue` where it says nothing; terms are left as they are.
    pub fn or(self, catalogue: &Self) -> Self {
        Self {
            changes: self.changes.or_else(|| catalogue.changes.clone()),
            per_head_year: self.per_head_year.or(catalogue.per_head_year),
            setup: self.setup.or(catalogue.setup),
            upkeep_share: self.upkeep_share.or(catalogue.upkeep_share),
            terms: self.terms,
        }
    }

    /// What it does to levers, if that is written.
    pub fn changes(&self) -> Option<&[(Lever, Change)]> {
        self.changes.as_deref()
    }

    /// What it costs; nothing where nothing is written.
    pub fn cost(&self) -> Cost {
        Cost {
            per_head_year: self.per_head_year.unwrap_or(0.0),
            setup: self.setup.unwrap_or(0.0),
            upkeep_share: self.upkeep_share.unwrap_or(1.0),
        }
    }
}

fn amount(table: &mut Reader, key: &'static str, faults: &mut Faults) -> Option<f64> {
    let found: At<f64> = table.get(key, faults)?;
    refuse_unless(Limits::NonNegative, &table.full(key), &found, faults);
    Some(found.value)
}

/// A share: 15 per cent are 0.15.
fn upkeep(table: &mut Reader, faults: &mut Faults) -> Option<f64> {
    let found: At<f64> = table.get("upkeep_share", faults)?;
    refuse_unless(Limits::Share, &table.full("upkeep_share"), &found, faults);
    Some(found.value)
}

fn changes(table: &mut Reader, faults: &mut Faults) -> Option<Vec<(Lever, Change)>> {
    let At { value, place }: At<Vec<Node>> = table.get("changes", faults)?;
    let name = table.full("changes");
    if value.is_empty() {
        faults.push(Fault::error(format!("`{name}` is empty")).at(&place));
    }
    let read = |node| change(&name, node, faults);
    Some(value.into_iter().filter_map(read).collect())
}

fn change(name: &str, node: Node, faults: &mut Faults) -> Option<(Lever, Change)> {
    let mut table = Reader::new(name, node, faults)?;
    let written: Option<At<String>> = table.need("lever", faults);
    let place = table.place.clone();
    let mut amount = |key| table.get(key, faults).map(|number: At<f64>| number.value);
    let found = [
        amount("add").map(Change::Add),
        amount("multiply").map(Change::Multiply),
        amount("set").map(Change::Set),
    ];
    let found: Vec<Change> = found.into_iter().flatten().collect();
    table.finish(faults);
    let lever = written.and_then(|name| lever(&name, faults));
    let [change] = found[..] else {
        let message = "a change takes exactly one of `add`, `multiply` and `set`";
        faults.push(Fault::error(message).at(&place));
        return None;
    };
    refuse_beyond_bounds(lever?, change, &place, faults);
    Some((lever?, change))
}

/// A lever that is set beyond its bounds would silently stop at them.
fn refuse_beyond_bounds(lever: Lever, change: Change, place: &Place, faults: &mut Faults) {
    let (low, high) = lever.row().bounds;
    let name = lever.row().name;
    if let Change::Multiply(value) = change
        && value < 0.0
    {
        let message = format!("`{name}` can be multiplied by 0 or more, found {value}");
        faults.push(Fault::error(message).at(place));
    }
    if let Change::Set(value) = change
        && !(low..=high).contains(&value)
    {
        let message = format!("`{name}` can be set from {low} to {high}, found {value}");
        faults.push(Fault::error(message).at(place));
    }
}

/// An entry of the catalogue.
#[derive(Debug, Clone, PartialEq)]
pub struct CatalogueEntry {
    /// Name by which policies use it.
    pub name: String,
    /// Environment, institution, technology, or none.
    pub dimension: String,
    /// What it stands for.
    pub describe: String,
    /// Where its numbers come from.
    pub source: String,
    /// What it does and costs.
    pub measure: Measure,
}

/// Reads a catalogue: one table for each intervention.
pub fn catalogue(
    table: &Table,
    names: Names<'_>,
    faults: &mut Faults,
) -> BTreeMap<String, CatalogueEntry> {
    let entries = table.iter().filter_map(|(name, written)| {
        let entry = entry(name, written.node.clone(), names, faults)?;
        Some((name.to_owned(), entry))
    });
    entries.collect()
}

fn entry(name: &str, node: Node, names: Names<'_>, faults: &mut Faults) -> Option<CatalogueEntry> {
    let mut table = Reader::new(name, node, faults)?;
    let mut text = |key, faults: &mut Faults| {
        let found: Option<At<String>> = table.get(key, faults);
        found.map_or_else(String::new, |text| text.value)
    };
    let dimension = text("dimension", faults);
    let describe = text("describe", faults);
    let source = text("source", faults);
    let measure = Measure::read(&mut table, names, faults);
    if measure.changes.is_none() {
        faults.push(table.missing("changes"));
    }
    table.finish(faults);
    Some(CatalogueEntry {
        name: name.into(),
        dimension,
        describe,
        source,
        measure,
    })
}
