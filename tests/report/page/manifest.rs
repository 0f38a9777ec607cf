//! Damaged manifests, and tables that are not the study's: refused with a name, never shown.

use std::fs;

use super::damage::with_fault;
use super::{again, data, made, page, results};

/// The first `what` of the manifest replaced.
fn replaced<'a>(what: &'a str, by: &'a str) -> impl Fn(&str) -> String + 'a {
    move |text: &str| {
        assert!(text.contains(what), "{what}");
        text.replacen(what, by, 1)
    }
}

#[test]
fn tables_that_are_not_those_of_the_study_are_refused() {
    let folder = results("other-tables");
    let path = folder.join("distribution.csv");
    let kept = fs::read_to_string(&path).unwrap();
    let line = kept.lines().nth(1).unwrap();
    let mut cells: Vec<&str> = line.split(',').collect();
    // a number that makes sense, but is another
    let compared = (cells[4].parse::<u64>().unwrap() + 1).to_string();
    cells[4] = &compared;
    fs::write(&path, kept.replacen(line, &cells.join(","), 1)).unwrap();
    let (code, said) = again(&folder);
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains("the tables are not those of the study"),
        "{said}"
    );
    fs::write(&path, kept).unwrap();
    assert_eq!(again(&folder).0, Some(0));
}

#[test]
fn a_damaged_question_is_refused() {
    let folder = results("question");
    let refused = |what: &str, by: &str, expected: &str| {
        let said = with_fault(&folder, "manifest.json", replaced(what, by));
        assert!(said.contains(expected), "{what} to {by}: {said}");
    };
    let other = "are not those that the study was begun with";
    refused("\"dose\": 1.0", "\"dose\": 2.0", other);
    refused("\"months\": 30", "\"months\": 29", other);
    refused("\"months\": 30", "\"months\": 4000000000", other);
    refused("\"seed\": 3", "\"seed\": 4", other);
    refused("\"name\": \"mandate\"", "\"name\": \"mandatf\"", other);
    refused(
        "\"start\": \"2012-08\"",
        "\"start\": \"2012-88\"",
        "a month as",
    );
    refused("\"dose\": 1.0", "\"dose\": null", "manifest.json:");
    refused("\"months\": 30", "\"months\": -1", "manifest.json:");
    refused(
        "\"ramp_months\": 6",
        "\"ramp_months\": 1e999",
        "manifest.json:",
    );
}

/// Names and words hang on no hash of the question; the page would show them.
#[test]
fn a_changed_name_is_refused() {
    let folder = results("names");
    let refused = |what: &str, by: &str| {
        let said = with_fault(&folder, "manifest.json", replaced(what, by));
        let expected = "is not what was written";
        assert!(said.contains(expected), "{what} to {by}: {said}");
    };
    refused("<img src=x>", "<img src=y>");
    refused("\"command_line\": [", "\"command_line\": [\"x\",");
    refused("\"长三角\"", "\"长三\"");
    assert_eq!(again(&folder).0, Some(0));
}

/// Nothing vouches for what another version wrote but sense.
#[test]
fn a_damaged_question_of_another_version_is_refused() {
    let folder = results("other-version");
    let version = concat!("\"version\": \"", env!("CARGO_PKG_VERSION"), "\"");
    let path = folder.join("manifest.json");
    let kept = fs::read_to_string(&path).unwrap();
    fs::write(&path, kept.replacen(version, "\"version\": \"0.0.1\"", 1)).unwrap();
    assert_eq!(again(&folder).0, Some(0));
    let fault = |file: &str, what: &str, by: &str| {
        let kept = fs::read_to_string(&path).unwrap();
        fs::write(&path, replaced(what, by)(&kept)).unwrap();
        let (code, said) = again(&folder);
        fs::write(&path, kept).unwrap();
        assert_eq!(code, Some(1), "{what} to {by}: {said}");
        assert!(said.contains(file), "{what} to {by}: {said}");
    };
    fault("series.csv", "\"months\": 30", "\"months\": 4000000000");
    fault("manifest.json", "\"months\": 30", "\"months\": 0");
    fault("runs.csv", "\"seed\": 3", "\"seed\": 4");
    let replications = "\"replications\": 3";
    fault("series.csv", replications, "\"replications\": 4294967295");
    fault("manifest.json", replications, "\"replications\": 0");
    fault("manifest.json", "\"regions\": []", "\"regions\": [99]");
    fault(
        "manifest.json",
        "\"name\": \"both\"",
        "\"name\": \"mandate\"",
    );
}

#[test]
fn a_seed_is_shown_to_its_last_digit() {
    for seed in ["9007199254740993", "18446744073709551615"] {
        let folder = made("compare", &format!("seed-{seed}"), &["--seed", seed]);
        assert_eq!(data(&page(&folder))["study"]["seed"], seed);
    }
}

#[test]
fn cohorts_in_place_of_citizens_have_a_page() {
    let folder = made("compare", "cohorts", &["--mean-field"]);
    let data = data(&page(&folder));
    let tables = data["tables"].as_array().unwrap();
    let distribution = tables.iter().find(|of| of["file"] == "distribution.csv");
    let rows = distribution.unwrap()["rows"].as_array().unwrap();
    assert!(!rows.is_empty() && rows.iter().all(|row| row[1] != "citizen"));
}

#[test]
fn a_range_beyond_all_numbers_of_months_is_refused() {
    let wish = "policy.mandate.ramp_months=0..1e308";
    let arguments = ["sweep", super::SMALL, "--method", "grid", "--points", "2"];
    let done = super::cogov(&[&arguments[..], &["--vary", wish]].concat());
    let said = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(1), "{said}");
    assert!(
        said.contains("must be a whole number from 0 to 4294967295, found 1e308"),
        "{said}"
    );
}
