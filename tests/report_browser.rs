//! The report as a browser shows it: `tests/browser/install` installs what this needs; without a
//! browser it is skipped.

use std::path::Path;
use std::process::Command;

use assert_cmd::cargo::CommandCargoExt;

fn there(program: &str) -> bool {
    let asked = Command::new(program).arg("--version").output();
    asked.is_ok_and(|answer| answer.status.success())
}

#[test]
fn a_small_report_works_in_a_browser() {
    works("small", &["tests/fixtures/small/small.toml"]);
}

/// Ten policies, long names, 31 provinces; every name of it ships with a translation.
#[test]
fn the_shipped_report_works_in_a_browser() {
    let few = ["population.citizens_per_million=30", "run.replications=2"];
    let study = ["scenarios/china31.toml", "--set", few[0], "--set", few[1]];
    works("shipped", &study);
}

/// Long names in few rows, and effects that are hardly clear.
#[test]
fn a_report_of_small_effects_works_in_a_browser() {
    let few = ["population.citizens_per_million=30", "run.replications=3"];
    let trap = "scenarios/problem-responsiveness-trap.toml";
    works("trap", &[trap, "--set", few[0], "--set", few[1]]);
}

/// Compares the policies of `study` and looks at the page.
fn works(name: &str, study: &[&str]) {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    let driver = home.join("node_modules/playwright-core").is_dir();
    if !there("node") || !there("chromium") || !driver {
        println!("skipped: no browser; tests/browser/install installs one");
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("report-browser-{name}"));
    let _ = std::fs::remove_dir_all(&folder);
    let mut compare = Command::cargo_bin("cogov").unwrap();
    compare
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["compare", "--quiet"])
        .args(study)
        .arg("--out")
        .arg(&folder);
    assert!(compare.output().unwrap().status.success());
    let seen = Command::new("node")
        .current_dir(&home)
        .arg("page.js")
        .arg(&folder)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&seen.stdout);
    assert!(seen.status.success(), "{said}");
}
