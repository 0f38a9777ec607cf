//! The page of a calibration: what was seen, what is left, and in how much of it claims hold; in the frame
//! of every report, in both languages.

use serde_json::{Value, json};

use super::tables_shown::{claims, parameters, targets, waves};
use super::told::{ToldCalibration, number};
use crate::output::figures::region::{self, Row};
use crate::output::report::frame::{StillScreen, as_text, plot, still_page};
use crate::output::report::words::{ReaderLanguage, ReportWords};
use crate::output::tables::calibration::{posterior_summary, predictive};

/// The page as HTML; it opens in `language`.
pub fn page(of: &ToldCalibration, language: ReaderLanguage) -> String {
    still_page(language, &of.name, |one| {
        let words = one.words();
        StillScreen {
            content: screen(of, &words),
            figures: figures(of, &words),
        }
    })
}

fn screen(of: &ToldCalibration, words: &ReportWords) -> String {
    let drawn = |name: &str| plot(name, &words.say(&format!("calibration.{name}"), &[]));
    let sections = [
        ("calibration.waves", waves(of, words)),
        (
            "calibration.targets",
            drawn("targets") + &targets(of, words),
        ),
        (
            "calibration.parameters",
            drawn("parameters") + &parameters(of, words),
        ),
        ("calibration.claims", claims(of, words)),
    ];
    let section = |(title, content): &(&str, String)| {
        let title = as_text(&words.say(title, &[]));
        format!("<h2>{title}</h2>{content}")
    };
    format!(
        "<p class=\"kind\">{}</p><h1>{}</h1><p>{}</p>{}",
        as_text(&words.say("calibration.kind", &[])),
        as_text(&words.told(&of.name)),
        as_text(&lead(of, words)),
        sections.iter().map(section).collect::<String>(),
    )
}

/// On what it was calibrated, and how much is left.
fn lead(of: &ToldCalibration, words: &ReportWords) -> String {
    let effective = of.effective_points();
    words.say(
        "calibration.lead",
        &[
            ("targets", &of.targets.len().to_string()),
            ("parameters", &of.parameters.len().to_string()),
            ("points", &of.weights.len().to_string()),
            ("effective", &format!("{effective:.0}")),
        ],
    )
}

/// Targets and parameters, before and after.
fn figures(of: &ToldCalibration, words: &ReportWords) -> Value {
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
fn target_rows(of: &ToldCalibration) -> Vec<Row> {
    let row = |(target, spread): (&predictive::Row, &f64)| {
        let place = |x: Option<f64>| (number(x) - number(target.seen)) / spread;
        let predictive = [
            target.predictive_q05,
            target.predictive_q50,
            target.predictive_q95,
        ];
        Row {
            name: target.target.clone(),
            posterior: predictive.map(place),
            own: place(target.own_mean),
        }
    };
    of.targets.iter().zip(&of.spreads).map(row).collect()
}

/// As shares of the range that was searched.
fn parameter_rows(of: &ToldCalibration) -> Vec<Row> {
    let row = |one: &posterior_summary::Row| {
        let [low, high] = [one.range_low, one.range_high].map(number);
        let place = |x: Option<f64>| (number(x) - low) / (high - low);
        Row {
            posterior: [one.posterior_q05, one.posterior_q50, one.posterior_q95].map(place),
            own: place(one.own),
            name: one.parameter.clone(),
        }
    };
    of.parameters.iter().map(row).collect()
}
