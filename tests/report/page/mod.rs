//! The report: made from the files alone, or refused with the place of the fault; names stay text.

mod alone;
mod damage;
mod manifest;
mod window;

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use cogov::numeric::BySize as _;
use flate2::read::GzDecoder;
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
    made("compare", name, &[])
}

/// Results of a command on that study.
fn made(command: &str, name: &str, more: &[&str]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("report-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join(SMALL);
    let scenario = folder.join("nasty.toml");
    let text = format!(
        "extends = '{}'\nname = '<img src=x> & \"questions\"'\n\n[[policy]]\nname = '{NASTY}'\nstart = '2013-01'\n\
         [[policy.intervention]]\nname = '<b>bold</b>'\nstop = '2014-01'\nhalf_life_months = 3\n\
         changes = [{{ lever = 'sharing.mandate', add = 0.5 }}]\ncost_per_head_year = 1.5\n\n\
         [[policy]]\nname = 'both'\nstart = '2013-01'\n\
         [[policy.intervention]]\nname = 'one'\nchanges = [{{ lever = 'sharing.mandate', add = 0.5 }}]\n\
         [[policy.intervention]]\nname = 'two'\nchanges = [{{ lever = 'sharing.mandate', add = 0.3 }}]\n",
        base.display()
    );
    fs::write(&scenario, text).unwrap();
    let out = folder.join("results");
    let typed = [command, scenario.to_str().unwrap(), "--quiet", "--out"];
    let done = cogov(&[&typed[..], &[out.to_str().unwrap()], more].concat());
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}");
    let shown = String::from_utf8_lossy(&done.stdout);
    assert_eq!(
        shown.contains("report.html"),
        !more.contains(&"--no-report"),
        "{shown}"
    );
    out
}

fn page(folder: &Path) -> String {
    fs::read_to_string(folder.join("report.html")).unwrap()
}

/// The numbers of a page, which stand in it packed: gzip in base64.
fn data(page: &str) -> Value {
    let (_, rest) = page.split_once("id=\"data\">").unwrap();
    let letters = rest.split_once("</script>").unwrap().0;
    let mut text = String::new();
    let packed = bytes_of(letters);
    GzDecoder::new(&packed[..])
        .read_to_string(&mut text)
        .unwrap();
    serde_json::from_str(&text).unwrap()
}

/// The bytes that base64 stands for.
fn bytes_of(letters: &str) -> Vec<u8> {
    let value = |letter: u8| match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let (mut bytes, mut bits, mut kept) = (Vec::new(), 0_u32, 0);
    for letter in letters.bytes().filter(|letter| *letter != b'=') {
        bits = bits << 6 | u32::from(value(letter));
        kept += 6;
        if kept >= 8 {
            kept -= 8;
            bytes.push((bits >> kept) as u8);
        }
    }
    bytes
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
    assert!(first.len() < 3_000_000, "{} bytes", first.len());
    assert!(first.contains("default-src 'none'") && !first.contains("script-src 'unsafe-inline'"));
    for outside in [" src=", "href=\"http", "@import", "url("] {
        let own = first.replace("&lt;img src=x&gt;", "");
        assert!(!own.contains(outside), "{outside}");
    }
    let out = folder.to_str().unwrap();
    assert!(cogov(&["report", out, "--lang", "zh"]).status.success());
    let chinese = page(&folder);
    assert!(chinese.contains("<html lang=\"zh\">"));
    assert_eq!(data(&chinese)["language"], "zh");
}

#[test]
fn provinces_have_both_of_their_names() {
    let data = data(&page(&results("second-names")));
    let places = &data["study"]["scenario"]["geography"];
    let provinces = places["provinces"].as_array().unwrap();
    let named = |of: &Value| !of["second_name"].as_str().unwrap().is_empty();
    assert!(provinces.iter().all(named));
    assert_eq!(places["nation"]["languages"], serde_json::json!(["en"]));
}

#[test]
fn names_are_text_wherever_they_stand() {
    let page = page(&results("names"));
    assert_eq!(page.matches("<script").count(), 3, "data, plotly, own");
    assert!(!page.contains("<img src=x>"));
    assert!(page.contains("<title>&lt;img src=x&gt; &amp; &quot;questions&quot;</title>"));
    let data = data(&page);
    let policies = data["study"]["scenario"]["policies"].as_array().unwrap();
    assert!(policies.iter().any(|policy| policy["name"] == NASTY));
    let said = data["sentences"]["en"][0].as_array().unwrap();
    let whole = format!("The policy “{NASTY}” ");
    assert!(
        said.iter()
            .any(|said| said.as_str().unwrap().starts_with(&whole))
    );
}

/// What the page calls the numbers of effects.csv from the baseline's mean on.
const SHOWN: [&str; 8] = [
    "baseline",
    "level",
    "difference",
    "low",
    "high",
    "better",
    "correlation",
    "reduction",
];

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
        let policy = (1..5).find(|p| name(policies, *p) == row[0]).unwrap();
        let mut outcomes = data["outcomes"].as_array().unwrap().iter();
        let outcome = outcomes.position(|of| of["name"] == row[2]).unwrap();
        let shown = &data["national"][policy - 1][outcome];
        assert_eq!(shown["pairs"].to_string(), row[8]);
        for (column, name) in (9..17).zip(SHOWN) {
            match row[column].parse::<f64>() {
                Ok(value) => {
                    let shown = shown[name].as_f64().unwrap();
                    assert!((shown - value).abs() <= 1e-6 * value.abs(), "{row:?}");
                }
                Err(_) => assert!(shown[name].is_null(), "{row:?}"),
            }
        }
        seen += 1;
    }
    assert!(seen > 4 * 30, "{seen} rows");
    // "nothing" does nothing: every pair is equal, none is better.
    let counts = &data["national"][1][0]["counts"];
    assert_eq!(*counts, serde_json::json!([0, 3, 0]));
    let said = data["sentences"]["en"][0][1].as_str().unwrap();
    assert!(
        said.contains("by less than 0.001") && said.contains("equal in 3 of 3 pairs"),
        "{said}"
    );
    let mandate = &data["costs"][0];
    assert_eq!(mandate["per_head_year"].as_f64().map(f64::round), Some(2.0));
}

/// A sweep of 4 design points with 2 replications.
fn swept(case: &str) -> PathBuf {
    let flags = "--vary sharing.benefit=1..6 --vary policy.mandate.start=2013-01..2014-01 -n 4 --replications 2";
    made("sweep", case, &flags.split(' ').collect::<Vec<_>>())
}

#[test]
fn a_sweep_has_words_of_its_own() {
    let folder = swept("sweep");
    let data = data(&page(&folder));
    let sweep = &data["sweep"];
    assert_eq!(
        (&sweep["points"], &sweep["method"]),
        (&4.into(), &"latin-hypercube".into())
    );
    let inputs = sweep["inputs"].as_array().unwrap();
    assert_eq!(inputs[0]["range"], serde_json::json!(["1", "6"]));
    assert_eq!(
        inputs[1]["range"],
        serde_json::json!(["2013-01", "2014-01"])
    );
    for said in data["sentences"]["en"][0].as_array().unwrap() {
        let said = said.as_str().unwrap();
        assert!(
            said.contains("of 4 design points") && !said.contains("95 % interval"),
            "{said}"
        );
    }
    let said = damage::with_fault(&folder, "robustness.csv", damage::without_last_line);
    assert!(said.contains("columns `outcome`, `policy`"), "{said}");
}

/// Median and range over design points are those of runs.csv.
#[test]
fn numbers_of_a_sweep_are_those_of_its_runs() {
    let folder = swept("swept");
    let data = data(&page(&folder));
    let mut reader = csv::Reader::from_path(folder.join("runs.csv")).unwrap();
    let mut names = reader.headers().unwrap().iter();
    let column = names.position(|of| of == "data_sharing_rate").unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let mean = |policy: &str, point: &str| {
        let own = |row: &&csv::StringRecord| &row[1] == point && &row[3] == policy;
        let values = rows.iter().filter(own);
        let values = values.map(|row| row[column].parse::<f64>().unwrap());
        values.sum::<f64>() / 2.0
    };
    let mut differences =
        ["0", "1", "2", "3"].map(|point| mean("mandate", point) - mean("baseline", point));
    differences.sort_by(f64::by_size);
    let median = (differences[1] + differences[2]) / 2.0;
    let shown = &data["national"][0][0];
    assert_eq!(shown["pairs"], 4);
    assert!((shown["difference"].as_f64().unwrap() - median).abs() < 1e-12);
    let ranks = data["ranks"][0][0].as_array().unwrap().iter();
    assert_eq!(ranks.map(|count| count.as_u64().unwrap()).sum::<u64>(), 4);
}

#[test]
fn files_that_a_study_did_not_write_are_left_out_silently() {
    let folder = made("compare", "without", &["--no-report"]);
    assert!(!folder.join("ties.csv").exists());
    assert_eq!(again(&folder).0, Some(0));
    assert_eq!(data(&page(&folder))["network"], false);
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
