//! The page of a calibration: what was seen, what is left, and in how much of it claims hold; in the frame
//! of every report, in both languages.

use serde_json::{Value, json};

use super::tables_shown::{claims, parameters, targets, waves};
use crate::experiment::calibration::summary::{Calibrated, Marginal, TargetFit};
use crate::output::figures::region::{self, Row};
use crate::output::figures::script::packed;
use crate::output::figures::{difference, style};
use crate::output::report::frame::{FrameParts, as_text, filled, still_script};
use crate::output::report::words::{ReaderLanguage, ReportWords};
use crate::scenario::calibration::CalibrationTarget;

/// The page as HTML.
pub fn page(of: &Calibrated<'_>) -> String {
    let [own, other] = ReaderLanguage::ALL.map(|language| figures(of, &language.words()));
    let numbers = json!({
        "language": ReaderLanguage::default().code(),
        "languages": ReaderLanguage::ALL.map(ReaderLanguage::code),
        "patch": difference(&own, &other),
        "figures": own,
        "twins": style::TWINS,
    });
    let screen = ReaderLanguage::ALL
        .map(|language| screen(of, language))
        .concat();
    filled(&FrameParts {
        language: ReaderLanguage::default(),
        title: &as_text(&of.scenario.name),
        screen: &screen,
        still: "",
        data: &packed(numbers.to_string().as_bytes()),
        script: &still_script(),
    })
}

fn screen(of: &Calibrated<'_>, language: ReaderLanguage) -> String {
    let words = language.words();
    let drawn = |name: &str| {
        let title = as_text(&words.say(&format!("calibration.{name}"), &[]));
        format!("<div class=\"plot\" data-figure=\"{name}\" data-title=\"{title}\"></div>")
    };
    let [seen, varied] = [targets(of, &words), parameters(of, &words)];
    let sections = [
        ("calibration.waves", waves(of, &words)),
        ("calibration.targets", drawn("targets") + &seen),
        ("calibration.parameters", drawn("parameters") + &varied),
        ("calibration.claims", claims(of, &words)),
    ];
    let section = |(title, content): &(&str, String)| {
        let title = as_text(&words.say(title, &[]));
        format!("<h2>{title}</h2><div class=\"scroll\">{content}</div>")
    };
    format!(
        "<div lang=\"{}\" class=\"screen\"><p class=\"kind\">{}</p><h1>{}</h1><p>{}</p>{}</div>",
        language.code(),
        as_text(&words.say("calibration.kind", &[])),
        as_text(&words.told(&of.scenario.name)),
        as_text(&lead(of, &words)),
        sections.iter().map(section).collect::<String>(),
    )
}

/// On what it was calibrated, and how much is left.
fn lead(of: &Calibrated<'_>, words: &ReportWords) -> String {
    let effective = of.findings.posterior.effective_points();
    words.say(
        "calibration.lead",
        &[
            ("targets", &of.targets.all.len().to_string()),
            ("parameters", &of.calibration.vary.len().to_string()),
            ("points", &of.findings.proposals.len().to_string()),
            ("effective", &format!("{effective:.0}")),
        ],
    )
}

/// Targets and parameters, before and after.
fn figures(of: &Calibrated<'_>, words: &ReportWords) -> Value {
    let texts = ["calibration.posterior", "calibration.own"].map(|key| words.say(key, &[]));
    let axis = |key| words.say(key, &[]);
    let made =
        |rows: &[Row], field, key| region::figure(rows, field, [&axis(key), &texts[0], &texts[1]]);
    json!({
        "targets": made(&target_rows(of), [-4.0, 4.0], "calibration.axis.targets"),
        "parameters": made(&parameter_rows(of), [0.0, 1.0], "calibration.axis.parameters"),
    })
}

/// In standard deviations from what was seen.
fn target_rows(of: &Calibrated<'_>) -> Vec<Row> {
    let row = |(target, check): (&CalibrationTarget, TargetFit)| {
        let place = |x: f64| (x - target.value) / check.sd;
        Row {
            name: target.name.clone(),
            posterior: check.predictive.map(place),
            own: place(check.own),
        }
    };
    of.targets.all.iter().zip(of.checks()).map(row).collect()
}

/// As shares of the range that was searched.
fn parameter_rows(of: &Calibrated<'_>) -> Vec<Row> {
    let row = |one: Marginal| {
        let place = |x: f64| (x - one.range.0) / (one.range.1 - one.range.0);
        Row {
            posterior: one.posterior.map(place),
            own: place(one.own),
            name: one.path,
        }
    };
    of.marginals().into_iter().map(row).collect()
}
