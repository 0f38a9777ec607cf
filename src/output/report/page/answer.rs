//! The first screen: headline, three cards, the forest with both intervals, one warning. It is static HTML
//! in both languages, so it stands before any script runs, without one, and in print.

use super::as_text;
use super::forest::forest;
use crate::output::figures::style::Look;
use crate::output::report::data::ReportData;
use crate::output::report::read::study::ToldPolicy;
use crate::output::report::say::answer::cards::{Card, cards};
use crate::output::report::say::answer::facts::{Fact, Facts};
use crate::output::report::say::answer::headline::headline;
use crate::output::report::say::answer::numbers::NumberKind;
use crate::output::report::say::words::{ReaderLanguage, ReportWords};

/// The first screen of `report`, in every language; a style sheet shows the page's own.
pub fn answer(report: &ReportData, all: &[Facts]) -> String {
    ReaderLanguage::ALL
        .map(|language| screen(report, all, language))
        .concat()
}

/// The scorecard for a page without a script: every policy's effect on every main outcome.
pub fn scorecard(report: &ReportData, all: &[Facts]) -> String {
    let table = |language: ReaderLanguage| {
        let words = report.words(language);
        let order = all.first().map_or(&[][..], |lead| &lead.all);
        let rows: String = order.iter().map(|fact| scored(&words, all, fact)).collect();
        let heads = all.iter().map(|of| words.name("outcome", &of.outcome.name));
        let heads = std::iter::once(words.say("table.policy", &[])).chain(heads);
        let head: String = heads
            .map(|name| format!("<th scope=\"col\">{}</th>", as_text(&name)))
            .collect();
        format!(
            "<div lang=\"{}\" class=\"scroll static-card\"><table><caption>{}</caption>\
             <thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>",
            language.code(),
            as_text(&words.say("effects.scorecard", &[])),
        )
    };
    ReaderLanguage::ALL.map(table).concat()
}

/// The row of a policy.
fn scored(words: &ReportWords, all: &[Facts], row: &Fact) -> String {
    let cell = |of: &Facts| {
        let fact = of.all.iter().find(|fact| fact.policy == row.policy);
        let kind = NumberKind::of(&of.outcome.unit);
        let text = fact.map_or("–".into(), |fact| kind.points(words, fact.difference));
        format!("<td class=\"number\">{}</td>", as_text(&text))
    };
    let name = as_text(&words.name("policy", &row.name));
    let cells: String = all.iter().map(cell).collect();
    format!("<tr><th scope=\"row\">{name}</th>{cells}</tr>")
}

fn screen(report: &ReportData, all: &[Facts], language: ReaderLanguage) -> String {
    let words = report.words(language);
    let looks = looks(report, all, &words);
    let scenario = &report.study.scenario;
    let title = as_text(&words.told(&scenario.name));
    let question = match words.told(&scenario.question) {
        none if none.is_empty() => none,
        question => format!("<p class=\"question\">{}</p>", as_text(&question)),
    };
    let body = all.first().map_or(String::new(), |lead| {
        body((&words, report.study.rules_varied()), lead, all, &looks)
    });
    format!(
        "<div lang=\"{}\" class=\"screen\"><p class=\"kind\">{title}</p>{body}{question}</div>",
        language.code()
    )
}

/// How every policy looks: letters go by the order of the lead outcome.
pub fn looks(report: &ReportData, all: &[Facts], words: &ReportWords) -> Vec<Look> {
    let order = all
        .first()
        .map(|lead| lead.all.iter().map(|fact| fact.policy));
    let order: Vec<usize> = order
        .into_iter()
        .flatten()
        .filter(|policy| *policy > 0)
        .collect();
    let policies = report.study.scenario.policies.iter().enumerate();
    let look = |(policy, of): (usize, &ToldPolicy)| {
        let rank = order.iter().position(|one| *one == policy);
        Look::of(policy, words.name("policy", &of.name), rank)
    };
    policies.map(look).collect()
}

fn body(
    (words, rules): (&ReportWords, usize),
    lead: &Facts,
    all: &[Facts],
    looks: &[Look],
) -> String {
    let card = |card: Card| {
        format!(
            "<li><h2>{}</h2><p>{}</p><small>{}</small></li>",
            as_text(&words.say(card.title, &[])),
            as_text(&card.finding),
            as_text(&card.beside)
        )
    };
    let cards: String = cards(words, all).into_iter().map(card).collect();
    let warning = match (words.sweep, lead.has_worlds(), rules) {
        (true, ..) => "answer.warn.points",
        (_, true, 0) => "answer.warn.worlds",
        (_, true, _) => "answer.warn.rules",
        _ => "answer.warn.chance",
    };
    let warning = words.say(warning, &[("rules", &rules.to_string())]);
    let caveats = [
        "answer.caveat.chance",
        "answer.caveat.costs",
        "answer.caveat.model",
    ]
    .map(|key| format!("<li>{}</li>", as_text(&words.say(key, &[]))))
    .concat();
    format!(
        "<h1>{}</h1><ul class=\"cards\">{cards}</ul><div class=\"forest-frame\">{}</div>\
         <p class=\"warning\">{}</p><ul class=\"caveats\">{caveats}</ul>",
        as_text(&headline(words, lead)),
        forest(words, lead, looks),
        as_text(&warning),
    )
}
