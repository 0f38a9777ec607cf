//! Whatever is written in its files, a scenario is loaded or refused; nothing makes it panic.

use crate::files::{ADJACENCY, ALLIANCES, BASE, CATALOGUE, FACTORS, Folder, PAIRINGS, PROVINCES};
use cogov::scenario::{Overrides, load};
use proptest::prelude::*;

/// A study that uses every key there is.
const STUDY: &str = r#"extends = "base.toml"
question = "?"
[run]
seed = 3
[output]
series = "region"
[factors]
coupling = [{ factor = "platform", parameter = "capability.platform_growth", elasticity = 0.5, despite_flag = true }]
[sharing]
rule = "imitation"
noise = 0.2
[history]
centre_adopts = "2013-08"
pressure = { from = "2013-08", ramp_months = 24 }
first_platforms = ["CN-BJ"]
online_pulse = { from = "2014-01", to = "2014-06", factor = 15.0 }
incident_wave = { date = "2014-01", share = 0.5 }
[catalogue.sharing-mandate]
upkeep_share = 0.5
[[policy]]
name = "a"
describe = "?"
start = "2013-01"
target = { level = "frontline", region = "east", alliance = "capital", lowest = { by = "attention.platform", share = 0.25 } }
intervention = [{ use = "sharing-mandate", dose = 2.0, half_life_months = 6, stop = "2014-06" }]
[[policy]]
name = "b"
include = ["a", { policy = "a", start = "2014-01", target = { except = "Hebei", random_share = 0.5 } }]
[[policy.intervention]]
name = "own"
start = "2015-01"
ramp_months = 3
changes = [{ lever = "sharing.mandate", add = 0.5 }, { lever = "online.excluded", multiply = 0.5 }]
cost_per_head_year = 1.5
setup_cost = 2.0e8
"#;

const FILES: [(&str, &str); 8] = [
    ("study.toml", STUDY),
    ("base.toml", BASE),
    ("catalogue.toml", CATALOGUE),
    ("provinces.csv", PROVINCES),
    ("adjacency.csv", ADJACENCY),
    ("alliances.csv", ALLIANCES),
    ("pairings.csv", PAIRINGS),
    ("factors.csv", FACTORS),
];

/// Pieces that mean something where they land.
const PIECES: [&str; 24] = [
    "\n",
    "=",
    "\"",
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    ",",
    ".",
    "#",
    "-",
    "0",
    "9999999999",
    "1e999",
    "nan",
    "true",
    "2013-01",
    "\"2013-01\"",
    "[policy]\n",
    "extends = \"study.toml\"\n",
    "'''",
    "é",
];

/// One change of a text: where, how much is cut out, what is put in.
type Edit = (prop::sample::Index, usize, Option<prop::sample::Index>);

fn edited(text: &str, edits: &[Edit]) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for (at, cut, piece) in edits {
        let at = at.index(bytes.len() + 1);
        let end = (at + cut).min(bytes.len());
        let piece = piece.map_or("", |piece| PIECES[piece.index(PIECES.len())]);
        bytes.splice(at..end, piece.bytes());
    }
    bytes
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let edit = (
        any::<prop::sample::Index>(),
        0..12_usize,
        any::<Option<prop::sample::Index>>(),
    );
    prop::collection::vec(edit, 1..6)
}

/// Loads the study after `bytes` have taken the place of the file `name`.
fn loads_or_refuses(case: &str, name: &str, bytes: &[u8]) -> bool {
    let folder = Folder::new(case);
    folder.write("study.toml", STUDY.as_bytes());
    folder.write(name, bytes);
    match load(folder.0.join("study.toml"), &Overrides::default()) {
        Ok(loaded) => loaded
            .warnings
            .iter()
            .all(|fault| !fault.to_string().is_empty()),
        Err(faults) => faults.forbid() && !faults.to_string().is_empty(),
    }
}

#[test]
fn the_study_is_sound_as_it_stands() {
    let folder = Folder::new("sound");
    folder.write("study.toml", STUDY.as_bytes());
    let loaded = load(folder.0.join("study.toml"), &Overrides::default());
    let loaded = loaded.unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(loaded.scenario.policies[2].interventions.len(), 3);
    assert_eq!(loaded.warnings, []);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn byte_soup(file in 0..FILES.len(), soup in prop::collection::vec(any::<u8>(), 0..600)) {
        prop_assert!(loads_or_refuses("soup", FILES[file].0, &soup));
    }

    #[test]
    fn mutations(file in 0..FILES.len(), edits in edits()) {
        let (name, text) = FILES[file];
        prop_assert!(loads_or_refuses("mutation", name, &edited(text, &edits)));
    }

    #[test]
    fn settings(path in "[a-z.]{0,20}", value in "\\PC{0,20}") {
        let folder = Folder::new("settings");
        folder.write("study.toml", STUDY.as_bytes());
        let set = vec![format!("{path}={value}"), value];
        let typed = Overrides { set, ..Overrides::default() };
        prop_assert!(load(folder.0.join("study.toml"), &typed).is_err());
    }
}

#[test]
fn deep_nesting() {
    for deep in [
        "a = ".to_owned() + &"[".repeat(100_000),
        "a = ".to_owned() + &"{ b = ".repeat(100_000),
        "a.".repeat(100_000) + "b = 1",
        format!("[{}b]", "a.".repeat(100_000)),
    ] {
        assert!(loads_or_refuses("deep", "study.toml", deep.as_bytes()));
    }
}
