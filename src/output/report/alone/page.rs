//! The page itself: an answer, then outcome by outcome its course and its map, then what was run.

use super::drawn::figures;
use super::say::{card, headline, period, policy, titled};
use super::told::{AloneOutcome, ToldAlone};
use crate::experiment::runs::digest::JUDGED;
use crate::experiment::statistics::paired::Effect;
use crate::model::outcome::OUTCOMES;
use crate::numeric::Interval;
use crate::output::report::page::events::marks;
use crate::output::report::page::still::{
    StillScreen, TableCells, folded, plot, still_page, table,
};
use crate::output::report::page::{as_text, limits_said};
use crate::output::report::read::study::ToldIntervention;
use crate::output::report::say::answer::numbers::NumberKind;
use crate::output::report::say::words::{ReaderLanguage, ReportWords};

/// Outcomes that have a card.
const CARDS: usize = 3;

/// The page as HTML; it opens in `language`.
pub fn page(of: &ToldAlone, language: ReaderLanguage) -> String {
    let words = |language: ReaderLanguage| {
        let currency = &of.study.scenario.geography.nation.currency;
        language.words().in_currency(currency)
    };
    let title = words(language).told(&of.study.scenario.name);
    still_page(language, &title, |one| StillScreen {
        content: screen(of, &words(one)),
        figures: figures(of, &words(one)),
    })
}

fn screen(of: &ToldAlone, words: &ReportWords) -> String {
    let said = |key: &str| as_text(&words.say(key, &[]));
    let cards = of.outcomes.iter().take(CARDS).map(|outcome| {
        let [finding, beside] = card(of, outcome, words).map(|text| as_text(&text));
        let title = as_text(&words.name("outcome", &outcome.name));
        format!("<li><h2>{title}</h2><p>{finding}</p><small>{beside}</small></li>")
    });
    let outcomes = of.outcomes.iter().enumerate();
    let sections: String = outcomes
        .map(|(o, outcome)| section(of, (o, outcome), words))
        .collect();
    format!(
        "<p class=\"kind\">{}</p><h1>{}</h1><ul class=\"cards even\">{}</ul><p class=\"warning\">{}</p>{}{}{sections}\
         <section><h2>{}</h2>{}</section><section><h2>{}</h2>{}</section><section><h2>{}</h2>{}</section>",
        as_text(&words.told(&of.study.scenario.name)),
        as_text(&headline(of, words)),
        cards.collect::<String>(),
        said("alone.warn"),
        scorecard(of, words),
        key(of, words),
        said("alone.others"),
        others(of, words),
        said("alone.run"),
        what_was_run(of, words),
        said("section.limits"),
        limits(words),
    )
}

/// Every outcome of the page: first and last 12 months, and the change.
fn scorecard(of: &ToldAlone, words: &ReportWords) -> String {
    let head = [
        "table.outcome",
        "alone.first",
        "alone.last",
        "alone.half.title",
        "alone.change",
    ];
    let row = |outcome: &AloneOutcome| {
        let kind = NumberKind::of(&outcome.unit);
        let (first, change) = match &outcome.change {
            Some(Effect {
                baseline,
                difference,
                ..
            }) => (
                kind.exact(words, *baseline),
                kind.points(words, *difference),
            ),
            None => ("–".into(), "–".into()),
        };
        let Interval { value, .. } = outcome.last();
        let last = kind.exact(words, value);
        let half = kind.half(outcome.last().half());
        let name = words.name("outcome", &outcome.name);
        vec![name, first, last, half, change]
    };
    table(
        TableCells::Numbers,
        &head.map(|key| words.say(key, &[])),
        of.outcomes.iter().map(row),
    )
}

/// What lines and maps show, and what the dotted lines mark.
fn key(of: &ToldAlone, words: &ReportWords) -> String {
    let start = of.study.scenario.start;
    let mut labels: Vec<(String, Vec<String>)> = Vec::new();
    for mark in marks(&of.study, words) {
        let month = start.plus(mark.month).to_string();
        match labels.iter_mut().find(|(label, _)| *label == mark.label) {
            Some((_, months)) => months.push(month),
            None => labels.push((mark.label, vec![month])),
        }
    }
    let comma = words.say("list.comma", &[]);
    let told = labels
        .iter()
        .map(|(label, months)| format!("{} {label}", months.join(&comma)));
    let events = told.collect::<Vec<_>>().join(&words.say("alone.then", &[]));
    let said = words.say("alone.key", &[("events", &events)]);
    format!("<p class=\"note\">{}</p>", as_text(&said))
}

/// An outcome: its course, its regions, its map, and all numbers.
fn section(of: &ToldAlone, (o, outcome): (usize, &AloneOutcome), words: &ReportWords) -> String {
    let name = words.name("outcome", &outcome.name);
    let drawn = |figure: &str, key: &str| {
        let title = words.say(key, &[]);
        let drawn = plot(&format!("{figure}{o}"), &format!("{name}: {title}"));
        format!("<h3>{}</h3>{drawn}", as_text(&title))
    };
    let places = &of.study.scenario.geography;
    let regions = places.regions.iter().map(|name| ("region", name.as_str()));
    let provinces = places.provinces.iter();
    let provinces = provinces.map(|of| ("province", of.name.as_str()));
    let judged = |(kind, name)| (kind, name, JUDGED);
    let years = of
        .periods
        .iter()
        .map(|of| ("nation", "nation", of.as_str()));
    let numbers = levels(outcome, years, words) + &levels(outcome, provinces.map(judged), words);
    format!(
        "<section><h2>{}</h2><div class=\"two\"><div>{}{}</div><div>{}</div></div>{}</section>",
        as_text(&name),
        drawn("unfold", "alone.unfold"),
        levels(outcome, regions.map(judged), words),
        drawn("map", "alone.map"),
        folded(&numbers, words),
    )
}

/// Levels of an outcome by kind of place, place and period; of the nation the period names the row.
fn levels<'a>(
    outcome: &AloneOutcome,
    rows: impl Iterator<Item = (&'a str, &'a str, &'a str)>,
    words: &ReportWords,
) -> String {
    let kind = NumberKind::of(&outcome.unit);
    let head = ["alone.where", "alone.mean", "alone.low", "alone.high"];
    let row = |(scope_kind, scope, when): (&str, &str, &str)| {
        let name = match scope_kind {
            "nation" => period(when, words),
            _ => words.name(scope_kind, scope),
        };
        let Interval { value, low, high } = outcome.level(scope_kind, scope, when);
        let numbers = [value, low, high].map(|x| kind.exact(words, x));
        [name].into_iter().chain(numbers).collect()
    };
    let head = head.map(|key| words.say(key, &[]));
    table(TableCells::Numbers, &head, rows.map(row))
}

/// Every outcome of the nation over the last 12 months.
fn others(of: &ToldAlone, words: &ReportWords) -> String {
    let head = ["table.outcome", "alone.mean", "alone.low", "alone.high"];
    let currency = &of.study.scenario.geography.nation.currency;
    let row = |(effect, outcome): (&Effect, &crate::model::outcome::Outcome)| {
        let unit = outcome.unit_in(currency);
        let kind = NumberKind::of(&unit);
        let numbers = [effect.difference, effect.low, effect.high].map(|x| kind.exact(words, x));
        let name = titled(outcome.name, &unit, words);
        [name].into_iter().chain(numbers).collect()
    };
    let rows = of.all.iter().zip(OUTCOMES).map(row);
    let head = head.map(|key| words.say(key, &[]));
    folded(&table(TableCells::Numbers, &head, rows), words)
}

/// Policy, size of the study, and the command.
fn what_was_run(of: &ToldAlone, words: &ReportWords) -> String {
    let (scenario, manifest) = (&of.study.scenario, &of.study.manifest);
    let asked = &scenario.policies[0];
    let measures: String = asked
        .interventions
        .iter()
        .map(|one| format!("<li>{}</li>", as_text(&measure(one, words))))
        .collect();
    let nothing = || format!("<p>{}</p>", as_text(&words.say("alone.nothing", &[])));
    let measures = match measures.is_empty() {
        true => nothing(),
        false => format!("<ul>{measures}</ul>"),
    };
    let facts = words.say(
        "alone.facts",
        &[
            ("policy", &policy(of, words)),
            ("runs", &of.courses.replications.to_string()),
            ("months", &scenario.months.to_string()),
            ("from", &scenario.start.to_string()),
            ("provinces", &scenario.geography.provinces.len().to_string()),
            ("seed", &manifest.seed.to_string()),
        ],
    );
    format!(
        "<p>{}</p>{measures}<p>{}</p><code class=\"command\" tabindex=\"0\">cogov {}</code>",
        as_text(&facts),
        as_text(&words.say("again.lead", &[])),
        as_text(&manifest.command_line.join(" ")),
    )
}

/// An intervention and its course.
fn measure(one: &ToldIntervention, words: &ReportWords) -> String {
    let course = &one.course;
    let mut parts = vec![
        words.name("intervention", &one.name),
        words.say("course.from", &[("month", &course.start.to_string())]),
    ];
    if course.ramp_months > 0 {
        let months = course.ramp_months.to_string();
        parts.push(words.say("course.ramp", &[("months", &months)]));
    }
    if let Some(stop) = course.stop {
        parts.push(words.say("course.until", &[("month", &stop.to_string())]));
    }
    parts.join(&words.say("list.comma", &[]))
}

/// What the model cannot say.
fn limits(words: &ReportWords) -> String {
    let point = |(i, english): (usize, String)| {
        let key = format!("limit.{}", i + 1);
        let text = words.texts.get(&key).cloned().unwrap_or(english);
        format!("<li>{}</li>", as_text(&text.replace('`', "")))
    };
    let points: String = limits_said().into_iter().enumerate().map(point).collect();
    format!(
        "<p>{}</p><ul>{points}</ul>",
        as_text(&words.say("limits.lead", &[]))
    )
}
