//! The page of a calibration: what was seen, what is left, and in how much of it claims hold.

use crate::experiment::calibration::claims::claim;
use crate::experiment::calibration::summary::Calibrated;
use crate::model::outcome::{OUTCOMES, main_outcomes};
use crate::output::report::as_text;

const STYLE: &str = "body{font:15px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}\
table{border-collapse:collapse;font-size:13px}td,th{padding:2px 9px;text-align:right;\
border-bottom:1px solid #ddd}td:first-child,th:first-child{text-align:left}svg{width:100%}";

/// The page as HTML, with the picture inside.
pub fn page(of: &Calibrated<'_>, picture: &str) -> String {
    let name = as_text(&of.scenario.name);
    let effective = of.findings.posterior.effective_points();
    let sections = [
        ("How much of the ranges is left", waves(of)),
        ("Targets", targets(of)),
        ("Before and after", picture.to_owned()),
        ("Parameters", parameters(of)),
        (
            "In how much of the region a policy's effect keeps its sign",
            claims(of),
        ),
    ];
    let mut body = format!(
        "<h1>{name}</h1>\n<p>Calibrated on {} targets over {} parameters; {} points of the posterior, \
         as good as {effective:.0} of equal weight. Errors that the model makes whatever its \
         parameters (discrepancy) are assumptions.</p>\n",
        of.targets.all.len(),
        of.calibration.vary.len(),
        of.findings.proposals.len()
    );
    for (title, content) in sections {
        body += &format!("<h2>{title}</h2>\n{content}\n");
    }
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{name}</title>\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\
         <style>{STYLE}</style></head>\n<body>\n{body}</body></html>\n"
    )
}

fn table(header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let line = |cells: Vec<String>, tag: &str| {
        let cell = |text: &String| format!("<{tag}>{}</{tag}>", as_text(text));
        format!("<tr>{}</tr>\n", cells.iter().map(cell).collect::<String>())
    };
    let head = line(header.iter().map(|text| (*text).to_owned()).collect(), "th");
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

fn waves(of: &Calibrated<'_>) -> String {
    let header = [
        "wave",
        "share of the ranges searched",
        "points",
        "left by their own runs",
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
    table(&header, rows)
}

fn targets(of: &Calibrated<'_>) -> String {
    let header = [
        "target",
        "seen",
        "error of observation",
        "discrepancy",
        "own values",
        "implausibility",
        "posterior 5 %",
        "50 %",
        "95 %",
        "source",
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
    table(&header, rows)
}

fn parameters(of: &Calibrated<'_>) -> String {
    let header = [
        "parameter",
        "range",
        "own",
        "region",
        "posterior 5 %",
        "50 %",
        "95 %",
        "narrowed by",
    ];
    let rows = of.marginals().into_iter().map(|one| {
        let range = |(low, high)| format!("{} to {}", short(low), short(high));
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
    table(&header, rows)
}

fn claims(of: &Calibrated<'_>) -> String {
    let Some(responses) = &of.findings.claims else {
        return "<p>Not looked at.</p>".into();
    };
    let mut header = vec!["policy"];
    header.extend(main_outcomes().into_iter().map(|o| OUTCOMES[o].name));
    let policies = of.compared();
    let rows = policies.iter().enumerate().skip(1).map(|(p, policy)| {
        let cell = |o: usize| {
            let found = claim(responses, p, o);
            let sign = if found.own > 0.0 { "+" } else { "-" };
            format!("{sign} {:.0} %", 100.0 * found.holds)
        };
        let mut row = vec![policy.clone()];
        row.extend((0..main_outcomes().len()).map(cell));
        row
    });
    table(&header, rows)
}
