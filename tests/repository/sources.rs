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
    fn walk(folder: &Path, into: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, into);
            } else if path.extension().is_some_and(|e| e == "rs") {
                into.push((path.clone(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut all = Vec::new();
    walk(&root(), &mut all);
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
