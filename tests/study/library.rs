//! A study without a command: values as they come in, no folder, and the codes with which commands end.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use cogov::model::outcome::{OUTCOMES, position};
use cogov::scenario::{Loaded, Overrides, load};
use cogov::study::error::Unanswerable;
use cogov::study::observer::{FinishedRun, Observer, PairsSoFar, RunsNeeded};
use cogov::study::{Error, Options, Study};

use crate::command::{cogov, done, files, folder, refused, said, small};

fn loaded() -> Loaded {
    load(small(), &Overrides::default()).unwrap()
}

/// Counts what it is told, and holds what pairs say so far.
#[derive(Default)]
struct Watcher {
    needed: AtomicUsize,
    finished: AtomicUsize,
    pairs: PairsSoFar,
}

impl Observer for Watcher {
    fn runs_begin(&self, needed: &RunsNeeded) {
        self.needed.fetch_add(needed.missing, Ordering::Relaxed);
    }

    fn run_finished(&self, run: &FinishedRun<'_>) {
        self.finished.fetch_add(1, Ordering::Relaxed);
        self.pairs.add(run);
    }
}

#[test]
fn every_finished_run_is_told_and_all_together_are_the_result() {
    let watcher = Arc::new(Watcher::default());
    let options = Options {
        observer: Arc::clone(&watcher) as Arc<dyn Observer>,
        ..Options::default()
    };
    let compared = Study::open(loaded(), options).unwrap().compare().unwrap();
    assert_eq!(watcher.needed.load(Ordering::Relaxed), 9);
    assert_eq!(watcher.finished.load(Ordering::Relaxed), 9);
    for policy in 1..3 {
        for (outcome, told) in OUTCOMES.iter().enumerate() {
            let so_far = watcher.pairs.effect(0, policy, outcome);
            let whole = compared.comparison().judged(policy, outcome);
            let bits = |of: cogov::experiment::statistics::paired::Effect| {
                [of.baseline, of.difference, of.low, of.high].map(f64::to_bits)
            };
            assert_eq!(bits(so_far), bits(whole), "{}", told.name);
        }
    }
    assert_eq!(watcher.pairs.effect(0, 9, 0).pairs, 0);
}

#[test]
fn a_study_in_memory_finds_what_a_folder_holds() {
    let home = folder("library", "memory");
    done(&home, &format!("compare {} --quiet --out results", small()));
    let compared = Study::open(loaded(), Options::default()).unwrap();
    let compared = compared.compare().unwrap();
    assert!(compared.study.folder.is_none() && compared.study.result_sha256.is_none());
    let effect = compared.effect("mandate", "data_sharing_rate").unwrap();
    let mut reader = csv::Reader::from_path(home.join("results/effects.csv")).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let row = rows.iter().find(|row| {
        (&row[0], &row[2], &row[5], &row[7])
            == ("mandate", "data_sharing_rate", "nation", "last_12_months")
    });
    assert_eq!(row.unwrap()[11].parse::<f64>().unwrap(), effect.difference);
    assert!(compared.effect("baseline", "data_sharing_rate").is_none());
    assert!(compared.effect("mandate", "no such outcome").is_none());
    assert!(position("data_sharing_rate").is_some());
}

#[test]
fn a_study_that_is_stopped_says_so() {
    let options = Options {
        stop: Arc::new(AtomicBool::new(true)),
        ..Options::default()
    };
    let study = Study::open(loaded(), options).unwrap();
    assert!(matches!(study.compare(), Err(Error::Interrupted)));
    let nothing = study.sweep(false);
    let expected = Unanswerable::NothingToVary;
    assert!(matches!(nothing, Err(Error::Unanswerable(why)) if why == expected));
}

#[test]
fn a_file_that_is_not_there_could_not_be_read() {
    let home = folder("library", "absent");
    let said = refused(&home, "compare absent.toml", 2);
    assert!(said.contains("there is no file `absent.toml`"), "{said}");
    std::fs::write(home.join("bad.toml"), "name = 3\n").unwrap();
    refused(&home, "compare bad.toml", 1);
    for verb in ["report", "replay"] {
        let more = if verb == "replay" { " 0" } else { "" };
        let said = refused(&home, &format!("{verb} nowhere{more}"), 2);
        assert!(said.contains("there is no folder `nowhere`"), "{said}");
    }
}

#[test]
fn cohorts_have_a_comparison_and_its_report() {
    let home = folder("library", "cohorts");
    done(
        &home,
        &format!("compare {} --quiet --mean-field --out results", small()),
    );
    assert!(home.join("results/report.html").exists());
}

#[cfg(unix)]
#[test]
fn words_that_are_not_utf_8_are_named() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    let home = folder("library", "words");
    let mut command = cogov(&home, &format!("compare {} --quiet --out", small()));
    let output = command.arg(OsStr::from_bytes(b"results/\xbd\xe1")).output();
    let output = output.unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("is not UTF-8"), "{}", said(&output));
    assert!(!home.join("results").exists());
}

/// Files of 100 KiB at most: runs are kept, and the table of effects cannot be written.
#[cfg(unix)]
#[test]
fn where_a_table_cannot_be_written_none_is_left() {
    let home = folder("library", "cut-short");
    let study = format!("compare {} --quiet --no-report --out results", small());
    let program = crate::command::COGOV;
    let script = format!("trap '' XFSZ; ulimit -f 100; exec {program} {study}");
    let mut command = std::process::Command::new("bash");
    let output = command.current_dir(&home).args(["-c", &script]).output();
    let output = output.unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    let names = |home: &std::path::Path| -> Vec<String> {
        let all = files(&home.join("results")).into_iter();
        all.map(|(name, _)| name).collect()
    };
    assert_eq!(names(&home), ["manifest.json"]);
    done(&home, &format!("{study} --resume"));
    assert!(names(&home).contains(&"effects.csv".to_owned()));
}
