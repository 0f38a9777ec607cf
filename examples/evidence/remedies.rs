//! What the shipped policies do in the months 139 to 149, against the baseline.

use std::fmt::Write;

use cogov::scenario::{Overrides, load};

use crate::laboratory::{Case, less, mean_of};

const STUDY: &str = "examples/evidence/remedies.toml";
const OUTCOMES: [&str; 8] = [
    "data_sharing_rate",
    "capacity",
    "nominal_resolution",
    "substantive_resolution",
    "satisfaction",
    "reported_satisfaction",
    "online_share",
    "incidents",
];

/// Policies that may do more than the sum of their parts.
const PAIRS: [(&str, [&str; 2]); 5] = [
    ("I2 + I1", ["I2", "I1"]),
    ("I2 + I3", ["I2", "I3"]),
    ("I2 + T1", ["I2", "T1"]),
    ("I2 + I7", ["I2", "I7"]),
    (
        "institution + technology",
        ["institution-only", "technology-only"],
    ),
];

/// One row per policy and outcome, and the excess of pairs over the sum of both.
pub fn table() -> String {
    let mut table = String::from("policy,outcome,difference,half_interval\n");
    for outcome in OUTCOMES {
        row(
            &mut table,
            "level of the baseline",
            outcome,
            &level("baseline", outcome),
        );
    }
    for policy in policies() {
        for outcome in OUTCOMES {
            row(&mut table, policy, outcome, &change(policy, outcome));
        }
    }
    for (pair, parts) in PAIRS {
        for (when, months) in [("", 139..150), (" in months 79 to 89", 79..90)] {
            for outcome in &OUTCOMES[..2] {
                let of = |policy| {
                    let level = |policy| {
                        Case::new(STUDY, policy)
                            .runs()
                            .over(outcome, months.clone())
                    };
                    less(&level(policy), &level("baseline"))
                };
                let excess = less(&less(&of(pair), &of(parts[0])), &of(parts[1]));
                row(
                    &mut table,
                    &format!("{pair} beyond the sum{when}"),
                    outcome,
                    &excess,
                );
            }
        }
    }
    table
}

fn policies() -> Vec<&'static str> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(STUDY);
    let alone = Overrides {
        worlds: Some(0),
        ..Overrides::default()
    };
    let study = load(&path, &alone).expect("the study is sound");
    let names = study.scenario.policies.into_iter().skip(1);
    // names live as long as the program, which ends with this table
    names.map(|policy| &*policy.name.leak()).collect()
}

fn level(policy: &'static str, outcome: &str) -> Vec<f64> {
    Case::new(STUDY, policy).runs().over(outcome, 139..150)
}

fn change(policy: &'static str, outcome: &str) -> Vec<f64> {
    less(&level(policy, outcome), &level("baseline", outcome))
}

fn row(table: &mut String, policy: &str, outcome: &str, values: &[f64]) {
    let mean = mean_of(values);
    let half = mean.high - mean.difference;
    let _ = writeln!(table, "{policy},{outcome},{:.4},{half:.4}", mean.difference);
}
