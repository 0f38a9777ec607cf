//! What was written, understood part by part and put together as a scenario.

use crate::intervention::Policy;
use crate::scenario::Scenario;
use crate::scenario::country::names::Names;
use crate::scenario::country::{factors, history, network, population};
use crate::scenario::policy::composition::{self, Known, Package};
use crate::scenario::policy::measure;
use crate::scenario::policy::policies::{self, Placed};
use crate::scenario::reading::fault::{Faults, Place};
use crate::scenario::reading::files::Files;
use crate::scenario::reading::reader::{At, Reader};
use crate::scenario::reading::tree::{self, Node, Table};
use crate::scenario::reading::written::Written;
use crate::scenario::{check, parameters, run};
use crate::world::alternative::Choices;
use crate::world::clock::Date;
use crate::world::country::Country;
use crate::world::geography::{Geography, Population};

/// Keys that are read while files are laid over each other.
const READ_BEFORE: &[&str] = &[
    "extends",
    "inherit_policies",
    "policy",
    "sweep",
    "calibrate",
];

/// The scenario that was written, as far as it can be understood; what cannot is noted.
pub fn of(written: Written, files: &mut Files, faults: &mut Faults) -> Option<Scenario> {
    let mut top = Reader::top(written.table, written.file).knowing(READ_BEFORE);
    let name: Option<At<String>> = top.need("name", faults);
    let question: Option<At<String>> = top.get("question", faults);
    let run = run::run(top.section("run", faults), faults);
    let series = run::output(top.section("output", faults), faults);
    let mut choices = Choices::default();
    let land = land(&mut top, &mut choices, files, faults);
    let values = parameters::read(&mut top, &mut choices, faults);
    let names = Names(land.geography.as_ref());
    let history = top.section("history", faults);
    let history = history::read(history, run.span.start, names, faults);
    let catalogue = catalogue(&mut top, files, faults);
    let catalogue = catalogue.map(|table| measure::catalogue(&table, names, faults));
    top.finish(faults);
    let known = Known {
        names,
        catalogue: catalogue.as_ref(),
    };
    let compared = packages(written.policies, known, faults);
    let shelf = packages(written.shelf, known, faults);
    let policies = policies::assemble(&compared, &shelf, run.span, faults);
    check_whole(&land, &policies, run.span.start, faults);
    Some(Scenario {
        name: name?.value,
        question: question.map_or_else(String::new, |text| text.value),
        start: run.span.start,
        months: run.span.months,
        seed: run.seed,
        replications: run.replications,
        series,
        geography: land.geography?,
        population: land.population,
        values,
        choices,
        couplings: land.factors.couplings,
        topics: land.factors.topics,
        history,
        policies: policies.into_iter().map(Policy::from).collect(),
    })
}

/// The country as its tables describe it.
struct Land {
    /// Provinces, ties and leanings; `None` when the provinces are faulty.
    geography: Option<Geography>,
    population: Population,
    /// Where the number of citizens is written, if it is.
    place: Option<Place>,
    factors: factors::Said,
}

fn land(top: &mut Reader, choices: &mut Choices, files: &mut Files, faults: &mut Faults) -> Land {
    let population = population::read(top.section("population", faults), files, faults);
    let mut geography = population.geography;
    let mut network = top.section("network", faults);
    parameters::choose(&mut network, choices, faults);
    network::read(network, geography.as_mut(), files, faults);
    let mut factors = top.section("factors", faults);
    parameters::choose(&mut factors, choices, faults);
    let factors = factors::read(factors, geography.as_mut(), files, faults);
    Land {
        geography,
        population: population.population,
        place: population.place,
        factors,
    }
}

/// The catalogue that `[interventions]` names, with `[catalogue]` of the scenario laid over it;
/// `None` when its file cannot be read.
fn catalogue(top: &mut Reader, files: &mut Files, faults: &mut Faults) -> Option<Table> {
    let mut table = top.section("interventions", faults);
    let named: Option<At<String>> = table.get("catalogue", faults);
    table.finish(faults);
    let changed = top.section("catalogue", faults).into_table();
    let mut catalogue = Table::default();
    if let Some(At { value, place }) = named {
        let source = files.read(&value, Some(&place), faults)?;
        catalogue = tree::parse(&source.file, &source.text, faults).ok()?;
    }
    catalogue.merge(changed);
    Some(catalogue)
}

fn packages(policies: Vec<Node>, known: Known<'_>, faults: &mut Faults) -> Vec<Package> {
    let read = |node| composition::read(node, known, faults);
    policies.into_iter().filter_map(read).collect()
}

fn check_whole(land: &Land, policies: &[Placed], start: Date, faults: &mut Faults) {
    let Some(geography) = &land.geography else {
        return;
    };
    if check::fits(geography, land.population, land.place.as_ref(), faults) {
        let country = Country::new(geography.clone(), land.population, start);
        check::policies(policies, &country, faults);
        check::crowds(&country, land.population, land.place.as_ref(), faults);
    }
}
