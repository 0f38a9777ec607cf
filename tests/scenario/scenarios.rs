//! Every shipped scenario loads without a fault, and means what its comments say.

use std::fs;
use std::path::{Path, PathBuf};

use cogov::intervention::{Intervention, Policy};
use cogov::model::GROUPS;
use cogov::scenario::policy::catalogue;
use cogov::scenario::{Loaded, Overrides, Scenario, load};
use cogov::world::country::Country;
use cogov::world::parameter::Values;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")
}

fn shipped(name: &str) -> Loaded {
    // the 1:1 scenario may not fit this machine's memory; its scale is no matter here
    let set = match name {
        "china31-full.toml" => vec!["population.citizens_per_million=100".into()],
        _ => Vec::new(),
    };
    let overrides = Overrides {
        set,
        ..Overrides::default()
    };
    let loaded = load(folder().join(name), &overrides);
    loaded.unwrap_or_else(|faults| panic!("{name}:\n{faults}"))
}

fn policy<'a>(scenario: &'a Scenario, name: &str) -> &'a Policy {
    let found = scenario.policies.iter().find(|policy| policy.name == name);
    found.unwrap_or_else(|| panic!("no policy {name}"))
}

fn starts(policy: &Policy) -> Vec<String> {
    let start = |intervention: &Intervention| intervention.course.start.to_string();
    policy.interventions.iter().map(start).collect()
}

#[test]
fn every_shipped_scenario_loads_without_fault_or_warning() {
    let mut studies = 0;
    for file in fs::read_dir(folder()).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        if !name.ends_with(".toml") || name == "catalogue.toml" {
            continue;
        }
        let loaded = shipped(&name);
        assert!(loaded.warnings.is_empty(), "{name}: {:?}", loaded.warnings);
        assert!(!loaded.scenario.question.is_empty(), "{name}");
        assert!(loaded.scenario.policies.len() >= 4, "{name}");
        studies += 1;
    }
    assert_eq!(studies, 14);
}

#[test]
fn china31_is_the_world_of_the_tables_with_all_defaults() {
    let Loaded {
        scenario, inputs, ..
    } = shipped("china31.toml");
    assert_eq!(scenario.values, Values::defaults(GROUPS));
    let country = Country::new(scenario.geography, scenario.population, scenario.start);
    assert_eq!(country.governments.len(), 1 + 31 + 333 + 86);
    assert!((140_900..=141_100).contains(&country.citizens()));
    let read: Vec<&str> = inputs.iter().map(|input| input.path.as_str()).collect();
    assert_eq!(
        read,
        [
            "catalogue.toml",
            "china31.toml",
            "china31/country/adjacency.csv",
            "china31/country/alliances.csv",
            "china31/country/pairings.csv",
            "china31/country/provinces.csv",
            "china31/factors/factors.csv",
            "china31/factors/factors_quality.csv",
            "china31/factors/topics.csv",
            "china31/worlds.csv",
        ]
    );
    // two replications in each of 60 worlds, 30 at the values of the file
    let worlds = scenario.ensemble.map(|of| of.worlds.len());
    assert_eq!((worlds, scenario.replications), (Some(60), 2));
    let typed = Overrides {
        worlds: Some(0),
        ..Overrides::default()
    };
    let alone = load(folder().join("china31.toml"), &typed)
        .unwrap()
        .scenario;
    assert_eq!((alone.ensemble, alone.replications), (None, 30));
}

#[test]
fn the_full_package_holds_the_fifteen_remedies_from_month_60() {
    let scenario = shipped("china31.toml").scenario;
    let full = policy(&scenario, "thesis-full");
    assert_eq!(full.interventions.len(), 15);
    for intervention in &full.interventions {
        assert_eq!(intervention.course.start.months_since(scenario.start), 60);
        assert_eq!(intervention.course.dose, 1.0);
    }
    assert!(scenario.policies.len() > 10);
    assert_eq!(scenario.policies[0].name, "baseline");
}

#[test]
fn included_packages_take_the_start_that_is_nearest() {
    let scenario = shipped("order.toml").scenario;
    let first = starts(policy(&scenario, "technology-first"));
    assert_eq!(first[..4], ["2016-08", "2016-08", "2016-08", "2016-08"]);
    assert_eq!(first[4..], vec!["2018-08"; 7]);
    assert_eq!(
        starts(policy(&scenario, "both-at-once")),
        vec!["2016-08"; 11]
    );
    let names: Vec<&str> = scenario
        .policies
        .iter()
        .map(|policy| policy.name.as_str())
        .collect();
    assert!(!names.contains(&"thesis-full"), "{names:?}");
}

#[test]
fn pilot_and_roll_out_reach_whom_the_national_start_reaches() {
    let scenario = shipped("pilot.toml").scenario;
    let country = Country::new(
        scenario.geography.clone(),
        scenario.population,
        scenario.start,
    );
    let reached = |name: &str| {
        let interventions = &policy(&scenario, name).interventions;
        let one = interventions
            .iter()
            .filter(|one| one.name == "sharing-mandate");
        let mut all: Vec<u32> = one
            .flat_map(|one| one.target.candidates(&country))
            .collect();
        all.sort_unstable();
        all
    };
    assert_eq!(reached("pilot-then-national"), reached("national-at-once"));
    assert!(reached("pilot").len() < 100);
}

#[test]
fn the_catalogue_explains_its_seventeen_interventions() {
    let entries = catalogue::shipped();
    assert_eq!(entries.len(), 17);
    let of = |dimension: &str| {
        entries
            .iter()
            .filter(|entry| entry.dimension == dimension)
            .count()
    };
    assert_eq!(
        [of("environment"), of("institution"), of("technology")],
        [4, 7, 5]
    );
    for entry in &entries {
        assert!(entry.describe.ends_with('.'), "{}", entry.name);
        assert!(!entry.source.is_empty(), "{}", entry.name);
        assert!(
            entry
                .measure
                .changes()
                .is_some_and(|changes| !changes.is_empty())
        );
        assert!(entry.measure.cost().per_head_year > 0.0, "{}", entry.name);
    }
}

/// Every key that a shipped scenario uses is told in the reference.
#[test]
fn the_reference_tells_every_key() {
    let reference = include_str!("../../docs/scenario.md");
    let told = |key: &str| reference.contains(&format!("| `{key}` |"));
    let mut missing = Vec::new();
    let mut look = |key: &str| {
        if !told(key) {
            missing.push(key.to_owned());
        }
    };
    for file in fs::read_dir(folder()).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|it| it == "toml") && !path.ends_with("catalogue.toml") {
            let table: toml::Table = fs::read_to_string(&path).unwrap().parse().unwrap();
            each_key(&table, &mut look);
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
    assert!(!told("dosis"));
}

/// Tables whose names head sections of the reference.
const SECTIONS: [&str; 12] = [
    "country",
    "run",
    "output",
    "population",
    "network",
    "factors",
    "history",
    "interventions",
    "sweep",
    "calibrate",
    "ensemble",
    "report",
];

/// Calls `look` with every key below `table` that is a word of the format, and no name.
fn each_key(table: &toml::Table, look: &mut impl FnMut(&str)) {
    for (key, value) in table {
        let is_group = GROUPS.iter().any(|group| group.name == key);
        let is_section = SECTIONS.contains(&key.as_str());
        if is_group {
            continue;
        }
        if !is_section {
            look(key);
        }
        match value {
            toml::Value::Table(_) if ["vary", "columns"].contains(&key.as_str()) => {}
            toml::Value::Table(names) if key == "catalogue" => {
                for entry in names.values().filter_map(toml::Value::as_table) {
                    each_key(entry, look);
                }
            }
            toml::Value::Table(inner) => each_key(inner, look),
            toml::Value::Array(items) => {
                for inner in items.iter().filter_map(toml::Value::as_table) {
                    each_key(inner, look);
                }
            }
            _ => {}
        }
    }
}
