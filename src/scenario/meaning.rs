//! What was written, understood part by part and put together as a scenario.

use std::collections::BTreeMap;

use crate::intervention::{BASELINE, Policy};
use crate::scenario::Scenario;
use crate::scenario::country::land::{self, Land};
use crate::scenario::country::names::Names;
use crate::scenario::country::part::Cutting;
use crate::scenario::policy::composition::{self, Known, WrittenPolicy};
use crate::scenario::policy::measure::{self, CatalogueEntry};
use crate::scenario::policy::policies::{self, PlacedPolicy};
use crate::scenario::presentation::{self, Presentation};
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
    let (name, question) = titles(&mut top, faults);
    let run = run::run(top.section("run", faults), faults);
    let output = run::output(top.section("output", faults), faults);
    let mut choices = Choices::default();
    let land = land::read(&mut top, run.span.start, &mut choices, files, faults);
    let values = parameters::read(&mut top, &mut choices, faults);
    let names = land.as_ref().map_or(Names::NONE, Land::names);
    let catalogue = catalogue(&mut top, names, files, faults);
    let report = top.optional("report", faults);
    top.finish(faults);
    let written = [written.policies, written.shelf];
    let known = Known::of(names, catalogue.as_ref());
    let (policies, report) = put_together(written, known, (run.span, report), faults);
    let land = land.inspect(|land| check_whole(land, &policies, run.span.start, faults))?;
    let scenario = Scenario {
        name,
        question,
        start: run.span.start,
        months: run.span.months,
        seed: run.seed,
        replications: run.replications,
        series: output.series,
        effects: output.effects,
        geography: land.geography,
        population: land.population,
        values,
        choices,
        couplings: land.couplings,
        topics: land.topics,
        report,
        history: land.history,
        ensemble: None,
        world: 0,
        policies: policies.into_iter().map(Policy::from).collect(),
    };
    Some((scenario, catalogue, land.cutting).into())
}

type Catalogue = BTreeMap<String, CatalogueEntry>;

impl From<(Scenario, Option<Catalogue>, Cutting)> for Understood {
    fn from((scenario, catalogue, cutting): (Scenario, Option<Catalogue>, Cutting)) -> Self {
        Self {
            scenario,
            catalogue: catalogue.unwrap_or_default().into_values().collect(),
            cutting,
        }
    }
}

/// Name and question of the scenario.
fn titles(top: &mut Reader, faults: &mut Faults) -> (String, String) {
    let text = |at: Option<At<String>>| at.map_or_else(String::new, |at| at.value);
    let name = text(top.need("name", faults));
    (name, text(top.get("question", faults)))
}

/// Policies to compare, made from those that are `written` and those that they may include; and what the
/// report looks at, which may name any of them.
fn put_together(
    written: [Vec<Node>; 2],
    known: Known<'_>,
    (span, report): (Span, Option<Reader>),
    faults: &mut Faults,
) -> (Vec<PlacedPolicy>, Presentation) {
    let [compared, shelf] = written.map(|written| policies(written, known, faults));
    let all = || compared.iter().chain(&shelf);
    let told = |name: &str| name == BASELINE || all().any(|of| of.name.value == name);
    let report = presentation::read(report, span, told, faults);
    (policies::assemble(&compared, &shelf, span, faults), report)
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
    /// Interventions of the catalogue, by name.
    pub catalogue: Vec<CatalogueEntry>,
    /// What of the country was cut.
    pub cutting: Cutting,
}

/// The catalogue that `[interventions]` names, its costs in the money of the country, with `[catalogue]`
/// of the scenario laid over it; `None` when its file cannot be read.
fn catalogue(
    top: &mut Reader,
    names: Names<'_>,
    files: &mut Files,
    faults: &mut Faults,
) -> Option<Catalogue> {
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
    Some(measure::catalogue(&catalogue, names, faults))
}

fn policies(written: Vec<Node>, known: Known<'_>, faults: &mut Faults) -> Vec<WrittenPolicy> {
    let read = |node| composition::read(node, known, faults);
    written.into_iter().filter_map(read).collect()
}

fn check_whole(land: &Land, policies: &[PlacedPolicy], start: Date, faults: &mut Faults) {
    if !land.sound {
        return;
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
}
