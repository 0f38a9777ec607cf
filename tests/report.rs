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
    let whole = format!("The policy “{NASTY}” ");
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
        let policy = (1..5).find(|p| name(policies, *p) == row[0]).unwrap();
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
    assert!(seen > 4 * 30, "{seen} rows");
    // "nothing" does nothing: every pair is equal, none is better.
    assert_eq!(data["national"][1][0][9], serde_json::json!([0, 3, 0]));
    let said = data["sentences"]["en"][0][1].as_str().unwrap();
    assert!(
        said.contains("by less than 0.001") && said.contains("equal in 3 of 3 pairs"),
        "{said}"
    );
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
        "governments.csv",
        "distribution.csv",
        "datapackage.json",
    ] {
        let path = folder.join(file);
        let kept = fs::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        let before = page(&folder);
        let (code, said) = again(&folder);
        assert_eq!(code, Some(2), "{said}");
        assert!(
            said.contains(&format!(
                "there is no {file} in the folder `{}`",
                folder.display()
            )),
            "{said}"
        );
        assert_eq!(page(&folder), before, "the old page stays");
        fs::write(&path, kept).unwrap();
    }
    assert_eq!(again(&folder).0, Some(0));
    let (code, said) = again(Path::new("no/such/folder"));
    assert_eq!(code, Some(2), "{said}");
    assert!(
        said.contains("there is no folder `no/such/folder`"),
        "{said}"
    );
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
}

#[test]
fn an_unfinished_study_is_called_unfinished() {
    let folder = results("unfinished");
    let said = with_fault(&folder, "manifest.json", |text| {
        text.replacen("\"complete\"", "\"running\"", 1)
    });
    assert!(said.contains("not finished"), "{said}");
    assert!(said.contains("hint: `cogov compare "), "{said}");
    assert!(said.contains(" --resume`"), "{said}");
    assert!(!said.contains("as cogov wrote it"), "{said}");
}

/// The table `text` with the cell in `column` of the first row that `is` meant changed to `value`.
fn with_cell(text: &str, column: &str, is: impl Fn(&str) -> bool, value: &str) -> String {
    let mut lines: Vec<String> = text.lines().map(String::from).collect();
    let at = lines[0].split(',').position(|name| name == column).unwrap();
    let row = lines[1..].iter_mut().find(|line| is(line)).unwrap();
    let mut cells: Vec<&str> = row.split(',').collect();
    cells[at] = value;
    *row = cells.join(",");
    lines.join("\n") + "\n"
}

#[test]
fn numbers_that_cannot_be_are_refused() {
    let folder = results("numbers-refused");
    let judged = |line: &str| {
        line.starts_with("mandate,baseline,data_sharing_rate") && line.contains(",last_12_months,")
    };
    let policy = |line: &str| line.starts_with("mandate,");
    let any = |_: &str| true;
    let cases: [(&str, &str, &dyn Fn(&str) -> bool, &str); 9] = [
        ("effects.csv", "mean_difference", &judged, "inf"),
        ("effects.csv", "mean_difference", &judged, ""),
        ("effects.csv", "ci_low", &judged, "0.99"),
        ("effects.csv", "ci_high", &judged, "-0.99"),
        ("effects.csv", "p_better", &judged, "1.5"),
        ("costs.csv", "cost_rmb", &policy, ""),
        ("distribution.csv", "better", &any, "abc"),
        ("distribution.csv", "worse", &any, "2"),
        ("runs.csv", "trust", &any, "NaN"),
    ];
    for (file, column, is, value) in cases {
        let said = with_fault(&folder, file, |text| with_cell(text, column, is, value));
        assert!(
            said.contains(&format!("column `{column}` must hold")),
            "{said}"
        );
    }
}

#[test]
fn rows_that_are_missing_or_stand_twice_are_named() {
    let folder = results("rows");
    let said = with_fault(&folder, "costs.csv", |text| {
        let whole = |line: &&str| !line.starts_with("mandate,all,,");
        text.lines().filter(whole).collect::<Vec<_>>().join("\n")
    });
    assert!(
        said.contains("column `intervention`: the row `all` of `mandate` is missing"),
        "{said}"
    );
    for (file, starts, column) in [
        ("costs.csv", "mandate,all,,", "`intervention`"),
        (
            "distribution.csv",
            "mandate,province,all,",
            "`unit_compared`",
        ),
        ("runs.csv", "1,", "`run_id`"),
        ("series.csv", "1,", "`month`"),
        ("ties.csv", "mandate,", "`first`"),
    ] {
        let said = with_fault(&folder, file, |text| {
            let line = text.lines().find(|line| line.starts_with(starts)).unwrap();
            text.replacen(line, &format!("{line}\n{line}"), 1)
        });
        assert!(said.contains(column), "{file}: {said}");
    }
    for file in ["distribution.csv", "ties.csv", "runs.csv", "costs.csv"] {
        let header = |text: &str| text.lines().next().unwrap().to_owned() + "\n";
        let said = with_fault(&folder, file, header);
        assert!(said.contains("column"), "{file}: {said}");
    }
    let said = with_fault(&folder, "distribution.csv", |text| {
        let citizens = |line: &&str| !line.contains(",citizen,");
        text.lines().filter(citizens).collect::<Vec<_>>().join("\n")
    });
    assert!(said.contains("is missing"), "{said}");
}

#[test]
fn a_damaged_decomposition_is_refused() {
    let folder = made("compare", "parts", &["--decompose", "both"]);
    assert!(page(&folder).contains("decomposition.csv"));
    let said = with_fault(&folder, "decomposition.csv", |text| {
        with_cell(text, "value", |_| true, "abc")
    });
    assert!(said.contains("column `value` must hold a number"), "{said}");
    for half in [1, 2] {
        let said = with_fault(&folder, "decomposition.csv", |text| {
            let lines: Vec<&str> = text.lines().collect();
            lines[..lines.len() / 2 * (half - 1) + 1].join("\n")
        });
        assert!(said.contains("columns `policy`, `outcome`"), "{said}");
    }
}

#[test]
fn a_sweep_has_words_of_its_own() {
    let vary = [
        "--vary",
        "sharing.benefit=1..6",
        "--vary",
        "policy.mandate.start=2013-01..2014-01",
    ];
    let folder = made(
        "sweep",
        "sweep",
        &[&vary[..], &["-n", "4", "--replications", "2"]].concat(),
    );
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
    // Median and range over design points are those of runs.csv.
    let mut reader = csv::Reader::from_path(folder.join("runs.csv")).unwrap();
    let column = reader
        .headers()
        .unwrap()
        .iter()
        .position(|of| of == "data_sharing_rate")
        .unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let mean = |policy: &str, point: &str| {
        let of = rows
            .iter()
            .filter(|row| &row[1] == point && &row[2] == policy);
        of.map(|row| row[column].parse::<f64>().unwrap())
            .sum::<f64>()
            / 2.0
    };
    let mut differences =
        ["0", "1", "2", "3"].map(|point| mean("mandate", point) - mean("baseline", point));
    differences.sort_by(f64::total_cmp);
    let median = (differences[1] + differences[2]) / 2.0;
    let shown = &data["national"][0][0];
    assert_eq!(shown[0], 4);
    assert!((shown[3].as_f64().unwrap() - median).abs() < 1e-12);
    let ranks = data["ranks"][0][0].as_array().unwrap();
    assert_eq!(
        ranks
            .iter()
            .map(|count| count.as_u64().unwrap())
            .sum::<u64>(),
        4
    );
    let said = with_fault(&folder, "robustness.csv", without_last_line);
    assert!(said.contains("columns `outcome`, `policy`"), "{said}");
}

#[test]
fn files_that_a_study_did_not_write_are_left_out_silently() {
    let folder = made("compare", "without", &["--no-report"]);
    assert!(!folder.join("ties.csv").exists());
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
