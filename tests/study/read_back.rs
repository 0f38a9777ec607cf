//! What is read back from a folder is as little trusted as what a person wrote.

use std::fs;
use std::path::{Path, PathBuf};

use crate::command::{done, files, folder, refused, runs, small};
use serde_json::{Value, json};

/// A finished comparison in a folder of the test's own.
fn compared(test: &str) -> PathBuf {
    let home = folder("read_back", test);
    done(
        &home,
        &format!("compare {} --quiet --no-report --out results", small()),
    );
    home
}

fn manifest(home: &Path) -> Value {
    serde_json::from_slice(&fs::read(home.join("results/manifest.json")).unwrap()).unwrap()
}

fn write(home: &Path, manifest: &Value) {
    fs::write(home.join("results/manifest.json"), manifest.to_string()).unwrap();
}

/// Changes that no hash betrays where another version is said to have written them: a place, what is put
/// there, and what is said of it.
const OF_A_SCENARIO: &str = r#"
/scenario/months 0 `months` must lie between 1 and
/scenario/months 4000000000 `months` must lie between 1 and
/scenario/replications 0 `replications` must be 1 or more
/scenario/values {} is missing
/scenario/values/sharing.noise -1.0 `sharing.noise` must
/scenario/geography/provinces [] there are no provinces
/scenario/geography/provinces/0/region "nowhere" lies in no region
/scenario/geography/provinces/0/population 0 cannot be a province
/scenario/geography/provinces/0/prefectures 4000000000 cannot be a province
/scenario/geography/adjacency/0 [0,99] leads to no province
/scenario/population/citizens_per_million 1e12 citizens need
/scenario/population/citizens_per_million -1.0 must lie above 0
/scenario/history/first_platforms [99] names no province
/scenario/couplings/0/factor 6 names no factor
/scenario/policies/0/name "other" the first policy must be `baseline`
/scenario/policies/2/name "mandate" two policies are called
/scenario/policies/1/interventions/0/target/provinces [3] places that are not there
/scenario/policies/1/interventions/0/course/dose 1e300 beyond its limits
/scenario/policies/1/interventions/0/cost/upkeep_share 2.0 beyond its limits
"#;

const OF_A_SWEEP: &str = r#"
/sweep/points 0 must be 1 or more
/sweep/points 4000000000 points
/sweep/vary [] the design has no points
/sweep/vary/0/path "sharing.nothing" nothing that can be varied
/sweep/vary/0/over {"range":[-5.0,6.0]} cannot be varied
/sweep/vary/0/over {"values":[]} cannot be varied
/sweep/table [[1.0,2.0]] row 0 of the design cannot be
"#;

fn changes(text: &'static str) -> impl Iterator<Item = (&'static str, Value, &'static str)> {
    text.trim().lines().map(|line| {
        let mut parts = line.splitn(3, ' ');
        let mut next = || parts.next().expect("a place, a value, a complaint");
        (next(), serde_json::from_str(next()).unwrap(), next())
    })
}

#[test]
fn a_scenario_that_could_not_be_asked_is_not_replayed() {
    let home = compared("rules");
    done(&home, "replay results 0");
    let sound = manifest(&home);
    for (place, value, why) in changes(OF_A_SCENARIO) {
        let mut changed = sound.clone();
        *changed
            .pointer_mut(place)
            .unwrap_or_else(|| panic!("{place}")) = value;
        write(&home, &changed);
        let said = refused(&home, "replay results 0", 1);
        assert!(
            said.contains("not those that the study was begun with"),
            "{place}: {said}"
        );
        // of another version the hash is not known; the rules hold all the same
        changed["version"] = json!("0.0.0");
        write(&home, &changed);
        let said = refused(&home, "replay results 0", 1);
        assert!(said.contains(why), "{place}: {said}");
        refused(&home, "merge results --out whole", 1);
        assert!(!home.join("whole").exists());
    }
}

#[test]
fn a_sweep_that_could_not_be_asked_is_not_replayed() {
    let home = folder("read_back", "sweep");
    let vary = "--vary sharing.benefit=1..6 --method grid --points 2 --replications 1";
    done(
        &home,
        &format!("sweep {} --quiet --no-report {vary} --out results", small()),
    );
    let sound = manifest(&home);
    for (place, value, why) in changes(OF_A_SWEEP) {
        let mut changed = sound.clone();
        changed["version"] = json!("0.0.0");
        changed["sweep"]["table"] = json!([]);
        *changed
            .pointer_mut(place)
            .unwrap_or_else(|| panic!("{place}")) = value;
        write(&home, &changed);
        let said = refused(&home, "replay results 0", 1);
        assert!(said.contains(why), "{place}: {said}");
    }
}

#[test]
fn a_run_that_holds_too_little_is_run_again() {
    let home = compared("short");
    let sound = files(&home.join("results"));
    let path = &runs(&home.join("results"))[0];
    let bytes = fs::read(path).unwrap();
    // no mean, no month, no cost, nobody: five lengths of 0 with their checksum, and the months paid for
    let mut short = bytes[..12 + 32].to_vec();
    for part in [0_u64, 0, 1, 0, 0, 0] {
        short.extend(part.to_le_bytes());
    }
    let checksum = crc32fast::hash(&short);
    short.extend(checksum.to_le_bytes());
    fs::write(path, short).unwrap();
    done(
        &home,
        &format!(
            "compare {} --quiet --no-report --out results --resume",
            small()
        ),
    );
    assert!(sound == files(&home.join("results")));
}

#[test]
fn a_table_that_was_changed_is_told_before_a_report_is_made() {
    let home = compared("tables");
    done(&home, "report results");
    let path = home.join("results/effects.csv");
    let text = fs::read_to_string(&path).unwrap();
    let at = text.rfind("0.").unwrap();
    let mut changed = text.clone();
    changed.replace_range(
        at + 2..at + 3,
        if &text[at + 2..at + 3] == "9" {
            "8"
        } else {
            "9"
        },
    );
    fs::write(&path, changed).unwrap();
    let said = refused(&home, "report results", 1);
    assert!(
        said.contains("the tables are not those of the study"),
        "{said}"
    );
}
