//! The commands as people type them: what they print, write and refuse.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const SMALL: &str = "tests/fixtures/small/small.toml";

/// A folder of the test's own, empty at the start.
fn folder(name: &str) -> PathBuf {
    crate::command::folder("cli", name)
}

fn cogov(arguments: &[&str]) -> Output {
    let mut command = Command::new(crate::command::COGOV);
    command.current_dir(crate::command::ROOT).args(arguments);
    command.output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Compares `SMALL` into a new folder with these further arguments.
fn compare(name: &str, more: &[&str]) -> (PathBuf, Output) {
    let out = folder(name).join("results");
    let path = out.to_str().unwrap().to_owned();
    let arguments = [&["compare", SMALL, "--quiet", "--out", &path], more].concat();
    (out, cogov(&arguments))
}

fn results(out: &Path) -> Vec<Vec<u8>> {
    [
        "runs.csv",
        "series.csv",
        "effects.csv",
        "costs.csv",
        "datapackage.json",
    ]
    .map(|name| fs::read(out.join(name)).unwrap())
    .to_vec()
}

fn rows(out: &Path, name: &str) -> Vec<csv::StringRecord> {
    let mut reader = csv::Reader::from_path(out.join(name)).unwrap();
    reader.records().map(Result::unwrap).collect()
}

#[test]
fn help_reads_well() {
    for verb in [
        "", "run", "compare", "sweep", "check", "explain", "network", "merge", "replay", "report",
    ] {
        let arguments: Vec<&str> = [verb, "--help"]
            .into_iter()
            .filter(|a| !a.is_empty())
            .collect();
        let output = cogov(&arguments);
        assert!(output.status.success());
        let name = format!("help-{}", if verb.is_empty() { "cogov" } else { verb });
        insta::assert_snapshot!(name, text(&output.stdout));
    }
}

#[test]
fn compare_writes_every_file_and_says_what_helps() {
    let (out, output) = compare("compare", &[]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    insta::assert_snapshot!(text(&output.stdout).replace(out.to_str().unwrap(), "RESULTS"));
    assert_eq!(rows(&out, "runs.csv").len(), 9);
    assert_eq!(rows(&out, "series.csv").len(), 9 * 30);
    // two policies; last 12 months and 4 years of nation and 2 regions, and of 3 provinces the years of
    // main outcomes only
    let outcomes = cogov::model::outcome::OUTCOMES;
    let (all, main) = (outcomes.len(), outcomes.iter().filter(|of| of.main).count());
    let told = 5 * 3 * all + 3 * all + 4 * 3 * main;
    assert_eq!(rows(&out, "effects.csv").len(), 2 * told);
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(out.join("manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["status"], "complete");
    assert_eq!(manifest["inputs"].as_array().unwrap().len(), 7);
    assert!(!fs::read_dir(&out).unwrap().any(|entry| {
        entry
            .unwrap()
            .file_name()
            .to_string_lossy()
            .ends_with(".tmp")
    }));
}

#[test]
fn effects_are_the_paired_differences_of_the_runs() {
    let (out, _) = compare("effects", &[]);
    let mut reader = csv::Reader::from_path(out.join("runs.csv")).unwrap();
    let sharing = reader
        .headers()
        .unwrap()
        .iter()
        .position(|c| c == "data_sharing_rate")
        .unwrap();
    let of = |policy: &str| -> Vec<f64> {
        let runs = rows(&out, "runs.csv");
        let own = runs.iter().filter(|row| &row[3] == policy);
        own.map(|row| row[sharing].parse().unwrap()).collect()
    };
    let (baseline, mandate) = (of("baseline"), of("mandate"));
    let differences: Vec<f64> = mandate.iter().zip(&baseline).map(|(a, b)| a - b).collect();
    let mean = differences.iter().sum::<f64>() / 3.0;
    let effects = rows(&out, "effects.csv");
    let row = effects.iter().find(|row| {
        &row[0] == "mandate"
            && &row[2] == "data_sharing_rate"
            && &row[5] == "nation"
            && &row[7] == "last_12_months"
    });
    let written: f64 = row.unwrap()[11].parse().unwrap();
    assert!(
        (written - mean).abs() < 1e-12 && mean > 0.05,
        "{written} and {mean}"
    );
}

#[test]
fn a_policy_of_dose_0_has_no_effect_at_all() {
    let (out, _) = compare("dose-0", &[]);
    let effects = rows(&out, "effects.csv");
    let none = effects
        .iter()
        .filter(|row| &row[0] == "nothing" && !row[11].is_empty());
    assert!(none.clone().count() > 100);
    for row in none {
        assert_eq!(&row[11], "0", "{row:?}");
    }
}

#[test]
fn threads_change_no_byte() {
    let (one, _) = compare("threads-1", &["--threads", "1"]);
    for threads in ["2", "3", "7", "16"] {
        let (many, _) = compare(&format!("threads-{threads}"), &["--threads", threads]);
        assert!(results(&one) == results(&many), "{threads} threads");
    }
}

#[test]
fn more_replications_use_the_runs_that_are_there() {
    let (fresh, _) = compare("fresh", &["--replications", "4"]);
    let (grown, _) = compare("grown", &["--replications", "2"]);
    let path = grown.to_str().unwrap();
    let more = cogov(&["compare", SMALL, "--out", path, "--replications", "4"]);
    assert!(more.status.success());
    assert!(text(&more.stderr).contains("6 runs of 30 months, 6 finished before"));
    assert!(results(&fresh) == results(&grown));
}

#[test]
fn another_study_is_not_overwritten() {
    let (out, _) = compare("claimed", &[]);
    let before = results(&out);
    let path = out.to_str().unwrap();
    let refused = cogov(&["compare", SMALL, "--out", path, "--seed", "9"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(text(&refused.stderr).contains("holds another study"));
    assert!(results(&out) == before);
    let forced = cogov(&[
        "compare", SMALL, "--out", path, "--seed", "9", "--force", "--quiet",
    ]);
    assert!(forced.status.success());
    assert!(results(&out) != before);
}

#[test]
fn nothing_is_written_for_a_faulty_scenario() {
    for bad in [
        &["compare", SMALL, "--set", "sharing.nois=0.1"][..],
        &["compare", SMALL, "--set", "sharing.noise=-1"],
        &["compare", SMALL, "--policies", "mandat"],
        &["compare", SMALL, "--replications", "0"],
        &["run", SMALL, "--policy", "mandat"],
        &["check", SMALL, "--set", "run.months=0"],
        &["network", SMALL, "--set", "run.months=0"],
        &["compare", SMALL, "--resume"],
        &["compare", SMALL, "--no-such-flag"],
        &["compare"],
    ] {
        let out = folder("nothing").join("results");
        let mut arguments = bad.to_vec();
        if bad[0] == "compare" && bad.len() > 1 {
            arguments.extend(["--out", out.to_str().unwrap()]);
        }
        let output = cogov(&arguments);
        assert_eq!(output.status.code(), Some(1), "{bad:?}");
        assert!(
            text(&output.stderr).starts_with("error"),
            "{}",
            text(&output.stderr)
        );
        assert!(output.stdout.is_empty());
        assert!(!out.exists(), "{bad:?} wrote something");
    }
}

#[test]
fn a_missing_scenario_exits_with_2() {
    let output = cogov(&["compare", "no-such-file.toml"]);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
}

#[test]
fn a_folder_that_cannot_be_made_exits_with_2() {
    let file = folder("unwritable").join("file");
    fs::write(&file, "x").unwrap();
    let inside = file.join("results");
    let output = cogov(&["compare", SMALL, "--out", inside.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn run_shows_how_outcomes_unfold() {
    let out = folder("run").join("results");
    let path = out.to_str().unwrap();
    let output = cogov(&[
        "run", SMALL, "--policy", "mandate", "--quiet", "--out", path,
    ]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    insta::assert_snapshot!(text(&output.stdout).replace(path, "RESULTS"));
    assert_eq!(rows(&out, "runs.csv").len(), 3);
}

#[test]
fn json_is_for_programs() {
    let (_, output) = compare("json", &["--json"]);
    let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let effect = &summary["policies"][0]["effects"]["data_sharing_rate"];
    assert!(effect["ci_low"].as_f64().unwrap() <= effect["difference"].as_f64().unwrap());
}

#[test]
fn check_describes_the_study_and_runs_nothing() {
    let output = cogov(&["check", SMALL]);
    assert!(output.status.success());
    insta::assert_snapshot!(text(&output.stdout));
}

#[test]
fn explain_knows_every_word_and_the_nearest() {
    for word in [
        "month",
        "sharing.benefit",
        "integrated-platform",
        "openness",
    ] {
        let output = cogov(&["explain", word]);
        assert!(output.status.success());
        insta::assert_snapshot!(format!("explain-{word}"), text(&output.stdout));
    }
    let output = cogov(&["explain", "sharing.benifit"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("did you mean `sharing.benefit`?"));
}

#[test]
fn the_network_is_a_dot_file() {
    let output = cogov(&["network", SMALL]);
    let dot = text(&output.stdout);
    assert!(dot.starts_with("graph \"intergovernmental network\" {"));
    // 1 centre, 3 provinces, 7 prefectures, 3 districts
    assert_eq!(dot.matches("level=").count(), 14);
    // paired from 2013, allied from 2014: one tie, an alliance since the earlier month
    assert!(dot.contains("kind=\"alliance\" since=5"));
}

#[test]
fn the_network_is_written_over_nothing() {
    let home = folder("network");
    let network = |out: &Path, more: &[&str]| {
        let file = ["network", SMALL, "--out", out.to_str().unwrap()];
        cogov(&[&file[..], more].concat())
    };
    let dot = home.join("made/network.dot");
    assert_eq!(network(&dot, &[]).status.code(), Some(0));
    let there = network(&dot, &[]);
    assert_eq!(there.status.code(), Some(1));
    assert!(text(&there.stderr).contains("--force"));
    assert_eq!(network(&dot, &["--force"]).status.code(), Some(0));
    let a_folder = network(&home.join("made"), &["--force"]);
    assert_eq!(a_folder.status.code(), Some(1));
    assert!(text(&a_folder.stderr).contains("is a folder"));
    assert!(!home.join("made.tmp").exists());
}

#[test]
fn what_is_wrong_is_placed_where_it_was_typed() {
    let wrong = cogov(&["run", SMALL, "--policy", "mandat"]);
    let said = text(&wrong.stderr);
    assert!(said.contains("--> --policy\n"), "{said}");
    assert!(said.contains("did you mean `mandate`?"), "{said}");
}

#[test]
fn runs_of_one_policy_have_a_page_of_their_own() {
    let out = folder("one-policy").join("results");
    let path = out.to_str().unwrap();
    cogov(&[
        "run", SMALL, "--policy", "mandate", "--quiet", "--out", path,
    ]);
    let page = fs::read(out.join("report.html")).unwrap();
    fs::remove_file(out.join("report.html")).unwrap();
    let made = cogov(&["report", path]);
    assert_eq!(made.status.code(), Some(0), "{}", text(&made.stderr));
    assert!(fs::read(out.join("report.html")).unwrap() == page);
}

#[test]
fn the_described_model_is_the_model() {
    let output = cogov(&["explain", "--markdown"]);
    assert!(
        text(&output.stdout) == include_str!("../../docs/odd.md"),
        "docs/odd.md is not what the code says: cogov explain --markdown > docs/odd.md"
    );
}

#[test]
fn shells_and_man_are_told_of_every_verb() {
    for arguments in [
        &["completions", "bash"][..],
        &["completions", "zsh"],
        &["man"],
    ] {
        let output = cogov(arguments);
        assert!(output.status.success() && text(&output.stdout).contains("compare"));
    }
}

/// The example of the README is a scenario that says what the text claims.
#[test]
fn the_readme_example_is_a_scenario() {
    let readme = include_str!("../../README.md");
    let example = readme
        .split("```toml\n")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    assert!(example.lines().filter(|line| !line.is_empty()).count() <= 10);
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/china31.toml");
    let example = example.replace("china31.toml", base.to_str().unwrap());
    let file = folder("readme").join("example.toml");
    fs::write(&file, example).unwrap();
    let output = cogov(&["check", file.to_str().unwrap()]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    // the east: 10 provinces, 85 prefectures, 48 districts
    assert!(
        text(&output.stdout).contains("143 of 451 governments"),
        "{}",
        text(&output.stdout)
    );
}
