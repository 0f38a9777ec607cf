//! Whatever ends a process, and whatever happens to its folder: the same command ends in the same bytes,
//! or says what is wrong; nothing of the user's is lost.
//!
//! `COGOV_FLIPS` says how often a bit of a folder is flipped; few times in the gate.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::command::{COGOV, cogov, done, files, folder, refused, said, small, times};
use crate::kills::Dice;

/// Sends `signal` to a comparison that has begun, and gives what comes of it.
#[cfg(unix)]
fn signalled(home: &Path, signal: &str) -> Output {
    let command = long();
    let child = cogov(home, &command).spawn().unwrap();
    let begun = Instant::now();
    while crate::command::runs(&home.join("results")).is_empty() {
        assert!(
            begun.elapsed() < Duration::from_secs(60),
            "no run was finished"
        );
        sleep(Duration::from_millis(2));
    }
    let pid = child.id().to_string();
    assert!(
        Command::new("kill")
            .args([signal, &pid])
            .status()
            .unwrap()
            .success()
    );
    child.wait_with_output().unwrap()
}

fn long() -> String {
    format!(
        "compare {} --quiet --no-report --replications 60 --out results",
        small()
    )
}

#[cfg(unix)]
#[test]
fn what_ends_a_process_in_order_leaves_what_goes_on() {
    let home = folder("faults", "signals");
    done(&home, &long());
    let sound = files(&home.join("results"));
    for signal in ["-INT", "-TERM", "-HUP"] {
        fs::remove_dir_all(home.join("results")).unwrap();
        let output = signalled(&home, signal);
        assert_eq!(
            output.status.code(),
            Some(130),
            "{signal}: {}",
            said(&output)
        );
        assert!(
            said(&output).contains("goes on where it stopped"),
            "{signal}: {}",
            said(&output)
        );
        done(&home, &format!("{} --resume", long()));
        assert!(files(&home.join("results")) == sound, "{signal}");
    }
}

#[cfg(unix)]
#[test]
fn a_reader_that_leaves_is_no_panic() {
    let home = folder("faults", "pipe");
    let mut child = cogov(&home, "explain --markdown").spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(!said(&output).contains("panicked"), "{}", said(&output));
}

/// What `script` says, in which `$COGOV` is the program.
#[cfg(unix)]
fn shell(home: &Path, script: &str) -> Output {
    let mut command = Command::new("bash");
    command
        .current_dir(home)
        .args(["-c", script])
        .env("COGOV", COGOV);
    command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .output()
        .unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn what_the_system_refuses_is_said() {
    let home = folder("faults", "refused");
    let study = format!("compare {} --quiet --no-report", small());
    for (script, code) in [
        (format!("$COGOV {study} --out results > /dev/full"), 2),
        (format!("$COGOV {study} --out /proc/results"), 2),
        (format!("$COGOV {study} --out /dev/null"), 2),
        (
            format!("ulimit -n 16; $COGOV {study} --out few --threads 4"),
            0,
        ),
        (format!("ulimit -v 2000000; $COGOV {study} --out small"), 0),
        (
            format!(
                "ulimit -v 2000000; $COGOV {study} --set population.citizens_per_million=1e5 --replications 1 --out tight"
            ),
            0,
        ),
        (
            format!(
                "ulimit -v 2000000; $COGOV {study} --set population.citizens_per_million=1e8 --out large"
            ),
            1,
        ),
    ] {
        let output = shell(&home, &script);
        assert_eq!(
            output.status.code(),
            Some(code),
            "{script}: {}",
            said(&output)
        );
        assert!(
            code == 0 || said(&output).contains("error: "),
            "{script}: {}",
            said(&output)
        );
    }
}

#[test]
fn two_processes_keep_out_of_each_others_way() {
    let home = folder("faults", "two");
    let alone = format!("compare {} --quiet --no-report --replications 20", small());
    done(&home, &format!("{alone} --out alone"));
    let sound = crate::command::names(&home.join("alone"));
    let mut first = cogov(&home, &format!("{alone} --out one --store runs"))
        .spawn()
        .unwrap();
    done(&home, &format!("{alone} --out two --store runs"));
    assert!(first.wait().unwrap().success());
    for name in sound.iter().filter(|name| *name != "manifest.json") {
        let of = |folder: &str| fs::read(home.join(folder).join(name)).unwrap();
        assert!(
            of("one") == of("alone") && of("two") == of("alone"),
            "{name}"
        );
    }
}

fn copied(from: &Path, to: &Path) {
    let _ = fs::remove_dir_all(to);
    fs::create_dir_all(to.join("runs")).unwrap();
    for place in ["", "runs"] {
        for entry in fs::read_dir(from.join(place)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                fs::copy(&path, to.join(place).join(path.file_name().unwrap())).unwrap();
            }
        }
    }
}

/// All files of the folder, those of the runs with it.
fn all(home: &Path) -> Vec<PathBuf> {
    let entries = |place: &Path| {
        fs::read_dir(place)
            .unwrap()
            .map(|entry| entry.unwrap().path())
    };
    let mut all: Vec<PathBuf> = entries(home).chain(entries(&home.join("runs"))).collect();
    all.retain(|path| path.is_file() && fs::metadata(path).unwrap().len() > 0);
    all.sort();
    all
}

/// Flips a bit somewhere in the folder; gives file and byte.
fn damaged(results: &Path, dice: &mut Dice) -> (PathBuf, usize) {
    let there = all(results);
    let path = there[dice.below(there.len() as u64) as usize].clone();
    let mut bytes = fs::read(&path).unwrap();
    let at = dice.below(bytes.len() as u64) as usize;
    bytes[at] ^= 1 << dice.below(8);
    fs::write(&path, bytes).unwrap();
    (path, at)
}

#[test]
fn a_flipped_bit_is_found_or_computed_again() {
    let home = folder("faults", "bits");
    let command = format!("compare {} --quiet --out results", small());
    done(&home, &command);
    let (sound, results) = (home.join("sound"), home.join("results"));
    copied(&results, &sound);
    let whole = files(&sound);
    let page = fs::read(sound.join("report.html")).unwrap();
    let mut dice = Dice(18);
    for flip in 0..times("COGOV_FLIPS", 12) {
        copied(&sound, &results);
        let (path, at) = damaged(&results, &mut dice);
        let place = format!("flip {flip}: {}, byte {at}", path.display());
        for verb in ["replay results 3", "report results"] {
            let output = cogov(&home, verb).output().unwrap();
            let code = output.status.code();
            assert!(
                matches!(code, Some(0..=2)),
                "{place}, {verb}: {}",
                said(&output)
            );
            if code == Some(0) && verb.starts_with("report") {
                assert!(
                    fs::read(results.join("report.html")).unwrap() == page,
                    "{place}: another page"
                );
            }
        }
        let output = cogov(&home, &command).output().unwrap();
        match output.status.code() {
            Some(0) => assert!(files(&results) == whole, "{place}: other results"),
            code => assert!(
                code == Some(1) && path.ends_with("manifest.json"),
                "{place}: {}",
                said(&output)
            ),
        }
    }
}

#[test]
fn a_deleted_file_is_made_again() {
    let home = folder("faults", "deleted");
    let command = format!("compare {} --quiet --out results", small());
    done(&home, &command);
    let whole = files(&home.join("results"));
    for (turn, path) in all(&home.join("results")).into_iter().enumerate() {
        // every table, and some of the runs
        if path.ends_with("manifest.json") || turn % 3 == 1 {
            continue;
        }
        fs::remove_file(&path).unwrap();
        done(&home, &command);
        assert!(files(&home.join("results")) == whole, "{}", path.display());
    }
}

#[test]
fn what_is_the_users_own_stays() {
    let home = folder("faults", "own");
    let results = home.join("results");
    fs::create_dir_all(results.join("runs")).unwrap();
    let own = [
        "notes.txt",
        "data.csv",
        "runs/mine.run",
        "runs/old.tmp",
        "figure.html",
    ];
    own.iter()
        .for_each(|name| fs::write(results.join(name), "mine").unwrap());
    let study = format!("compare {} --quiet --no-report --out results", small());
    done(&home, &study);
    done(&home, &format!("{study} --seed 8 --force"));
    fs::write(results.join("effects.csv"), "mine").unwrap();
    fs::remove_file(results.join("manifest.json")).unwrap();
    let said = refused(&home, &study, 1);
    assert!(said.contains("but no study"), "{said}");
    assert_eq!(
        fs::read_to_string(results.join("effects.csv")).unwrap(),
        "mine"
    );
    for name in own {
        assert_eq!(
            fs::read_to_string(results.join(name)).unwrap(),
            "mine",
            "{name}"
        );
    }
}

#[test]
fn the_folder_of_the_scenario_keeps_its_files() {
    let home = folder("faults", "beside");
    for file in fs::read_dir(Path::new(&small()).parent().unwrap()).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), home.join(file.file_name())).unwrap();
    }
    let before = files(&home);
    done(&home, "compare small.toml --quiet --no-report --out .");
    done(
        &home,
        "compare small.toml --quiet --no-report --seed 9 --force --out .",
    );
    for (name, bytes) in before {
        assert!(fs::read(home.join(&name)).unwrap() == bytes, "{name}");
    }
}
