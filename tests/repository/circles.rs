//! No two modules need each other: a reader can begin with one of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::sources::modules;

/// Processes that read a number of each other's table, and nothing else.
const NUMBERS: [(&str, &str); 1] = [("model::attention", "model::service")];

/// The paths that start with `crate` or `super` in `code`, groups in braces taken apart.
fn paths(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for start in ["crate::", "super::"] {
        for (at, _) in code.match_indices(start) {
            let own = code[..at].chars().next_back();
            if own.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            let rest = &code[at..];
            let plain = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
            let head: String = rest.chars().take_while(|c| plain(*c)).collect();
            match rest[head.len()..].strip_prefix('{') {
                Some(group) => {
                    let group = group.split('}').next().unwrap_or_default();
                    let members = group.split(',').map(str::trim);
                    found.extend(members.map(|one| format!("{head}{one}")));
                }
                None => found.push(head),
            }
        }
    }
    found
}

/// The module that `path`, written in `module`, leads into.
fn resolved(path: &str, module: &str, all: &BTreeMap<String, String>) -> Option<String> {
    let mut at: Vec<&str> = module.split("::").collect();
    let mut parts = path.split("::").filter(|part| !part.is_empty()).peekable();
    if parts.next_if_eq(&"crate").is_some() {
        at.clear();
    }
    while parts.next_if_eq(&"super").is_some() {
        at.pop();
    }
    at.extend(parts);
    (1..=at.len())
        .rev()
        .map(|n| at[..n].join("::"))
        .find(|name| all.contains_key(name))
}

/// Which modules each needs, but for those that it lies in and that lie in it.
fn needs() -> BTreeMap<String, BTreeSet<String>> {
    let all = modules();
    let related = |a: &str, b: &str| {
        a == b || a.starts_with(&format!("{b}::")) || b.starts_with(&format!("{a}::"))
    };
    let of = |(module, code): (&String, &String)| {
        let paths = paths(code).into_iter();
        let needed = paths.filter_map(|path| resolved(&path, module, &all));
        let needed = needed.filter(|other| !related(other, module));
        let mut needed: BTreeSet<String> = needed.collect();
        for (a, b) in NUMBERS.into_iter().flat_map(|(a, b)| [(a, b), (b, a)]) {
            if module == a {
                needed.remove(b);
            }
        }
        (module.clone(), needed)
    };
    all.iter()
        .filter(|(name, _)| *name != "lib")
        .map(of)
        .collect()
}

#[test]
fn no_modules_go_in_a_circle() {
    let needs = needs();
    let edges: usize = needs.values().map(BTreeSet::len).sum();
    assert!(edges > 300, "the search finds only {edges} arrows");
    let mut left = needs;
    loop {
        let free: Vec<String> = left
            .iter()
            .filter(|(_, needed)| !needed.iter().any(|other| left.contains_key(other)))
            .map(|(name, _)| name.clone())
            .collect();
        if free.is_empty() {
            break;
        }
        for name in free {
            left.remove(&name);
        }
    }
    // what only leads into a circle is none
    while let Some(end) = left
        .keys()
        .find(|name| !left.values().any(|needed| needed.contains(*name)))
        .cloned()
    {
        left.remove(&end);
    }
    let circle: Vec<&String> = left.keys().collect();
    assert!(circle.is_empty(), "these need each other: {circle:?}");
}
