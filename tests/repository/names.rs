//! One word, one meaning: a public type name is defined once.

use std::collections::BTreeMap;

use crate::sources::modules;

/// Names that stand in many files by design: the numbers of a process, the row of a table.
const MANY: [&str; 2] = ["Parameters", "Row"];

#[test]
fn a_public_type_name_is_defined_once() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (module, code) in modules() {
        for line in code.lines() {
            let mut words = line.split_whitespace();
            let public = words.next() == Some("pub");
            let kind = words.next().unwrap_or_default();
            if public && ["struct", "enum", "trait", "type"].contains(&kind) {
                let letters = words.next().unwrap_or_default().chars();
                let name: String = letters.take_while(|c| c.is_alphanumeric()).collect();
                // a name that a macro fills in is none
                if !name.is_empty() {
                    places.entry(name).or_default().push(module.clone());
                }
            }
        }
    }
    assert!(places.len() > 100, "the search finds no types");
    places.retain(|name, modules| modules.len() > 1 && !MANY.contains(&name.as_str()));
    assert!(places.is_empty(), "defined more than once: {places:#?}");
}
