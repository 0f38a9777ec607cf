//! The source files of the library, by module.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the library.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every Rust file of the library with its text.
pub fn sources() -> Vec<(PathBuf, String)> {
    let mut all = under("src");
    all.retain(|(path, _)| with_ending(path, &["rs"]));
    all
}

/// Whether a file's name ends so, after the point.
pub fn with_ending(path: &Path, endings: &[&str]) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| endings.contains(&ending))
}

/// Every text under a folder of the repository, but for what programs put there.
pub fn under(folder: &str) -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, into: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let made = ["target", "node_modules", "__pycache__"];
            if path.is_dir() {
                if !made.iter().any(|name| path.ends_with(name)) {
                    walk(&path, into);
                }
            } else if let Ok(text) = fs::read_to_string(&path) {
                into.push((path, text));
            }
        }
    }
    let mut all = Vec::new();
    walk(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join(folder),
        &mut all,
    );
    all.sort();
    all
}

/// Code of every module by its path, as `world::people`: without comments and without its tests.
pub fn modules() -> BTreeMap<String, String> {
    let code = |text: &str| {
        let before = text.split("#[cfg(test)]").next().unwrap_or_default();
        let lines = before.lines();
        let code = lines.filter(|line| !line.trim_start().starts_with("//"));
        code.collect::<Vec<_>>().join("\n")
    };
    let all = sources().into_iter();
    all.map(|(path, text)| (name(&path), code(&text))).collect()
}

fn name(path: &Path) -> String {
    let inside = path.strip_prefix(root()).unwrap().with_extension("");
    let parts = inside.components();
    let parts: Vec<_> = parts
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    match parts.split_last() {
        Some((last, before)) if last == "mod" => before.join("::"),
        _ => parts.join("::"),
    }
}
