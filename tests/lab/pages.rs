//! Many pages, pages that are cut off, pages that only look, and a scenario that has worlds.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use cogov::lab::job::Workshop;
use cogov::lab::opened::Opened;
use cogov::study::Options;
use serde_json::{Value, json};

use crate::client::{Page, Server};
use crate::command::{done, runs};
use crate::table::{opened, rounds, scenario};

/// Worlds in which a parameter and a rule differ.
const WORLDS: &str = "\
sharing.benefit,sharing.rule
1.5,logit
2.5,imitation
3.5,logit
";

#[test]
fn eight_pages_at_once_are_told_the_same() {
    let server = Server::start("eight");
    let mut pages: Vec<_> = (0..8).map(|_| server.page()).collect();
    let told: Vec<Value> = pages
        .iter_mut()
        .map(|page| page.done()["effects"].take())
        .collect();
    assert!(told[0][0]["difference"].is_number());
    assert!(told.iter().all(|effects| *effects == told[0]));
}

/// `COGOV_ROUNDS=1000` cuts a thousand.
#[test]
fn pages_that_are_cut_off_leave_nothing_behind() {
    let server = Server::start("cut");
    for round in 0..rounds(40) {
        let mut page = server.page();
        // some before they are greeted, some while runs go on
        match round % 3 {
            0 => {}
            1 => _ = page.next("state"),
            _ => _ = page.next("numbers"),
        }
        page.cut();
    }
    // sixteen may be open at once: none of those that were cut counts any more
    let mut pages: Vec<_> = (0..8).map(|_| server.page()).collect();
    assert!(
        pages
            .iter_mut()
            .all(|page| page.next("state")["kind"] == "state")
    );
}

/// What `compare` says that the mandate does to data sharing.
fn compared(home: &Path) -> f64 {
    done(home, "compare bench.toml --quiet --out compared");
    let mut rows = csv::Reader::from_path(home.join("compared/effects.csv")).unwrap();
    let heads = rows.headers().unwrap().clone();
    let at = |name: &str| heads.iter().position(|head| head == name).unwrap();
    let judged = rows.records().map(Result::unwrap).find(|row| {
        (&row[at("policy")], &row[at("outcome")]) == ("mandate", "data_sharing_rate")
            && (&row[at("scope")], &row[at("period")]) == ("nation", "last_12_months")
    });
    judged.unwrap()[at("mean_difference")].parse().unwrap()
}

#[test]
fn a_scenario_with_worlds_sees_all_of_them_and_ends_as_compare_does() {
    let (file, home) = scenario("worlds");
    fs::write(home.join("worlds.csv"), WORLDS).unwrap();
    let text = fs::read_to_string(&file).unwrap();
    fs::write(
        &file,
        text + "[ensemble]\ntable = \"worlds.csv\"\nreplications = 4\n",
    )
    .unwrap();
    let workshop = Workshop::of(&home.join("out"), Options::default());
    let server = Server::serve(Opened::file(&file).unwrap(), workshop, home);
    let mut page = server.page();
    let first = page.next("opened");
    assert_eq!(first["worlds"], 3);
    let benefit = |row: &&Value| row["path"] == "sharing.benefit";
    let row = first["assumptions"]
        .as_array()
        .unwrap()
        .iter()
        .find(benefit)
        .unwrap()
        .clone();
    assert_eq!(row["left"], json!([1.5, 3.5]));
    let told = page.done();
    assert_eq!(
        (&told["pairs"][1], &told["band"]),
        (&json!(12), &json!("final"))
    );
    let right = compared(&server.home);
    let shown = told["effects"].as_array().unwrap();
    let sharing = shown.iter().find(|row| row["outcome"] == 0).unwrap();
    let shown = sharing["difference"].as_f64().unwrap();
    assert!(
        (shown - right).abs() <= 6e-4 * right.abs(),
        "{shown} for {right}"
    );
}

/// Whatever would change something is refused.
fn refuses_changes(page: &mut Page, state: &Value) {
    for asked in [
        json!({ "ask": "set", "settings": state["settings"] }),
        json!({ "ask": "write" }),
        json!({ "ask": "undo" }),
        json!({ "ask": "open", "text": "" }),
    ] {
        page.say(asked.to_string());
        let why = page.next("refused")["why"].to_string();
        assert!(why.contains("changes nothing"), "{why}");
    }
}

#[test]
fn a_page_that_only_looks_runs_nothing_and_changes_nothing() {
    let (scenario, mut workshop, home) = opened("looks");
    workshop.read_only = true;
    {
        let server = Server::serve(scenario, workshop.clone(), home.clone());
        let mut page = server.page();
        assert_eq!(page.next("opened")["read_only"], true);
        let told = page.next("numbers");
        assert_eq!(
            (&told["actors"], &told["pairs"][1]),
            (&json!("none"), &json!(0))
        );
    }
    assert!(!home.join("out").exists());
    done(&home, "compare bench.toml --quiet --out out");
    let before: BTreeSet<_> = runs(&home.join("out")).into_iter().collect();
    let server = Server::serve(
        Opened::file(&home.join("bench.toml")).unwrap(),
        workshop,
        home,
    );
    let mut page = server.page();
    let state = page.next("state");
    let told = page.done();
    assert_eq!(told["band"], "final");
    refuses_changes(&mut page, &state);
    page.say(json!({ "ask": "look", "looking": { "policy": 2, "outcome": 1 } }).to_string());
    assert_eq!(page.next("numbers")["looking"]["policy"], 2);
    let after: BTreeSet<_> = runs(&server.home.join("out")).into_iter().collect();
    assert_eq!(before, after);
    assert!(!server.home.join("out/study").exists());
}
