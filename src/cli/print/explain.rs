//! What every word of a scenario or a result means, as people read it.

use std::fmt::Write as _;

use crate::model::{STEPS, Step};
use crate::output::explanation::{Explained, entries};
use crate::scenario::reading::fault::nearest;

/// Kinds of names that are listed.
const KINDS: [&str; 4] = ["parameter", "lever", "intervention", "outcome"];

/// What `word` means, or a hint where nothing is called so.
pub fn explained(word: &str) -> Result<String, String> {
    let entries = entries();
    let group = word.strip_suffix('s').unwrap_or(word);
    if KINDS.contains(&group) {
        return Ok(listed(&entries, group));
    }
    let exact: Vec<&Explained> = entries.iter().filter(|entry| entry.name == word).collect();
    let partly = || {
        entries
            .iter()
            .filter(|entry| entry.name.contains(word))
            .collect()
    };
    let found: Vec<&Explained> = if exact.is_empty() { partly() } else { exact };
    if found.is_empty() {
        let known = entries.iter().map(|entry| entry.name.as_str());
        let hint = match nearest(word, known) {
            Some(name) => format!("did you mean `{name}`?"),
            None => "`cogov explain` lists all names".into(),
        };
        return Err(hint);
    }
    let explain = |entry: &&Explained| {
        let text = entry.text.replace('\n', "\n  ");
        format!("{} ({})\n  {text}\n", entry.name, entry.kind)
    };
    Ok(found
        .iter()
        .map(explain)
        .collect::<Vec<String>>()
        .join("\n"))
}

/// All names.
pub fn overview() -> String {
    let mut text = String::from("The month (more: cogov explain month)\n");
    for step in &STEPS {
        let _ = writeln!(text, "  {}", step.name);
    }
    let entries = entries();
    for kind in KINDS {
        text.push('\n');
        text.push_str(&listed(&entries, kind));
    }
    text.push_str("\ncogov explain WORD tells what one of them means\n");
    text
}

/// Names of one kind.
fn listed(entries: &[Explained], kind: &str) -> String {
    let mut text = format!("{kind}s\n");
    for entry in entries.iter().filter(|entry| entry.kind == kind) {
        let _ = writeln!(text, "  {}", entry.name);
    }
    text
}

/// The steps of the month.
pub fn month() -> String {
    let line = |(number, step): (usize, &Step)| {
        format!("{:>2}. {:<14} {}\n", number + 1, step.name, step.does)
    };
    STEPS.iter().enumerate().map(line).collect()
}
