//! Sweeps as people type them: what is varied, what is written, what is refused.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;

const SMALL: &str = "tests/fixtures/small/small.toml";

fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("sweep")
        .join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

fn cogov(arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("cogov").unwrap();
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments);
    command.output().unwrap()
}

/// Sweeps `SMALL` into a new folder, which must succeed.
fn sweep(name: &str, more: &[&str]) -> PathBuf {
    let out = folder(name).join("results");
    let path = out.to_str().unwrap().to_owned();
    let output = cogov(&[&["sweep", SMALL, "--quiet", "--out", &path], more].concat());
    let faults = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{faults}");
    out
}

/// What is said about a sweep that is refused.
fn refused(more: &[&str]) -> String {
    let out = folder("refused").join("results");
    let path = out.to_str().unwrap().to_owned();
    let output = cogov(&[&["sweep", SMALL, "--out", &path], more].concat());
    assert_eq!(output.status.code(), Some(1));
    assert!(!out.exists(), "something was written");
    String::from_utf8(output.stderr).unwrap()
}

fn column(out: &Path, file: &str, name: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_path(out.join(file)).unwrap();
    let at = reader
        .headers()
        .unwrap()
        .iter()
        .position(|column| column == name);
    let at = at.unwrap_or_else(|| panic!("{file} has no column {name}"));
    reader
        .records()
        .map(|row| row.unwrap()[at].to_owned())
        .collect()
}

#[test]
fn doses_and_dates_are_crossed_with_policies_and_replications() {
    let out = sweep(
        "crossed",
        &[
            "--vary",
            "policy.mandate.dose=0,1,2",
            "--vary",
            "policy.mandate.duty.start=2013-06,2014-01",
            "--replications",
            "2",
        ],
    );
    let doses = column(&out, "runs.csv", "policy.mandate.dose");
    let starts = column(&out, "runs.csv", "policy.mandate.duty.start");
    assert_eq!(doses.len(), 3 * 2 * 3 * 2);
    assert_eq!((doses[6].as_str(), starts[6].as_str()), ("0", "2014-01"));
    let rates = column(&out, "runs.csv", "data_sharing_rate");
    let policies = column(&out, "runs.csv", "policy");
    let rate = |point: usize, policy: &str| {
        let row = (point * 6..).find(|row| policies[*row] == policy).unwrap();
        rates[row].parse::<f64>().unwrap()
    };
    assert_eq!(
        rate(0, "mandate"),
        rate(0, "baseline"),
        "a dose of 0 is the baseline"
    );
    assert!(rate(4, "mandate") > rate(2, "mandate") && rate(2, "mandate") > rate(0, "mandate"));
    assert!(!out.join("series.csv").exists());
    let runs = fs::read_dir(out.join("runs")).unwrap().count();
    // the baseline and the policy without effect are the same at all six points
    assert_eq!(
        runs,
        2 * (6 + 2),
        "a run needed at several points is run once"
    );
}

#[test]
fn a_table_from_elsewhere_is_a_design() {
    let table = folder("table").join("design.csv");
    fs::write(
        &table,
        "sharing.benefit,policy.mandate.start\n2.5,2013-03\n4,2013-09\n",
    )
    .unwrap();
    let out = sweep(
        "table-results",
        &["--design", table.to_str().unwrap(), "--replications", "1"],
    );
    let benefit = column(&out, "runs.csv", "sharing.benefit");
    assert_eq!((benefit[0].as_str(), benefit[3].as_str()), ("2.5", "4"));
    assert_eq!(
        column(&out, "runs.csv", "policy.mandate.start")[5],
        "2013-09"
    );
}

#[test]
fn an_input_without_effect_has_no_share_in_the_variance() {
    let flags = "--vary sharing.benefit=1..6 --vary security.trust_loss=0.03..0.25 --method sobol --points 32 --replications 1";
    let out = sweep("indices", &flags.split(' ').collect::<Vec<_>>());
    let [index, input, policy, outcome, value] = ["index", "input", "policy", "outcome", "value"]
        .map(|name| column(&out, "sensitivity.csv", name));
    let total = |of: &str| {
        let row = (0..index.len()).find(|i| {
            index[*i] == "total"
                && input[*i] == of
                && policy[*i] == "mandate"
                && outcome[*i] == "data_sharing_rate"
        });
        value[row.unwrap()].parse::<f64>().unwrap()
    };
    assert!(
        total("sharing.benefit") > 0.8,
        "{}",
        total("sharing.benefit")
    );
    assert!(
        total("security.trust_loss") < 0.05,
        "{}",
        total("security.trust_loss")
    );
    let best: f64 = column(&out, "robustness.csv", "best_share")[..3]
        .iter()
        .map(|share| share.parse::<f64>().unwrap())
        .sum();
    assert!((best - 1.0).abs() < 1e-9);
}

#[test]
fn a_sweep_may_stand_in_the_scenario_file() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join(SMALL);
    let file = folder("file").join("study.toml");
    let text = format!(
        "extends = {home:?}\nname = \"Benefit\"\n[run]\nreplications = 1\n[sweep]\nmethod = \"grid\"\npoints = 3\n[sweep.vary]\n\"sharing.benefit\" = [1, 5]\nsharing.noise = {{ values = [0.1, 0.2] }}\n"
    );
    fs::write(&file, text).unwrap();
    let out = file.with_file_name("results");
    let paths = [file.to_str().unwrap(), out.to_str().unwrap()];
    let output = cogov(&["sweep", paths[0], "--quiet", "--out", paths[1]]);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let benefit = column(&out, "runs.csv", "sharing.benefit");
    assert_eq!(benefit.len(), 6 * 3);
    assert_eq!(
        (
            benefit[0].as_str(),
            benefit[8].as_str(),
            benefit[17].as_str()
        ),
        ("1", "3", "5")
    );
}

#[test]
fn what_cannot_be_varied_is_refused_with_a_hint() {
    for (vary, said) in [
        ("sharing.benifit=1..2", "did you mean `sharing.benefit`?"),
        ("sharing.noise=-1..2", "must lie above 0, found -1"),
        ("sharing.benefit=3..2", "must rise, found 3 to 2"),
        ("policy.mandate.start", "has no range of its own"),
        (
            "policy.mandate.start=1..2",
            "must be a month as 2016-01, found 1",
        ),
        (
            "policy.mandat.dose=1..2",
            "did you mean `policy.mandate.dose`?",
        ),
        ("attention.resting_effort=0.2..1", "design point"),
    ] {
        let found = refused(&["--vary", vary]);
        assert!(found.contains(said), "{vary}:\n{found}");
    }
    assert!(refused(&[]).contains("nothing says what to vary"));
    let method = refused(&["--vary", "sharing.benefit", "--method", "saltelly"]);
    assert!(method.contains("there is no method `saltelly`"), "{method}");
}

/// All design points share the luck of a replication: they add nothing to how sure an effect is.
#[test]
fn design_points_are_no_pairs() {
    let vary = "--vary sharing.benefit=2..4 --method grid --points 6 --replications";
    let swept = |case: &str, n| {
        let flags = vary.split(' ').chain([n]);
        sweep(case, &flags.collect::<Vec<_>>())
    };
    let out = swept("once", "1");
    for name in ["ci_low", "ci_high", "p_value"] {
        let all = column(&out, "effects.csv", name);
        assert!(all.iter().all(String::is_empty), "{name}");
    }
    let out = swept("thrice", "3");
    let (effect, pairs) = mandate_on_sharing(&out);
    assert_eq!(pairs, "3");
    // the same by hand: the mean over points of each replication, then Student with 2 degrees
    let runs = |name: &str| column(&out, "runs.csv", name);
    let (rates, policies) = (runs("data_sharing_rate"), runs("policy"));
    let replications = runs("replication");
    let level = |policy: &str, replication: &str| {
        let own = |i: &usize| policies[*i] == policy && replications[*i] == replication;
        let of = (0..rates.len()).filter(own);
        of.map(|i| rates[i].parse::<f64>().unwrap()).sum::<f64>() / 6.0
    };
    let each = ["0", "1", "2"].map(|r| level("mandate", r) - level("baseline", r));
    let mean = each.iter().sum::<f64>() / 3.0;
    let squares: f64 = each.iter().map(|x| (x - mean) * (x - mean)).sum();
    let half = 4.302_652_73 * (squares / 2.0 / 3.0).sqrt();
    for (found, by_hand) in effect.into_iter().zip([mean, mean - half, mean + half]) {
        assert!((found - by_hand).abs() < 1e-9, "{found} {by_hand}");
    }
}

/// Mean, lower and upper end of the mandate's national effect on data sharing, and its pairs.
fn mandate_on_sharing(out: &Path) -> ([f64; 3], String) {
    let [policy, outcome, scope, mean, low, high] = [
        "policy",
        "outcome",
        "scope",
        "mean_difference",
        "ci_low",
        "ci_high",
    ]
    .map(|name| column(out, "effects.csv", name));
    let row = (0..policy.len()).find(|i| {
        policy[*i] == "mandate" && outcome[*i] == "data_sharing_rate" && scope[*i] == "nation"
    });
    let row = row.unwrap();
    let effect = [mean, low, high].map(|of| of[row].parse::<f64>().unwrap());
    (effect, column(out, "effects.csv", "n_pairs").remove(row))
}

#[test]
fn a_dose_and_its_effect_stand_side_by_side() {
    let doses = [
        "--vary",
        "policy.mandate.dose=0,0.5,1,1.5,2",
        "--replications",
        "2",
    ];
    let out = sweep("doses", &doses);
    let of = |name: &str| column(&out, "points.csv", name);
    let (policy, outcome, dose) = (of("policy"), of("outcome"), of("policy.mandate.dose"));
    let effect = of("mean_difference");
    assert_eq!(policy.len(), 5 * 2 * 9);
    let rows = (0..policy.len())
        .filter(|i| policy[*i] == "mandate" && outcome[*i] == "data_sharing_rate")
        .collect::<Vec<_>>();
    assert_eq!(
        rows.iter().map(|i| dose[*i].as_str()).collect::<Vec<_>>(),
        ["0", "0.5", "1", "1.5", "2"]
    );
    let effects: Vec<f64> = rows.iter().map(|i| effect[*i].parse().unwrap()).collect();
    assert!(
        effects.is_sorted() && effects[0] == 0.0 && effects[4] > 0.1,
        "{effects:?}"
    );
    let of = |name: &str| {
        column(&out, "robustness.csv", name)[1]
            .parse::<f64>()
            .unwrap()
    };
    assert_eq!(of("effect_q50"), effects[2]);
    assert!((of("effect_q05") - (0.8 * effects[0] + 0.2 * effects[1])).abs() < 1e-12);
    assert_eq!(of("better_share"), 0.8);
}

#[test]
fn effects_of_all_main_outcomes_are_told() {
    let path = folder("told").join("results");
    let vary = [
        "sweep",
        SMALL,
        "--quiet",
        "--vary",
        "sharing.benefit=2,4",
        "--replications",
        "1",
    ];
    let out = ["--out", path.to_str().unwrap()];
    let text = String::from_utf8(cogov(&[&vary[..], &out].concat()).stdout).unwrap();
    for outcome in ["data_sharing_rate", "society_collab.", "trust"] {
        assert_eq!(text.matches(outcome).count(), 2, "{outcome}: {text}");
    }
    assert!(
        text.lines()
            .all(|line| line.starts_with("Difference") || line.chars().count() <= 100)
    );
    let json = cogov(&[&vary[..], &out, &["--json"]].concat()).stdout;
    let told: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let [baseline, mandate, _] = told["policies"].as_array().unwrap().as_slice() else {
        panic!("{told}");
    };
    assert!(baseline["robustness"]["trust"]["failure_share"].is_null());
    assert_eq!(mandate["effects"].as_object().unwrap().len(), 9);
    assert!(mandate["effects"]["trust"]["effect_q95"].is_number());
}

#[test]
fn a_grid_of_few_months_has_as_many_points_as_months() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join(SMALL);
    let file = folder("months").join("study.toml");
    let text = format!(
        "extends = {home:?}\nname = \"Months\"\n[sweep]\nmethod = \"grid\"\npoints = 5\n[sweep.vary]\n\"policy.mandate.ramp_months\" = [0, 2]\n"
    );
    fs::write(&file, text).unwrap();
    let out = file.with_file_name("results");
    let paths = [file.to_str().unwrap(), out.to_str().unwrap()];
    let told = String::from_utf8(cogov(&["check", paths[0]]).stdout).unwrap();
    assert!(told.contains(": 3 design points, 27 runs"), "{told}");
    let output = cogov(&[
        "sweep",
        paths[0],
        "--quiet",
        "--out",
        paths[1],
        "--no-report",
    ]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(column(&out, "runs.csv", "run_id").len(), 27);
}
