//! Rows of a table may stand in any order.

use std::path::Path;

use cogov::scenario::{Overrides, Scenario, load};

use crate::files::{ADJACENCY, ALLIANCES, FACTORS, Folder, PAIRINGS, PROVINCES};

const STUDY: &str = "extends = \"base.toml\"\nname = \"Order\"\n\
                     [history]\nfirst_platforms = [\"Shanxi\", \"Beijing\"]\n";

fn read(folder: &Path) -> Scenario {
    let loaded = load(folder.join("study.toml"), &Overrides::default());
    loaded
        .map(|loaded| loaded.scenario)
        .unwrap_or_else(|faults| panic!("{faults}"))
}

/// The table with its rows turned round.
fn turned(table: &str) -> String {
    let (head, rows) = table.split_once('\n').expect("a head");
    let rows: Vec<&str> = rows.lines().rev().collect();
    format!("{head}\n{}\n", rows.join("\n"))
}

#[test]
fn shuffled_rows_are_the_same_scenario() {
    let folder = Folder::new("order");
    folder.write("study.toml", STUDY.as_bytes());
    let straight = read(&folder.0);
    for (name, table) in [
        ("provinces.csv", PROVINCES),
        ("adjacency.csv", ADJACENCY),
        ("alliances.csv", ALLIANCES),
        ("pairings.csv", PAIRINGS),
        ("factors.csv", FACTORS),
    ] {
        folder.write(name, turned(table).as_bytes());
        assert!(read(&folder.0) == straight, "{name}");
    }
    folder.write("adjacency.csv", b"a,b\nCN-SX,CN-HE\nCN-HE,CN-BJ\n");
    assert!(read(&folder.0) == straight, "borders from the other side");
    let names: Vec<&str> = straight
        .geography
        .provinces
        .iter()
        .map(|one| one.iso.as_str())
        .collect();
    assert!(names.is_sorted(), "{names:?}");
}
