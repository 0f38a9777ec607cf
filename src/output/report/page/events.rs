//! What time axes mark: what happened from outside, when ties were added that do not share yet, and what
//! the scenario asks to be marked; and how long it takes to be back after it.

use serde_json::{Value, json};

use crate::experiment::statistics::paired::student_quantile;
use crate::output::figures::unfold::TimeMark;
use crate::output::report::data::ReportData;
use crate::output::report::read::study::ToldStudy;
use crate::output::report::say::words::ReportWords;
use crate::scenario::presentation::DatedEvent;
use crate::world::clock::Date;

/// The marks, in the order of time; what falls into one month is one mark.
pub fn marks(study: &ToldStudy, words: &ReportWords) -> Vec<TimeMark> {
    let months = study.scenario.months as i32;
    let mut marks: Vec<TimeMark> = Vec::new();
    let all = happened(study, words).into_iter();
    for (month, label) in all.filter(|(month, _)| (1..months).contains(month)) {
        match marks.last_mut().filter(|last| last.month == month) {
            Some(last) => {
                last.label = words.say("event.two", &[("first", &last.label), ("second", &label)]);
            }
            None => marks.push(TimeMark { month, label }),
        }
    }
    marks
}

/// Months and labels of all that happens, in order; the scenario's own labels go before those of history.
fn happened(study: &ToldStudy, words: &ReportWords) -> Vec<(i32, String)> {
    let scenario = &study.scenario;
    let said = |key: &str| words.say(key, &[]);
    let history = &scenario.history;
    let mut all: Vec<(i32, String)> = [
        (Some(history.centre_adopts), "event.centre"),
        (
            history.online_pulse.map(|pulse| pulse.first),
            "event.online",
        ),
        (history.incident_wave.map(|wave| wave.month), "event.wave"),
    ]
    .into_iter()
    .filter_map(|(month, key)| Some((month?, said(key))))
    .collect();
    let own = scenario.report.events.iter();
    let label = |of: &DatedEvent| match words.is_chinese() && !of.label_zh.is_empty() {
        true => of.label_zh.clone(),
        false => words.told(&of.label),
    };
    let named: Vec<(i32, String)> = own
        .map(|of| (of.date.months_since(scenario.start), label(of)))
        .collect();
    all.retain(|(month, _)| !named.iter().any(|(at, _)| at == month));
    all.extend(named);
    let joined = joined(study).into_iter();
    all.extend(joined.map(|date| (date.months_since(scenario.start), said("event.joined"))));
    all.sort();
    all.dedup();
    all
}

/// Months after the start in which provinces join an alliance: their ties there share nothing yet.
fn joined(study: &ToldStudy) -> Vec<Date> {
    let alliances = study.scenario.geography.alliances.iter();
    let mut dates: Vec<Date> = alliances
        .flat_map(|of| of.members.iter().map(|one| one.joined))
        .collect();
    dates.sort();
    dates.dedup();
    dates
}

/// Months that a lead outcome takes to be back at its mean of the 12 months before an event that asks for
/// it: for each policy mean, 95 % interval over the runs that come back, and how many do.
pub fn recoveries(report: &ReportData) -> Value {
    let scenario = &report.study.scenario;
    let Some(courses) = &report.courses else {
        return Value::Null;
    };
    let months_back = |policy: usize, run: usize, from: usize, main: usize| -> Option<f64> {
        let before = courses.mean(policy, run, from.saturating_sub(12)..=from - 1, main);
        let sign = report.effects.main().nth(main)?.1.direction.sign();
        let back =
            |month: &usize| sign * (courses.value(policy, run, *month, main) - before) >= 0.0;
        // the month after the event is the first that can tell of a loss
        (from + 1..courses.months)
            .find(back)
            .map(|month| (month - from) as f64)
    };
    let of = |policy: usize, from: usize, main: usize| {
        let runs = 0..courses.replications;
        let found: Vec<f64> = runs
            .filter_map(|run| months_back(policy, run, from, main))
            .collect();
        let n = found.len();
        let mean = found.iter().sum::<f64>() / n as f64;
        let squares: f64 = found.iter().map(|x| (x - mean) * (x - mean)).sum();
        let half = student_quantile(n as u32) * libm::sqrt(squares / (n as f64 - 1.0) / n as f64);
        json!({ "policy": policy, "main": main, "mean": mean, "low": mean - half, "high": mean + half,
            "back": n, "of": courses.replications })
    };
    let lead = scenario.report.lead.len().max(1);
    let asked = scenario.report.events.iter().filter(|event| event.recovery);
    let rows = asked.map(|event| {
        let from = event.date.months_since(scenario.start).max(1) as usize;
        let policies = 0..courses.policies;
        let each: Vec<Value> = (0..lead).flat_map(|main| policies.clone().map(move |policy| (policy, main)))
            .map(|(policy, main)| of(policy, from, main)).collect();
        json!({ "date": event.date, "label": event.label, "label_zh": event.label_zh, "rows": each })
    });
    rows.collect()
}
