//! What was asked: a scenario as validated.
//!
//! `written` reads what was written, with the place of every value; the other files read their part
//! of it, and `check` the whole; all faults are reported at once. What comes out is a [`Scenario`],
//! in which nothing can be wrong.

pub mod fault;
mod tree;
mod files;
mod reader;
mod written;
mod sheet;
mod names;
mod run;
mod population;
mod network;
mod factors;
mod parameters;
mod history;
mod target;
mod terms;
pub mod measure;
mod package;
mod policies;
mod check;
pub mod template;

use std::path::Path;

use crate::intervention::{BASELINE, Policy};
use crate::model::policy::Coupling;
use crate::model::sharing::Rule;
use crate::scenario::fault::{Fault, Faults, Place};
use crate::scenario::files::Files;
use crate::scenario::names::Names;
use crate::scenario::package::{Known, Package};
use crate::scenario::reader::{At, Reader};
use crate::scenario::tree::Table;
use crate::scenario::written::Written;
use crate::world::clock::Date;
use crate::world::country::Country;
use crate::world::geography::{Geography, Population};
use crate::world::history::History;
use crate::world::parameter::Values;

pub use files::Input;

/// What was typed on the command line to change a scenario.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Overrides {
    /// Values as `path=value`.
    pub set: Vec<String>,
    /// Seed of the study.
    pub seed: Option<u64>,
    /// Replications of every policy.
    pub replications: Option<u32>,
    /// Months to run.
    pub months: Option<u32>,
    /// Policies to compare with the baseline; all when nothing is said.
    pub policies: Option<Vec<String>>,
}

/// A scenario and what went into it.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    /// The scenario.
    pub scenario: Scenario,
    /// What is allowed, but probably not meant.
    pub warnings: Vec<Fault>,
    /// Every file that was read, by path.
    pub inputs: Vec<Input>,
}

/// A question, ready to be run.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Title.
    pub name: String,
    /// The question it answers; may be empty.
    pub question: String,
    /// Calendar month of month 0.
    pub start: Date,
    /// Months to run.
    pub months: u32,
    /// Seed of the study.
    pub seed: u64,
    /// Replications of every policy.
    pub replications: u32,
    /// Finest scope that `series.csv` holds.
    pub series: Series,
    /// The country's tables.
    pub geography: Geography,
    /// How agents are made from them.
    pub population: Population,
    /// Every parameter by name.
    pub values: Values,
    /// How ties are decided.
    pub rule: Rule,
    /// Which factor acts on which lever.
    pub couplings: Vec<Coupling>,
    /// Dated events from outside.
    pub history: History,
    /// All policies, the baseline first.
    pub policies: Vec<Policy>,
}

/// Finest scope that `series.csv` holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Series {
    /// The nation only.
    Nation,
    /// And regions.
    Region,
    /// And provinces.
    Province,
}

/// Reads the scenario file at `path` with all files that it names, and checks every rule.
///
/// # Errors
/// Everything that is wrong with any of them, together.
pub fn load(path: &Path, overrides: &Overrides) -> Result<Loaded, Faults> {
    let mut faults = Faults::default();
    let mut files = Files::new(path.parent().unwrap_or(Path::new("")));
    let name = path.file_name().unwrap_or(path.as_os_str());
    let written = written::read(&mut files, &name.to_string_lossy(), None, &mut faults);
    let scenario = written.and_then(|mut written| {
        written.override_with(overrides, &mut faults);
        let mut scenario = understood(written, &mut files, &mut faults)?;
        if let Some(chosen) = &overrides.policies {
            choose(&mut scenario.policies, chosen, &mut faults);
        }
        Some(scenario)
    });
    match scenario {
        Some(scenario) if !faults.forbid() => Ok(Loaded {
            scenario,
            warnings: faults.sorted(),
            inputs: files.inputs(),
        }),
        _ => Err(faults.sorted().into()),
    }
}

/// What was written, as far as it can be understood; what cannot is noted.
fn understood(written: Written, files: &mut Files, faults: &mut Faults) -> Option<Scenario> {
    let mut top = Reader::top(written.table, written.file).knowing(&[
        "extends",
        "inherit_policies",
        "policy",
    ]);
    let name: Option<At<String>> = top.need("name", faults);
    let question: Option<At<String>> = top.get("question", faults);
    let run = run::run(top.section("run", faults), faults);
    let series = run::output(top.section("output", faults), faults);

    let population = population::read(top.section("population", faults), files, faults);
    let mut geography = population.geography;
    network::read(
        top.section("network", faults),
        geography.as_mut(),
        files,
        faults,
    );
    let factors = top.section("factors", faults);
    let couplings = factors::read(factors, geography.as_mut(), files, faults);
    let (values, rule) = parameters::read(&mut top, faults);
    let names = Names(geography.as_ref());
    let history = history::read(
        top.section("history", faults),
        run.span.start,
        names,
        faults,
    );

    let catalogue = catalogue_as_written(&mut top, files, faults);
    let catalogue = catalogue.map(|table| measure::catalogue(&table, names, faults));
    top.finish(faults);
    let known = Known {
        names,
        catalogue: catalogue.as_ref(),
    };
    let [compared, shelf] = [written.policies, written.shelf].map(|nodes| {
        let read = |node| package::read(node, known, faults);
        nodes.into_iter().filter_map(read).collect::<Vec<Package>>()
    });
    let placed = policies::assemble(&compared, &shelf, run.span, faults);
    let scale = population.population;
    if let Some(geography) = &geography
        && check::fits(geography, scale, population.place.as_ref(), faults)
    {
        let country = Country::new(geography.clone(), scale, run.span.start);
        check::policies(&placed, &country, faults);
    }
    Some(Scenario {
        name: name?.value,
        question: question.map_or_else(String::new, |text| text.value),
        start: run.span.start,
        months: run.span.months,
        seed: run.seed,
        replications: run.replications,
        series,
        geography: geography?,
        population: scale,
        values,
        rule,
        couplings,
        history,
        policies: placed.into_iter().map(Policy::from).collect(),
    })
}

/// The catalogue that `[interventions]` names, with `[catalogue]` of the scenario laid over it;
/// `None` when its file cannot be read.
fn catalogue_as_written(top: &mut Reader, files: &mut Files, faults: &mut Faults) -> Option<Table> {
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

/// Keeps the baseline and the policies that are `chosen`.
fn choose(policies: &mut Vec<Policy>, chosen: &[String], faults: &mut Faults) {
    for name in chosen {
        if !policies.iter().any(|policy| policy.name == *name) {
            let fault = Fault::error(format!("there is no policy `{name}`"));
            let known = policies.iter().map(|policy| policy.name.as_str());
            let place = Place::whole(&"--policies".into());
            faults.push(fault.at(&place).nearest(name, known));
        }
    }
    policies.retain(|policy| policy.name == BASELINE || chosen.contains(&policy.name));
}
