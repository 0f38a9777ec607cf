//! Where the page compares with another policy or in a window of its own, worlds are told as ever.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{SMALL, cogov, data, page};

/// What the page tells of each main outcome and policy in four weighted worlds, where it is `asked` so.
fn facts(name: &str, asked: &str) -> Vec<Value> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("report-window-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let worlds = "world,weight,sharing.benefit\na,1,2.0\nb,0.5,3.0\nc,2,4.0\nd,1,5.0\n";
    fs::write(folder.join("worlds.csv"), worlds).unwrap();
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join(SMALL);
    let text = format!(
        "extends = '{}'\n[ensemble]\ntable = 'worlds.csv'\nworlds = 4\nreplications = 2\n{asked}",
        base.display()
    );
    let scenario = folder.join("study.toml");
    fs::write(&scenario, text).unwrap();
    let [scenario, out] = [scenario, folder.join("results")];
    let typed = ["compare", scenario.to_str().unwrap(), "--quiet", "--out"];
    let done = cogov(&[&typed[..], &[out.to_str().unwrap()]].concat());
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}");
    let told = &data(&page(&out))["facts"];
    let all = told.as_array().unwrap().iter();
    all.flat_map(|of| of.as_array().unwrap().clone()).collect()
}

/// Whether two numbers are the same, but for the rounding of tables and sums.
fn same(a: &Value, b: &Value) -> bool {
    match (a.as_f64(), b.as_f64()) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * b.abs().max(1.0),
        _ => a == b,
    }
}

/// The last twelve of the thirty months, asked for as a window, are those of `effects.csv`.
#[test]
fn the_window_of_judgement_tells_what_the_table_tells() {
    let table = facts("table", "");
    let window = facts("asked", "[report]\nwindow = ['2014-02', '2015-01']\n");
    assert_eq!((table.len(), window.len()), (18, 18));
    let mut ranges = 0;
    for (table, window) in table.iter().zip(&window) {
        let name = &table["name"];
        for key in ["policy", "base", "level", "difference"] {
            assert!(same(&table[key], &window[key]), "{name}, {key}");
        }
        for key in ["low", "median", "high", "better", "of"] {
            let [table, window] = [table, window].map(|of| &of["worlds"][key]);
            assert!(same(table, window), "{name}, {key}: {table} and {window}");
        }
        for end in 0..2 {
            assert!(
                same(&table["chance"][end], &window["chance"][end]),
                "{name}"
            );
        }
        ranges += usize::from(table["worlds"]["low"] != table["worlds"]["high"]);
    }
    assert!(ranges >= 3, "worlds lie apart in {ranges}");
}

#[test]
fn another_reference_has_its_range_of_worlds() {
    let against = facts("against", "[report]\nagainst = 'nothing'\n");
    let table = facts("baseline", "");
    // the policy of no dose is the baseline, so the other one differs as much from either
    for of in against.iter().filter(|of| of["name"] == "mandate") {
        let like = |other: &&Value| {
            other["name"] == "mandate" && same(&other["difference"], &of["difference"])
        };
        let same_there = table.iter().find(like).expect("the same difference");
        assert!(same(&of["worlds"]["high"], &same_there["worlds"]["high"]));
    }
    assert!(against.iter().all(|of| of["worlds"]["of"] == 4));
}
