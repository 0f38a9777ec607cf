//! The picture of a calibration: targets and parameters, before and after.

use std::fmt::Write as _;

use crate::experiment::calibration::summary::{Calibrated, Marginal, TargetFit};
use crate::output::report::as_text;
use crate::scenario::calibration::CalibrationTarget;

/// Left edge and width of the field, height of a row.
const FIELD: (f64, f64) = (270.0, 400.0);
const ROW: f64 = 17.0;
const WIDTH: f64 = 700.0;

/// A row: a name, an interval with its middle, and a dot, all as shares of the field.
struct Row {
    name: String,
    interval: [f64; 3],
    dot: f64,
}

/// The picture as SVG.
pub fn picture(of: &Calibrated<'_>) -> String {
    let (mut svg, mut y) = (String::new(), 24.0);
    let marks = ["-4", "-3", "-2", "-1", "seen", "1", "2", "3", "4"];
    let title = "Targets: standard deviations from what was seen";
    panel(&mut svg, &mut y, (title, &marks), &target_rows(of));
    let title = "Parameters: place in the range that was searched";
    panel(
        &mut svg,
        &mut y,
        (title, &["lowest", "", "", "", "highest"]),
        &parameter_rows(of),
    );
    words(&mut svg, (10.0, y), "start", LEGEND);
    let height = y + 14.0;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" \
         font-family=\"sans-serif\" font-size=\"11\">\n\
         <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"white\"/>\n{svg}</svg>\n"
    )
}

fn target_rows(of: &Calibrated<'_>) -> Vec<Row> {
    let row = |(target, check): (&CalibrationTarget, TargetFit)| {
        // the field shows four standard deviations to each side of what was seen
        let place = |x: f64| 0.5 + (x - target.value) / check.sd / 8.0;
        Row {
            name: target.name.clone(),
            interval: check.predictive.map(place),
            dot: place(check.own),
        }
    };
    of.targets.all.iter().zip(of.checks()).map(row).collect()
}

fn parameter_rows(of: &Calibrated<'_>) -> Vec<Row> {
    let row = |one: Marginal| {
        let place = |x: f64| (x - one.range.0) / (one.range.1 - one.range.0);
        Row {
            interval: one.posterior.map(place),
            dot: place(one.own),
            name: one.path,
        }
    };
    of.marginals().into_iter().map(row).collect()
}

const LEGEND: &str =
    "bar: 90 % of the posterior with its median; circle: the scenario's own values";

fn panel(svg: &mut String, y: &mut f64, (title, marks): (&str, &[&str]), rows: &[Row]) {
    let (left, width) = FIELD;
    let bold = format!("<tspan font-weight=\"bold\">{title}</tspan>");
    words(svg, (10.0, *y), "start", &bold);
    *y += 24.0;
    let height = ROW * rows.len() as f64;
    for (i, mark) in marks.iter().enumerate() {
        let x = left + width * i as f64 / (marks.len() - 1) as f64;
        let top = *y - 6.0;
        let _ = writeln!(
            svg,
            "<path d=\"M{x:.1} {top:.1}v{height:.1}\" stroke=\"#ddd\"/>"
        );
        words(svg, (x, *y - 9.0), "middle", mark);
    }
    for row in rows {
        *y += ROW;
        draw(svg, *y - 8.0, row);
    }
    *y += 26.0;
}

fn draw(svg: &mut String, y: f64, row: &Row) {
    let (left, width) = FIELD;
    // what lies outside the field stands at its edge
    let x = |share: f64| {
        left + width
            * if share.is_nan() {
                0.5
            } else {
                share.clamp(0.0, 1.0)
            }
    };
    words(svg, (left - 10.0, y + 4.0), "end", &as_text(&row.name));
    let [low, middle, high] = row.interval.map(x);
    let (length, top) = ((high - low).max(1.0), y - 4.0);
    let _ = writeln!(
        svg,
        "<rect x=\"{low:.1}\" y=\"{top:.1}\" width=\"{length:.1}\" height=\"8\" fill=\"#0072B2\" fill-opacity=\".45\"/>\
         <path d=\"M{middle:.1} {top:.1}v8\" stroke=\"#0072B2\" stroke-width=\"2\"/>"
    );
    let dot = x(row.dot);
    let _ = writeln!(
        svg,
        "<circle cx=\"{dot:.1}\" cy=\"{y:.1}\" r=\"3.5\" fill=\"white\" stroke=\"#D55E00\" stroke-width=\"2\"/>"
    );
}

fn words(svg: &mut String, (x, y): (f64, f64), anchor: &str, words: &str) {
    let _ = writeln!(
        svg,
        "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{words}</text>"
    );
}
