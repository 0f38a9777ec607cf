//! What every figure of a report is made from, and how texts stand in it.

use crate::output::figures::style::Look;
use crate::output::report::data::ReportData;
use crate::output::report::say::answer::facts::Facts;
use crate::output::report::say::frontier::Frontier;
use crate::output::report::say::words::ReportWords;

/// What figures are made from.
pub struct Drawing<'a> {
    /// What was read.
    pub report: &'a ReportData,
    /// Facts of every main outcome.
    pub facts: &'a [Facts],
    /// Policies worth their money, by main outcome.
    pub frontiers: &'a [Frontier],
    /// The words.
    pub words: &'a ReportWords,
    /// Policies as they look.
    pub looks: &'a [Look],
}

/// The outcome number `main` with its unit.
pub fn outcome(of: &Drawing<'_>, main: usize) -> String {
    let outcome = &of.facts[main].outcome;
    let unit = of.words.name("measured", &outcome.unit);
    let text = of.words.name("outcome", &outcome.name);
    of.words
        .say("measured.with", &[("text", &text), ("unit", &unit)])
}

/// Texts of a figure are read as markup by the script that draws it.
pub fn safe(text: &str) -> String {
    text.replace('<', "&lt;")
}
