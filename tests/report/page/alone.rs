//! The page of one policy that is compared with nothing.

use std::fs;

use super::{cogov, data, made, page};

/// The texts of the cells of `levels.csv` that hold for these.
fn level(folder: &std::path::Path, scope: &str, period: &str) -> f64 {
    let mut rows = csv::Reader::from_path(folder.join("levels.csv")).unwrap();
    let heads = rows.headers().unwrap().clone();
    let at = |name: &str| heads.iter().position(|head| head == name).unwrap();
    let same = |row: &csv::StringRecord| {
        (&row[at("outcome")], &row[at("scope")], &row[at("period")])
            == ("data_sharing_rate", scope, period)
    };
    let row = rows.records().map(Result::unwrap).find(same).unwrap();
    row[at("mean")].parse().unwrap()
}

#[test]
fn it_shows_the_levels_of_the_files_and_claims_no_effect() {
    let folder = made("run", "alone", &["--policy", "both", "--replications", "4"]);
    let shown = page(&folder);
    assert!(shown.contains("<h1>Both: ") && shown.contains("Only chance is shown"));
    // what calls itself markup is text
    assert!(shown.contains("&lt;img src=x&gt;") && !shown.contains("<img src=x>"));
    let percent = 100.0 * level(&folder, "nation", "last_12_months");
    assert!(shown.contains(&format!("{percent:.1} %")), "{percent}");
    let figures = &data(&shown)["figures"];
    let months = figures["unfold0"]["data"][2]["y"].as_array().unwrap();
    let last = months
        .iter()
        .rev()
        .take(12)
        .map(|month| month.as_f64().unwrap());
    let mean = last.sum::<f64>() / 12.0;
    assert!((100.0 * mean - percent).abs() < 0.01 * percent, "{mean}");
    let tiles = figures["map0"]["data"][1]["z"].as_array().unwrap();
    let tiles = tiles.iter().flat_map(|row| row.as_array().unwrap());
    assert_eq!(tiles.filter(|tile| tile.is_number()).count(), 3);
}

#[test]
fn it_is_made_again_of_the_files_alone_or_says_what_is_wrong() {
    let folder = made("run", "alone-again", &["--replications", "2"]);
    let first = page(&folder);
    let again = |more: &[&str]| cogov(&[&["report", folder.to_str().unwrap()], more].concat());
    fs::remove_file(folder.join("report.html")).unwrap();
    assert!(again(&[]).status.success());
    assert!(page(&folder) == first, "the page differs");
    assert!(again(&["--lang", "zh"]).status.success());
    assert!(page(&folder).contains("<html lang=\"zh\""));
    let table = folder.join("levels.csv");
    let text = fs::read_to_string(&table).unwrap();
    let refused = |text: &str, expected: &str| {
        fs::write(&table, text).unwrap();
        let said = String::from_utf8(again(&[]).stderr).unwrap();
        assert!(said.contains(expected), "{said}");
    };
    let short = text.trim_end().rsplit_once('\n').unwrap().0.to_owned() + "\n";
    refused(&short, "some are missing");
    let (head, rest) = text.split_once('\n').unwrap();
    let first_row = rest.split_once('\n').unwrap().0;
    refused(&format!("{head}\n{first_row}\n{rest}"), "levels.csv:3");
    refused(&text.replacen("baseline", "baselime", 1), "levels.csv:2");
    refused(&text.replacen(",2,", ",3,", 1), "result_sha256");
}

#[test]
fn one_replication_has_no_interval_and_says_so() {
    let folder = made("run", "alone-once", &["--replications", "1"]);
    let shown = page(&folder);
    assert!(shown.contains("one replication: no interval"));
    let words = shown.split_once("id=\"data\"").unwrap().0;
    assert!(words.contains("stands at") && !words.contains("NaN"));
}
