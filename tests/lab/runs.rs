//! Numbers of the page are those of `compare`, whatever was stopped, and nothing is run twice.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::num::NonZeroUsize;
use std::path::Path;
use std::process::Child;
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use cogov::lab::tally::{LiveTally, TallyCell};
use cogov::model::outcome::OUTCOMES;
use cogov::scenario::{Overrides, load};
use cogov::study::observer::{FinishedRun, Observer};
use cogov::study::{Options, Study};
use serde_json::json;

use crate::client::{Page, Server};
use crate::command::{cogov, done, files, small};
use crate::table::scenario;

/// Half-widths after every pair, by outcome.
struct Watcher(Mutex<(LiveTally, Vec<Vec<[f64; 2]>>)>);

impl Observer for Watcher {
    fn run_finished(&self, run: &FinishedRun<'_>) {
        let mut held = self.0.lock().unwrap();
        let (tally, halves) = &mut *held;
        if !tally.add(run) {
            return;
        }
        // pairs that waited for one before them count together: the last of them is looked at
        let each = |outcome| {
            let told = tally.difference(1, 0, TallyCell::Period(0, 0, outcome));
            [told.mean, told.half()]
        };
        let now: Vec<[f64; 2]> = (0..OUTCOMES.len()).map(each).collect();
        halves.resize(tally.pairs() + 1, Vec::new());
        halves[tally.pairs()] = now;
    }
}

/// Overrides that ask for so many replications.
fn replicated(replications: u32) -> Overrides {
    Overrides {
        replications: Some(replications),
        ..Overrides::default()
    }
}

#[test]
fn the_band_after_n_pairs_is_that_of_compare_with_n_replications() {
    let loaded = load(small(), &replicated(9)).unwrap();
    let watcher = Arc::new(Watcher(Mutex::new((
        LiveTally::of(&loaded.scenario),
        Vec::new(),
    ))));
    let options = Options {
        observer: Arc::clone(&watcher) as Arc<dyn Observer>,
        // with more of them pairs may come together, and are counted together
        threads: NonZeroUsize::new(1),
        ..Options::default()
    };
    Study::open(loaded, options).unwrap().compare().unwrap();
    let held = watcher.0.lock().unwrap();
    assert_eq!(held.0.pairs(), 9);
    let all = held.1.iter().enumerate();
    let bands = all.filter(|(n, halves)| *n > 1 && !halves.is_empty());
    let mut looked = 0;
    for (n, halves) in bands {
        is_that_of_compare(n as u32, halves);
        looked += 1;
    }
    assert_eq!(looked, 8, "from two pairs to nine");
}

/// Means and half-widths of a live band are those of a comparison with `n` replications.
fn is_that_of_compare(n: u32, halves: &[[f64; 2]]) {
    let loaded = load(small(), &replicated(n)).unwrap();
    let study = Study::open(loaded, Options::default()).unwrap();
    let compared = study.compare().unwrap();
    for (outcome, [mean, half]) in halves.iter().enumerate() {
        let effect = compared.comparison().judged(1, outcome);
        let name = OUTCOMES[outcome].name;
        let same =
            |a: f64, b: f64| (a - b).abs() <= 1e-9 * b.abs().max(1.0) || (a.is_nan() && b.is_nan());
        let right = effect.difference;
        assert!(same(*mean, right), "{name}, {n} pairs: {mean} for {right}");
        let right = (effect.high - effect.low) / 2.0;
        assert!(same(*half, right), "{name}, {n} pairs: {half} for {right}");
    }
}

#[test]
fn written_results_have_the_bytes_of_compare_of_the_saved_scenario() {
    let server = Server::start("written");
    let mut page = server.page();
    let mut settings = page.next("state")["settings"].clone();
    settings["policies"][0]["interventions"][0]["course"]["dose"] = json!(0.7);
    settings["values"] = json!({ "sharing.benefit": 3.25 });
    page.say(json!({ "ask": "set", "settings": settings }).to_string());
    let state = page.next("state");
    page.say(r#"{"ask":"write"}"#);
    loop {
        let told = page.next("numbers");
        assert_eq!(told["failed"], serde_json::Value::Null);
        if told["written"] == true {
            break;
        }
    }
    fs::write(
        server.home.join("saved.toml"),
        state["toml"].as_str().unwrap(),
    )
    .unwrap();
    done(&server.home, "check saved.toml");
    done(&server.home, "compare saved.toml --quiet --out compared");
    let csv = |folder: &str| -> BTreeMap<String, Vec<u8>> {
        let all = files(&server.home.join(folder)).into_iter();
        all.filter(|(name, _)| name.ends_with(".csv")).collect()
    };
    let (lab, compared) = (csv("out/study"), csv("compared"));
    assert!(lab.len() >= 8, "{:?}", lab.keys());
    assert!(
        lab == compared,
        "{:?} and {:?} differ",
        lab.keys(),
        compared.keys()
    );
    let served = server.ask("files/effects.csv");
    let effects = String::from_utf8(lab["effects.csv"].clone()).unwrap();
    assert!(served.ends_with(&effects));
    assert!(server.ask("files/report.html").contains("<!doctype html>"));
}

#[test]
fn the_difference_of_any_two_policies_is_that_of_the_table() {
    let server = Server::start("between");
    let mut page = server.page();
    page.next("state");
    page.say(
        json!({ "ask": "look", "looking": { "policy": 2, "against": 1, "outcome": 0 } })
            .to_string(),
    );
    page.say(r#"{"ask":"write"}"#);
    let told = loop {
        let told = page.next("numbers");
        if told["written"] == true && told["looking"]["policy"] == 2 {
            break told;
        }
    };
    let table = fs::read_to_string(server.home.join("out/study/between_policies.csv")).unwrap();
    let effects = told["effects"].as_array().unwrap();
    effects.iter().for_each(|effect| stands_in(&table, effect));
    assert!(effects.len() >= 5);
}

/// The difference between `nothing` and `mandate` that was told is that of the table, as far as it was
/// rounded.
fn stands_in(table: &str, effect: &serde_json::Value) {
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let heads = rows.headers().unwrap().clone();
    let at = |name: &str| heads.iter().position(|head| head == name).unwrap();
    let name = OUTCOMES[effect["outcome"].as_u64().unwrap() as usize].name;
    let same = |row: &csv::StringRecord| {
        &row[at("policy")] == "nothing"
            && &row[at("against")] == "mandate"
            && &row[at("outcome")] == name
    };
    let row = rows.records().map(Result::unwrap).find(same).unwrap();
    let number = |name: &str| row[at(name)].parse::<f64>().unwrap();
    let near =
        |a: &serde_json::Value, b: f64| (a.as_f64().unwrap() - b).abs() <= 6e-4 * b.abs() + 1e-12;
    assert!(
        near(&effect["difference"], number("mean_difference")),
        "{name}"
    );
    let half = (number("ci_high") - number("ci_low")) / 2.0;
    assert!(near(&effect["half"], half), "{name}");
}

fn written(home: &Path) -> BTreeMap<String, SystemTime> {
    let entries = fs::read_dir(home.join("out/runs")).into_iter();
    let entries = entries.flatten().flatten();
    let runs = entries.filter(|entry| entry.path().extension().is_some_and(|end| end == "run"));
    let when = |entry: &fs::DirEntry| entry.metadata().unwrap().modified().unwrap();
    runs.map(|entry| {
        (
            entry.file_name().to_string_lossy().into_owned(),
            when(&entry),
        )
    })
    .collect()
}

/// The command as a modeller types it, and the page that it serves.
pub fn typed(home: &Path) -> (Child, Page) {
    let mut child = cogov(home, "lab bench.toml --no-open --quiet --out out")
        .spawn()
        .unwrap();
    let mut line = String::new();
    let told = child.stdout.as_mut().unwrap();
    BufReader::new(told).read_line(&mut line).unwrap();
    let rest = line.trim().strip_prefix("http://").unwrap();
    let (host, token) = rest.trim_end_matches('/').split_once('/').unwrap();
    (child, Page::open(host, token))
}

#[test]
fn a_server_that_was_killed_goes_on_from_what_was_finished() {
    let (_, home) = scenario("killed");
    let (mut child, mut page) = typed(&home);
    let mut settings = page.next("state")["settings"].clone();
    // more than are run between two tellings
    settings["pairs"] = json!(400);
    let asked = json!({ "ask": "set", "settings": settings }).to_string();
    page.say(asked.clone());
    page.next("state");
    while page.next("numbers")["pairs"][1].as_u64().unwrap() < 4 {}
    child.kill().unwrap();
    child.wait().unwrap();
    let before = written(&home);
    let (mut child, mut page) = typed(&home);
    page.next("state");
    page.say(asked);
    page.next("state");
    page.done();
    let after = written(&home);
    child.kill().unwrap();
    child.wait().unwrap();
    let counts = (before.len(), after.len());
    assert!(counts.0 >= 12 && counts.1 > counts.0, "{counts:?}");
    for (run, when) in &before {
        assert_eq!(after.get(run), Some(when), "{run} was run again");
    }
}
