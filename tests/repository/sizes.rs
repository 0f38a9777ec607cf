//! A file fits into a sitting, a function onto a screen, a line of the documentation into a window.

use std::path::Path;

use crate::sources::{under, with_ending};

/// Lines that a file may have.
const FILE: usize = 400;
/// Lines that a function may have, from its name to its last brace.
const FUNCTION: usize = 40;
/// Characters that a line of the documentation may have.
const LINE: usize = 120;

/// Everything that is written by hand and run.
const WRITTEN: [&str; 4] = ["src", "tests", "examples", "benches"];

#[test]
fn files_stay_short() {
    let endings = ["rs", "js", "py", "R", "sh", "css"];
    let mut seen = 0;
    for (path, text) in WRITTEN.into_iter().flat_map(under) {
        if with_ending(&path, &endings) {
            let lines = text.lines().count();
            assert!(lines <= FILE, "{} has {lines} lines", path.display());
            seen += 1;
        }
    }
    assert!(seen > 300, "the search finds only {seen} files");
}

/// The number of spaces before the code of a line.
fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Whether a line begins a function, whatever stands before the word.
fn begins(line: &str) -> bool {
    let words = line.split_whitespace();
    let before = [
        "pub",
        "pub(crate)",
        "pub(super)",
        "const",
        "async",
        "unsafe",
    ];
    let mut rest = words.skip_while(|word| before.contains(word));
    rest.next() == Some("fn")
}

/// First line, from 1, and length of every function whose braces stand on lines of their own.
fn functions(text: &str) -> Vec<(usize, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let starts = (0..lines.len()).filter(|at| begins(lines[*at]));
    let length = |at: usize| {
        let end = |line: &&&str| line.trim() == "}" && indent(line) == indent(lines[at]);
        let one_line = lines[at].ends_with('}') || lines[at].ends_with(';');
        let last = lines[at..].iter().find(end).filter(|_| !one_line)?;
        let rest = lines[at..]
            .iter()
            .position(|line| std::ptr::eq(line, last))?;
        Some((at + 1, rest + 1))
    };
    starts.filter_map(length).collect()
}

#[test]
fn functions_stay_short() {
    let mut seen = 0;
    let mut long = Vec::new();
    for (path, text) in WRITTEN.into_iter().flat_map(under) {
        if with_ending(&path, &["rs"]) {
            for (line, length) in functions(&text) {
                seen += 1;
                if length > FUNCTION {
                    long.push(format!("{}:{line} has {length} lines", path.display()));
                }
            }
        }
    }
    assert!(long.is_empty(), "{long:#?}");
    assert!(seen > 2000, "the search finds only {seen} functions");
}

#[test]
fn a_function_is_measured_from_its_name_to_its_last_brace() {
    let text = "impl A {\n    pub(crate) const fn a() {\n        if b {\n        }\n    }\n}\nfn c() {}\nfn d()\n{\n}\n";
    assert_eq!(functions(text), [(2, 4), (8, 3)]);
}

/// Characters of a line as a page shows it: without the targets of its links.
fn shown(line: &str) -> usize {
    let mut parts = line.split("](");
    let first = parts.next().unwrap_or_default().chars().count();
    let after = |part: &str| {
        part.split_once(')')
            .map_or(part, |(_, rest)| rest)
            .chars()
            .count()
    };
    first + parts.map(|part| 2 + after(part)).sum::<usize>()
}

/// Lines outside of code and tables that are too long; those with an address are let be.
fn wide(text: &str) -> Vec<usize> {
    let mut code = false;
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        code ^= line.starts_with("```");
        let exempt = code || line.starts_with('|') || line.contains("://");
        if !exempt && shown(line) > LINE {
            found.push(number + 1);
        }
    }
    found
}

#[test]
fn lines_of_the_documentation_stay_short() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let first = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"];
    let first = first.map(|name| {
        (
            root.join(name),
            std::fs::read_to_string(root.join(name)).unwrap(),
        )
    });
    let pages = ["docs", "scenarios"].into_iter().flat_map(under);
    let pages = pages.filter(|(path, _)| with_ending(path, &["md"]));
    let pages: Vec<_> = first.into_iter().chain(pages).collect();
    assert!(
        pages.len() > 12,
        "the search finds only {} pages",
        pages.len()
    );
    for (path, text) in pages {
        let wide = wide(&text);
        assert!(
            wide.is_empty(),
            "{} is too wide in lines {wide:?}",
            path.display()
        );
    }
    let long = "a".repeat(LINE + 1);
    assert_eq!(wide(&format!("{long}\n```\n{long}\n```\n| {long}\n")), [1]);
    assert_eq!(wide(&format!("[a]({long})\n[{long}](a)\n")), [2]);
}
