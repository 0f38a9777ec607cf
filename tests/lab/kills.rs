//! The server may be killed at any moment: started again, it writes the bytes that it would have written.
//!
//! `COGOV_KILLS` says how often; few times in the gate.

use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::Instant;

use cogov::chance::{Chance, Draw};
use serde_json::json;

use crate::client::Page;
use crate::command::{files, times};
use crate::runs::typed;
use crate::table::scenario;

/// Moves a lever, and asks for the results.
fn ask(page: &mut Page) {
    let mut settings = page.next("state")["settings"].clone();
    settings["policies"][0]["interventions"][0]["course"]["dose"] = json!(0.7);
    settings["pairs"] = json!(30);
    page.say(json!({ "ask": "set", "settings": settings }).to_string());
    page.next("state");
    page.say(r#"{"ask":"write"}"#);
}

/// What an undisturbed server leaves in the end.
fn undisturbed(home: &Path) -> Vec<(String, Vec<u8>)> {
    let (mut child, mut page) = typed(home);
    ask(&mut page);
    loop {
        let told = page.next("numbers");
        assert_eq!(told["failed"], serde_json::Value::Null);
        if told["written"] == true {
            break;
        }
    }
    child.kill().unwrap();
    child.wait().unwrap();
    files(&home.join("out/study"))
}

#[test]
fn a_server_killed_at_any_moment_writes_the_same_in_the_end() {
    let (_, home) = scenario("kills");
    let begun = Instant::now();
    let sound = undisturbed(&home);
    let whole = begun.elapsed();
    assert!(sound.len() >= 8);
    let mut luck = Chance::new(7, 0).words(Draw::new(963, 0), 0, 0);
    for kill in 0..times("COGOV_KILLS", 2) {
        // begun anew, or gone on with where the last one was cut off
        if kill % 3 != 1 {
            fs::remove_dir_all(home.join("out")).unwrap();
        }
        let (mut child, mut page) = typed(&home);
        ask(&mut page);
        sleep(whole.mul_f64(luck.uniform()));
        child.kill().unwrap();
        child.wait().unwrap();
        if kill % 3 != 0 {
            assert!(undisturbed(&home) == sound, "kill {kill}");
        }
    }
    assert!(undisturbed(&home) == sound, "after all");
}
