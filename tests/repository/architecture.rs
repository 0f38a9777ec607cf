//! Imports run one way, and a face holds no procedure.

use std::path::Path;

use crate::sources::{root, sources};

/// Modules in the order in which they may see each other: each only what stands before it.
const ORDER: [&str; 13] = [
    "chance",
    "numeric",
    "world",
    "model",
    "intervention",
    "factors",
    "scenario",
    "simulation",
    "experiment",
    "output",
    "study",
    "lab",
    "cli",
];
/// Pairs that must not see each other although the order would allow it.
const APART: [(&str, &str); 4] = [
    ("intervention", "model"),
    ("factors", "world"),
    ("factors", "model"),
    ("factors", "intervention"),
];

/// The top-level module that a file of `src` belongs to.
fn module(path: &Path) -> String {
    let inside = path
        .strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
        .unwrap();
    let first = inside
        .components()
        .next()
        .unwrap()
        .as_os_str()
        .to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

#[test]
fn imports_run_one_way() {
    let rank = |name: &str| ORDER.iter().position(|module| *module == name);
    for (path, text) in sources() {
        let Some(own) = rank(&module(&path)) else {
            continue;
        };
        for used in text.split("crate::").skip(1) {
            let name: String = used
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            let Some(other) = rank(&name) else { continue };
            let apart = APART.contains(&(ORDER[own], ORDER[other]));
            assert!(other <= own && !apart, "{} uses {name}", path.display());
        }
    }
}

#[test]
fn crates_stay_where_they_belong() {
    let allowed: [(&str, &[&str]); 12] = [
        ("bevy_ecs::", &["world", "model", "simulation"]),
        ("toml::", &["scenario", "factors"]),
        ("csv::", &["output", "scenario", "cli"]),
        (
            "serde_json::",
            &["experiment", "output", "study", "lab", "cli"],
        ),
        ("axum::", &["lab"]),
        ("tokio::", &["lab"]),
        ("clap::", &["cli"]),
        ("indicatif::", &["cli"]),
        ("console::", &["cli"]),
        ("ctrlc::", &["cli"]),
        ("println!", &["cli", "lib"]),
        ("stdout()", &["cli"]),
    ];
    for (path, text) in sources() {
        let own = module(&path);
        for (what, places) in allowed {
            assert!(
                !text.contains(what) || places.contains(&own.as_str()),
                "{} uses {what}",
                path.display()
            );
        }
    }
}

/// A verb parses, calls and prints; what it calls is a study.
#[test]
fn verbs_hold_no_procedure() {
    for (path, text) in sources() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if module(&path) != "cli" {
            continue;
        }
        let verb = text.contains("Command {\n    /// Does it.") && name != "shell.rs";
        let (lines, most) = (text.lines().count(), if verb { 60 } else { 150 });
        assert!(lines <= most, "{} has {lines} lines", path.display());
        let procedure = [
            "experiment::runs::plan",
            "simulation::",
            "study::runs::store",
            "factors::fit",
            "fs::write",
            "create_dir",
        ];
        for used in procedure {
            assert!(!text.contains(used), "{} uses {used}", path.display());
        }
    }
}

/// A file that no module names is compiled by nobody, and nobody notices.
#[test]
fn every_file_is_a_module() {
    let all = sources();
    for (path, _) in &all {
        let (folder, own) = match path.ends_with("mod.rs") {
            true => (
                path.parent().unwrap().parent().unwrap(),
                path.parent().unwrap(),
            ),
            false => (path.parent().unwrap(), path.as_path()),
        };
        let own = own.file_stem().unwrap().to_string_lossy();
        let parents = [
            folder.join("mod.rs"),
            folder.with_extension("rs"),
            root().join("lib.rs"),
        ];
        let parents = all.iter().filter(|(path, _)| parents.contains(path));
        let declared = parents
            .flat_map(|(_, text)| text.lines())
            .any(|line| line.trim_end().ends_with(&format!("mod {own};")));
        assert!(
            declared || ["lib", "main"].contains(&&*own),
            "nothing declares {}",
            path.display()
        );
    }
}
