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

#[test]
fn the_report_works_in_a_browser() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    let driver = home.join("node_modules/playwright-core").is_dir();
    if !there("node") || !there("chromium") || !driver {
        assert!(!needed(), "no browser, although COGOV_NEEDS names it");
        println!("skipped: no browser; tests/browser/install installs one");
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("report-browser");
    let _ = std::fs::remove_dir_all(&folder);
    let mut compare = Command::cargo_bin("cogov").unwrap();
    compare
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["compare", "tests/fixtures/small/small.toml", "--quiet"])
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
