//! Policies put together: what each includes, on whose terms, and every intervention complete.

use crate::intervention::strength::Course;
use crate::intervention::targeting::Target;
use crate::intervention::{BASELINE, Intervention, Policy};
use crate::scenario::policy::composition::{Draft, Package};
use crate::scenario::policy::terms::Terms;
use crate::scenario::reading::fault::{Fault, Faults, Place};
use crate::scenario::reading::reader::At;
use crate::scenario::run::Span;
use crate::world::clock::Date;

/// A policy with the place of each of its interventions.
#[derive(Debug)]
pub struct Placed {
    /// Name.
    pub name: String,
    /// What it stands for.
    pub describe: String,
    /// Its interventions and their places.
    pub interventions: Vec<(Intervention, Place)>,
}

impl From<Placed> for Policy {
    fn from(placed: Placed) -> Self {
        let interventions = placed.interventions.into_iter();
        Self {
            name: placed.name,
            describe: placed.describe,
            interventions: interventions
                .map(|(intervention, _)| intervention)
                .collect(),
        }
    }
}

/// The `compared` policies behind the baseline; they may include each other and those on the `shelf`.
pub fn assemble(
    compared: &[Package],
    shelf: &[Package],
    span: Span,
    faults: &mut Faults,
) -> Vec<Placed> {
    let all: Vec<&Package> = compared.iter().chain(shelf).collect();
    let is_baseline = |package: &&Package| package.name.value == BASELINE;
    let written = compared.iter().find(is_baseline);
    let mut policies = vec![Placed {
        name: BASELINE.into(),
        describe: written.map_or_else(String::new, |package| package.describe.clone()),
        interventions: Vec::new(),
    }];
    for package in compared.iter().filter(|package| !is_baseline(package)) {
        let drafts = gather(package, &all, &mut Vec::new(), faults);
        let complete = |(draft, terms): (Draft, Terms)| {
            let place = draft.place.clone();
            let intervention = complete(draft, &terms, (&package.name.value, span), faults)?;
            Some((intervention, place))
        };
        policies.push(Placed {
            name: package.name.value.clone(),
            describe: package.describe.clone(),
            interventions: drafts.into_iter().filter_map(complete).collect(),
        });
    }
    policies
}

/// Interventions of a policy, those of included policies first, each with the terms that hold for
/// it where it says nothing itself.
fn gather<'a>(
    package: &'a Package,
    all: &[&'a Package],
    within: &mut Vec<&'a str>,
    faults: &mut Faults,
) -> Vec<(Draft, Terms)> {
    let mut gathered = Vec::new();
    within.push(&package.name.value);
    for (name, terms) in &package.includes {
        let found = all.iter().find(|other| other.name.value == name.value);
        if within.contains(&name.value.as_str()) {
            let message = format!("policy `{}` includes itself", name.value);
            faults.push(Fault::error(message).at(&name.place));
        } else if let Some(included) = found {
            let here = terms.or(&package.terms);
            let brought = gather(included, all, within, faults).into_iter();
            gathered.extend(brought.map(|(draft, there)| (draft, here.or(&there))));
        } else {
            let fault = Fault::error(format!("there is no policy `{}`", name.value));
            let known = all.iter().map(|other| other.name.value.as_str());
            faults.push(fault.at(&name.place).nearest(&name.value, known));
        }
    }
    within.pop();
    let own = package.drafts.iter();
    gathered.extend(own.map(|draft| (draft.clone(), package.terms.clone())));
    gathered
}

fn complete(
    draft: Draft,
    terms: &Terms,
    (policy, span): (&str, Span),
    faults: &mut Faults,
) -> Option<Intervention> {
    let terms = draft.measure.terms.or(terms).or(&draft.catalogue);
    let name = &draft.name;
    let Some(start) = terms.start else {
        let fault = Fault::error(format!("`{name}` of policy `{policy}` has no start"));
        let hint = "give `start` to the intervention or to its policy";
        faults.push(fault.at(&draft.place).hint(hint));
        return None;
    };
    let start = start?;
    let called = format!("`{name}` of policy `{policy}`");
    check_times(&called, &start, terms.stop.as_ref(), span, faults);
    if let (None, Some(half_life)) = (&terms.stop, &terms.half_life_months) {
        let message = format!("{called} never stops, so `half_life_months` has no effect");
        faults.push(Fault::warning(message).at(&half_life.place));
    }
    let course = Course {
        start: start.value,
        ramp_months: terms.ramp_months.map_or(0, |months| months.value),
        dose: terms.dose.map_or(1.0, |dose| dose.value),
        stop: terms.stop.map(|stop| stop.value),
        half_life_months: terms.half_life_months.map_or(0.0, |months| months.value),
    };
    Some(Intervention {
        changes: draft.measure.changes().unwrap_or_default().to_vec(),
        course,
        target: terms
            .target
            .map_or_else(Target::default, |target| target.value),
        cost: draft.measure.cost(),
        name: draft.name,
    })
}

fn check_times(
    called: &str,
    start: &At<Date>,
    stop: Option<&At<Date>>,
    span: Span,
    faults: &mut Faults,
) {
    let (starts, end) = (start.value, span.end());
    if let Some(stop) = stop.filter(|stop| stop.value <= starts) {
        let message = format!("{called} stops in {} but starts in {starts}", stop.value);
        faults.push(Fault::error(message).at(&stop.place));
    }
    if let Some(stop) = stop.filter(|stop| stop.value > starts && stop.value <= span.start) {
        let message = format!(
            "{called} never acts: it stops in {}, the run starts in {}",
            stop.value, span.start
        );
        faults.push(Fault::warning(message).at(&stop.place));
    }
    if starts >= end {
        // one line for all interventions that share this start
        let message = format!("what starts in {starts} never acts: the run ends before {end}");
        let hint = "raise `run.months`, or start earlier";
        faults.push(Fault::warning(message).at(&start.place).hint(hint));
    }
}
