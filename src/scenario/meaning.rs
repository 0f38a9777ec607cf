//! What was written, understood part by part and put together as a scenario.

use crate::intervention::Policy;
use crate::scenario::Scenario;
use crate::scenario::country::land::{self, Land};
use crate::scenario::country::names::Names;
use crate::scenario::country::part::Cutting;
use crate::scenario::policy::composition::{self, Known, WrittenPolicy};
use crate::scenario::policy::measure;
use crate::scenario::policy::policies::{self, PlacedPolicy};
use crate::scenario::reading::fault::{Fault, Faults};
use crate::scenario::reading::files::Files;
use crate::scenario::reading::reader::{At, Reader, refuse_unless};
use crate::scenario::reading::tree::{self, Node, Table};
use crate::scenario::reading::written::Written;
use crate::scenario::run::Span;
use crate::scenario::{check, parameters, run};
use crate::world::alternative::Choices;
use crate::world::clock::Date;
use crate::world::country::Country;
use crate::world::parameter::Limits;

/// Keys that are read while files are laid over each other.
const READ_BEFORE: &[&str] = &[
    "extends",
    "unset",
    "inherit_policies",
    "policy",
    "sweep",
    "ensemble",
    "calibrate",
];

/// The scenario that was written, as far as it can be understood; what cannot is noted. `None` where
/// it has no country.
pub fn of(written: Written, files: &mut Files, faults: &mut Faults) -> Option<Understood> {
    let mut top = Reader::top(written.table, written.file).knowing(READ_BEFORE);
    warn_of_defaults(&top, &written.unset, faults);
    let name: Option<At<String>> = top.need("name", faults);
    let question: Option<At<String>> = top.get("question", faults);
    let run = run::run(top.section("run", faults), faults);
    let series = run::output(top.section("output", faults), faults);
    let mut choices = Choices::default();
    let land = land::read(&mut top, run.span.start, &mut choices, files, faults);
    let values = parameters::read(&mut top, &mut choices, faults);
    let names = land.as_ref().map_or(Names::NONE, Land::names);
    let table = catalogue(&mut top, files, faults);
    let table = table.map(|table| measure::catalogue(&table, names, faults));
    top.finish(faults);
    let catalogue = table.as_ref();
    let known = Known { names, catalogue };
    let policies = put_together([written.policies, written.shelf], known, run.span, faults);
    let land = checked(land?, &policies, run.span.start, faults);
    let scenario = Scenario {
        name: name.map_or_else(String::new, |at| at.value),
        question: question.map_or_else(String::new, |at| at.value),
        start: run.span.start,
        months: run.span.months,
        seed: run.seed,
        replications: run.replications,
        series,
        geography: land.geography,
        population: land.population,
        values,
        choices,
        couplings: land.couplings,
        topics: land.topics,
        history: land.history,
        ensemble: None,
        world: 0,
        policies: policies.into_iter().map(Policy::from).collect(),
    };
    let cutting = land.cutting;
    Some(Understood { scenario, cutting })
}

/// Policies to compare, made from those that are `written` and those that they may include.
fn put_together(
    written: [Vec<Node>; 2],
    known: Known<'_>,
    span: Span,
    faults: &mut Faults,
) -> Vec<PlacedPolicy> {
    let [compared, shelf] = written.map(|written| policies(written, known, faults));
    policies::assemble(&compared, &shelf, span, faults)
}

/// What a country without a table of its own starts from: table, what then holds, what to write.
const UNTOLD: [(&str, &str, &str); 2] = [
    (
        "history",
        "nothing presses from outside and nobody leads, so that a baseline can stand still",
        "give `centre_adopts`, `pressure` and `first_platforms`, or an empty [history] where that is meant",
    ),
    (
        "start",
        "governments start as China's did in 2012: stocks of .15, belief .05, 1 % of bodies taking part",
        "give `stock`, `belief`, `participation`, `online`, or an empty [start] where that is meant",
    ),
];

/// Warns of defaults that are one country's, where a scenario neither sets nor unsets them.
fn warn_of_defaults(top: &Reader, unset: &[String], faults: &mut Faults) {
    for (table, holds, hint) in UNTOLD {
        if !top.has(table) && !unset.iter().any(|path| path == table) {
            let message = format!("the scenario has no [{table}]: {holds}");
            faults.push(Fault::warning(message).at(&top.place).hint(hint));
        }
    }
}

/// A scenario as far as it was understood.
pub struct Understood {
    /// The scenario; where there are faults, it is not sound.
    pub scenario: Scenario,
    /// What of the country was cut.
    pub cutting: Cutting,
}

/// The catalogue that `[interventions]` names, its costs in the money of the country, with `[catalogue]` of the scenario laid over it;
/// `None` when its file cannot be read.
fn catalogue(top: &mut Reader, files: &mut Files, faults: &mut Faults) -> Option<Table> {
    let mut table = top.section("interventions", faults);
    let named: Option<At<String>> = table.get("catalogue", faults);
    let factor: Option<At<f64>> = table.get("cost_factor", faults);
    if let Some(factor) = &factor {
        refuse_unless(
            Limits::NonNegative,
            "interventions.cost_factor",
            factor,
            faults,
        );
    }
    table.finish(faults);
    let changed = top.section("catalogue", faults).into_table();
    let mut catalogue = Table::default();
    if let Some(At { value, place }) = named {
        let source = files.read(&value, Some(&place), faults)?;
        catalogue = tree::parse(&source.file, &source.text, faults).ok()?;
    }
    if let Some(factor) = factor {
        catalogue.scale(measure::COSTS, factor.value);
    }
    catalogue.merge(changed);
    Some(catalogue)
}

fn policies(written: Vec<Node>, known: Known<'_>, faults: &mut Faults) -> Vec<WrittenPolicy> {
    let read = |node| composition::read(node, known, faults);
    written.into_iter().filter_map(read).collect()
}

/// The same land, of which the whole has been looked at.
fn checked(land: Land, policies: &[PlacedPolicy], start: Date, faults: &mut Faults) -> Land {
    if !land.sound {
        return land;
    }
    if check::fits(
        &land.geography,
        land.population,
        land.place.as_ref(),
        faults,
    ) {
        let country = Country::new(land.geography.clone(), land.population, start);
        check::policies(policies, &country, faults);
        check::crowds(&country, land.population, land.place.as_ref(), faults);
    }
    land
}
