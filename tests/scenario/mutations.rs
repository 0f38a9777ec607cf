//! Whatever is written in its files, a scenario is loaded or refused; nothing makes it panic.

use crate::files::{FILES, Folder, STUDY};
use cogov::scenario::{Overrides, load};
use proptest::prelude::*;

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
