//! Folders with missing or damaged files: refused, and the place of the fault is named.

use std::fs;
use std::path::Path;

use super::{again, made, page, results};

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
pub fn with_fault(folder: &Path, file: &str, change: impl Fn(&str) -> String) -> String {
    let path = folder.join(file);
    let kept = fs::read_to_string(&path).unwrap();
    fs::write(&path, change(&kept)).unwrap();
    let (code, said) = again(folder);
    fs::write(&path, kept).unwrap();
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains(file), "{said}");
    said
}

pub fn without_last_line(text: &str) -> String {
    let end = text.trim_end().rfind('\n').unwrap();
    text[..=end].to_owned()
}

#[test]
fn a_missing_column_is_named_with_its_file() {
    let folder = results("columns");
    for (file, column) in [
        ("effects.csv", "mean_difference"),
        ("effects.csv", "scope"),
        ("costs.csv", "cost"),
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
}

#[test]
fn damage_is_named_with_file_line_and_column() {
    let folder = results("damage");
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
        let running = text.replacen("\"complete\"", "\"running\"", 1);
        running.replacen(
            "\"result_sha256\": ",
            "\"result_sha256\": null, \"was\": ",
            1,
        )
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
        ("costs.csv", "cost", &policy, ""),
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
