//! Two processes, Ctrl-C, places that cannot be written, a full disk, little memory.

use super::*;

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
fn the_system_ends_a_study_as_control_c_does() {
    for name in ["-TERM", "-HUP"] {
        let home = folder(name);
        let child = cogov(&home, &long()).spawn().unwrap();
        wait_for_runs(&home.join("results"), 2);
        signal(&child, name);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(130), "{}", said(&output));
        let said = said(&output);
        assert!(said.contains("the same command goes on"), "{said}");
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

/// No room for the report: the study is complete without it, and the same command makes it once there is
/// room.
#[test]
fn a_report_without_room_leaves_a_whole_study() {
    let (home, roomy) = (folder("last"), folder("last-roomy"));
    let study = format!(
        "sweep {} --quiet --replications 1 --vary sharing.benefit=2,4 --out results",
        small()
    );
    let program = env!("CARGO_BIN_EXE_cogov");
    let script = format!("trap '' XFSZ; ulimit -f 300; exec {program} {study}");
    let mut command = Command::new("bash");
    let output = command.current_dir(&home).args(["-c", &script]).output();
    let output = output.unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    let results = home.join("results");
    assert!(results.join("robustness.csv").exists());
    assert!(!results.join("report.html.tmp").exists());
    let manifest = fs::read_to_string(results.join("manifest.json")).unwrap();
    assert!(manifest.contains("\"complete\""));
    done(&home, &(study.clone() + " --resume"));
    done(&roomy, &study);
    assert_same_files(&results, &roomy.join("results"), &[]);
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
