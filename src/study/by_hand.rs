//! A small study of three policies in three replications over 30 months, whose policies all begin in
//! month 5, and who is told of it; only tests live here.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use crate::scenario::{Loaded, Overrides, load};
use crate::study::observer::{FinishedRun, Observer, RunsNeeded};
use crate::study::{Options, Study};

/// What was told, and how often.
#[derive(Debug, Default)]
pub struct Heard {
    /// Months that are done.
    pub months: AtomicU32,
    /// Runs that are finished.
    pub runs: AtomicU32,
    /// Runs that were missing and there, whenever runs began.
    pub needed: Mutex<Vec<[usize; 2]>>,
    /// What was worth a line.
    pub notes: Mutex<Vec<String>>,
}

impl Heard {
    /// Months and runs so far.
    pub fn so_far(&self) -> [u32; 2] {
        [&self.months, &self.runs].map(|count| count.load(Ordering::Relaxed))
    }
}

impl Observer for Heard {
    fn runs_begin(&self, needed: &RunsNeeded) {
        let mut all = self.needed.lock().expect("nobody fails here");
        all.push([needed.missing, needed.finished]);
    }

    fn months_done(&self, months: u32) {
        self.months.fetch_add(months, Ordering::Relaxed);
    }

    fn run_finished(&self, _: &FinishedRun<'_>) {
        self.runs.fetch_add(1, Ordering::Relaxed);
    }

    fn note(&self, line: &str) {
        let mut all = self.notes.lock().expect("nobody fails here");
        all.push(line.to_owned());
    }
}

/// The scenario.
pub fn loaded() -> Loaded {
    load("tests/fixtures/small/small.toml", &Overrides::default()).expect("it is sound")
}

/// A study of it without a folder.
pub fn study(loaded: Loaded) -> Study {
    let options = Options {
        threads: std::num::NonZeroUsize::new(1),
        ..Options::default()
    };
    Study::open(loaded, options).expect("there is no folder to be wrong")
}

/// Options that tell `told` and work on one thread.
pub fn told_to(told: &Arc<Heard>) -> Options {
    Options {
        threads: std::num::NonZeroUsize::new(1),
        observer: Arc::clone(told) as Arc<_>,
        ..Options::default()
    }
}

/// An empty folder of this process.
pub fn folder(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("cogov-{}-{name}", std::process::id()));
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).expect("a folder for a while");
    path
}
