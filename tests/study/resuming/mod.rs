//! Nothing is lost: killed, interrupted, sharded, damaged and repeated studies end in the same bytes.
#![cfg(unix)]

mod faults;
mod places;
mod studies;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::command::{cogov, done, files, names, refused, runs, said, small};

/// A folder of the test's own, empty at the start.
fn folder(name: &str) -> PathBuf {
    crate::command::folder("kept", name)
}

/// The manifest and the report hold the command line, so they may stand `besides`.
fn assert_same_files(a: &Path, b: &Path, besides: &[&str]) {
    let of = |path: &Path| {
        let mut all = files(path);
        all.retain(|(name, _)| !besides.contains(&name.as_str()));
        all
    };
    let (a, b) = (of(a), of(b));
    let names =
        |all: &[(String, Vec<u8>)]| all.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&a), names(&b));
    for ((name, left), (_, right)) in a.iter().zip(&b) {
        assert!(left == right, "{name} differs");
    }
}

fn signal(child: &Child, name: &str) {
    let pid = child.id().to_string();
    assert!(
        Command::new("kill")
            .args([name, &pid])
            .status()
            .unwrap()
            .success()
    );
}

fn wait_for(path: &Path) {
    let begun = Instant::now();
    while !path.exists() {
        assert!(
            begun.elapsed() < Duration::from_secs(60),
            "{} never came",
            path.display()
        );
        sleep(Duration::from_millis(2));
    }
}

/// Waits until the study in `results` has `count` runs on disk.
fn wait_for_runs(results: &Path, count: usize) {
    let begun = Instant::now();
    while runs(results).len() < count {
        assert!(begun.elapsed() < Duration::from_secs(60), "runs never came");
        sleep(Duration::from_millis(2));
    }
}
