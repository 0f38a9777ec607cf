//! However a study is cut, gone on with and grown: the end has the same bytes.

use std::fs;
use std::path::Path;

use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::record::Field;
use proptest::prelude::*;

use crate::command::{done, files, folder, small};

/// What may happen to a study before it is whole.
#[derive(Debug, Clone, Copy)]
enum Before {
    /// So many replications.
    Replications(u32),
    /// A part of so many, with its runs in the study's store.
    Part(u32, u32),
    /// So many worlds.
    Worlds(u32),
    /// A run of one policy.
    OnePolicy,
}

fn before() -> impl Strategy<Value = Before> {
    prop_oneof![
        (1..5_u32).prop_map(Before::Replications),
        (2..4_u32).prop_flat_map(|of| (1..=of).prop_map(move |part| Before::Part(part, of))),
        (1..3_u32).prop_map(Before::Worlds),
        Just(Before::OnePolicy),
    ]
}

/// A scenario with three worlds.
fn study(home: &Path) {
    let text = format!(
        "extends = {:?}\n[run]\nmonths = 14\nreplications = 3\n[ensemble]\ntable = \"worlds.csv\"\n",
        small()
    );
    fs::write(home.join("study.toml"), text).unwrap();
    let worlds = "world,weight,sharing.benefit\na,1,2.0\nb,2,3.0\nc,1,4.5\n";
    fs::write(home.join("worlds.csv"), worlds).unwrap();
}

const WHOLE: &str = "compare study.toml --quiet --no-report --store runs --out";

fn done_before(home: &Path, turn: usize, what: Before) {
    let rest = match what {
        Before::Replications(n) => format!("{WHOLE} results --replications {n}"),
        Before::Part(part, of) => format!("{WHOLE} part-{turn} --shard {part}/{of}"),
        Before::Worlds(n) => format!("{WHOLE} results --worlds {n}"),
        Before::OnePolicy => {
            format!("run study.toml --quiet --policy mandate --store runs --out one-{turn}")
        }
    };
    done(home, &rest);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_order_ends_in_the_same_bytes(all in prop::collection::vec(before(), 1..4)) {
        let home = folder("orders", "straight");
        study(&home);
        done(&home, &format!("{WHOLE} results"));
        let straight = files(&home.join("results"));
        let home = folder("orders", "crooked");
        study(&home);
        for (turn, what) in all.iter().enumerate() {
            done_before(&home, turn, *what);
        }
        done(&home, &format!("{WHOLE} results"));
        prop_assert!(files(&home.join("results")) == straight);
    }

    #[test]
    fn any_split_joins_to_the_whole(parts in 1..6_u32) {
        let home = folder("orders", "split");
        study(&home);
        let command = "compare study.toml --quiet --no-report";
        done(&home, &format!("{command} --out whole"));
        let shards: Vec<String> = (1..=parts).map(|part| format!("part-{part}")).collect();
        for (part, out) in (1..).zip(&shards) {
            done(&home, &format!("{command} --shard {part}/{parts} --out {out}"));
        }
        done(&home, &format!("merge {} --quiet --no-report --out joined", shards.join(" ")));
        for (name, bytes) in files(&home.join("whole")) {
            if name != "manifest.json" {
                prop_assert!(fs::read(home.join("joined").join(&name)).unwrap() == bytes, "{name}");
            }
        }
    }

    #[test]
    fn a_table_by_columns_says_what_the_table_by_rows_says(seed in any::<u32>(), dose in 0.0..=100.0_f64) {
        let home = folder("orders", "columns");
        study(&home);
        let command = format!("{WHOLE} results --format parquet --seed {seed} --set policy.mandate.dose={dose}");
        done(&home, &command);
        for name in ["runs", "series", "effects"] {
            let cells = same_cells(&home.join("results"), name);
            prop_assert!(cells > 100, "{name}: {cells} cells");
        }
    }
}

/// Compares a table in both forms cell by cell; gives the number of cells.
fn same_cells(results: &Path, name: &str) -> usize {
    let mut csv = csv::Reader::from_path(results.join(format!("{name}.csv"))).unwrap();
    let mut rows = csv.records();
    let mut cells = 0;
    let mut parts: Vec<_> = fs::read_dir(results.join("parquet").join(name))
        .unwrap()
        .collect();
    parts.sort_by_key(|part| part.as_ref().unwrap().path());
    for part in parts {
        let file = fs::File::open(part.unwrap().path()).unwrap();
        let reader = SerializedFileReader::new(file).unwrap();
        for row in reader.get_row_iter(None).unwrap() {
            let (row, written) = (row.unwrap(), rows.next().unwrap().unwrap());
            for ((column, field), text) in row.get_column_iter().zip(&written) {
                assert!(
                    is_same(field, text),
                    "{name}, {column}: {field} is not {text}"
                );
                cells += 1;
            }
        }
    }
    assert!(rows.next().is_none(), "{name} has more rows by rows");
    cells
}

fn is_same(field: &Field, text: &str) -> bool {
    match field {
        Field::Null => text.is_empty(),
        Field::Str(word) => word == text,
        Field::Double(number) => text.parse() == Ok(*number),
        other => other.to_string() == text,
    }
}
