//! Imports run one way, files and functions stay short.

use std::path::Path;

use crate::sources::sources;

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
        ("serde_json::", &["experiment", "output", "lab", "cli"]),
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

/// A verb parses, calls and prints; what it calls is a study. Topic models have a verb of their own kind.
#[test]
fn verbs_hold_no_procedure() {
    for (path, text) in sources() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if module(&path) != "cli" || ["factors", "chain"].iter().any(|of| name.starts_with(of)) {
            continue;
        }
        let verb = text.contains("Command {\n    /// Does it.") && name != "shell.rs";
        let (lines, most) = (text.lines().count(), if verb { 60 } else { 150 });
        assert!(lines <= most, "{} has {lines} lines", path.display());
        let procedure = [
            "experiment::runs::plan",
            "simulation::",
            "study::runs::store",
        ];
        for used in procedure {
            assert!(!text.contains(used), "{} uses {used}", path.display());
        }
    }
}

#[test]
fn files_and_functions_stay_short() {
    for (path, text) in sources() {
        let lines: Vec<&str> = text.lines().collect();
        assert!(
            lines.len() <= 400,
            "{} has {} lines",
            path.display(),
            lines.len()
        );
        let tests = lines
            .iter()
            .position(|line| *line == "#[cfg(test)]")
            .unwrap_or(lines.len());
        let mut begun: Option<(usize, usize)> = None;
        for (number, line) in lines[..tests].iter().enumerate() {
            let indent = line.len() - line.trim_start().len();
            let code = line.trim_start();
            let begins = [
                "fn ",
                "pub fn ",
                "pub(crate) fn ",
                "const fn ",
                "pub const fn ",
            ];
            if begins.iter().any(|begin| code.starts_with(begin)) {
                begun = Some((number, indent));
            }
            if let (Some((first, at)), "}") = (begun, code)
                && indent == at
            {
                let length = number - first + 1;
                assert!(
                    length <= 40,
                    "{}:{} has {length} lines",
                    path.display(),
                    first + 1
                );
                begun = None;
            }
        }
    }
}
