//! What was written, understood part by part and put together as a scenario.

use crate::intervention::{BASELINE, Policy};
use crate::scenario::Scenario;
use crate::scenario::country::land::{self, Land};
use crate::scenario::country::names::{LeftOut, Names};
use crate::scenario::policy::composition::{self, Known, WrittenPolicy};
use crate::scenario::policy::measure;
use crate::scenario::policy::policies::{self, PlacedPolicy};
use crate::scenario::reading::fault::Faults;
use crate::scenario::reading::files::Files;
use crate::scenario::reading::reader::{At, Reader};
use crate::scenario::reading::tree::{self, Node, Table};
use crate::scenario::reading::written::Written;
use crate::scenario::{check, parameters, presentation, run};
use crate::world::clock::Date;
use crate::world::country::Country;

/// Keys that are read while files are laid over each other.
const READ_BEFORE: &[&str] = &[
    "extends",
    "inherit_policies",
    "policy",
    "sweep",
    "calibrate",
];

/// The scenario that was written, as far as it can be understood; what cannot is noted. `None` where
/// it has no country.
pub fn of(written: Written, files: &mut Files, faults: &mut Faults) -> Option<Understood> {
    let mut top = Reader::top(written.table, written.file).knowing(READ_BEFORE);
    let name: Option<At<String>> = top.need("name", faults);
    let question: Option<At<String>> = top.get("question", faults);
    let run = run::run(top.section("run", faults), faults);
    let series = run::output(top.section("output", faults), faults);
    let land = land::read(&mut top, run.span.start, files, faults);
    let (values, rule) = parameters::read(&mut top, faults);
    let names = land.as_ref().map_or(Names::NONE, Land::names);
    let catalogue = catalogue(&mut top, files, faults);
    let catalogue = catalogue.map(|table| measure::catalogue(&table, names, faults));
    let report = top.optional("report", faults);
    top.finish(faults);
    let known = Known {
        names,
        catalogue: catalogue.as_ref(),
    };
    let compared = policies(written.policies, known, faults);
    let shelf = policies(written.shelf, known, faults);
    let report = presentation::read(
        report,
        run.span,
        |name| {
            name == BASELINE
                || compared
                    .iter()
                    .chain(&shelf)
                    .any(|of| of.name.value == name)
        },
        faults,
    );
    let policies = policies::assemble(&compared, &shelf, run.span, faults);
    let land = land?;
    check_whole(&land, &policies, run.span.start, faults);
    let scenario = Scenario {
        name: name.map_or_else(String::new, |text| text.value),
        question: question.map_or_else(String::new, |text| text.value),
        start: run.span.start,
        months: run.span.months,
        seed: run.seed,
        replications: run.replications,
        series,
        geography: land.geography,
        population: land.population,
        values,
        rule,
        couplings: land.couplings,
        topics: land.topics,
        report,
        history: land.history,
        policies: policies.into_iter().map(Policy::from).collect(),
    };
    Some(Understood {
        scenario,
        left_out: land.left_out,
        cut: land.cut,
    })
}

/// A scenario as far as it was understood.
pub struct Understood {
    /// The scenario; where there are faults, it is not sound.
    pub scenario: Scenario,
    /// Names of places of which the scenario leaves out.
    pub left_out: LeftOut,
    /// What of the country's tables was cut, in a line for each.
    pub cut: Vec<String>,
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
