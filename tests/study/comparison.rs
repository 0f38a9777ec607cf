//! Further questions to a comparison: narrower intervals, parts of a package, winners and losers,
//! budgets, and policies that share their past.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::Arc;

use crate::acts::*;
use crate::world::*;
use assert_cmd::Command;
use cogov::intervention::Policy;
use cogov::simulation::{Onward, Simulation};
use cogov::world::levers::{Change, Lever};

fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("comparison")
        .join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

/// A study of two measures that help each other, in a folder of its own.
fn study(name: &str) -> PathBuf {
    let small = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/small/small.toml");
    let file = folder(name).join("study.toml");
    let text = format!(
        r#"extends = {small:?}
inherit_policies = false
name = "Together"
[[policy]]
name = "both"
start = "2013-01"
[[policy.intervention]]
name = "duty"
changes = [{{ lever = "sharing.mandate", add = 0.8 }}]
cost_per_head_year = 2.0
[[policy.intervention]]
name = "help"
changes = [{{ lever = "capability.institution_support", add = 0.4 }}]
cost_per_head_year = 1.0
[[policy]]
name = "help-only"
start = "2013-01"
[[policy.intervention]]
name = "help"
changes = [{{ lever = "capability.institution_support", add = 0.4 }}]
cost_per_head_year = 9.0
"#
    );
    fs::write(&file, text).unwrap();
    file
}

fn asked(file: &Path, more: &[&str]) -> (PathBuf, Output) {
    let out = file.with_file_name("results");
    let paths = [file.to_str().unwrap(), out.to_str().unwrap()];
    let mut command = Command::cargo_bin("cogov").unwrap();
    command
        .args(["compare", paths[0], "--quiet", "--out", paths[1]])
        .args(more);
    (out, command.output().unwrap())
}

fn compare(file: &Path, more: &[&str]) -> (PathBuf, Output) {
    let (out, output) = asked(file, more);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    (out, output)
}

fn rows(out: &Path, name: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_path(out.join(name)).unwrap();
    let cells = |row: csv::StringRecord| row.iter().map(str::to_owned).collect();
    reader.records().map(|row| cells(row.unwrap())).collect()
}

fn number(text: &str) -> f64 {
    text.parse().unwrap()
}

#[test]
fn shapley_values_of_a_package_sum_to_its_effect() {
    let (out, output) = compare(
        &study("apart"),
        &["--replications", "4", "--decompose", "both"],
    );
    assert!(String::from_utf8_lossy(&output.stdout).contains("What the parts of both contribute"));
    let of = |contribution: &str| {
        let found = rows(&out, "decomposition.csv").into_iter();
        found
            .filter(|row| row[1] == "data_sharing_rate" && row[2] == contribution)
            .map(|row| number(&row[6]))
            .collect::<Vec<f64>>()
    };
    let total = of("total")[0];
    assert!(total > 0.05, "the package does something: {total}");
    assert!((of("shapley").iter().sum::<f64>() - total).abs() < 1e-12);
    assert!((of("alone").iter().sum::<f64>() + of("synergy")[0] - total).abs() < 1e-12);
    let effects = rows(&out, "effects.csv").into_iter();
    let mut whole = effects.filter(|row| {
        row[0] == "both"
            && row[2] == "data_sharing_rate"
            && row[5] == "nation"
            && row[7] == "last_12_months"
    });
    let whole = whole.next().unwrap();
    assert!((number(&whole[11]) - total).abs() < 1e-12);
    assert!(
        number(&whole[17]) <= number(&whole[18]),
        "Holm's P value is no smaller"
    );
}

#[test]
fn questions_that_make_no_sense_are_told_before_anything_runs() {
    for (question, fault) in [
        (&["--decompose", "nobody"][..], "no policy `nobody`"),
        (&["--decompose", "help-only"], "has 1 parts"),
        (
            &["--until", "trust=0.1", "--replications", "1"],
            "2 replications or more",
        ),
        (&["--budget", "nan"], "money above 0"),
        (&["--budget=-3"], "money above 0"),
    ] {
        let (out, output) = asked(&study("senseless"), question);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains(fault) && !out.exists(), "{said}");
    }
}

#[test]
fn replications_are_added_until_the_interval_is_narrow() {
    let (out, _) = compare(
        &study("narrow"),
        &["--replications", "4", "--until", "data_sharing_rate=0.02"],
    );
    let found = rows(&out, "precision.csv");
    assert_eq!(found.len(), 2);
    for row in &found {
        assert!(
            number(&row[7]) <= 0.02 && number(&row[6]) >= number(&row[5]),
            "{row:?}"
        );
    }
    let most = found.iter().map(|row| number(&row[5])).fold(4.0, f64::max);
    assert_eq!(rows(&out, "runs.csv").len(), 3 * most as usize);
    let file = study("capped");
    let capped = [
        "--replications",
        "4",
        "--until",
        "trust=1e-9",
        "--most",
        "6",
    ];
    let (out, output) = asked(&file, &[&capped[..], &["--json"]].concat());
    assert_eq!(rows(&out, "runs.csv").len(), 3 * 6);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(
        output.status.code(),
        Some(3),
        "stopped before the end: {said}"
    );
    assert!(said.contains("raise --most"), "{said}");
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(told["precision"]["reached"], false);
    assert_eq!(told["precision"]["differences"][0]["n_pairs"], 6);
    assert!(told["policies"][0]["effects"]["trust"]["p_holm"].is_number());
}

#[test]
fn an_outcome_without_a_value_cannot_be_narrowed() {
    let (out, output) = asked(
        &study("unknown"),
        &["--replications", "3", "--until", "sharing_gini=0.01"],
    );
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("has no value under"), "{said}");
    assert_eq!(fs::read_dir(out.join("runs")).unwrap().count(), 3 * 3);
}

/// Half a year of one measure, then half a year of another: one RMB a head and year, not two.
#[test]
fn measures_in_turn_cost_what_each_costs() {
    let file = study("turns");
    let text = fs::read_to_string(&file).unwrap();
    let turn = |name: &str, start: &str, stop: &str| {
        format!(
            r#"[[policy.intervention]]
name = "{name}"
start = "{start}"
stop = "{stop}"
changes = [{{ lever = "sharing.mandate", add = 0.1 }}]
cost_per_head_year = 1.0
"#
        )
    };
    let policy = |name: &str, measures: [String; 2]| {
        format!("[[policy]]\nname = \"{name}\"\n{}", measures.concat())
    };
    let (early, late) = (("2013-01", "2013-07"), ("2013-07", "2014-01"));
    let both = [turn("a", early.0, late.1), turn("b", early.0, late.1)];
    let turns = [turn("a", early.0, early.1), turn("b", late.0, late.1)];
    fs::write(
        &file,
        text + &policy("turns", turns) + &policy("at-once", both),
    )
    .unwrap();
    let (out, _) = compare(&file, &["--replications", "2"]);
    let rate = |name: &str| {
        let mut found = rows(&out, "costs.csv").into_iter();
        let row = found.find(|row| row[0] == name && row[1] == "all").unwrap();
        number(&row[6])
    };
    assert!((rate("turns") - 1.0).abs() < 1e-9, "{}", rate("turns"));
    assert!((rate("at-once") - 2.0).abs() < 1e-9, "{}", rate("at-once"));
}

#[test]
fn policies_are_held_against_each_other() {
    let file = study("against");
    let question = ["--replications", "4", "--against", "help-only"];
    let (out, output) = compare(&file, &question);
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(told.contains("Difference from help-only"), "{told}");
    let between = rows(&out, "between_policies.csv");
    assert_eq!(between.len(), 3 * 2 * 9);
    let of = |policy: &str, against: &str| {
        let mut found = between.iter();
        let row = found.find(|row| row[..3] == [policy, against, "data_sharing_rate"]);
        let row = row.unwrap();
        [4, 5, 6].map(|column| number(&row[column]))
    };
    let ([mean, low, high], back) = (of("both", "help-only"), of("help-only", "both"));
    assert!(low < mean && mean < high);
    assert!((mean + back[0]).abs() < 1e-12 && (low + back[2]).abs() < 1e-12);
    let steps = of("both", "baseline")[0] - of("help-only", "baseline")[0];
    assert!((mean - steps).abs() < 1e-12);
    let (_, output) = asked(&file, &["--against", "nobody"]);
    assert_eq!(output.status.code(), Some(1));
}

/// What an intervention is called changes nothing, so nothing is run again.
#[test]
fn an_intervention_may_be_renamed() {
    let file = study("renamed");
    let store = file.with_file_name("store");
    let question = ["--replications", "2", "--store", store.to_str().unwrap()];
    let runs = || fs::read_dir(&store).unwrap().count();
    compare(&file, &question);
    let before = runs();
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("name = \"duty\"", "name = \"order\"")).unwrap();
    compare(&file, &[&question[..], &["--force"]].concat());
    assert_eq!(runs(), before);
}

#[test]
fn winners_and_losers_and_what_money_buys() {
    let file = study("value");
    let (out, _) = compare(&file, &["--replications", "3"]);
    let found = rows(&out, "distribution.csv");
    for row in &found {
        let shares: f64 = row[5..8].iter().map(|share| number(share)).sum();
        assert!((shares - 1.0).abs() < 1e-12, "{row:?}");
    }
    let provinces = found
        .iter()
        .find(|row| row[1] == "province" && row[2] == "all")
        .unwrap();
    assert_eq!(provinces[4], "9", "3 provinces in 3 replications");
    let citizens = |group: &str| {
        found
            .iter()
            .find(|row| row[0] == "both" && row[1] == "citizen" && row[3] == group)
            .unwrap()
    };
    let online = number(&citizens("online")[4]) + number(&citizens("offline")[4]);
    assert_eq!(online, number(&citizens("all")[4]));
    let dear = rows(&out, "costs.csv")
        .into_iter()
        .find(|row| row[0] == "help-only" && row[2] == "data_sharing_rate");
    assert_eq!(dear.unwrap()[10], "both", "half as dear and better");
}

#[test]
fn a_budget_rules_out_what_is_dearer() {
    let file = study("budget");
    let within = |budget: &str| {
        let (out, output) = compare(&file, &["--replications", "3", "--budget", budget]);
        (out, String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let (out, told) = within("1e15");
    assert!(told.contains("rules out nothing"), "{told}");
    let spent = |policy: &str| {
        let mut costs = rows(&out, "costs.csv").into_iter();
        let row = costs.find(|row| row[0] == policy && row[1] == "all");
        number(&row.unwrap()[3])
    };
    let budget = format!("{}", 0.5 * (spent("both") + spent("help-only")));
    let (_, told) = within(&budget);
    assert!(told.contains("RMB over the run"), "{told}");
    assert!(!told.contains("rules out nothing"), "{told}");
    assert!(
        told.lines()
            .any(|line| line.contains("data_sharing_rate") && line.contains("both (+")),
        "{told}"
    );
}

/// A branch from a trunk is the run from month 0, to the last bit: citizens, costs and all.
#[test]
fn a_policy_that_branches_off_is_the_same_as_from_month_0() {
    let scenario = small();
    let simulation = Simulation::new(Arc::new(scenario.clone()));
    let mut late = policy(Lever::Mandate, Change::Set(0.9), 1.0);
    let lowest = Some(cogov::intervention::targeting::Lowest {
        by: cogov::world::levers::Criterion::Capacity,
        share: 0.3,
    });
    late.interventions[0].target.lowest = lowest;
    let mut later = late.interventions[0].clone();
    later.course.start = START.plus(30);
    later.changes = vec![(Lever::Excluded, Change::Multiply(0.2))];
    late.interventions.push(later);
    let trunk_of = |policy: &Policy| simulation.begin(policy, 1, false);
    assert_eq!(simulation.first_month(&late), 12);
    let mut trunk = trunk_of(&baseline());
    trunk.advance(12, &mut |_| Onward::Continue);
    let mut branch = simulation.branch(&trunk, &late, 1);
    branch.advance(scenario.months, &mut |_| Onward::Continue);
    let branched = branch.finish(simulation.country());
    let whole = simulate(&scenario, &late, 1);
    assert!(bits(&branched) == bits(&whole));
    assert_eq!(branched.spending, whole.spending);
    assert_eq!(branched.people, whole.people);
    trunk.advance(scenario.months, &mut |_| Onward::Continue);
    let untouched = trunk.finish(simulation.country());
    assert!(
        bits(&untouched) == bits(&simulate(&scenario, &baseline(), 1)),
        "the trunk goes on as before"
    );
    assert!(bits(&untouched) != bits(&whole));
}

/// A policy run alone starts from month 0; in a comparison it branches off: the rows are the same.
#[test]
fn alone_or_compared_a_policy_has_the_same_rows() {
    let file = study("alone");
    let (compared, _) = compare(&file, &["--replications", "3"]);
    let out = file.with_file_name("alone");
    let mut command = Command::cargo_bin("cogov").unwrap();
    command.args(["run", file.to_str().unwrap(), "--policy", "both", "--quiet"]);
    command.args(["--replications", "3", "--out", out.to_str().unwrap()]);
    assert!(command.output().unwrap().status.success());
    let of = |out: &Path, name: &str| {
        let mut found = rows(out, name);
        found.retain(|row| row.contains(&"both".to_owned()));
        found.iter_mut().for_each(|row| row[0].clear());
        found
    };
    for name in ["runs.csv", "series.csv"] {
        let alone = of(&out, name);
        assert!(!alone.is_empty() && alone == of(&compared, name), "{name}");
    }
}
