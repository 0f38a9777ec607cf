//! `[report]`: what the page of a study looks at first. It changes no number of any run.

use serde::{Deserialize, Serialize};

use crate::model::outcome::{OUTCOMES, main_outcomes, position};
use crate::scenario::reading::fault::{Fault, Faults, Place};
use crate::scenario::reading::reader::{At, Reader};
use crate::scenario::reading::tree::Node;
use crate::scenario::run::Span;
use crate::world::clock::Date;

/// What the page looks at.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
pub struct Presentation {
    /// Outcomes in the order in which they are shown; the main ones follow.
    #[serde(default)]
    pub lead: Vec<String>,
    /// The policy that all are compared with; the baseline where nothing is said.
    #[serde(default)]
    pub against: Option<String>,
    /// First and last month by which policies are judged; the last 12 where nothing is said.
    #[serde(default)]
    pub window: Option<[Date; 2]>,
    /// What is marked on time axes.
    #[serde(default)]
    pub events: Vec<DatedEvent>,
}

/// Something that happened in a month.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct DatedEvent {
    /// When.
    pub date: Date,
    /// What, in English.
    pub label: String,
    /// What, in Chinese; empty where only English is given.
    #[serde(default)]
    pub label_zh: String,
    /// Whether the page tells how many months each lead outcome takes to be back where it was before.
    #[serde(default)]
    pub recovery: bool,
}

impl Presentation {
    /// Whether nothing is asked for.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// Positions of the outcomes that are shown first: those that are asked for, then the main ones.
    pub fn outcomes(&self) -> Vec<usize> {
        let mut shown: Vec<usize> = self.lead.iter().filter_map(|name| position(name)).collect();
        let more = main_outcomes().into_iter();
        let more: Vec<usize> = more.filter(|main| !shown.contains(main)).collect();
        shown.extend(more);
        shown
    }
}

/// Reads `[report]` of a scenario that runs over `span`; `known` tells a policy's name.
pub fn read(
    table: Option<Reader>,
    span: Span,
    known: impl Fn(&str) -> bool,
    faults: &mut Faults,
) -> Presentation {
    let Some(mut table) = table else {
        return Presentation::default();
    };
    let lead: Vec<At<String>> = table.each("lead", faults).unwrap_or_default();
    let against: Option<At<String>> = table.get("against", faults);
    let window: Option<Vec<At<Date>>> = table.each("window", faults);
    let events: Option<At<Vec<Node>>> = table.get("events", faults);
    let place = table.place.clone();
    table.finish(faults);
    for outcome in &lead {
        refuse_strange_outcome(outcome, faults);
    }
    if let Some(name) = against.as_ref().filter(|name| !known(&name.value)) {
        let message = format!("`report.against`: there is no policy `{}`", name.value);
        faults.push(Fault::error(message).at(&name.place));
    }
    let read = |node| event(node, span, faults);
    let events = events.map(|at| at.value).unwrap_or_default();
    Presentation {
        events: events.into_iter().filter_map(read).collect(),
        lead: lead.into_iter().map(|at| at.value).collect(),
        against: against.map(|at| at.value),
        window: window.and_then(|months| checked_window(&months, span, &place, faults)),
    }
}

fn checked_window(
    months: &[At<Date>],
    span: Span,
    place: &Place,
    faults: &mut Faults,
) -> Option<[Date; 2]> {
    let ends = window_of(months, span);
    if ends.is_none() {
        let message = "`report.window` must be two months of the run, the first not after the last";
        let place = months.first().map_or(place, |month| &month.place);
        let hint = "as [\"2018-02\", \"2020-12\"]";
        faults.push(Fault::error(message).at(place).hint(hint));
    }
    ends
}

fn refuse_strange_outcome(outcome: &At<String>, faults: &mut Faults) {
    let names = OUTCOMES.iter().map(|of| of.name);
    if !names.clone().any(|name| name == outcome.value) {
        let message = format!("`report.lead`: there is no outcome `{}`", outcome.value);
        let fault = Fault::error(message).at(&outcome.place);
        faults.push(fault.nearest(&outcome.value, names));
    }
}

fn window_of(months: &[At<Date>], span: Span) -> Option<[Date; 2]> {
    let [first, last] = months else {
        return None;
    };
    let (first, last) = (first.value, last.value);
    (span.start <= first && first <= last && last < span.end()).then_some([first, last])
}

fn event(node: Node, span: Span, faults: &mut Faults) -> Option<DatedEvent> {
    let mut table = Reader::new("report.events", node, faults)?;
    let date: Option<At<Date>> = table.need("date", faults);
    let label: Option<At<String>> = table.need("label", faults);
    let label_zh: Option<At<String>> = table.get("label_zh", faults);
    let recovery: Option<At<bool>> = table.get("recovery", faults);
    table.finish(faults);
    let date = date?;
    if date.value < span.start || date.value >= span.end() {
        let message = format!("`report.events`: {} is no month of the run", date.value);
        faults.push(Fault::error(message).at(&date.place));
    }
    Some(DatedEvent {
        date: date.value,
        label: label?.value,
        label_zh: label_zh.map_or_else(String::new, |at| at.value),
        recovery: recovery.is_some_and(|at| at.value),
    })
}
