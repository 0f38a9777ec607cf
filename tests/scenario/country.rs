//! The country is data: its words, a part of it, another one over it, and what is said of each.

use std::path::Path;

use cogov::scenario::{Loaded, Overrides, SweepTyped, load};

use crate::files::Folder;

const SHIPPED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios");

fn folder(case: &str, study: &str) -> Folder {
    let folder = Folder::new(case);
    folder.write("study.toml", study.as_bytes());
    folder
}

fn said(case: &str, study: &str) -> String {
    folder(case, study).say(&Overrides::default())
}

fn loaded(case: &str, study: &str, typed: &Overrides) -> Loaded {
    let folder = folder(case, study);
    load(folder.0.join("study.toml"), typed).unwrap_or_else(|faults| panic!("{faults}"))
}

fn names(loaded: &Loaded) -> Vec<&str> {
    let provinces = loaded.scenario.geography.provinces.iter();
    provinces.map(|province| province.iso.as_str()).collect()
}

/// A study of `path` in the shipped folder with more written below.
fn over(case: &str, path: &str, more: &str) -> Result<Loaded, String> {
    let study = format!("extends = \"{SHIPPED}/{path}\"\n{more}");
    let folder = folder(case, &study);
    load(folder.0.join("study.toml"), &Overrides::default()).map_err(|faults| faults.to_string())
}

#[test]
fn a_part_is_named_by_province_region_or_alliance() {
    for (only, kept) in [
        ("[\"Hebei\", \"CN-SX\"]", &["CN-HE", "CN-SX"][..]),
        ("\"east\"", &["CN-BJ", "CN-HE"]),
        ("[\"capital\", \"山西\"]", &["CN-BJ", "CN-HE", "CN-SX"]),
        ("[\"山西\"]", &["CN-SX"]),
    ] {
        let study = format!("extends = \"base.toml\"\n[population]\nonly = {only}\n");
        let loaded = loaded("part", &study, &Overrides::default());
        assert_eq!(names(&loaded), kept, "{only}");
        let all = kept.len() == 3;
        assert_eq!(loaded.cut.is_empty(), all, "{:?}", loaded.cut);
    }
}

#[test]
fn what_hangs_on_others_is_cut_and_told() {
    let study = "extends = \"base.toml\"\n[population]\nonly = [\"Hebei\", \"Shanxi\"]\n[history]\nfirst_platforms = [\"Beijing\", \"Shanxi\"]\n";
    let loaded = loaded("cut", study, &Overrides::default());
    let of = &loaded.scenario.geography;
    assert_eq!(of.adjacency, [(0, 1)]);
    assert_eq!(of.alliances[0].members.len(), 1);
    assert!(of.pairings.is_empty());
    assert_eq!(loaded.scenario.history.first_platforms, [1]);
    assert_eq!(
        loaded.cut,
        [
            "population.provinces: 2 of 3 provinces stay",
            "network.adjacency: 1 of 2 borders stay",
            "network.alliances: 1 of 2 memberships stay",
            "network.pairing: 0 of 1 pairings stay",
            "factors.table: 2 of 3 provinces stay",
            "history.first_platforms: 1 of 2 provinces stay",
        ]
    );
}

#[test]
fn a_part_that_nobody_knows_is_a_fault() {
    let study = "extends = \"base.toml\"\n[population]\nonly = [\"Hebai\"]\n";
    let said = said("nobody", study);
    assert!(
        said.contains("there is no province, region or alliance `Hebai`"),
        "{said}"
    );
    assert!(said.contains("did you mean `Hebei`?"), "{said}");
}

#[test]
fn a_policy_for_those_left_out_reaches_nobody() {
    let policy = |region: &str| {
        format!(
            "extends = \"base.toml\"\n[population]\nonly = \"centre\"\n[[policy]]\nname = \"a\"\nstart = \"2013-01\"\ntarget = {{ region = {region} }}\nintervention = [{{ use = \"sharing-mandate\" }}]\n"
        )
    };
    let alone = said("left-out", &policy("\"east\""));
    assert!(alone.contains("reaches nobody"), "{alone}");
    let both = said("left-out-in-part", &policy("[\"east\", \"centre\"]"));
    assert!(!both.contains("error"), "{both}");
}

#[test]
fn what_is_inherited_can_be_unset() {
    let study = "extends = \"base.toml\"\nunset = [\"network.alliances\", \"network.pairing\", \"factors\"]\n";
    let of = loaded("unset", study, &Overrides::default())
        .scenario
        .geography;
    assert!(of.alliances.is_empty() && of.pairings.is_empty());
    assert_eq!(of.adjacency.len(), 2);
    let said = said(
        "unset-typo",
        "extends = \"base.toml\"\nunset = [\"network.aliances\"]\n",
    );
    assert!(
        said.contains("nothing that is inherited is called `network.aliances`"),
        "{said}"
    );
    assert!(said.contains("did you mean `network.alliances`?"), "{said}");
}

/// One cause, one message: a table of another country is one fault, however many rows it has.
#[test]
fn another_country_over_this_one_is_a_fault_a_table() {
    let study = format!(
        "inherit_policies = false\n[population]\nprovinces = \"{SHIPPED}/germany16/laender.csv\"\n[country.columns]\npopulation = \"population_2020\"\nproduct = {{ column = \"gdp_2019_bn_eur\", unit = 1e9 }}\nprefectures = \"districts\"\ncounties = \"boroughs\"\n"
    );
    let said = over("foreign", "china31.toml", &study).unwrap_err();
    let errors = said.matches("error: ").count();
    assert_eq!(errors, 5, "{said}");
    let alliances = "alliances.csv names 25 regions that the table of provinces has not (first: line 2, `CN-GD`)";
    assert!(said.contains(alliances), "{said}");
    assert!(said.contains("unset = [\"network.alliances\"]"), "{said}");
    let unset = "unset = [\"network\", \"factors\", \"history\"]\n";
    let over = over("foreign-unset", "china31.toml", &format!("{unset}{study}")).unwrap();
    assert_eq!(over.scenario.geography.provinces.len(), 16);
}

#[test]
fn the_names_of_a_faulty_country_are_still_looked_up() {
    let folder = folder(
        "one-pass",
        "extends = \"base.toml\"\n[sweep.vary]\n\"sharing.benefid\" = [1, 2]\n[[policy]]\nname = \"a\"\ntarget = { region = \"eest\" }\nintervention = [{ use = \"sharing-mandat\" }]\n",
    );
    let provinces = crate::files::PROVINCES.replace("74610235", "many");
    folder.write("provinces.csv", provinces.as_bytes());
    let said = folder.say(&Overrides::default());
    for fault in [
        "`population` must be",
        "there is no region `eest`",
        "sharing-mandat`",
        "sharing.benefid",
        "has no start",
    ] {
        assert!(said.contains(fault), "{fault}: {said}");
    }
}

#[test]
fn a_word_is_looked_for_in_every_table() {
    let said = said("fear", "extends = \"base.toml\"\n[sharing]\nfear = 1.0\n");
    assert!(said.contains("unknown key `sharing.fear`"), "{said}");
    assert!(said.contains("`security.fear_decay`"), "{said}");
}

#[test]
fn a_country_that_starts_as_china_did_is_warned_of() {
    let base = crate::files::BASE.replace("[start]\n[history]\n", "");
    let folder = folder("untold", "extends = \"bare.toml\"\n");
    folder.write("bare.toml", base.as_bytes());
    let said = folder.say(&Overrides::default());
    assert!(
        said.contains("warning: the scenario has no [history]"),
        "{said}"
    );
    assert!(
        said.contains("warning: the scenario has no [start]"),
        "{said}"
    );
}

#[test]
fn names_that_tables_lose_are_refused_with_their_line() {
    let study = |name: &str| {
        format!(
            "extends = \"base.toml\"\n[[policy]]\nname = \"{name}\"\nstart = \"2013-01\"\nintervention = [{{ use = \"sharing-mandate\" }}]\n"
        )
    };
    for name in ["NA", "None", "null", "NaN"] {
        let said = said("lost", &study(name));
        assert!(
            said.contains(&format!("error: a policy is called `{name}`")),
            "{said}"
        );
        assert!(said.contains("study.toml:3:8"), "{said}");
    }
    for name in ["true", "001", "2016-01"] {
        let said = said("changed", &study(name));
        assert!(
            said.contains(&format!("warning: a policy is called `{name}`")),
            "{said}"
        );
        assert!(said.contains("study.toml:3:8"), "{said}");
    }
    assert_eq!(said("kept", &study("mandate")), "");
}

#[test]
fn forty_with_decimals_is_forty() {
    let folder = folder(
        "whole",
        "extends = \"base.toml\"\n[run]\nmonths = 40.0\nseed = 7.0\n",
    );
    let provinces = crate::files::PROVINCES.replace(",11,167", ",11.0,1.67e2");
    folder.write("provinces.csv", provinces.as_bytes());
    let typed = Overrides {
        set: vec!["run.replications=3.0".into()],
        ..Overrides::default()
    };
    let scenario = load(folder.0.join("study.toml"), &typed).unwrap().scenario;
    assert_eq!(
        (scenario.months, scenario.seed, scenario.replications),
        (40, 7, 3)
    );
    assert_eq!(scenario.geography.provinces[1].counties, 167);
    let half = said("half", "extends = \"base.toml\"\n[run]\nmonths = 40.5\n");
    assert!(half.contains("found 40.5"), "{half}");
}

#[test]
fn a_start_beyond_the_end_is_warned_of_wherever_it_is_said() {
    let policy = "extends = \"base.toml\"\n[[policy]]\nname = \"m\"\nintervention = [{ use = \"sharing-mandate\", start = \"2013-01\" }]\n";
    let typed = |set: &str, vary: &str| Overrides {
        set: Vec::from([set.to_owned()])
            .into_iter()
            .filter(|s| !s.is_empty())
            .collect(),
        sweep: SweepTyped {
            vary: Vec::from([vary.to_owned()])
                .into_iter()
                .filter(|s| !s.is_empty())
                .collect(),
            ..SweepTyped::default()
        },
        ..Overrides::default()
    };
    let late = folder("late", policy);
    for typed in [
        typed("policy.m.start=\"2030-01\"", ""),
        typed("policy.m.sharing-mandate.start=2030-01", ""),
        typed("", "policy.m.start=2013-01..2030-01"),
    ] {
        let said = late.say(&typed);
        assert!(said.contains("never acts"), "{said}");
    }
    assert_eq!(late.say(&typed("policy.m.start=2013-06", "")), "");
}

/// What a design table says, or its points.
fn design(case: &str, table: &str) -> Result<Vec<Vec<f64>>, String> {
    let folder = folder(
        case,
        "extends = \"base.toml\"\n[sweep]\ndesign = \"design.csv\"\n",
    );
    folder.write("design.csv", table.as_bytes());
    let loaded = load(folder.0.join("study.toml"), &Overrides::default());
    let loaded = loaded.map_err(|faults| faults.to_string())?;
    Ok(loaded.sweep.unwrap().table)
}

#[test]
fn words_and_switches_are_inputs() {
    let table = "sharing.rule,population.mean_field,factors.coupling,sharing.benefit\nlogit,True,off,2\nimitation,FALSE,on,3\n";
    let points = design("words", table).unwrap();
    assert_eq!(points, [[0.0, 1.0, 0.0, 2.0], [1.0, 0.0, 1.0, 3.0]]);
    let said = design("wrong-word", "sharing.rule\nlogic\n").unwrap_err();
    assert!(
        said.contains("`sharing.rule` must be logit or imitation or threshold, found logic"),
        "{said}"
    );
    let typed = |vary: &str| Overrides {
        sweep: SweepTyped {
            vary: vec![vary.into()],
            ..SweepTyped::default()
        },
        ..Overrides::default()
    };
    let all = &["logit", "imitation", "threshold"][..];
    for (vary, words) in [
        ("sharing.rule", all),
        ("sharing.rule=logit,imitation", &all[..2]),
    ] {
        let sweep = loaded("vary-words", "extends = \"base.toml\"\n", &typed(vary))
            .sweep
            .unwrap();
        assert_eq!(sweep.vary[0].words, all, "what the values stand for");
        assert_eq!(sweep.design_points(), words.len() as f64);
    }
    let range = folder("word-range", "extends = \"base.toml\"\n").say(&typed("sharing.rule=0..1"));
    assert!(range.contains("is a word and has no range"), "{range}");
}

#[test]
fn tables_as_programs_write_them() {
    for (case, table) in [
        ("index", ",sharing.benefit\n0,2\n1,3\n"),
        ("index-again", "Unnamed: 0,sharing.benefit\n0,2\n1,3\n"),
        ("quoted", "\"\",\"sharing.benefit\"\n\"1\",2\n\"2\",3\n"),
        ("mark", "\u{feff}sharing.benefit\n2\n3\n"),
        ("windows", "sharing.benefit\r\n2\r\n3\r\n"),
    ] {
        let points = design(case, table).unwrap_or_else(|said| panic!("{case}: {said}"));
        assert_eq!(points, [[2.0], [3.0]], "{case}");
    }
    for (case, table, part) in [
        (
            "semicolon",
            "sharing.benefit;sharing.noise\n1;2\n",
            "parted by `;`, expected commas",
        ),
        (
            "tabs",
            "sharing.benefit\tsharing.noise\n1\t2\n",
            "parted by tabs",
        ),
        ("per-cent", "sharing.noise\n50%\n", "0.5 for 50 %"),
        (
            "decimal-comma",
            "sharing.noise,sharing.benefit\n\"0,5\",1\n",
            "behind a point",
        ),
        (
            "twice",
            "sharing.noise,sharing.noise\n0.1,0.2\n",
            "two columns `sharing.noise`",
        ),
    ] {
        let said = design(case, table).unwrap_err();
        assert!(said.contains(part), "{case}: {said}");
    }
}

#[test]
fn a_path_is_varied_once() {
    let typed = Overrides {
        sweep: SweepTyped {
            vary: ["sharing.benefit=1..2", "sharing.benefit=3..4"]
                .map(str::to_owned)
                .into(),
            ..SweepTyped::default()
        },
        ..Overrides::default()
    };
    let said = folder("vary-twice", "extends = \"base.toml\"\n").say(&typed);
    assert!(said.contains("`sharing.benefit` is varied twice"), "{said}");
}

#[test]
fn germany_has_its_own_words_and_money() {
    let path = Path::new(SHIPPED).join("germany16.toml");
    let loaded = load(&path, &Overrides::default()).unwrap();
    let nation = &loaded.scenario.geography.nation;
    assert_eq!(nation.currency, "EUR");
    assert_eq!(nation.levels[1], "land");
    let cost = |i: usize| {
        loaded.scenario.policies[i].interventions[0]
            .cost
            .per_head_year
    };
    assert!((cost(1) - 1.5 * 0.18).abs() < 1e-12, "{}", cost(1));
    let provinces = &loaded.scenario.geography.provinces;
    let bavaria = provinces.iter().find(|one| one.iso == "DE-BY").unwrap();
    assert_eq!(bavaria.second_name, "Bayern");
    assert!((40_000.0..60_000.0).contains(&bavaria.gdp_per_head));
}
