//! The live page as a browser shows it: `tests/browser/install` installs what this needs; without a browser
//! it is skipped, or fails where `COGOV_NEEDS` names the browser, as `.ci/run` lets it do.

use std::path::Path;
use std::process::Command;

use crate::client::Server;

fn there(program: &str) -> bool {
    let asked = Command::new(program).arg("--version").output();
    asked.is_ok_and(|answer| answer.status.success())
}

/// Whether there is a browser to look with.
fn can_look(home: &Path) -> bool {
    let needed = std::env::var("COGOV_NEEDS");
    let needed = needed.is_ok_and(|names| names.split(' ').any(|name| name == "browser"));
    let driver = home.join("node_modules/playwright-core").is_dir();
    let can = there("node") && there("chromium") && driver;
    assert!(can || !needed, "no browser, although COGOV_NEEDS names it");
    if !can {
        println!("skipped: no browser; tests/browser/install installs one");
    }
    can
}

#[test]
fn the_live_page_works_in_a_browser() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    if !can_look(&home) {
        return;
    }
    let server = Server::start("browser");
    let seen = Command::new("node")
        .current_dir(&home)
        .arg("lab.js")
        .arg(format!("http://{}/{}/", server.host(), server.token))
        .arg(server.home.join("out"))
        .output()
        .unwrap();
    let [said, fault] =
        [seen.stdout, seen.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    assert!(seen.status.success(), "{said}{fault}");
}
