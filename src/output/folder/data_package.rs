//! `datapackage.json`: unit and meaning of every column, as a Frictionless data package.

use std::io;
use std::path::Path;

use serde_json::{Value, json};

use crate::experiment::runs::plan::Plan;
use crate::model::outcome::{OUTCOMES, Outcome};
use crate::output::tables::table::write_whole;
use crate::output::tables::{
    between, costs, decomposition, distribution, effects, points, precision, robustness, runs,
    sensitivity, ties,
};
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
    ("period", "string", "last_12_months, or a calendar year as year_2020; values are means over its months"),
    ("against", "string", "the policy that it is compared with"),
    ("n_pairs", "integer", "pairs of runs with the same replication; in a sweep each replication is one pair, with its mean over the design points (points.csv tells them apart)"),
    ("baseline_mean", "number", "mean under the baseline"),
    ("policy_mean", "number", "mean under the policy"),
    ("mean_difference", "number", "mean of policy less baseline over pairs"),
    ("ci_low", "number", "lower end of the 95 % interval"),
    ("ci_high", "number", "upper end of the 95 % interval"),
    ("p_better", "number", "share of pairs in which the policy is better; equal pairs count half"),
    ("correlation", "number", "correlation of policy and baseline over pairs"),
    ("variance_reduction", "number", "variance of the difference of unpaired runs over that of pairs"),
    ("p_value", "number", "Student's two-sided P value that there is no difference; for main outcomes of the nation over the last 12 months"),
    ("p_holm", "number", "the same, corrected for the number of policies (Holm)"),
    ("dominated_by", "string", "a policy that costs no more RMB over the run and surely gains no less on this outcome (no part of the interval of their paired difference lies below 0), and betters this one in one of the two"),
    ("unit_compared", "string", "province, cell (a frontline government with its people) or citizen"),
    ("group_kind", "string", "all, region, literacy or online (at the end, under the baseline)"),
    ("group", "string", "name of the group"),
    ("compared", "integer", "pairs of the same unit under policy and baseline, over all replications"),
    ("better", "number", "share whose trust is higher by more than .01 than that of the very same unit under the baseline"),
    ("equal", "number", "share whose trust differs by .01 at most"),
    ("worse", "number", "share whose trust is lower by more than .01"),
    ("wanted_half_width", "number", "half-width that was asked for"),
    ("first_stage_pairs", "integer", "pairs from which the number needed was computed"),
    ("first_stage_sd", "number", "standard deviation of their differences"),
    ("needed_pairs", "integer", "pairs that the half-width needs (Stein 1945)"),
    ("half_width", "number", "half-width of the interval: the wanted one, or that of Student over all pairs where it is wider; all intervals of the file hold together with 95 % confidence"),
    ("contribution", "string", "total: of the whole package; shapley; left_out: what is lost without the part; alone: its effect alone; synergy: both parts less their sum"),
    ("part", "string", "part of the package"),
    ("partner", "string", "the other part of a synergy"),
    ("n_replications", "integer", "replications behind the value"),
    ("quantity", "string", "level: of the baseline; effect: difference of the policy from it"),
    ("input", "string", "what is varied"),
    ("index", "string", "first_order and total: Sobol indices; mu_star, mu, sigma: Morris' elementary effects over the whole range of the input"),
    ("value", "number", "value of what the row names"),
    ("design_points", "integer", "points of the design"),
    ("best_share", "number", "share of design points in which the policy is best; ties are shared out"),
    ("mean_regret", "number", "mean over design points of the best policy's gain less this one's"),
    ("max_regret", "number", "largest over design points of the best policy's gain less this one's"),
    ("failure_share", "number", "share of design points in which the policy does not better the baseline"),
    ("box_coverage", "number", "share of these failures that lie inside failure_box"),
    ("box_density", "number", "share of the points inside failure_box that are failures"),
    ("better_share", "number", "share of design points in which the policy betters the baseline"),
    ("failure_box", "string", "box of inputs in which the policy fails (PRIM), as a condition on columns of runs.csv"),
    ("government", "integer", "number of the government"),
    ("name", "string", "name of the government"),
    ("level", "string", "centre, province, prefecture or county"),
    ("province", "string", "province it belongs to"),
    ("first", "integer", "government at one end of the tie"),
    ("second", "integer", "government at the other end"),
    ("kind", "string", "what binds them: vertical, adjacent, sibling, alliance or pairing"),
    ("first_shares", "integer", "1 if the first shares its data with the second in the last month of replication 0"),
    ("second_shares", "integer", "1 if the second shares its data with the first"),
    ("intervention", "string", "name of the intervention; all: the whole policy"),
    ("cost_rmb", "number", "RMB spent over the run by the intervention, or by the whole policy where it is all; mean over replications"),
    ("residents_reached", "number", "residents under the governments reached; of the country where the intervention is all"),
    ("cost_per_head_year", "number", "RMB per resident reached and year in which anything is paid for, each month once; per resident of the country where the intervention is all"),
    ("wave", "integer", "wave of history matching, from 1"),
    ("candidates", "integer", "points of Latin hypercubes that were put to the emulators of earlier waves; 0 in the first wave"),
    ("candidates_kept", "integer", "of these, not ruled out"),
    ("volume", "number", "share of the ranges from which the wave's points come, with its 95 % interval"),
    ("points", "integer", "points that were simulated"),
    ("walked", "integer", "of these, supplied by random walks inside the region"),
    ("points_left", "integer", "points that their own runs do not rule out"),
    ("volume_left", "number", "volume times the share of points left"),
    ("point", "integer", "number of the point in its wave"),
    ("deciding", "number", "implausibility that decides: the largest, or the next where misses are forgiven"),
    ("left", "integer", "1 if the point is not ruled out"),
    ("target", "string", "name of what was seen"),
    ("terms", "integer", "terms of the emulator, the constant counted"),
    ("explained", "number", "share of the variance that the emulator explains at points left out of its fit"),
    ("emulator_sd", "number", "root mean square of its error there"),
    ("chance_sd", "number", "standard deviation that chance adds: one history was seen, and means have an error"),
    ("observation_sd", "number", "standard deviation of the error of observation"),
    ("discrepancy_sd", "number", "standard deviation of the model's discrepancy: an assumption"),
    ("within_three_sd", "number", "share of the next wave's points whose mean lies within three emulator_sd of what the emulator said"),
    ("weight", "number", "posterior weight; they sum to 1"),
    ("parameter", "string", "path of the parameter"),
    ("own", "number", "the scenario's own value"),
    ("range_low", "number", "lower end of the range that was searched"),
    ("range_high", "number", "its upper end"),
    ("region_low", "number", "lowest value at a point of the last wave that is not ruled out"),
    ("region_high", "number", "highest value there"),
    ("prior_q05", "number", "5th percentile of the prior, uniform over the range"),
    ("prior_q50", "number", "its median"),
    ("prior_q95", "number", "its 95th percentile"),
    ("posterior_q05", "number", "5th percentile of the posterior"),
    ("posterior_q50", "number", "its median"),
    ("posterior_q95", "number", "its 95th percentile"),
    ("narrowed", "number", "share of the width of the prior's 90 % interval that the posterior's has lost"),
    ("measure", "string", "mean: of the outcome over months; growth: since another month; rank: rank correlation over provinces"),
    ("seen", "number", "what was seen"),
    ("own_mean", "number", "mean of runs at the scenario's own values"),
    ("own_implausibility", "number", "its implausibility"),
    ("last_wave_mean", "number", "mean over the points of the last wave"),
    ("predictive_q05", "number", "5th percentile of single histories under the posterior"),
    ("predictive_q50", "number", "their median"),
    ("predictive_q95", "number", "their 95th percentile"),
    ("p_below_seen", "number", "posterior probability of less than what was seen, errors counted; near 0 or 1 the model misses it"),
    ("source", "string", "where what was seen comes from"),
    ("own_effect", "number", "mean difference from the baseline at the scenario's own values, last 12 months of the nation"),
    ("holds_share", "number", "share of points of the region at which the difference has the same sign, with its 95 % interval"),
    ("effect_q05", "number", "5th percentile of the mean difference from the baseline over the points"),
    ("effect_q50", "number", "its median"),
    ("effect_q95", "number", "its 95th percentile"),
    ("cost_per_point_rmb", "number", "RMB for an improvement of .01 of the outcome at the end of the run, with Fieller's interval over pairs of cost and gain; empty where the policy does not surely improve it"),
];

/// A column of the table `of`; in tables with a column for each outcome these go before other
/// meanings of the same word.
fn field(of: &str, name: &str) -> Value {
    let outcome = OUTCOMES.iter().find(|outcome| outcome.name == name);
    let meaning = MEANINGS.iter().find(|(column, ..)| *column == name);
    match (outcome, meaning) {
        (Some(outcome), _) if BY_OUTCOME.contains(&of) => json!({
            "name": name,
            "type": "number",
            "unit": outcome.unit,
            "direction": outcome.direction.name(),
            "description": described(of, outcome),
        }),
        (_, Some((_, kind, meaning))) => {
            json!({ "name": name, "type": kind, "description": meaning })
        }
        _ => json!({ "name": name, "description": "value of this input at the design point" }),
    }
}

/// Tables with a column for each outcome.
const BY_OUTCOME: [&str; 2] = ["runs", "series"];

fn described(of: &str, outcome: &Outcome) -> String {
    match of {
        "runs" => format!("{}; mean of the last 12 months", outcome.meaning),
        _ => outcome.meaning.into(),
    }
}

fn resource<'a>(name: &str, columns: impl IntoIterator<Item = &'a str>) -> Value {
    let field = |column| field(name, column);
    json!({
        "name": name,
        "path": format!("{name}.csv"),
        "format": "csv",
        "encoding": "utf-8",
        "schema": {
            "missingValues": [""],
            "fields": columns.into_iter().map(field).collect::<Vec<_>>(),
        },
    })
}

/// Writes the file into `folder`: it describes the tables that are there.
///
/// # Errors
/// When it cannot be written.
pub fn write(folder: &Path, plan: &Plan) -> io::Result<()> {
    let outcomes = OUTCOMES.iter().map(|outcome| outcome.name);
    let tables = [
        ("runs", runs::run_columns(plan)),
        (
            "series",
            runs::SERIES_COLUMNS.into_iter().chain(outcomes).collect(),
        ),
        ("effects", effects::COLUMNS.to_vec()),
        ("costs", costs::COLUMNS.to_vec()),
        ("between_policies", between::COLUMNS.to_vec()),
        ("distribution", distribution::COLUMNS.to_vec()),
        ("precision", precision::COLUMNS.to_vec()),
        ("decomposition", decomposition::COLUMNS.to_vec()),
        ("sensitivity", sensitivity::COLUMNS.to_vec()),
        ("robustness", robustness::COLUMNS.to_vec()),
        ("points", points::columns(plan)),
        ("governments", ties::GOVERNMENT_COLUMNS.to_vec()),
        ("ties", ties::TIE_COLUMNS.to_vec()),
    ];
    let there = |name: &str| folder.join(format!("{name}.csv")).exists();
    let tables = tables.into_iter().filter(|(name, _)| there(name));
    let resources = tables.map(|(name, columns)| resource(name, columns));
    write_package(folder, plan.scenario(), resources.collect())
}

/// Writes the file into `folder` for those of the tables `names` that are there, by their headers.
///
/// # Errors
/// When a table cannot be read or the file not be written.
pub fn describe(folder: &Path, scenario: &Scenario, names: &[&str]) -> io::Result<()> {
    let mut resources = Vec::new();
    for name in names {
        let path = folder.join(format!("{name}.csv"));
        if path.exists() {
            let mut reader = csv::Reader::from_path(path)?;
            resources.push(resource(name, reader.headers()?.iter()));
        }
    }
    write_package(folder, scenario, resources)
}

fn write_package(folder: &Path, scenario: &Scenario, resources: Vec<Value>) -> io::Result<()> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_means_what_its_table_says() {
        let said =
            |of: &str, name: &str| field(of, name)["description"].as_str().unwrap().to_owned();
        assert!(said("runs", "cost_rmb").contains("mean of the last 12 months"));
        assert_eq!(field("series", "cost_rmb")["unit"], "RMB per month");
        assert!(said("costs", "cost_rmb").contains("over the run"));
        assert!(said("runs", "sharing.benefit").contains("input"));
    }
}
