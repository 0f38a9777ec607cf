//! Texts to clauses, clauses to words.
//!
//! A work report is about everything, so a clause (up to a full stop or semicolon) is the unit. A
//! Chinese clause is cut along the most probable path through a word graph (`jieba-rs`; its method
//! is that of jieba, without the model for unknown words); terms of the user's dictionary and all
//! keywords stay whole. An English clause is cut at everything that is not a letter or digit, and
//! known terms of several words are joined by `_`.

use super::language::is_han;
use super::{Fault, Language};
use jieba_rs::Jieba;

/// Words and frequencies of general Chinese: those of jieba's dictionary that are at most five
/// characters long, were seen at least four times, and are no names of persons.
const DICTIONARY: &str = include_str!("dictionary.txt");

/// Cuts clauses of one language into words.
#[derive(Debug)]
pub enum Segmenter {
    /// Chinese, by the word graph.
    Chinese(Box<Jieba>),
    /// English, with the terms of several words that stay whole, longest first.
    English(Vec<Vec<String>>),
}

impl Segmenter {
    /// A segmenter of `language` that keeps `terms` whole.
    ///
    /// # Errors
    /// When the embedded dictionary cannot be read.
    pub fn new<'a>(
        language: Language,
        terms: impl Iterator<Item = &'a str>,
    ) -> Result<Self, Fault> {
        match language {
            Language::Chinese => {
                let mut jieba = Jieba::with_dict(&mut DICTIONARY.as_bytes())
                    .map_err(|e| Fault::File(format!("cannot read the dictionary: {e}")))?;
                for term in terms {
                    jieba.add_word(term, None, None);
                }
                Ok(Self::Chinese(Box::new(jieba)))
            }
            Language::English => {
                let words = |term: &str| english_words(&term.to_lowercase());
                let mut phrases: Vec<Vec<String>> = terms.map(words).collect();
                phrases.retain(|phrase| phrase.len() > 1);
                phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
                Ok(Self::English(phrases))
            }
        }
    }

    /// The words of a clause in lower case. Single characters, numbers and punctuation are left out.
    pub fn words(&self, clause: &str) -> Vec<String> {
        let clause = clause.to_lowercase();
        match self {
            Self::Chinese(jieba) => {
                let tokens = jieba.cut(&clause, false).into_iter();
                let words = tokens.map(|token| token.word.trim());
                words.filter(|w| is_word(w)).map(str::to_owned).collect()
            }
            Self::English(phrases) => join_phrases(&english_words(&clause), phrases),
        }
    }
}

/// The clauses of `text`: up to a full stop, semicolon, question or exclamation mark or line end.
pub fn clauses(text: &str) -> impl Iterator<Item = &str> {
    let ends = ['。', '；', '！', '？', ';', '!', '?', '\n'];
    text.split(ends)
        .flat_map(|part| part.split(". "))
        .map(str::trim)
        .filter(|clause| !clause.is_empty())
}

/// How a term appears among the words of its language.
pub fn as_word(term: &str, language: Language) -> String {
    match language {
        Language::Chinese => term.to_lowercase(),
        Language::English => english_words(&term.to_lowercase()).join("_"),
    }
}

fn is_word(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphanumeric()).count();
    letters > 1
        && letters == word.chars().count()
        && word.chars().any(|c| is_han(c) || c.is_ascii_alphabetic())
}

fn english_words(clause: &str) -> Vec<String> {
    clause
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.len() > 1 && w.chars().any(char::is_alphabetic))
        .map(str::to_owned)
        .collect()
}

fn join_phrases(words: &[String], phrases: &[Vec<String>]) -> Vec<String> {
    let mut joined = Vec::new();
    let mut rest = words;
    while !rest.is_empty() {
        let n = phrases
            .iter()
            .find(|phrase| rest.starts_with(phrase))
            .map_or(1, Vec::len);
        joined.push(rest[..n].join("_"));
        rest = &rest[n..];
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_end_at_stops() {
        let text = "推进数据共享。优化服务；加强监管\nShare data. Serve people at 5.1%!";
        let found: Vec<&str> = clauses(text).collect();
        let expected = [
            "推进数据共享",
            "优化服务",
            "加强监管",
            "Share data",
            "Serve people at 5.1%",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn chinese_terms_stay_whole() {
        let terms = ["高效办成一件事", "公共数据"];
        let segmenter = Segmenter::new(Language::Chinese, terms.into_iter()).unwrap();
        let words = segmenter.words("深化“高效办成一件事”改革，公共数据开放12项，5G覆盖");
        let expected = ["深化", "高效办成一件事", "改革", "公共数据", "开放"];
        assert!(
            expected.iter().all(|w| words.iter().any(|x| x == w)),
            "{words:?}"
        );
        assert!(!words.iter().any(|w| w == "12"), "{words:?}");
    }

    #[test]
    fn english_terms_are_joined() {
        let terms = ["public data", "open public data"];
        let segmenter = Segmenter::new(Language::English, terms.into_iter()).unwrap();
        let words = segmenter.words("Open public data, and Public Data rules of 2024");
        let expected = ["open_public_data", "and", "public_data", "rules", "of"];
        assert_eq!(words, expected);
        assert_eq!(as_word("Public Data", Language::English), "public_data");
    }
}
