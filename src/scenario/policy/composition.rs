//! A policy as written: its own interventions, the policies it includes, and the terms for both.

use std::collections::BTreeMap;

use crate::intervention::BASELINE;
use crate::scenario::country::names::Names;
use crate::scenario::policy::measure::{CatalogueEntry, Measure};
use crate::scenario::policy::terms::Terms;
use crate::scenario::reading::fault::{Fault, Faults, Place};
use crate::scenario::reading::reader::{At, Reader};
use crate::scenario::reading::spoilt;
use crate::scenario::reading::tree::{Node, Value};

/// A policy as written.
#[derive(Debug)]
pub struct WrittenPolicy {
    /// Its name.
    pub name: At<String>,
    /// What it stands for.
    pub describe: String,
    /// Policies whose interventions it takes over, each with terms for them.
    pub includes: Vec<(At<String>, Terms)>,
    /// Its own interventions.
    pub drafts: Vec<Draft>,
    /// Terms for all of them.
    pub terms: Terms,
}

/// An intervention as written.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Its name, or that of the catalogue's entry.
    pub name: String,
    /// Where it is written.
    pub place: Place,
    /// What it does and costs, and its own terms.
    pub measure: Measure,
    /// Terms of the catalogue's entry.
    pub catalogue: Terms,
}

/// What a policy is read against.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Names of places.
    pub names: Names<'a>,
    /// Interventions of the catalogue, if it could be read.
    pub catalogue: Option<&'a BTreeMap<String, CatalogueEntry>>,
}

impl<'a> Known<'a> {
    /// These names, and the catalogue as far as it could be read.
    pub fn of(names: Names<'a>, catalogue: Option<&'a BTreeMap<String, CatalogueEntry>>) -> Self {
        Self { names, catalogue }
    }
}

/// Reads one `[[policy]]`.
pub fn read(node: Node, known: Known<'_>, faults: &mut Faults) -> Option<WrittenPolicy> {
    let mut table = Reader::new("policy", node, faults)?;
    let name: Option<At<String>> = table.need("name", faults);
    let describe: Option<At<String>> = table.get("describe", faults);
    let terms = Terms::read(&mut table, known.names, faults);
    let includes: Option<At<Vec<Node>>> = table.get("include", faults);
    let drafts: Option<At<Vec<Node>>> = table.get("intervention", faults);
    table.finish(faults);
    let items = |list: Option<At<Vec<Node>>>| list.map_or_else(Vec::new, |list| list.value);
    let includes = items(includes).into_iter();
    let includes: Vec<_> = includes
        .filter_map(|node| include(node, known, faults))
        .collect();
    let drafts = items(drafts).into_iter();
    let drafts: Vec<_> = drafts
        .filter_map(|node| draft(node, known, faults))
        .collect();
    let name = name?;
    if name.value.is_empty() || name.value.contains(',') {
        let message = "the name of a policy must not be empty or contain a comma";
        faults.push(Fault::error(message).at(&name.place));
    }
    spoilt::refuse("a policy", &name.value, &name.place, faults);
    if name.value == BASELINE && !(includes.is_empty() && drafts.is_empty()) {
        let fault = Fault::error("the policy `baseline` has interventions").at(&name.place);
        faults.push(fault.hint("all others are compared with it; give these another name"));
    }
    Some(WrittenPolicy {
        name,
        describe: describe.map_or_else(String::new, |text| text.value),
        includes,
        drafts,
        terms,
    })
}

/// An item of `include`: the name of a policy, or a table with terms for what it brings.
fn include(node: Node, known: Known<'_>, faults: &mut Faults) -> Option<(At<String>, Terms)> {
    if let Value::Text(value) = node.value {
        let place = node.place;
        return Some((At { value, place }, Terms::default()));
    }
    let mut table = Reader::new("policy.include", node, faults)?;
    let name: Option<At<String>> = table.need("policy", faults);
    let terms = Terms::read(&mut table, known.names, faults);
    table.finish(faults);
    Some((name?, terms))
}

fn draft(node: Node, known: Known<'_>, faults: &mut Faults) -> Option<Draft> {
    let mut table = Reader::new("policy.intervention", node, faults)?;
    let place = table.place.clone();
    let used: Option<At<String>> = table.get("use", faults);
    let name: Option<At<String>> = table.get("name", faults);
    let measure = Measure::read(&mut table, known.names, faults);
    if used.is_none() && name.is_none() {
        let fault = Fault::error("an intervention needs `use` or `name`").at(&place);
        faults.push(fault.hint("`use` takes it from the catalogue, `name` gives your own a name"));
    } else if used.is_none() && measure.changes().is_none() {
        faults.push(table.missing("changes"));
    }
    table.finish(faults);
    let entry = used
        .as_ref()
        .and_then(|used| from_catalogue(used, known, faults));
    let name = name.or(used)?.value;
    spoilt::refuse("an intervention", &name, &place, faults);
    if name == "all" {
        let fault = Fault::error("an intervention cannot be called `all`").at(&place);
        faults.push(fault.hint("costs.csv calls a whole policy so; give it another name"));
    }
    let catalogue = entry.map(|entry| entry.measure.clone()).unwrap_or_default();
    Some(Draft {
        name,
        place,
        measure: measure.or(&catalogue),
        catalogue: catalogue.terms,
    })
}

fn from_catalogue<'a>(
    used: &At<String>,
    known: Known<'a>,
    faults: &mut Faults,
) -> Option<&'a CatalogueEntry> {
    let catalogue = known.catalogue?;
    let found = catalogue.get(&used.value);
    if found.is_none() {
        let fault = Fault::error(format!(
            "the catalogue has no intervention `{}`",
            used.value
        ));
        let names = catalogue.keys().map(String::as_str);
        faults.push(fault.at(&used.place).nearest(&used.value, names));
    }
    found
}
