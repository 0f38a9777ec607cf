//! Plausible worlds in the main job: what is run, what is told, and the same bytes whatever happens.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;

const WORLDS: &str = "\
sharing.benefit,sharing.noise,sharing.rule
1.5,0.2,logit
2.5,0.3,logit
3.5,0.1,imitation
4.5,0.25,logit
";

fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("worlds")
        .join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

/// A study of a duty and of a dose of nothing, in these worlds.
fn study(name: &str, worlds: &str) -> PathBuf {
    let small = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/small/small.toml");
    let file = folder(name).join("study.toml");
    let text = format!(
        r#"extends = {small:?}
inherit_policies = false
name = "Worlds"
[run]
replications = 2
[ensemble]
table = "worlds.csv"
[[policy]]
name = "duty"
start = "2013-01"
[[policy.intervention]]
name = "duty"
changes = [{{ lever = "sharing.mandate", add = 0.8 }}]
[[policy]]
name = "nothing"
start = "2013-01"
[[policy.intervention]]
name = "duty"
dose = 0.0
changes = [{{ lever = "sharing.mandate", add = 0.8 }}]
"#
    );
    fs::write(&file, text).unwrap();
    fs::write(file.with_file_name("worlds.csv"), worlds).unwrap();
    file
}

fn run(verb: &str, file: &Path, out: &str, more: &[&str]) -> (PathBuf, String) {
    let out = file.with_file_name(out);
    let mut command = Command::cargo_bin("cogov").unwrap();
    let paths = [file.to_str().unwrap(), "--quiet", "--no-report", "--out"];
    command.arg(verb).args(paths).arg(&out).args(more);
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{said}");
    (out, String::from_utf8(output.stdout).unwrap())
}

fn table(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

type Rows = Vec<BTreeMap<String, String>>;

fn rows(folder: &Path, name: &str) -> Rows {
    let mut reader = csv::Reader::from_path(folder.join(name)).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

/// The national effect of `policy` on the sharing rate over the last 12 months.
fn effect(rows: &Rows, policy: &str) -> BTreeMap<String, String> {
    let found = rows.iter().find(|row| {
        row["policy"] == policy
            && row["outcome"] == "data_sharing_rate"
            && row["scope"] == "nation"
            && row["period"] == "last_12_months"
    });
    found.unwrap().clone()
}

fn number(text: &str) -> f64 {
    text.parse().unwrap()
}

fn variance(of: &[f64]) -> f64 {
    let mean = of.iter().sum::<f64>() / of.len() as f64;
    let squares = of.iter().map(|x| (x - mean) * (x - mean));
    squares.sum::<f64>() / (of.len() as f64 - 1.0)
}

#[test]
fn every_policy_meets_the_same_worlds_and_the_split_follows_from_the_runs() {
    let (out, said) = run("compare", &study("split", WORLDS), "results", &[]);
    let worlds = "4 plausible worlds with 2 paired runs in each";
    assert!(said.contains(worlds), "{said}");
    let told = said.contains("90 of 100 worlds") && !said.contains("only chance");
    assert!(told, "{said}");
    let runs = rows(&out, "runs.csv");
    assert_eq!(runs.len(), 4 * 2 * 3);
    let mut differences: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for pair in runs.chunks(3) {
        assert!(pair.iter().all(|run| run["world"] == pair[0]["world"]));
        let rate = |run: &BTreeMap<String, String>| number(&run["data_sharing_rate"]);
        let of = differences.entry(pair[0]["world"].clone()).or_default();
        of.push(rate(&pair[1]) - rate(&pair[0]));
        assert_eq!(rate(&pair[2]), rate(&pair[0]), "a dose of nothing");
    }
    let means = differences.values().map(|of| of.iter().sum::<f64>() / 2.0);
    let means: Vec<f64> = means.collect();
    let chance = differences.values().map(|of| variance(of)).sum::<f64>() / 4.0;
    let duty = effect(&rows(&out, "effects.csv"), "duty");
    let close = |name: &str, value: f64| {
        assert!(
            (number(&duty[name]) - value).abs() < 1e-9,
            "{name}: {} {value}",
            duty[name]
        );
    };
    close("variance_chance", chance);
    close("variance_worlds", variance(&means) - chance / 2.0);
    close("mean_difference", means.iter().sum::<f64>() / 4.0);
    assert_eq!([&duty["worlds"], &duty["n_pairs"]], ["4", "8"]);
    let nothing = effect(&rows(&out, "effects.csv"), "nothing");
    assert_eq!([&nothing["world_q05"], &nothing["world_q95"]], ["0", "0"]);
}

#[test]
fn the_same_bytes_for_any_threads_and_order_and_in_parts() {
    let file = study("bytes", WORLDS);
    let (one, _) = run("compare", &file, "one", &["--threads", "1"]);
    let (seven, _) = run("compare", &file, "seven", &["--threads", "7"]);
    let mut shuffled: Vec<&str> = WORLDS.lines().collect();
    shuffled[1..].reverse();
    fs::write(file.with_file_name("worlds.csv"), shuffled.join("\n")).unwrap();
    let (other, _) = run("compare", &file, "other", &["--threads", "2"]);
    let parts = ["1/3", "2/3", "3/3"].map(|shard| {
        let name = format!("part-{}", &shard[..1]);
        run("compare", &file, &name, &["--shard", shard]).0
    });
    let joined = file.with_file_name("joined");
    let mut merge = Command::cargo_bin("cogov").unwrap();
    merge
        .arg("merge")
        .args(&parts)
        .args(["--quiet", "--no-report", "--out"])
        .arg(&joined);
    merge.assert().success();
    for name in [
        "runs.csv",
        "effects.csv",
        "between_policies.csv",
        "costs.csv",
        "series.csv",
    ] {
        for folder in [&seven, &other, &joined] {
            assert!(
                table(&one, name) == table(folder, name),
                "{name} of {}",
                folder.display()
            );
        }
    }
}

#[test]
fn no_worlds_are_the_scenario_itself_and_say_so() {
    let file = study("none", WORLDS);
    let (none, said) = run("compare", &file, "none", &["--worlds", "0"]);
    assert!(said.contains("only chance is shown"), "{said}");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(
        &file,
        text.replace("[ensemble]\ntable = \"worlds.csv\"\n", ""),
    )
    .unwrap();
    let (without, _) = run("compare", &file, "without", &[]);
    for name in [
        "runs.csv",
        "effects.csv",
        "between_policies.csv",
        "costs.csv",
        "series.csv",
    ] {
        assert!(table(&none, name) == table(&without, name), "{name}");
    }
    let duty = effect(&rows(&none, "effects.csv"), "duty");
    assert!(duty["worlds"].is_empty() && duty["world_q05"].is_empty());
}

#[test]
fn more_worlds_run_only_what_is_new() {
    let file = study("more", WORLDS);
    let stored = |out: &Path| fs::read_dir(out.join("runs")).unwrap().count();
    let (out, _) = run("compare", &file, "results", &["--worlds", "2"]);
    let first = stored(&out);
    let stamps = |out: &Path| {
        let entries = fs::read_dir(out.join("runs")).unwrap();
        let of =
            |entry: fs::DirEntry| (entry.path(), entry.metadata().unwrap().modified().unwrap());
        entries
            .map(|entry| of(entry.unwrap()))
            .collect::<BTreeMap<_, _>>()
    };
    let before = stamps(&out);
    let (out, _) = run("compare", &file, "results", &["--worlds", "4"]);
    let after = stamps(&out);
    assert_eq!((first, after.len()), (12, 24));
    assert!(
        before
            .iter()
            .all(|(path, time)| after.get(path) == Some(time))
    );
    let (alone, _) = run("compare", &file, "alone", &[]);
    assert!(table(&out, "runs.csv") == table(&alone, "runs.csv"));
}
