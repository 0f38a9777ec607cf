//! The report: made from the files alone, or refused with the place of the fault; names stay text.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;

const SMALL: &str = "tests/fixtures/small/small.toml";
/// A name that would end the script it stands in, were it not escaped.
const NASTY: &str = "</script><script>alert(1)</script><!--{data}-->";

fn cogov(arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("cogov").unwrap();
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments);
    command.output().unwrap()
}

/// Results of a small study with a policy of a nasty name, in a folder of the test's own.
fn results(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("report-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join(SMALL);
    let scenario = folder.join("nasty.toml");
    let text = format!(
        "extends = '{}'\nname = '<img src=x> & \"questions\"'\n\n[[policy]]\nname = '{NASTY}'\nstart = '2013-01'\n\
         [[policy.intervention]]\nname = '<b>bold</b>'\nstop = '2014-01'\nhalf_life_months = 3\n\
         changes = [{{ lever = 'sharing.mandate', add = 0.5 }}]\ncost_per_head_year = 1.5\n",
        base.display()
    );
    fs::write(&scenario, text).unwrap();
    let out = folder.join("results");
    let done = cogov(&[
        "compare",
        scenario.to_str().unwrap(),
        "--quiet",
        "--out",
        out.to_str().unwrap(),
    ]);
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}");
    let shown = String::from_utf8_lossy(&done.stdout);
    assert!(shown.contains("report.html"), "{shown}");
    out
}

fn page(folder: &Path) -> String {
    fs::read_to_string(folder.join("report.html")).unwrap()
}

fn data(page: &str) -> Value {
    let (_, rest) = page.split_once("id=\"data\">").unwrap();
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

fn again(folder: &Path) -> (Option<i32>, String) {
    let done = cogov(&["report", folder.to_str().unwrap()]);
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    (done.status.code(), said)
}

#[test]
fn the_page_is_made_again_byte_for_byte_and_asks_nobody() {
    let folder = results("again");
    let first = page(&folder);
    assert_eq!(again(&folder).0, Some(0));
    assert_eq!(page(&folder), first);
    assert!(first.len() < 2_000_000, "{} bytes", first.len());
    assert!(first.contains("default-src 'none'"));
    for outside in [" src=", "href=\"http", "@import", "url("] {
        let own = first
            .replace("<img src=x>", "")
            .replace("&lt;img src=x&gt;", "");
        let own = own.replace("\\u003cimg src=x\\u003e", "");
        let kept_from = own.find("// https://d3js.org").unwrap();
        assert!(!own[..kept_from].contains(outside), "{outside}");
    }
    let out = folder.to_str().unwrap();
    assert!(cogov(&["report", out, "--lang", "zh"]).status.success());
    let chinese = page(&folder);
    assert!(chinese.contains("<html lang=\"zh\">"));
    assert_eq!(data(&chinese)["language"], "zh");
}

#[test]
fn names_are_text_wherever_they_stand() {
    let page = page(&results("names"));
    assert_eq!(page.matches("<script").count(), 3, "data, libraries, own");
    assert!(!page.contains("<img src=x>"));
    assert!(page.contains("<title>&lt;img src=x&gt; &amp; &quot;questions&quot;</title>"));
    let data = data(&page);
    let policies = data["study"]["scenario"]["policies"].as_array().unwrap();
    assert!(policies.iter().any(|policy| policy["name"] == NASTY));
    let said = data["sentences"]["en"][0].as_array().unwrap();
    let whole = format!("{NASTY} ");
    assert!(
        said.iter()
            .any(|said| said.as_str().unwrap().starts_with(&whole))
    );
}

#[test]
fn numbers_are_those_of_the_files() {
    let folder = results("numbers");
    let data = data(&page(&folder));
    let name = |list: &Value, i: usize| list[i]["name"].as_str().unwrap().to_owned();
    let mut seen = 0;
    let mut reader = csv::Reader::from_path(folder.join("effects.csv")).unwrap();
    for row in reader.records().map(Result::unwrap) {
        if &row[5] != "nation" || &row[7] != "last_12_months" {
            continue;
        }
        let policies = &data["study"]["scenario"]["policies"];
        let policy = (1..4).find(|p| name(policies, *p) == row[0]).unwrap();
        let outcomes = data["outcomes"].as_array().unwrap();
        let outcome = outcomes.iter().position(|of| of["name"] == row[2]).unwrap();
        let shown = &data["national"][policy - 1][outcome];
        assert_eq!(shown[0].to_string(), row[8]);
        for (column, at) in (9..17).zip(1..) {
            match row[column].parse::<f64>() {
                Ok(value) => {
                    let shown = shown[at].as_f64().unwrap();
                    assert!((shown - value).abs() <= 1e-6 * value.abs(), "{row:?}");
                }
                Err(_) => assert!(shown[at].is_null(), "{row:?}"),
            }
        }
        seen += 1;
    }
    assert!(seen > 3 * 30, "{seen} rows");
    let mandate = &data["costs"][0];
    assert_eq!(mandate["per_head_year"].as_f64().map(f64::round), Some(2.0));
}

#[test]
fn a_missing_file_is_named() {
    let folder = results("missing");
    for file in [
        "manifest.json",
        "effects.csv",
        "costs.csv",
        "series.csv",
        "runs.csv",
        "ties.csv",
    ] {
        let path = folder.join(file);
        let kept = fs::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        let before = page(&folder);
        let (code, said) = again(&folder);
        assert_eq!(code, Some(2), "{said}");
        assert!(
            said.contains(&format!("there is no {file} in the folder")),
            "{said}"
        );
        assert_eq!(page(&folder), before, "the old page stays");
        fs::write(&path, kept).unwrap();
    }
    assert_eq!(again(&folder).0, Some(0));
    let (code, said) = again(Path::new("no/such/folder"));
    assert_eq!(code, Some(2), "{said}");
}

/// Changes `file`, asks for the report, and gives back the fault.
fn with_fault(folder: &Path, file: &str, change: impl Fn(&str) -> String) -> String {
    let path = folder.join(file);
    let kept = fs::read_to_string(&path).unwrap();
    fs::write(&path, change(&kept)).unwrap();
    let (code, said) = again(folder);
    fs::write(&path, kept).unwrap();
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains(file), "{said}");
    said
}

fn without_last_line(text: &str) -> String {
    let end = text.trim_end().rfind('\n').unwrap();
    text[..=end].to_owned()
}

#[test]
fn damage_is_named_with_file_line_and_column() {
    let folder = results("damage");
    for (file, column) in [
        ("effects.csv", "mean_difference"),
        ("effects.csv", "scope"),
        ("costs.csv", "cost_rmb"),
        ("series.csv", "data_sharing_rate"),
        ("runs.csv", "trust"),
        ("ties.csv", "first_shares"),
        ("governments.csv", "level"),
    ] {
        let said = with_fault(&folder, file, |text| {
            let (head, rows) = text.split_once('\n').unwrap();
            let names: Vec<&str> = head.split(',').collect();
            let other: Vec<&str> = names
                .iter()
                .map(|name| if *name == column { "other" } else { name })
                .collect();
            format!("{}\n{rows}", other.join(","))
        });
        let missing = format!("column `{column}` is missing");
        assert!(
            said.contains(&missing) && said.contains(&format!("{file}:1")),
            "{said}"
        );
    }
    let said = with_fault(&folder, "effects.csv", |text| {
        text.replacen(
            ",nation,last_12_months,3,",
            ",nation,last_12_months,three,",
            1,
        )
    });
    assert!(
        said.contains("column `n_pairs` must hold a whole number, found `three`"),
        "{said}"
    );
    assert!(said.contains("effects.csv:2"), "{said}");
    for file in ["effects.csv", "series.csv", "runs.csv", "ties.csv"] {
        let said = with_fault(&folder, file, without_last_line);
        assert!(said.contains("column `"), "{file}: {said}");
    }
    let said = with_fault(&folder, "series.csv", |text| text[..text.len() - 40].into());
    assert!(said.contains("a row has"), "{said}");
    let said = with_fault(&folder, "costs.csv", |text| {
        let mandate = |line: &&str| !line.starts_with("mandate,");
        text.lines().filter(mandate).collect::<Vec<_>>().join("\n")
    });
    assert!(said.contains("the rows of `mandate` are missing"), "{said}");
    with_fault(&folder, "manifest.json", |text| {
        text.replacen("\"policies\"", "\"polices\"", 1)
    });
    let said = with_fault(&folder, "manifest.json", |text| {
        text.replacen("\"complete\"", "\"running\"", 1)
    });
    assert!(said.contains("not finished"), "{said}");
}

#[test]
fn files_that_not_every_study_has_are_left_out_silently() {
    let folder = results("without");
    fs::remove_file(folder.join("governments.csv")).unwrap();
    fs::remove_file(folder.join("ties.csv")).unwrap();
    assert_eq!(again(&folder).0, Some(0));
    assert!(data(&page(&folder))["network"].is_null());
}

#[test]
fn no_report_when_none_is_wanted() {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("report-none");
    let _ = fs::remove_dir_all(&out);
    let arguments = ["compare", SMALL, "--quiet", "--no-report", "--out"];
    let done = cogov(&[&arguments[..], &[out.to_str().unwrap()]].concat());
    assert!(done.status.success());
    assert!(!out.join("report.html").exists() && !out.join("ties.csv").exists());
    assert!(!String::from_utf8_lossy(&done.stdout).contains("report.html"));
}
