//! Countries other than the one the model was made for: they run, live, and tell their own money.

use std::fs;
use std::path::Path;

use crate::command::{ROOT, cogov, done, folder, said};

/// Mean differences of all policies in data sharing, and the baseline's level of outcomes.
fn effects(results: &Path, outcome: &str) -> (Vec<f64>, f64) {
    let mut reader = csv::Reader::from_path(results.join("effects.csv")).unwrap();
    let header = reader.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|column| column == name).unwrap();
    let at = [
        "outcome",
        "scope_kind",
        "period",
        "mean_difference",
        "baseline_mean",
    ]
    .map(column);
    let mut differences = Vec::new();
    let mut baseline = f64::NAN;
    for row in reader.records().map(Result::unwrap) {
        if [&row[at[0]], &row[at[1]], &row[at[2]]] == [outcome, "nation", "last_12_months"] {
            differences.push(row[at[3]].parse().unwrap());
            baseline = row[at[4]].parse().unwrap();
        }
    }
    (differences, baseline)
}

/// Compares `scenario` and says whether its baseline lives and its policies change something: more than so
/// many enterprises take part.
fn lives(home: &Path, scenario: &str, more: &str, least: f64) {
    let arguments = format!(
        "compare {scenario} --out results --quiet --replications 2 --set population.citizens_per_million=40 {more}"
    );
    done(home, &arguments);
    let results = home.join("results");
    let (differences, sharing) = effects(&results, "data_sharing_rate");
    assert!(sharing > 0.02, "{scenario}: baseline shares {sharing}");
    assert!(
        differences.iter().any(|x| x.abs() > 0.01),
        "{scenario}: {differences:?}"
    );
    let (_, enterprises) = effects(&results, "enterprise_participation");
    assert!(
        enterprises > least,
        "{scenario}: {enterprises} of enterprises take part"
    );
    let page = fs::read_to_string(results.join("report.html")).unwrap();
    assert!(page.contains("</html>"));
}

#[test]
fn germany_lives_and_tells_euros() {
    let home = folder("country", "germany");
    lives(&home, &format!("{ROOT}/scenarios/germany16.toml"), "", 0.02);
    let costs = fs::read_to_string(home.join("results/costs.csv")).unwrap();
    assert!(
        costs
            .lines()
            .next()
            .unwrap()
            .contains("cost,cost_discounted"),
        "{costs}"
    );
    let units = fs::read_to_string(home.join("results/datapackage.json")).unwrap();
    assert!(units.contains("EUR per month") && !units.contains("RMB"));
    let effects = fs::read_to_string(home.join("results/effects.csv")).unwrap();
    assert!(!effects.contains("RMB") && effects.contains("Bavaria") | effects.contains("south"));
}

#[test]
fn the_west_of_china_lives_alone() {
    let home = folder("country", "west");
    let study = format!(
        "extends = \"{ROOT}/scenarios/china31.toml\"\nname = \"The west\"\n[population]\nonly = [\"west\"]\n"
    );
    fs::write(home.join("west.toml"), study).unwrap();
    lives(
        &home,
        "west.toml",
        "--worlds 0 --policies thesis-full,mandate-with-platform",
        // the west begins with 1 % and has few platforms: .005 take part at the end
        0.002,
    );
    let told = cogov(&home, "check west.toml").output().unwrap();
    let told = String::from_utf8(told.stdout).unwrap();
    assert!(
        told.contains("population.provinces: 12 of 31 provinces stay"),
        "{told}"
    );
    assert!(told.contains("network.adjacency: "), "{told}");
}

#[test]
fn a_new_country_runs_as_it_is() {
    let home = folder("country", "new");
    for regions in [2, 7, 12] {
        let at = format!("own{regions}");
        done(&home, &format!("new {at} --regions {regions}"));
        let checked = cogov(&home, &format!("check {at}/scenario.toml"))
            .output()
            .unwrap();
        assert_eq!(said(&checked), "", "{regions}");
        assert!(checked.status.success());
    }
    lives(&home, "own12/scenario.toml", "", 0.01);
    let again = cogov(&home, "new own12").output().unwrap();
    assert_eq!(again.status.code(), Some(1));
    assert!(
        said(&again).contains("is there already"),
        "{}",
        said(&again)
    );
}

/// Discounted money is less than paid money, and the same where nothing is discounted.
#[test]
fn costs_are_told_discounted_too() {
    let home = folder("country", "discount");
    let costs = |rate: &str| {
        let small = crate::command::small();
        done(
            &home,
            &format!(
                "compare {small} --out r{rate} --quiet --no-report --set country.discount_rate={rate}"
            ),
        );
        let mut reader = csv::Reader::from_path(home.join(format!("r{rate}/costs.csv"))).unwrap();
        let row = reader.records().next().unwrap().unwrap();
        let number = |at: usize| -> f64 { row[at].parse().unwrap() };
        (number(3), number(4))
    };
    let (paid, same) = costs("0");
    assert!((paid - same).abs() < 1e-6 * paid);
    let (still, less) = costs("0.1");
    assert_eq!(paid, still);
    assert!(less < 0.95 * paid && less > 0.7 * paid, "{less} of {paid}");
}
