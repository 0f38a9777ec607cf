//! Interruption, chains that are kept, finished tables.

use super::folder::Folder;
use std::fs;
use std::path::Path;
use std::process::{Command as Process, Stdio};
use std::time::{Duration, Instant};

/// Waits until `done` holds.
fn wait_for(done: impl Fn() -> bool) {
    let begun = Instant::now();
    while !done() {
        assert!(
            begun.elapsed() < Duration::from_secs(60),
            "nothing happened"
        );
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn finished_chains(folder: &Path) -> usize {
    let files = fs::read_dir(folder).map(|files| files.flatten().collect::<Vec<_>>());
    let json = |f: &fs::DirEntry| f.path().extension().is_some_and(|e| e == "json");
    files.map_or(0, |files| files.iter().filter(|f| json(f)).count())
}

/// Runs until a chain is finished in `chains`, presses Ctrl-C, and gives what was said.
#[cfg(unix)]
fn interrupted(folder: &Folder, flags: &[&str], chains: &Path) -> String {
    let child = Process::new(env!("CARGO_BIN_EXE_cogov"))
        .args(folder.arguments(flags))
        .stderr(Stdio::piped())
        .spawn()
        .expect("a run");
    wait_for(|| finished_chains(chains) > 0);
    let id = child.id().to_string();
    let sent = Process::new("kill").args(["-INT", &id]).status();
    assert!(sent.expect("a signal").success());
    let output = child.wait_with_output().expect("an end");
    assert_eq!(output.status.code(), Some(130));
    String::from_utf8(output.stderr).expect("text")
}

#[cfg(unix)]
#[test]
fn an_interrupted_exploration_goes_on() {
    let folder = Folder::with_texts("exploration");
    let long = [
        "--burn-in",
        "2500",
        "--threads",
        "1",
        "--method",
        "lda",
        "--sizes",
        "2,3",
    ];
    let chains = folder.path("out/f.csv.chains/zh_2");
    interrupted(&folder, &long, &chains);
    let first = chains.join("chain_000.json");
    let old = fs::read(&first).expect("a chain");
    let choice = |more: &[&str]| {
        folder.cogov(&[&long, more].concat()).assert().success();
        folder.read("out/f_choice_zh.csv")
    };
    let resumed = choice(&["--resume"]);
    assert_eq!(resumed, choice(&[]), "the same curves as in one go");
    let mut changed: serde_json::Value = serde_json::from_slice(&old).expect("a chain");
    changed["chains"][0]["alpha"][0] = 90.0.into();
    fs::create_dir_all(&chains).expect("a folder");
    fs::write(&first, changed.to_string()).expect("a chain");
    assert_ne!(
        resumed,
        choice(&["--resume"]),
        "the finished chain was made again"
    );
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_keeps_its_chains_and_goes_on() {
    let folder = Folder::with_texts("interrupted");
    let long = ["--burn-in", "2500", "--chains", "6", "--threads", "1"];
    let chains = folder.path("out/f.csv.chains");
    let said = interrupted(&folder, &long, &chains);
    assert!(
        said.contains("finished chains are kept (Ctrl-C again"),
        "{said}"
    );
    assert!(
        said.contains("hint: the same command with --resume"),
        "{said}"
    );
    let kept = finished_chains(&chains);
    assert!((1..6).contains(&kept), "{kept} chains kept");
    assert!(!folder.path("out/f.csv").exists());
    let first = chains.join("chain_000.json");
    let old = fs::read(&first).expect("a chain");
    let resume = |more: &[&str]| {
        folder.cogov(&[&long, more].concat()).assert().success();
        folder.read("out/f.csv")
    };
    let resumed = resume(&["--resume"]);
    assert_eq!(resumed, resume(&[]), "the same table as in one go");
    // A finished chain that was changed on disk shows in the table: it is taken up, not made again.
    let mut changed: serde_json::Value = serde_json::from_slice(&old).expect("a chain");
    changed["chains"][0]["attention"][0] = 90.0.into();
    fs::create_dir_all(&chains).expect("a folder");
    fs::write(&first, changed.to_string()).expect("a chain");
    assert_ne!(
        resumed,
        resume(&["--resume"]),
        "the finished chain was made again"
    );
}
