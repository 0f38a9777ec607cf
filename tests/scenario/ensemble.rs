//! `[ensemble]`: which worlds a table holds, and what is said of a faulty one.

use crate::files::Folder;
use cogov::scenario::ensemble::WorldEnsemble;
use cogov::scenario::{Loaded, Overrides, load};

const ASKED: &str = "extends = \"base.toml\"\n[ensemble]\ntable = \"worlds.csv\"\n";

fn folder(case: &str, table: &str) -> Folder {
    let folder = Folder::new(case);
    folder.write("study.toml", ASKED.as_bytes());
    folder.write("worlds.csv", table.as_bytes());
    folder
}

fn loaded(folder: &Folder, worlds: Option<u32>) -> Loaded {
    let typed = Overrides {
        worlds,
        ..Overrides::default()
    };
    load(folder.0.join("study.toml"), &typed).unwrap()
}

fn ensemble(case: &str, table: &str) -> WorldEnsemble {
    let folder = folder(case, table);
    loaded(&folder, None).scenario.ensemble.unwrap()
}

fn said(case: &str, table: &str) -> String {
    folder(case, table).say(&Overrides::default())
}

#[test]
fn worlds_are_the_same_however_rows_and_columns_stand() {
    let one = ensemble(
        "worlds-order-1",
        "sharing.benefit,sharing.rule\n2,logit\n3.0,imitation\n4,logit\n",
    );
    let other = ensemble(
        "worlds-order-2",
        "sharing.rule,sharing.benefit\nlogit,4\nLogit,2.0\nimitation,3\n",
    );
    assert_eq!(one, other);
    assert_eq!(one.worlds.len(), 3);
    assert_eq!(one.inputs[1].words[..2], ["logit", "imitation"]);
}

#[test]
fn weights_of_two_one_and_none_are_rows_of_a_a_and_b() {
    let weighed = ensemble("worlds-weights", "sharing.benefit,weight\n2,2\n3,1\n4,0\n");
    let rows = ensemble("worlds-rows", "sharing.benefit\n2\n2\n3\n");
    assert_eq!(weighed, rows);
    assert!((rows.effective_worlds() - 1.8).abs() < 1e-12);
}

#[test]
fn more_worlds_hold_the_fewer_and_none_is_the_scenario_itself() {
    let table: String = (0..40)
        .map(|i| format!("{i},{}\n", 1.0 + f64::from(i) / 50.0))
        .collect();
    let folder = folder("worlds-more", &format!("world,sharing.benefit\n{table}"));
    let ids = |n| {
        let ensemble = loaded(&folder, Some(n)).scenario.ensemble.unwrap();
        ensemble
            .worlds
            .into_iter()
            .map(|world| world.id)
            .collect::<Vec<_>>()
    };
    let (few, more) = (ids(10), ids(30));
    assert_eq!(more[..10], few);
    assert_ne!(few, (0..10).map(|i| i.to_string()).collect::<Vec<_>>());
    let none = loaded(&folder, Some(0)).scenario;
    folder.write("study.toml", b"extends = \"base.toml\"\n");
    assert_eq!(none, loaded(&folder, None).scenario);
}

#[test]
fn all_that_is_wrong_with_a_table_is_said_at_once() {
    let said = said(
        "worlds-faults",
        "sharing.benefti,sharing.noise,sharing.rule,policy.a.dose,weight\n\
         2,-1,logit,1,1\n2,0.2,imitate,1,-3\n2,many,logit,1,x\n",
    );
    for part in [
        "`sharing.benefti`\n  --> worlds.csv:1",
        "did you mean `sharing.benefit`?",
        "`sharing.noise` must",
        "found -1\n  --> worlds.csv:2",
        "must be logit or imitation or threshold, found imitate\n  --> worlds.csv:3",
        "`weight` must be a number, 0 or above, found \"-3\"\n  --> worlds.csv:3",
        "found many\n  --> worlds.csv:4",
        "found \"x\"\n  --> worlds.csv:4",
    ] {
        assert!(said.contains(part), "{part}\n---\n{said}");
    }
}

#[test]
fn tables_that_hold_no_world_are_refused() {
    for (case, table, why) in [
        ("worlds-empty", "", "there is no"),
        (
            "worlds-bare",
            "sharing.benefit\n",
            "the table of worlds has no rows",
        ),
        (
            "worlds-weightless",
            "sharing.benefit,weight\n2,0\n3,0\n",
            "`weight` is 0 in every row",
        ),
        (
            "worlds-inputless",
            "weight\n1\n",
            "the table of worlds has no inputs",
        ),
        (
            "worlds-twice",
            "world,sharing.benefit\na,1\na,2\n",
            "two worlds are called `a`",
        ),
    ] {
        let said = said(case, table);
        let refused = said.starts_with("error") && said.contains("worlds.csv");
        assert!(refused, "{case}: {said}");
        assert!(
            case == "worlds-empty" || said.contains(why),
            "{case}: {said}"
        );
    }
}

#[test]
fn a_table_of_worlds_that_cannot_be_read_is_named() {
    let missing = Folder::new("worlds-missing");
    missing.write("study.toml", ASKED.as_bytes());
    let said = missing.say(&Overrides::default());
    assert!(
        said.contains("there is no file `worlds.csv`\n  --> study.toml:3:9"),
        "{said}"
    );
    let text = folder("worlds-binary", "");
    text.write("worlds.csv", b"sharing.benefit\n\xff\n");
    assert!(text.say(&Overrides::default()).contains("not UTF-8"));
}

#[test]
fn more_worlds_than_there_are_and_worlds_of_nothing_are_refused() {
    let typed = |worlds| Overrides {
        worlds: Some(worlds),
        ..Overrides::default()
    };
    let few = folder("worlds-few", "sharing.benefit\n2\n3\n");
    let said = few.say(&typed(3));
    assert!(
        said.contains("the table has 2 worlds, 3 are wanted\n  --> --worlds 3"),
        "{said}"
    );
    few.write("study.toml", b"extends = \"base.toml\"\n");
    let said = few.say(&typed(3));
    assert!(
        said.contains("the scenario has no plausible worlds"),
        "{said}"
    );
    assert!(!few.say(&typed(0)).contains("worlds"));
}

#[test]
fn few_worlds_are_warned_of() {
    let few = said("worlds-thin", "sharing.benefit\n2\n3\n4\n");
    assert!(
        few.starts_with("warning: these worlds tell as much as 3.0"),
        "{few}"
    );
}
