//! Policies put together: what each includes, on whose terms, and every intervention complete.

use crate::intervention::strength::Course;
use crate::intervention::targeting::Target;
use crate::intervention::{BASELINE, Intervention, Policy};
use crate::scenario::policy::composition::{Draft, WrittenPolicy};
use crate::scenario::policy::terms::Terms;
use crate::scenario::reading::fault::{Fault, Faults, Place};
use crate::scenario::reading::reader::At;
use crate::scenario::run::Span;
use crate::world::clock::Date;

/// A policy with the place of each of its interventions.
#[derive(Debug)]
pub struct PlacedPolicy {
    /// Name.
    pub name: String,
    /// What it stands for.
    pub describe: String,
    /// Its interventions and their places.
    pub interventions: Vec<(Intervention, Place)>,
}

impl From<PlacedPolicy> for Policy {
    fn from(placed: PlacedPolicy) -> Self {
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
    compared: &[WrittenPolicy],
    shelf: &[WrittenPolicy],
    span: Span,
    faults: &mut Faults,
) -> Vec<PlacedPolicy> {
    let all: Vec<&WrittenPolicy> = compared.iter().chain(shelf).collect();
    let is_baseline = |written: &&WrittenPolicy| written.name.value == BASELINE;
    let written = compared.iter().find(is_baseline);
    let mut policies = vec![PlacedPolicy {
        name: BASELINE.into(),
        describe: written.map_or_else(String::new, |written| written.describe.clone()),
        interventions: Vec::new(),
    }];
    for written in compared.iter().filter(|written| !is_baseline(written)) {
        let drafts = gather(written, &all, &mut Vec::new(), faults);
        let complete = |(draft, terms): (Draft, Terms)| {
            let place = draft.place.clone();
            let intervention = complete(draft, &terms, (&written.name.value, span), faults);
            (intervention, place)
        };
        policies.push(PlacedPolicy {
            name: written.name.value.clone(),
            describe: written.describe.clone(),
            interventions: drafts.into_iter().map(complete).collect(),
        });
    }
    policies
}

/// Interventions of a policy, those of included policies first, each with the terms that hold for
/// it where it says nothing itself.
fn gather<'a>(
    written: &'a WrittenPolicy,
    all: &[&'a WrittenPolicy],
    within: &mut Vec<&'a str>,
    faults: &mut Faults,
) -> Vec<(Draft, Terms)> {
    let mut gathered = Vec::new();
    within.push(&written.name.value);
    for (name, terms) in &written.includes {
        let found = all.iter().find(|other| other.name.value == name.value);
        if within.contains(&name.value.as_str()) {
            let message = format!("policy `{}` includes itself", name.value);
            faults.push(Fault::error(message).at(&name.place));
        } else if let Some(included) = found {
            let here = terms.or(&written.terms);
            let brought = gather(included, all, within, faults).into_iter();
            gathered.extend(brought.map(|(draft, there)| (draft, here.or(&there))));
        } else {
            let fault = Fault::error(format!("there is no policy `{}`", name.value));
            let known = all.iter().map(|other| other.name.value.as_str());
            faults.push(fault.at(&name.place).nearest(&name.value, known));
        }
    }
    within.pop();
    let own = written.drafts.iter();
    gathered.extend(own.map(|draft| (draft.clone(), written.terms.clone())));
    gathered
}

fn complete(
    draft: Draft,
    terms: &Terms,
    (policy, span): (&str, Span),
    faults: &mut Faults,
) -> Intervention {
    let terms = draft.measure.terms.or(terms).or(&draft.catalogue);
    let name = &draft.name;
    let called = format!("`{name}` of policy `{policy}`");
    if terms.start.is_none() {
        let fault = Fault::error(format!("{called} has no start"));
        let hint = "give `start` to the intervention or to its policy";
        faults.push(fault.at(&draft.place).hint(hint));
    }
    // Where there is no start, the run's stands in, so that no other fault follows.
    let start = terms.start.clone().flatten().unwrap_or_else(|| At {
        value: span.start,
        place: draft.place.clone(),
    });
    check_times(&called, &start, terms.stop.as_ref(), span, faults);
    if let (None, Some(half_life)) = (&terms.stop, &terms.half_life_months) {
        let message = format!("{called} never stops, so `half_life_months` has no effect");
        faults.push(Fault::warning(message).at(&half_life.place));
    }
    Intervention {
        changes: draft.measure.changes().unwrap_or_default().to_vec(),
        course: course(&terms, start.value),
        target: terms
            .target
            .map_or_else(Target::default, |target| target.value),
        cost: draft.measure.cost(),
        name: draft.name,
    }
}

/// When an intervention from `start` acts, and how strongly.
fn course(terms: &Terms, start: Date) -> Course {
    let ramp_months = terms.ramp_months.as_ref();
    let half_life_months = terms.half_life_months.as_ref();
    Course {
        start,
        ramp_months: ramp_months.map_or(0, |months| months.value),
        dose: terms.dose.as_ref().map_or(1.0, |dose| dose.value),
        stop: terms.stop.as_ref().map(|stop| stop.value),
        half_life_months: half_life_months.map_or(0.0, |months| months.value),
    }
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
