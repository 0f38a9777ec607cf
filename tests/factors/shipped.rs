//! The factor table that ships with the China scenario.

use cogov::factors::Framework;
use cogov::factors::chain::Settings;
use cogov::factors::model::Model;
use cogov::output::factors::chains::ChainStore;
use cogov::output::factors::counts;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

fn shipped(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("scenarios/china31")
        .join(name)
}

fn read(name: &str) -> String {
    fs::read_to_string(shipped(name)).expect("a shipped file")
}

fn rows(name: &str) -> Vec<csv::StringRecord> {
    let text = read(name);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.records().map(|row| row.expect("a row")).collect()
}

fn provinces() -> Vec<String> {
    let rows = rows("country/provinces.csv");
    rows.iter().map(|r| r[0].to_owned()).collect()
}

fn number(cell: &str) -> f64 {
    cell.parse().expect("a number")
}

#[test]
fn the_table_has_a_row_for_each_province_and_rows_sum_to_1() {
    let table = rows("factors/factors.csv");
    let found: Vec<String> = table.iter().map(|r| r[0].to_owned()).collect();
    assert_eq!(found, provinces());
    for row in &table {
        let sum: f64 = (3..9).map(|i| number(&row[i])).sum();
        assert!((sum - 1.0).abs() < 1e-5, "{}: {sum}", &row[0]);
        assert!(
            (0.0..=1.0).contains(&number(&row[15])),
            "shrinkage of {}",
            &row[0]
        );
    }
}

#[test]
fn flags_follow_from_the_figures() {
    let quality = rows("factors/factors_quality.csv");
    assert_eq!(quality.len(), 6);
    for row in &quality {
        let steady = number(&row[5]) >= 2.0 && number(&row[6]) >= 0.9;
        assert_eq!(&row[2] == "false", steady, "{}", &row[0]);
    }
}

/// Without running the chains again: counts, keywords and settings are those the table was made of.
#[test]
fn the_table_was_made_from_the_shipped_counts_and_keywords() {
    let framework =
        Framework::parse(&read("texts/keywords.toml"), "keywords.toml").expect("keywords");
    let bags = counts::read(&shipped("texts/corpus"), &provinces()).expect("counts");
    let manifest: serde_json::Value =
        serde_json::from_str(&read("factors/factors_manifest.json")).expect("a manifest");
    let free = manifest["free_topics"].as_u64().expect("a number") as usize;
    let models: Vec<Model> = bags
        .into_iter()
        .map(|(language, bag)| Model::new(language, bag, &framework, free))
        .collect();
    let settings: Settings =
        serde_json::from_value(manifest["settings"].clone()).expect("settings");
    let store = ChainStore::beside(Path::new("factors.csv"), "", &models, &settings);
    for list in ["keywords.toml", "terms.txt", "stop_words.txt"] {
        let stem = list.split('.').next().expect("a stem");
        let digest = Sha256::digest(read(&format!("texts/{list}")));
        let hash: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(
            manifest[stem]["sha256"], hash,
            "{list}: make the table again"
        );
    }
    let made_from = &manifest["fingerprint_of_counts_keywords_and_settings"];
    assert_eq!(made_from, store.fingerprint(), "make the table again");
}
