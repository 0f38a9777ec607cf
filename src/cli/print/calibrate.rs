//! A calibration as people and programs read it.

use serde_json::{Value, json};

use crate::cli::print::places;
use crate::cli::shared::numbers::decimal;
use crate::cli::shared::terminal::table;
use crate::experiment::calibration::matching::Matched;
use crate::study::CalibrationFound;

/// Head of the table of targets.
const HEAD: [&str; 7] = [
    "target",
    "seen",
    "own",
    "implausibility",
    "posterior 5 %",
    "50 %",
    "95 %",
];

/// As people read it.
pub fn short_report(found: &CalibrationFound) -> String {
    let waves = &found.findings.waves;
    let volumes = waves.iter().map(|wave| format!("{:.2e}", wave.volume()));
    format!(
        "{}\n\n{}\nshare of the ranges searched by wave: {}\npoints of the last wave that their runs do not rule out: {} of {}\nimplausibility of the scenario's own values: {:.2} (cutoff {})\nposterior: {} points, as good as {:.0} of equal weight\n\n{}",
        found.study.scenario.name,
        table(&targets(found)),
        volumes.collect::<Vec<String>>().join(", "),
        waves.last().map_or(0, points_left),
        found.calibration.points,
        found.own_implausibility(),
        found.calibration.cutoff,
        found.findings.proposals.len(),
        found.findings.posterior.effective_points(),
        places(&found.study)
    )
}

fn points_left(wave: &Matched) -> usize {
    wave.left.iter().filter(|left| **left).count()
}

fn targets(found: &CalibrationFound) -> Vec<Vec<String>> {
    let mut rows = vec![HEAD.map(str::to_owned).to_vec()];
    for (target, check) in found.targets.all.iter().zip(found.summary().checks()) {
        let [low, middle, high] = check.predictive;
        let numbers = [
            target.value,
            check.own,
            check.own_implausibility,
            low,
            middle,
            high,
        ];
        let mut row = vec![target.name.clone()];
        row.extend(numbers.map(decimal));
        rows.push(row);
    }
    rows
}

/// For programs.
pub fn summary(found: &CalibrationFound) -> Value {
    let waves = found.findings.waves.iter().map(|wave| {
        json!({
            "volume": wave.volume(),
            "points": wave.left.len(),
            "points_left": points_left(wave),
        })
    });
    let targets = found.targets.all.iter().zip(found.summary().checks());
    let targets = targets.map(|(target, check)| {
        json!({
            "name": target.name,
            "seen": target.value,
            "own": check.own,
            "own_implausibility": check.own_implausibility,
            "predictive": check.predictive,
        })
    });
    json!({
        "scenario": found.study.scenario.name,
        "folder": found.study.folder,
        "result_sha256": found.study.result_sha256,
        "waves": waves.collect::<Vec<_>>(),
        "own_implausibility": found.own_implausibility(),
        "effective_points": found.findings.posterior.effective_points(),
        "targets": targets.collect::<Vec<_>>(),
    })
}
