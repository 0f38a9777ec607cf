//! F1: platform launches follow the S-curve that was seen, because governments follow each other.

use std::path::Path;

use crate::facts::cases::{NOBODY_FOLLOWED, launches};
use crate::facts::laboratory::less;
use crate::facts::{above, below};

/// A count that was seen, by date.
fn seen(date: &str, column: &str) -> f64 {
    let path = "scenarios/china31/seen/platform_counts.csv";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let mut table = csv::Reader::from_path(path).unwrap();
    let header = table.headers().unwrap().clone();
    let column = header.iter().position(|name| name == column).unwrap();
    let mut rows = table.records().map(Result::unwrap);
    rows.find(|row| &row[0] == date).unwrap()[column]
        .parse()
        .unwrap()
}

#[test]
fn counts_are_within_15_percent_of_those_seen() {
    let runs = launches().runs();
    for (date, month) in [("2018-12", 76), ("2019-12", 88), ("2020-10", 98)] {
        let seen = seen(date, "platforms_all");
        let launched = runs.at("platforms_launched", month);
        above(date, &launched, 0.85 * seen);
        below(date, &launched, 1.15 * seen);
    }
    for (date, month) in [("2019-12", 88), ("2020-10", 98)] {
        let seen = seen(date, "platforms_provincial");
        let launched = runs.at("platforms_launched_provincial", month);
        above(date, &launched, seen - 3.0);
        below(date, &launched, seen + 3.0);
    }
}

#[test]
fn knock_out_without_anyone_to_follow_launches_trickle() {
    let runs = launches().with(NOBODY_FOLLOWED).runs();
    for year in 1..12 {
        let (from, to) = (12 * year - 1, 12 * year + 11);
        let before = runs.at("platforms_launched", from);
        let launched = less(&runs.at("platforms_launched", to), &before);
        // one to three a year
        above(&format!("year {year}"), &launched, 1.0);
        below(&format!("year {year}"), &launched, 3.5);
    }
}
