//! Nothing is lost: killed, interrupted, sharded, damaged and repeated studies end in the same bytes.
#![cfg(unix)]

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

/// Files that tell how the study was started, which differs, and those made for the report.
const TELL_THE_COMMAND: [&str; 5] = [
    "manifest.json",
    "datapackage.json",
    "report.html",
    "governments.csv",
    "ties.csv",
];

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

#[test]
fn fifty_kills_at_random_moments_lose_nothing() {
    let (quiet, killed) = (folder("never-killed"), folder("killed"));
    let study = format!(
        "compare {} --quiet --replications 120 --out results",
        small()
    );
    done(&quiet, &study);
    let results = killed.join("results");
    let mut kept: Vec<PathBuf> = Vec::new();
    let mut chance = 0x2545_f491_u64;
    let mut in_time = 0;
    for kill in 0..50 {
        let resume = if kill > 0 && results.join("manifest.json").exists() {
            " --resume"
        } else {
            ""
        };
        let mut child = cogov(&killed, &(study.clone() + resume)).spawn().unwrap();
        chance = chance
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        sleep(Duration::from_micros(1000 + (chance >> 33) % 60_000));
        in_time += u32::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        let now = runs(&results);
        assert!(
            kept.iter().all(|run| now.contains(run)),
            "a finished run was lost"
        );
        kept = now;
    }
    assert!(in_time > 10, "only {in_time} kills came before the end");
    done(&killed, &(study + " --resume"));
    assert_same_files(&quiet.join("results"), &results, &[]);
    // of the three policies one has no effect but another identity
    assert_eq!(runs(&results).len(), 3 * 120);
    assert_eq!(
        runs(&results).len(),
        fs::read_dir(results.join("runs")).unwrap().count()
    );
}

#[test]
fn parts_join_to_the_bytes_of_the_whole() {
    let home = folder("parts");
    let study = format!("compare {} --quiet --replications 5", small());
    done(&home, &format!("{study} --out whole"));
    for part in 1..=3 {
        let output = done(
            &home,
            &format!("{study} --shard {part}/3 --out part-{part}"),
        );
        assert!(String::from_utf8_lossy(&output.stdout).contains(&format!("part {part} of 3")));
        assert!(!home.join(format!("part-{part}/runs.csv")).exists());
    }
    let early = cogov(&home, "merge part-1 part-3 --out joined")
        .output()
        .unwrap();
    assert_eq!(early.status.code(), Some(1));
    assert!(
        said(&early).contains("of 15 runs are in none of the parts"),
        "{}",
        said(&early)
    );
    done(&home, "merge part-1 part-2 part-3 --out joined");
    // the manifest tells the command line, which differs
    assert_same_files(&home.join("whole"), &home.join("joined"), &TELL_THE_COMMAND);
    let sweep = format!(
        "sweep {} --quiet --vary sharing.benefit --method sobol -n 4 --replications 1",
        small()
    );
    done(&home, &format!("{sweep} --out swept"));
    done(&home, &format!("{sweep} --shard 1/2 --out swept-1"));
    done(&home, &format!("{sweep} --shard 2/2 --out swept-2"));
    done(&home, "merge swept-2 swept-1 --out swept-joined");
    assert_same_files(
        &home.join("swept"),
        &home.join("swept-joined"),
        &TELL_THE_COMMAND,
    );
    let other = cogov(&home, "merge part-1 swept-1 --out mixed")
        .output()
        .unwrap();
    assert_eq!(other.status.code(), Some(1));
    assert!(
        said(&other).contains("is no part of the study"),
        "{}",
        said(&other)
    );
}

#[test]
fn more_replications_run_only_the_new_ones_and_a_store_is_shared() {
    let home = folder("more");
    let study = format!("compare {} --quiet", small());
    done(&home, &format!("{study} --replications 4 --out grown"));
    let before = runs(&home.join("grown"));
    let dates: Vec<_> = before
        .iter()
        .map(|run| fs::metadata(run).unwrap().modified().unwrap())
        .collect();
    done(&home, &format!("{study} --replications 6 --out grown"));
    done(
        &home,
        &format!("{study} --replications 6 --out fresh --store pool"),
    );
    assert_same_files(&home.join("grown"), &home.join("fresh"), &TELL_THE_COMMAND);
    let after: Vec<_> = before
        .iter()
        .map(|run| fs::metadata(run).unwrap().modified().unwrap())
        .collect();
    assert_eq!(dates, after, "a finished run was run again");
    let pool = || fs::read_dir(home.join("pool")).unwrap().count();
    let full = pool();
    // one policy of the same study, and a sweep that keeps less: all is there already
    done(
        &home,
        &format!(
            "run {} --quiet --policy mandate --replications 6 --out one --store pool",
            small()
        ),
    );
    done(
        &home,
        &format!(
            "sweep {} --quiet --vary sharing.benefit=3 --replications 6 --out swept --store pool",
            small()
        ),
    );
    assert_eq!(pool(), full);
}

#[test]
fn a_damaged_run_is_found_and_run_again() {
    let home = folder("damaged");
    let study = format!("compare {} --quiet --out results", small());
    done(&home, &study);
    let results = home.join("results");
    let sound = files(&results);
    let damaged = &runs(&results)[3];
    let whole = fs::read(damaged).unwrap();
    fs::write(damaged, &whole[..whole.len() / 2]).unwrap();
    done(&home, &study);
    assert_eq!(fs::read(damaged).unwrap(), whole);
    assert!(files(&results) == sound);
}

#[test]
fn a_row_is_proved_and_a_forged_one_is_not() {
    let home = folder("replay");
    let study = format!(
        "sweep {} --quiet --vary sharing.benefit=2,4 --replications 2 --out results",
        small()
    );
    done(&home, &study);
    let output = done(&home, "replay results 10");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(
        told.starts_with("run 10 (mandate, replication 1): all "),
        "{told}"
    );
    let table = home.join("results/runs.csv");
    let text = fs::read_to_string(&table).unwrap();
    let row = text.lines().find(|line| line.starts_with("10,")).unwrap();
    let forged = row.replacen(",done,0.", ",done,0.9", 1);
    assert_ne!(row, forged);
    fs::write(&table, text.replace(row, &forged)).unwrap();
    let output = cogov(&home, "replay results 10").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        said(&output).contains("data_sharing_rate: recorded 0.9"),
        "{}",
        said(&output)
    );
    let none = cogov(&home, "replay results 12").output().unwrap();
    assert_eq!(none.status.code(), Some(1));
    assert!(
        said(&none).contains("they go from 0 to 11"),
        "{}",
        said(&none)
    );
}

/// Arguments of a study that takes minutes.
fn long() -> String {
    format!(
        "compare {} --quiet --replications 2000 --set run.months=240 --out results",
        small()
    )
}

#[test]
fn a_folder_is_for_one_process() {
    let home = folder("locked");
    let mut first = cogov(&home, &long()).spawn().unwrap();
    wait_for(&home.join("results/manifest.json"));
    let second = cogov(&home, &long()).output().unwrap();
    first.kill().unwrap();
    first.wait().unwrap();
    assert_eq!(second.status.code(), Some(2));
    assert!(
        said(&second).contains("another process is at work in `results`"),
        "{}",
        said(&second)
    );
    let after = format!(
        "compare {} --quiet --replications 1 --force --out results",
        small()
    );
    done(&home, &after);
}

#[test]
fn control_c_once_keeps_what_is_finished_and_twice_ends_at_once() {
    for (name, presses) in [("once", 1), ("twice", 2)] {
        let home = folder(name);
        let child = cogov(&home, &long()).spawn().unwrap();
        wait_for_runs(&home.join("results"), 5);
        for _ in 0..presses {
            signal(&child, "-INT");
            sleep(Duration::from_millis(5));
        }
        let begun = Instant::now();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(130), "{}", said(&output));
        assert!(begun.elapsed() < Duration::from_secs(20));
        assert!(said(&output).contains("finished runs are kept"));
        if presses == 1 {
            assert!(
                said(&output).contains("the same command goes on"),
                "{}",
                said(&output)
            );
        }
        assert!(runs(&home.join("results")).len() >= 5);
        assert!(!home.join("results/runs.csv").exists());
    }
}

#[test]
fn places_that_cannot_be_written_are_named() {
    let home = folder("unwritable");
    fs::write(home.join("file"), "").unwrap();
    let study = format!("compare {} --quiet --replications 1", small());
    for more in ["--out file/results", "--out results --store file/pool"] {
        let output = cogov(&home, &format!("{study} {more}")).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{more}");
        assert!(
            said(&output).starts_with("error: file/"),
            "{}",
            said(&output)
        );
    }
}

/// Files of 8 KiB at most: writing a run fails as on a full disk. Nothing half-written is left, and
/// with room the same command ends well.
#[test]
fn a_full_disk_loses_nothing() {
    let (home, roomy) = (folder("full"), folder("roomy"));
    let study = format!("compare {} --quiet --replications 2 --out results", small());
    let program = env!("CARGO_BIN_EXE_cogov");
    let script = format!("trap '' XFSZ; ulimit -f 8; exec {program} {study}");
    let output = Command::new("bash")
        .current_dir(&home)
        .args(["-c", &script])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).starts_with("error: "), "{}", said(&output));
    let left = fs::read_dir(home.join("results/runs"))
        .into_iter()
        .flatten();
    assert_eq!(left.count(), 0, "something half-written is left");
    done(&home, &study);
    done(&roomy, &study);
    assert_same_files(&home.join("results"), &roomy.join("results"), &[]);
}

/// 1,500 runs in 400 MB of address space, of which the program, its threads and their stacks take
/// most: what is kept of a sweep lies on disk.
#[test]
#[cfg(target_os = "linux")]
fn memory_does_not_grow_with_the_number_of_runs() {
    let home = folder("memory");
    let program = env!("CARGO_BIN_EXE_cogov");
    let study = format!(
        "sweep {} --quiet --vary sharing.benefit --points 250 --replications 2 --threads 2 --out results",
        small()
    );
    let script = format!("ulimit -v 400000; exec {program} {study}");
    let output = Command::new("bash")
        .current_dir(&home)
        .args(["-c", &script])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let rows = fs::read_to_string(home.join("results/runs.csv")).unwrap();
    assert_eq!(rows.lines().count(), 1 + 250 * 2 * 3);
}
