//! Every name that a scenario can use, whatever table it stands in: where one is not found, another
//! of the same word may be what was meant.

use crate::model::GROUPS;
use crate::model::outcome::OUTCOMES;
use crate::scenario::input;
use crate::scenario::reading::fault::Fault;
use crate::world::factor::FACTORS;
use crate::world::levers::LEVERS;

/// Names that a hint lists at most.
const MOST: usize = 3;

/// What a name stands for, and the name.
type Word = (&'static str, String);

/// All names.
fn words() -> Vec<Word> {
    let parameters = GROUPS.iter().flat_map(|group| {
        let names = group.parameters.iter();
        names.map(|of| ("a parameter", format!("{}.{}", group.name, of.name)))
    });
    let choices = input::choices().map(|path| ("a choice", path.into()));
    let levers = LEVERS.iter().map(|row| ("a lever", row.name.into()));
    let outcomes = OUTCOMES.iter().map(|of| ("an outcome", of.name.into()));
    let factors = FACTORS.iter().map(|name| ("a factor", (*name).into()));
    let words = parameters.chain(choices).chain(levers).chain(outcomes);
    words.chain(factors).collect()
}

/// The fault with a better hint, if it is that a name was not found and another table has its word.
pub fn widened(fault: Fault) -> Fault {
    let Some(sought) = &fault.sought else {
        return fault;
    };
    let words = words();
    if let Some((kind, name)) = words.iter().find(|(_, name)| **name == **sought) {
        let hint = format!("`{name}` is {kind}; something else is wanted here");
        return fault.hint(hint);
    }
    let Some((_, last)) = sought.rsplit_once('.') else {
        return fault;
    };
    let mut meant = of_the_word(last, &words);
    if meant.is_empty() {
        return fault;
    }
    meant.truncate(MOST);
    fault.hint(format!("did you mean {}?", listed(&meant)))
}

/// Paths of parameters and levers whose last name is `word` or has it in it, the likest first.
fn of_the_word(word: &str, words: &[Word]) -> Vec<String> {
    let last = |path: &str| path.rsplit('.').next().unwrap_or_default().to_owned();
    let mut found: Vec<(bool, String)> = Vec::new();
    for (_, path) in words.iter().filter(|(_, path)| path.contains('.')) {
        let name = last(path);
        let same = name == word;
        let has = name.split('_').any(|part| part == word);
        if (same || has) && !found.iter().any(|(_, known)| known == path) {
            found.push((!same, path.clone()));
        }
    }
    found.sort_by_key(|(other, path)| (*other, last(path).len()));
    found.into_iter().map(|(_, path)| path).collect()
}

/// Names in a row, as `a`, `b` or `c`.
fn listed(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hint(sought: &str) -> Option<String> {
        widened(Fault::error("nothing").seeking(sought)).hint
    }

    #[test]
    fn a_word_is_found_in_whichever_table_it_stands() {
        let said = hint("sharing.fear").unwrap();
        assert!(said.contains("`security.fear_decay`"), "{said}");
        assert!(!said.contains("belief"), "{said}");
        assert_eq!(
            hint("attention.capacity").as_deref(),
            Some("did you mean `service.capacity` or `service.capacity_factor`?")
        );
        assert_eq!(hint("sharing.noize"), None);
        assert_eq!(hint("a.word.that.is.nowhere"), None);
    }

    #[test]
    fn a_name_of_another_kind_is_called_so() {
        let said = hint("sharing.mandate").unwrap();
        assert!(said.starts_with("`sharing.mandate` is a lever"), "{said}");
        let said = hint("fear").unwrap();
        assert!(said.starts_with("`fear` is an outcome"), "{said}");
    }
}
