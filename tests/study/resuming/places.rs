//! Folders that hold something: what is not cogov's stays, what is stale goes.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use cogov::output::tables::ties;
use cogov::scenario::{Overrides, load};
use cogov::simulation::Onward;

use super::*;

fn compare() -> String {
    format!("compare {} --quiet --replications 2", small())
}

fn sweep() -> String {
    format!("sweep {} --quiet --replications 1", small())
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

#[test]
fn a_design_table_stays_in_the_folder_of_its_sweep() {
    let home = folder("design");
    let (design, region) = (home.join("dl/design.csv"), home.join("dl/region.csv"));
    write(&design, "sharing.benefit\n2\n4\n");
    write(&region, "mine");
    let study = sweep() + " --design dl/design.csv --out dl";
    done(&home, &study);
    done(&home, &(study + " --force"));
    assert_eq!(read(&design), "sharing.benefit\n2\n4\n");
    assert_eq!(read(&region), "mine");
    // a name that the study needs for itself
    write(&home.join("other/runs.csv"), "sharing.benefit\n2\n");
    let study = sweep() + " --design other/runs.csv --out other --force";
    let said = refused(&home, &study, 1);
    assert!(
        said.contains("other/runs.csv` and would write over it"),
        "{said}"
    );
    assert_eq!(read(&home.join("other/runs.csv")), "sharing.benefit\n2\n");
    assert_eq!(names(&home.join("other")), ["runs.csv"]);
}

#[test]
fn files_of_other_origin_are_named_and_stay() {
    let home = folder("strangers");
    let results = home.join("results");
    write(&results.join("runs.csv"), "mine");
    write(&results.join("report.html"), "mine");
    write(&results.join("notes.txt"), "mine");
    let study = compare() + " --out results";
    let said = refused(&home, &study, 1);
    assert!(said.contains("runs.csv, report.html"), "{said}");
    assert!(said.contains("--force"), "{said}");
    let left: Vec<_> = fs::read_dir(&results).unwrap().collect();
    assert_eq!(left.len(), 3, "something was written");
    done(&home, &(study + " --force"));
    assert_ne!(read(&results.join("runs.csv")), "mine");
    for name in ["runs.csv.before", "report.html.before", "notes.txt"] {
        assert_eq!(read(&results.join(name)), "mine");
    }
}

#[test]
fn a_manifest_that_cannot_be_read_may_be_another_study() {
    let home = folder("unreadable");
    let manifest = home.join("results/manifest.json");
    let study = compare() + " --out results";
    done(&home, &study);
    let whole = fs::read(&manifest).unwrap();
    for damaged in [&b"{}"[..], &whole[..whole.len() / 2]] {
        fs::write(&manifest, damaged).unwrap();
        for more in ["", " --resume"] {
            let said = refused(&home, &(study.clone() + more), 1);
            assert!(said.contains("may hold another study"), "{said}");
        }
        assert_eq!(fs::read(&manifest).unwrap(), damaged);
    }
    done(&home, &(study + " --force"));
    let aside = home.join("results/manifest.json.before");
    assert_eq!(fs::read(aside).unwrap(), whole[..whole.len() / 2]);
    assert_eq!(
        fs::read(&manifest).unwrap().len(),
        whole.len() + ",\n    \"--force\"".len()
    );
}

#[test]
fn force_keeps_finished_runs_and_what_is_not_a_run() {
    let home = folder("forced");
    let results = home.join("results");
    done(&home, &(compare() + " --policies mandate --out results"));
    let half_written = format!("runs/{}.7-0.tmp", "0a".repeat(32));
    for name in ["runs/thesis-data.txt", "runs/thesis.tmp", &half_written] {
        write(&results.join(name), "mine");
    }
    let refusal = refused(&home, &(compare() + " --out results"), 1);
    assert!(refusal.contains("finished runs are kept"), "{refusal}");
    let whole = format!("compare {} --replications 2 --out results", small());
    let output = done(&home, &(whole + " --force"));
    assert!(
        said(&output).contains("2 runs of 30 months, 4 finished before"),
        "{}",
        said(&output)
    );
    assert_eq!(runs(&results).len(), 6);
    assert_eq!(read(&results.join("runs/thesis-data.txt")), "mine");
    assert_eq!(read(&results.join("runs/thesis.tmp")), "mine");
    assert!(!results.join(half_written).exists());
}

#[test]
fn nothing_stale_is_left_of_an_earlier_study() {
    let home = folder("stale");
    let results = home.join("results");
    done(&home, &(compare() + " --format mesa --out results"));
    let sweep = sweep() + " --vary sharing.benefit=2,4";
    done(&home, &(sweep.clone() + " --out results --force"));
    done(&home, &(sweep + " --out fresh"));
    assert_eq!(names(&results), names(&home.join("fresh")));
    assert!(!results.join("ties.csv").exists());
    assert!(results.join("report.html").exists());
    done(&home, &(compare() + " --out results --force --no-report"));
    assert!(!results.join("report.html").exists());
    done(&home, &(compare() + " --out results --shard 1/2"));
    assert_eq!(names(&results), ["manifest.json"]);
}

#[test]
fn a_merge_writes_what_the_whole_study_does() {
    let home = folder("merged");
    let study = compare();
    done(&home, &format!("{study} --format mesa --out whole"));
    for part in 1..=2 {
        done(
            &home,
            &format!("{study} --shard {part}/2 --out part-{part}"),
        );
    }
    let merge = "merge part-1 part-2 --quiet --out joined";
    let output = done(&home, &format!("{merge} --format mesa --json"));
    let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(summary["runs"], 6);
    let whole: serde_json::Value =
        serde_json::from_slice(&fs::read(home.join("whole/manifest.json")).unwrap()).unwrap();
    assert_eq!(summary["result_sha256"], whole["result_sha256"]);
    assert_eq!(whole["status"], "complete");
    assert_same_files(
        &home.join("whole"),
        &home.join("joined"),
        &["manifest.json", "report.html"],
    );
    write(&home.join("joined/precision.csv"), "of an earlier study");
    done(&home, &format!("{merge} --no-report"));
    for gone in ["precision.csv", "report.html", "runs_mesa.csv"] {
        assert!(!home.join("joined").join(gone).exists(), "{gone} is stale");
    }
    done(
        &home,
        &format!("{} --seed 9 --out joined --force", compare()),
    );
    let said = refused(&home, merge, 1);
    assert!(said.contains("holds another study"), "{said}");
    done(&home, &format!("{merge} --force"));
}

#[test]
fn resuming_changes_no_byte() {
    let home = folder("resumed");
    let results = home.join("results");
    let study = compare() + " --until data_sharing_rate=0.8 --most 5 --out results";
    done(&home, &study);
    let sound = files(&results);
    fs::remove_file(results.join("report.html")).unwrap();
    done(&home, &(study.clone() + " --resume"));
    assert!(files(&results) == sound, "with --resume");
    done(&home, &study);
    assert!(files(&results) == sound, "without");
}

#[test]
fn a_study_is_begun_where_it_was_cut_off_before_its_manifest() {
    let home = folder("cut-off");
    let study = compare() + " --out results --resume";
    let said = refused(&home, &study, 1);
    assert!(said.contains("no study to go on with"), "{said}");
    assert!(!home.join("results").exists());
    write(&home.join("results/.lock"), "");
    done(&home, &study);
}

#[test]
fn results_need_a_folder() {
    let home = folder("a-file");
    write(&home.join("results"), "mine");
    let said = refused(&home, &(compare() + " --out results"), 2);
    assert!(
        said.contains("`results` is a file, and results need a folder"),
        "{said}"
    );
}

#[test]
fn files_read_and_written_are_named_to_those_who_ask() {
    let home = folder("verbose");
    let study = format!("compare {} --replications 2 --out results", small());
    let output = done(&home, &(study.clone() + " -v"));
    let said = said(&output);
    assert!(said.contains("fixtures/small/provinces.csv\n"), "{said}");
    assert!(said.contains("wrote results/effects.csv\n"), "{said}");
    refused(&home, &(study + " --verbose --quiet"), 1);
}

#[test]
fn the_network_of_a_report_can_be_interrupted() {
    let home = folder("network");
    let loaded = load(Path::new(&small()), &Overrides::default()).unwrap();
    let scenario = Arc::new(loaded.scenario);
    let end = |stop| ties::write(&home, &scenario, (1, &AtomicBool::new(stop))).unwrap();
    assert_eq!(end(true), Onward::Stop);
    assert_eq!(names(&home), [""; 0]);
    assert_eq!(end(false), Onward::Continue);
    assert_eq!(names(&home), ["governments.csv", "ties.csv"]);
}
