//! The report as a browser shows it: `tests/browser/install` installs what this needs; without a
//! browser it is skipped, or fails where `COGOV_NEEDS` names the browser, as `.ci/run` lets it do.

use std::path::Path;
use std::process::Command;

use assert_cmd::cargo::CommandCargoExt;

const SMALL: &str = "tests/fixtures/small/small.toml";

fn there(program: &str) -> bool {
    let asked = Command::new(program).arg("--version").output();
    asked.is_ok_and(|answer| answer.status.success())
}

/// Whether the one who runs the tests has installed a browser and wants it used.
fn needed() -> bool {
    std::env::var("COGOV_NEEDS").is_ok_and(|names| names.split(' ').any(|name| name == "browser"))
}

/// Whether there is a browser to look with.
fn can_look(home: &Path) -> bool {
    let driver = home.join("node_modules/playwright-core").is_dir();
    let can = there("node") && there("chromium") && driver;
    assert!(
        can || !needed(),
        "no browser, although COGOV_NEEDS names it"
    );
    if !can {
        println!("skipped: no browser; tests/browser/install installs one");
    }
    can
}

/// Ten policies, long names, 31 provinces; every name of it ships with a translation.
/// Its name lets it begin first: nothing here takes longer.
#[test]
fn a_full_report_works_in_a_browser() {
    let few = "population.citizens_per_million=30";
    let shipped = "scenarios/china31.toml";
    let study = ["compare", shipped, "--set", few, "--worlds", "5"];
    works("shipped", "page.js", &study);
}

#[test]
fn a_small_report_works_in_a_browser() {
    works("small", "page.js", &["compare", SMALL]);
}

/// Long names in few rows, and effects that are hardly clear.
#[test]
fn a_report_of_small_effects_works_in_a_browser() {
    let few = ["population.citizens_per_million=30", "run.replications=3"];
    // one point alone: only chance is shown
    let trap = "scenarios/problem-responsiveness-trap.toml";
    let study = [
        "compare", trap, "--set", few[0], "--set", few[1], "--worlds", "0",
    ];
    works("trap", "page.js", &study);
}

#[test]
fn reports_of_sweeps_work_in_a_browser() {
    let [benefit, noise] = ["sharing.benefit=1..6", "sharing.noise=0.05..0.5"];
    for method in ["sobol", "latin-hypercube"] {
        let design = ["--method", method, "--points", "8"];
        let vary = ["--vary", benefit, "--vary", noise];
        let study = [&["sweep", SMALL][..], &design, &vary].concat();
        works(method, "sweep.js", &study);
    }
}

/// Inputs without a range of their own, and a term of a policy.
#[test]
fn a_report_of_a_swept_policy_works_in_a_browser() {
    let vary = ["--vary", "sharing.benefit", "--vary", "policy.mandate.dose"];
    let study = [&["sweep", SMALL, "-n", "4"][..], &vary].concat();
    works("dose", "sweep.js", &study);
}

/// Runs `study` and looks at its page as `script` does.
fn works(name: &str, script: &str, study: &[&str]) {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    if !can_look(&home) {
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("report-browser-{name}"));
    let _ = std::fs::remove_dir_all(&folder);
    let mut asked = Command::cargo_bin("cogov").unwrap();
    asked
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(study)
        .args(["--quiet", "--out"])
        .arg(&folder);
    assert!(asked.output().unwrap().status.success());
    let seen = Command::new("node")
        .current_dir(&home)
        .arg(script)
        .arg(&folder)
        .output()
        .unwrap();
    let [said, fault] =
        [seen.stdout, seen.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    assert!(seen.status.success(), "{said}{fault}");
}
