//! The report as a browser shows it: `tests/browser/install` installs what this needs; without a
//! browser it is skipped, or fails where `COGOV_NEEDS` names the browser, as `.ci/run` lets it do.

use std::path::Path;
use std::process::Command;

use assert_cmd::cargo::CommandCargoExt;

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

/// Lets `script` look at the report of the small study made by `command`.
fn look(command: &[&str], script: &str) {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    if !can_look(&home) {
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("browser-{script}"));
    let _ = std::fs::remove_dir_all(&folder);
    let mut cogov = Command::cargo_bin("cogov").unwrap();
    cogov
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(command)
        .args(["tests/fixtures/small/small.toml", "--quiet"])
        .arg("--out")
        .arg(&folder);
    assert!(cogov.output().unwrap().status.success());
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

#[test]
fn the_report_works_in_a_browser() {
    look(&["compare"], "page.js");
}

#[test]
fn the_report_of_a_sweep_works_in_a_browser() {
    let vary = [
        "--vary",
        "sharing.benefit",
        "--vary",
        "policy.mandate.dose",
        "-n",
        "4",
    ];
    look(&[&["sweep"], &vary[..]].concat(), "sweep.js");
}
