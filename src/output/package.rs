//! `datapackage.json`: unit and meaning of every column, as a Frictionless data package.

use std::io;
use std::path::Path;

use serde_json::{Value, json};

use crate::model::outcome::OUTCOMES;
use crate::output::table::write_whole;
use crate::output::{costs, effects, runs};
use crate::scenario::Scenario;

/// Meaning of columns that are no outcomes.
#[rustfmt::skip]
const MEANINGS: &[(&str, &str, &str)] = &[
    ("run_id", "integer", "number of the run in the study; the order of the rows"),
    ("design_point", "integer", "row of the parameter design; 0 without one"),
    ("policy", "string", "name of the policy"),
    ("baseline", "string", "policy it is compared with"),
    ("replication", "integer", "number of the replication; the same number means the same luck"),
    ("seed", "integer", "seed of the study"),
    ("status", "string", "done"),
    ("month", "integer", "months since the start of the run"),
    ("date", "yearmonth", "calendar month"),
    ("scope_kind", "string", "nation, region or province"),
    ("scope", "string", "name of the scope"),
    ("outcome", "string", "what is measured"),
    ("unit", "string", "unit of the outcome"),
    ("direction", "string", "up: more is better; down: less is better; neutral"),
    ("period", "string", "last_12_months or a calendar year; values are means over its months"),
    ("n_pairs", "integer", "pairs of runs with the same replication"),
    ("baseline_mean", "number", "mean under the baseline"),
    ("policy_mean", "number", "mean under the policy"),
    ("mean_difference", "number", "mean of policy less baseline over pairs"),
    ("ci_low", "number", "lower end of the 95 % interval"),
    ("ci_high", "number", "upper end of the 95 % interval"),
    ("p_better", "number", "share of pairs in which the policy is better; equal pairs count half"),
    ("correlation", "number", "correlation of policy and baseline over pairs"),
    ("variance_reduction", "number", "variance of the difference of unpaired runs over that of pairs"),
    ("intervention", "string", "name of the intervention; all: the whole policy"),
    ("cost_rmb", "number", "RMB spent over the run, mean over replications"),
    ("residents_reached", "number", "residents under the governments reached"),
    ("cost_per_head_year", "number", "RMB per resident reached and year paid for"),
    ("cost_per_point_rmb", "number", "RMB for an improvement of .01 of the outcome at the end of the run"),
];

fn field(name: &str) -> Value {
    if let Some((_, kind, meaning)) = MEANINGS.iter().find(|(column, ..)| *column == name) {
        return json!({ "name": name, "type": kind, "description": meaning });
    }
    let outcome = OUTCOMES.iter().find(|outcome| outcome.name == name);
    let outcome = outcome.expect("every column is an outcome or has a meaning");
    json!({
        "name": name,
        "type": "number",
        "unit": outcome.unit,
        "direction": outcome.direction.name(),
        "description": outcome.meaning,
    })
}

fn resource<'a>(name: &str, columns: impl Iterator<Item = &'a str>) -> Value {
    json!({
        "name": name,
        "path": format!("{name}.csv"),
        "format": "csv",
        "encoding": "utf-8",
        "schema": { "missingValues": [""], "fields": columns.map(field).collect::<Vec<_>>() },
    })
}

/// Writes the file into `folder`; `compared` says whether effects and costs are there.
///
/// # Errors
/// When it cannot be written.
pub fn write(folder: &Path, scenario: &Scenario, compared: bool) -> io::Result<()> {
    let outcomes = || OUTCOMES.iter().map(|outcome| outcome.name);
    let mut resources = vec![
        resource("runs", runs::RUN_COLUMNS.into_iter().chain(outcomes())),
        resource("series", runs::SERIES_COLUMNS.into_iter().chain(outcomes())),
    ];
    if compared {
        resources.push(resource("effects", effects::COLUMNS.into_iter()));
        resources.push(resource("costs", costs::COLUMNS.into_iter()));
    }
    let package = json!({
        "profile": "tabular-data-package",
        "title": scenario.name,
        "description": scenario.question,
        "resources": resources,
    });
    let mut text = serde_json::to_vec_pretty(&package)?;
    text.push(b'\n');
    write_whole(folder, "datapackage.json", &text)
}
