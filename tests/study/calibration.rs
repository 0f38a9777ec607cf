//! `cogov calibrate` on a small country: it finds what made the targets, gives the same bytes on any
//! number of threads and after an interruption, and names what is wrong.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("calibration")
        .join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for file in fs::read_dir("tests/fixtures/small").unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), folder.join(file.file_name())).unwrap();
    }
    folder
}

const SCENARIO: &str = r#"
extends = "small.toml"
name = "What made it"

[run]
replications = 3

[population]
mean_field = true

[calibrate]
targets = "targets.csv"
waves = 2
points = 60
draws = 100
worlds = 40
claims = 6

[calibrate.vary]
"online.imitation" = "plausible"
"demand.base_rate" = [0.01, 0.05]
"sharing.benefit" = "plausible"
"sharing.rule" = "plausible"
"#;

const HEADER: &str =
    "target,measure,outcome,scope,from,to,since,value,observation_sd,discrepancy_sd,source";

fn write(folder: &Path, targets: &[&str]) -> PathBuf {
    let scenario = folder.join("calibration.toml");
    fs::write(&scenario, SCENARIO).unwrap();
    let table = format!("{HEADER}\n{}\n", targets.join("\n"));
    fs::write(folder.join("targets.csv"), table).unwrap();
    scenario
}

fn cogov(arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("cogov").unwrap();
    command.args(arguments).output().unwrap()
}

fn calibrate(scenario: &Path, out: &Path, more: &[&str]) -> Output {
    let mut arguments = vec!["calibrate", scenario.to_str().unwrap(), "--quiet", "--out"];
    arguments.push(out.to_str().unwrap());
    arguments.extend(more);
    cogov(&arguments)
}

/// A column of a table by the rows' first cell.
fn cell(folder: &Path, table: &str, row: &str, column: &str) -> f64 {
    let text = fs::read_to_string(folder.join(table)).unwrap();
    let mut lines = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let at = lines
        .next()
        .unwrap()
        .iter()
        .position(|name| *name == column)
        .unwrap();
    let found = lines.find(|cells| cells[0] == row).unwrap();
    found[at].parse().unwrap()
}

const FILES: [&str; 12] = [
    "waves.csv",
    "design.csv",
    "implausibility.csv",
    "emulators.csv",
    "region.csv",
    "posterior.csv",
    "posterior_summary.csv",
    "predictive.csv",
    "choices.csv",
    "worlds.csv",
    "claims.csv",
    "datapackage.json",
];

/// A calibration that must end well.
fn calibrated(scenario: &Path, out: &Path, more: &[&str]) {
    let done = calibrate(scenario, out, more);
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}");
}

#[test]
fn it_finds_what_made_the_targets_and_gives_the_same_bytes_again() {
    let folder = folder("finds");
    let seen = ["demand,mean,requests_raised,nation,2014-01,2014-12,,0.03,0.0005,0.001,made up"];
    let scenario = write(&folder, &seen);
    // what the model says at a known value becomes the target
    let first = folder.join("known");
    let known = ["--set", "demand.base_rate=0.03", "--waves", "1"];
    calibrated(&scenario, &first, &known);
    let known = cell(&first, "predictive.csv", "demand", "own_mean");
    let seen =
        format!("demand,mean,requests_raised,nation,2014-01,2014-12,,{known},0.0005,0.001,made");
    let scenario = write(&folder, &[&seen]);

    let one = folder.join("one");
    calibrated(&scenario, &one, &["--threads", "1"]);
    let summary = |column| cell(&one, "posterior_summary.csv", "demand.base_rate", column);
    assert!(summary("posterior_q05") < 0.03 && 0.03 < summary("posterior_q95"));
    assert!(summary("narrowed") > 0.5, "{}", summary("narrowed"));
    let free = cell(&one, "posterior_summary.csv", "sharing.benefit", "narrowed");
    assert!(free < 0.4, "nothing was seen of it: {free}");
    assert!(cell(&one, "waves.csv", "2", "volume") < 0.8);
    its_worlds_are_an_ensemble(&folder, &one);

    let two = folder.join("two");
    calibrated(&scenario, &two, &["--threads", "2"]);
    // some runs are lost; the same command makes them again
    let lost = fs::read_dir(two.join("runs")).unwrap().take(20);
    lost.for_each(|run| fs::remove_file(run.unwrap().path()).unwrap());
    calibrated(&scenario, &two, &["--threads", "2", "--resume"]);
    for file in FILES {
        let [a, b] = [&one, &two].map(|of| fs::read(of.join(file)).unwrap());
        assert!(a == b, "{file}");
    }
}

/// Words that nothing was seen of keep their shares, and the worlds that are drawn can be compared in.
fn its_worlds_are_an_ensemble(folder: &Path, of: &Path) {
    let choices = fs::read_to_string(of.join("choices.csv")).unwrap();
    let shares = choices.lines().skip(1).map(|row| {
        let (before, after) = row.rsplit_once(',').unwrap();
        assert!(before.ends_with("0.3333333333333333"), "{row}");
        after.parse::<f64>().unwrap()
    });
    let shares: Vec<f64> = shares.collect();
    assert!(
        shares.iter().all(|share| (0.1..0.7).contains(share)),
        "{choices}"
    );
    assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    let worlds = fs::read_to_string(of.join("worlds.csv")).unwrap();
    let drawn = worlds
        .lines()
        .skip(1)
        .map(|row| row.split(',').next().unwrap());
    assert_eq!(
        drawn
            .map(|times| times.parse::<u32>().unwrap())
            .sum::<u32>(),
        40
    );
    let scenario = folder.join("over-worlds.toml");
    let text = "extends = \"small.toml\"\nname = \"Over its worlds\"\n[ensemble]\ntable = \"one/worlds.csv\"\n";
    fs::write(&scenario, text).unwrap();
    let checked = cogov(&["check", scenario.to_str().unwrap()]);
    assert!(
        checked.status.success(),
        "{}",
        String::from_utf8_lossy(&checked.stderr)
    );
}

/// What errs together counts once: two targets that say the same weigh little more than one.
#[test]
fn targets_that_err_together_are_treated_so() {
    let folder = folder("together");
    let header = HEADER.replace(",source", ",errs_with,source");
    let narrowed = |name: &str, group: &str| {
        let row = |target| {
            format!(
                "{target},mean,requests_raised,nation,2014-01,2014-12,,0.03,0.00001,0.004,{group},made up"
            )
        };
        let scenario = write(&folder, &[]);
        let table = format!("{header}\n{}\n{}\n", row("one"), row("other"));
        fs::write(folder.join("targets.csv"), table).unwrap();
        let text = fs::read_to_string(&scenario).unwrap();
        let text = text
            .replace("waves = 2", "waves = 2\ncorrelation = 0.99")
            .replace("claims = 6", "claims = 0");
        fs::write(&scenario, text).unwrap();
        let out = folder.join(name);
        assert!(calibrate(&scenario, &out, &[]).status.success());
        cell(
            &out,
            "posterior_summary.csv",
            "demand.base_rate",
            "narrowed",
        )
    };
    let (alone, together) = (narrowed("alone", ""), narrowed("together", "hotline"));
    assert!(alone > together + 0.05, "{alone} {together}");
}

#[test]
fn faults_are_named_together_with_their_places() {
    let folder = folder("faults");
    let targets = [
        "a,mean,requests_rised,nation,2014-01,2014-12,,0.03,0.01,0.01,made up",
        "a,median,trust,nation,2014-01,1990-12,,x,0.01,0.01,made up",
        "b,mean,trust,nowhere,2014-01,2014-12,,0.5,0,0,made up",
    ];
    let scenario = write(&folder, &targets);
    let text = fs::read_to_string(&scenario).unwrap();
    let text = text.replace("sharing.benefit", "sharing.benefits");
    fs::write(&scenario, text).unwrap();
    let out = calibrate(&scenario, &folder.join("out"), &[]);
    assert_eq!(out.status.code(), Some(1));
    let told = String::from_utf8_lossy(&out.stderr).into_owned();
    for part in [
        "did you mean `requests_raised`?",
        "there is no measure `median`",
        "`to` must lie inside the run",
        "`value` must be a number, found \"x\"",
        "there is no scope `nowhere`",
        "two targets `a`",
        "did you mean `sharing.benefit`?",
        "targets.csv:2",
        "calibration.toml:",
    ] {
        assert!(told.contains(part), "no `{part}` in\n{told}");
    }
    assert!(!folder.join("out").exists());
}

#[test]
fn what_cannot_be_met_is_said() {
    let folder = folder("impossible");
    let scenario = write(
        &folder,
        &["trust,mean,trust,nation,2014-01,2014-12,,7,0.01,0.01,made up"],
    );
    let out = calibrate(&scenario, &folder.join("out"), &[]);
    assert_eq!(out.status.code(), Some(1));
    let told = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(
        told.contains("finds no point that is not ruled out; most are by target `trust`"),
        "{told}"
    );
}

/// The page is made of the tables alone: the same bytes again, and in the other language.
#[test]
fn the_page_is_made_again_from_the_tables() {
    let folder = folder("page");
    let seen = ["demand,mean,requests_raised,nation,2014-01,2014-12,,0.03,0.002,0.004,made up"];
    let scenario = write(&folder, &seen);
    let out = folder.join("results");
    calibrated(&scenario, &out, &["--waves", "1"]);
    let page = || fs::read_to_string(out.join("report.html")).unwrap();
    let first = page();
    let made = |more: &[&str]| cogov(&[&["report", out.to_str().unwrap()], more].concat());
    fs::remove_file(out.join("report.html")).unwrap();
    assert!(made(&[]).status.success());
    assert!(page() == first, "the page differs");
    assert!(made(&["--lang", "zh"]).status.success());
    assert!(first.contains("<html lang=\"en\"") && page().contains("<html lang=\"zh\""));
    fs::remove_file(out.join("predictive.csv")).unwrap();
    let without = made(&[]);
    let said = String::from_utf8_lossy(&without.stderr);
    assert!(said.contains("predictive.csv"), "{said}");
}
