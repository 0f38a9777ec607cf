//! Nothing is lost: killed, interrupted, sharded, damaged and repeated studies end in the same bytes.
#![cfg(unix)]

mod faults;
mod studies;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A folder of the test's own, empty at the start.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("kept")
        .join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

/// `cogov` with these arguments, to be started in `home`.
fn cogov(home: &Path, arguments: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cogov"));
    command.current_dir(home).args(arguments.split_whitespace());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn done(home: &Path, arguments: &str) -> Output {
    let output = cogov(home, arguments).output().unwrap();
    assert_eq!(
        output.status.code(),
        Some(0),
        "{arguments}: {}",
        said(&output)
    );
    output
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The small scenario's file.
fn small() -> String {
    format!(
        "{}/tests/fixtures/small/small.toml",
        env!("CARGO_MANIFEST_DIR")
    )
}

/// Every file of the results with its bytes.
fn files(results: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(results)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file() && !path.ends_with(".lock"))
        .map(|path| {
            (
                path.file_name().unwrap().to_string_lossy().into_owned(),
                fs::read(path).unwrap(),
            )
        })
        .collect();
    files.sort();
    files
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

fn runs(results: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(results.join("runs")).into_iter().flatten();
    let mut runs: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    runs.retain(|path| path.extension().is_some_and(|kind| kind == "run"));
    runs.sort();
    runs
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
