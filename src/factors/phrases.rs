//! Terms that are more than a word to ordinary segmentation: of several words, or with a sign inside.
//!
//! A text is a row of units: a run of letters and digits, a Chinese character, or a sign. Space, hyphens
//! and quotation marks part units and are none, so `cross-border` is `cross border`, `互联网 + 政务` is
//! `互联网+政务`, and `R&D` is neither `R` nor `D`. All texts here are in the one form and in lower case.

use super::language::is_han;
use std::collections::BTreeMap;
use std::ops::Range;

/// Terms by their first unit, longest first.
#[derive(Debug, Clone, Default)]
pub struct Phrases(BTreeMap<String, Vec<Vec<String>>>);

/// A part of a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text that holds no term.
    Plain(&'a str),
    /// A term, as [`canonical`] writes it.
    Term(String),
}

impl Phrases {
    /// All `terms` of at least two units.
    pub fn new<'a>(terms: impl Iterator<Item = &'a str>) -> Self {
        let mut phrases: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
        for term in terms {
            let units: Vec<String> = units(term).map(|u| term[u].to_owned()).collect();
            if units.len() > 1 {
                phrases.entry(units[0].clone()).or_default().push(units);
            }
        }
        for alike in phrases.values_mut() {
            alike.sort_by_key(|units| std::cmp::Reverse(units.len()));
        }
        Self(phrases)
    }

    /// Cuts the terms out of `clause`; of two that begin at one place the longer is taken.
    pub fn split<'a>(&self, clause: &'a str) -> Vec<Piece<'a>> {
        let units: Vec<Range<usize>> = units(clause).collect();
        let (mut pieces, mut plain, mut i) = (Vec::new(), 0, 0);
        while i < units.len() {
            let words = units[i..].iter().map(|u| &clause[u.clone()]);
            let Some(n) = self.longest(words) else {
                i += 1;
                continue;
            };
            let (start, end) = (units[i].start, units[i + n - 1].end);
            pieces.push(Piece::Plain(&clause[plain..start]));
            pieces.push(Piece::Term(canonical(&clause[start..end])));
            plain = end;
            i += n;
        }
        pieces.push(Piece::Plain(&clause[plain..]));
        pieces
    }

    /// Units of the longest term with which `words` begin.
    fn longest<'a>(&self, words: impl Iterator<Item = &'a str> + Clone) -> Option<usize> {
        let alike = self.0.get(words.clone().next()?)?;
        let begins = |term: &&Vec<String>| {
            let mut words = words.clone();
            term.iter().all(|unit| words.next() == Some(unit))
        };
        alike.iter().find(begins).map(Vec::len)
    }
}

/// `text` by its units alone, words of an alphabet joined by `_`: the one spelling of a term.
pub fn canonical(text: &str) -> String {
    let mut spelt = String::new();
    for unit in units(text) {
        let unit = &text[unit];
        let letters = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_han(c));
        if letters(spelt.chars().last()) && letters(unit.chars().next()) {
            spelt.push('_');
        }
        spelt.push_str(unit);
    }
    spelt
}

/// Whether a clause, as [`canonical`] writes it, holds a term so written. What begins in the middle of
/// a word is not found: `e_government` is not in `the_government`.
pub fn holds(clause: &str, term: &str) -> bool {
    let letter = |c: char| c.is_alphanumeric() && !is_han(c);
    let whole = |at: usize| {
        let before = clause[..at].chars().last();
        !term.starts_with(letter) || !before.is_some_and(letter)
    };
    clause.match_indices(term).any(|(at, _)| whole(at))
}

/// Whether ordinary segmentation of Chinese takes `term` as it is: Chinese characters alone.
pub fn is_plain_chinese(term: &str) -> bool {
    term.chars().all(is_han)
}

/// Where each unit of `text` stands.
fn units(text: &str) -> impl Iterator<Item = Range<usize>> {
    let parts = |c: char| c.is_whitespace() || "-‐–_'\"‘’“”「」".contains(c);
    let run = |c: char| c.is_alphanumeric() && !is_han(c);
    let mut at = 0;
    std::iter::from_fn(move || {
        at += text[at..].len() - text[at..].trim_start_matches(parts).len();
        let first = text[at..].chars().next()?;
        let rest = text[at..].trim_start_matches(run);
        let len = (text[at..].len() - rest.len()).max(first.len_utf8());
        at += len;
        Some(at - len..at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_have_one_spelling() {
        for (written, spelt) in [
            ("互联网 + 政务", "互联网+政务"),
            ("“一网通办”", "一网通办"),
            ("public  data", "public_data"),
            ("e-government", "e_government"),
            ("r&d", "r&d"),
            ("c++", "c++"),
            ("ai 平台", "ai平台"),
            ("v2.0", "v2.0"),
        ] {
            assert_eq!(canonical(written), spelt);
        }
    }

    #[test]
    fn the_longest_term_is_cut_out_where_whole_words_agree() {
        let phrases = Phrases::new(["data centre", "data centre park", "a/b"].into_iter());
        let pieces = phrases.split("the data-centre park, big data centres and a/b");
        let term = |t: &str| Piece::Term(t.into());
        let expected = [
            Piece::Plain("the "),
            term("data_centre_park"),
            Piece::Plain(", big data centres and "),
            term("a/b"),
            Piece::Plain(""),
        ];
        assert_eq!(pieces, expected);
    }

    #[test]
    fn a_term_is_not_found_in_the_middle_of_a_word() {
        assert!(!holds(&canonical("the government"), "e_government"));
        assert!(holds(&canonical("an e-government plan"), "e_government"));
        assert!(holds("建设大数据库", "数据"));
    }
}
