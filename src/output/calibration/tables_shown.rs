//! The tables of a calibration's page.

use crate::experiment::calibration::claims::claim;
use crate::experiment::calibration::summary::Calibrated;
use crate::model::outcome::{OUTCOMES, main_outcomes};
use crate::output::report::frame::as_text;
use crate::output::report::words::ReportWords;

fn table(header: &[String], rows: impl Iterator<Item = Vec<String>>) -> String {
    let line = |cells: Vec<String>, tag: &str| {
        let cell = |text: &String| format!("<{tag}>{}</{tag}>", as_text(text));
        format!("<tr>{}</tr>\n", cells.iter().map(cell).collect::<String>())
    };
    let head = line(header.to_vec(), "th");
    let rows: String = rows.map(|row| line(row, "td")).collect();
    format!("<table>\n{head}{rows}</table>")
}

fn short(value: f64) -> String {
    match value.abs() {
        x if x >= 10.0 => format!("{value:.1}"),
        x if x >= 0.01 || x == 0.0 => format!("{value:.3}"),
        _ => format!("{value:.2e}"),
    }
}

/// Waves of history matching.
pub fn waves(of: &Calibrated<'_>, words: &ReportWords) -> String {
    let header = [
        "calibration.column.wave",
        "calibration.column.share_of_the_ranges_searched",
        "calibration.column.points",
        "calibration.column.left_by_their_own_runs",
    ];
    let rows = of.findings.waves.iter().enumerate().map(|(w, wave)| {
        let left = wave.left.iter().filter(|left| **left).count();
        vec![
            (w + 1).to_string(),
            short(wave.volume()),
            wave.left.len().to_string(),
            left.to_string(),
        ]
    });
    table(&header.map(|key| words.say(key, &[])), rows)
}

/// Targets before and after.
pub fn targets(of: &Calibrated<'_>, words: &ReportWords) -> String {
    let header = [
        "calibration.column.target",
        "calibration.column.seen",
        "calibration.column.error_of_observation",
        "calibration.column.discrepancy",
        "calibration.column.own_values",
        "calibration.column.implausibility",
        "calibration.column.posterior_5",
        "calibration.column.50",
        "calibration.column.95",
        "calibration.column.source",
    ];
    let rows = of
        .targets
        .all
        .iter()
        .zip(of.checks())
        .map(|(target, check)| {
            let numbers = [
                target.value,
                target.observation_sd,
                target.discrepancy_sd,
                check.own,
                check.own_implausibility,
                check.predictive[0],
                check.predictive[1],
                check.predictive[2],
            ];
            let mut row = vec![target.name.clone()];
            row.extend(numbers.map(short));
            row.push(target.source.clone());
            row
        });
    table(&header.map(|key| words.say(key, &[])), rows)
}

/// Parameters before and after.
pub fn parameters(of: &Calibrated<'_>, words: &ReportWords) -> String {
    let header = [
        "calibration.column.parameter",
        "calibration.column.range",
        "calibration.column.own",
        "calibration.column.region",
        "calibration.column.posterior_5",
        "calibration.column.50",
        "calibration.column.95",
        "calibration.column.narrowed_by",
    ];
    let rows = of.marginals().into_iter().map(|one| {
        let range = |(low, high)| {
            words.say(
                "sweep.span",
                &[("low", &short(low)), ("high", &short(high))],
            )
        };
        let mut row = vec![
            one.path,
            range(one.range),
            short(one.own),
            range(one.region),
        ];
        row.extend(one.posterior.map(short));
        row.push(format!("{:.0} %", 100.0 * one.narrowed.max(0.0)));
        row
    });
    table(&header.map(|key| words.say(key, &[])), rows)
}

/// In how much of the region the effect of each policy keeps its sign.
pub fn claims(of: &Calibrated<'_>, words: &ReportWords) -> String {
    let Some(responses) = &of.findings.claims else {
        return format!(
            "<p>{}</p>",
            as_text(&words.say("calibration.not_looked", &[]))
        );
    };
    let mut header = vec![words.say("table.policy", &[])];
    let names = main_outcomes().into_iter().map(|o| OUTCOMES[o].name);
    header.extend(names.map(|name| words.name("outcome", name)));
    let policies = of.compared();
    let rows = policies.iter().enumerate().skip(1).map(|(p, policy)| {
        let cell = |o: usize| {
            let found = claim(responses, p, o);
            let sign = if found.own > 0.0 { "+" } else { "-" };
            format!("{sign} {:.0} %", 100.0 * found.holds)
        };
        let mut row = vec![words.name("policy", policy)];
        row.extend((0..main_outcomes().len()).map(cell));
        row
    });
    table(&header, rows)
}
