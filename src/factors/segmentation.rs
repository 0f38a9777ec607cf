//! Clauses to words.
//!
//! A work report is about everything, so a clause (up to a full stop or semicolon) is the unit. A
//! Chinese clause is cut along the most probable path through a word graph (`jieba-rs` with jieba's
//! dictionary, without its model for unknown words); an English clause is cut at everything that is
//! not a letter or digit. Terms and keywords stay whole: of Chinese characters alone in the word graph,
//! all others as [`super::phrases`].

use super::TextLanguage;
use super::language::is_han;
use super::phrases::{Phrases, Piece, canonical, is_plain_chinese};
use jieba_rs::Jieba;
use std::collections::BTreeSet;

/// Signs that end a clause wherever they stand.
pub const STOPS: [char; 7] = ['。', '；', '！', '？', ';', '!', '?'];

/// Cuts clauses of one language into words.
#[derive(Debug)]
pub struct Segmenter {
    /// The word graph of Chinese.
    graph: Option<Box<Jieba>>,
    phrases: Phrases,
    /// Terms as words; they stay, however short.
    terms: BTreeSet<String>,
}

impl Segmenter {
    /// A segmenter of `language` that keeps `terms`, in the one form and in lower case, whole.
    pub fn new<'a>(language: TextLanguage, terms: impl Iterator<Item = &'a str> + Clone) -> Self {
        let chinese = language == TextLanguage::Chinese;
        let graph = chinese.then(|| {
            let mut jieba = Jieba::new();
            for term in terms.clone().filter(|term| is_plain_chinese(term)) {
                jieba.add_word(term, None, None);
            }
            Box::new(jieba)
        });
        let phrases = terms.clone().filter(|t| !(chinese && is_plain_chinese(t)));
        Self {
            graph,
            phrases: Phrases::new(phrases),
            terms: terms.map(canonical).collect(),
        }
    }

    /// The words of a clause in lower case. Single characters, numbers and punctuation are left out,
    /// unless they are terms.
    pub fn words(&self, clause: &str) -> Vec<String> {
        let clause = clause.to_lowercase();
        let mut words = Vec::new();
        for piece in self.phrases.split(&clause) {
            match piece {
                Piece::Term(term) => words.push(term),
                Piece::Plain(text) => words.extend(self.plain(text)),
            }
        }
        words
    }

    fn plain(&self, text: &str) -> Vec<String> {
        let is_word = |w: &&str| is_word(w) || self.terms.contains(*w);
        match &self.graph {
            Some(jieba) => {
                let tokens = jieba.cut(text, false).into_iter();
                let words = tokens.map(|token| token.word.trim());
                words.filter(is_word).map(str::to_owned).collect()
            }
            None => {
                let runs = text.split(|c: char| !c.is_alphanumeric());
                runs.filter(is_word).map(str::to_owned).collect()
            }
        }
    }
}

/// The clauses of `text`: up to a full stop, semicolon, question or exclamation mark or line end.
pub fn clauses(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c| c == '\n' || STOPS.contains(&c))
        .flat_map(|part| part.split(". "))
        .map(str::trim)
        .filter(|clause| !clause.is_empty())
}

/// Whether no clause can hold `term`, because it would end inside.
pub fn is_cut(term: &str) -> bool {
    term.contains(STOPS) || term.contains(['\n', '\t']) || term.contains(". ")
}

/// Two letters or digits at least, and a letter among them.
fn is_word(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphanumeric()).count();
    letters > 1
        && letters == word.chars().count()
        && word.chars().any(|c| is_han(c) || c.is_alphabetic())
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
        let segmenter = Segmenter::new(TextLanguage::Chinese, terms.into_iter());
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
        let segmenter = Segmenter::new(TextLanguage::English, terms.into_iter());
        let words = segmenter.words("Open public data, and Public Data rules of 2024");
        let expected = ["open_public_data", "and", "public_data", "rules", "of"];
        assert_eq!(words, expected);
    }

    #[test]
    fn keywords_with_signs_spaces_digits_or_one_character_stay_whole() {
        let words = |language, terms: &[&str], clause: &str| {
            Segmenter::new(language, terms.iter().copied()).words(clause)
        };
        let chinese = [
            ("互联网+政务", "推进“互联网+政务”改革", "互联网+政务"),
            ("互联网+政务", "推进互联网 + 政务改革", "互联网+政务"),
            ("ai平台", "建设AI 平台", "ai平台"),
            ("12345热线", "办好12345热线", "12345热线"),
            ("12345", "拨打12345反映", "12345"),
            ("政务·服务", "优化政务·服务", "政务·服务"),
            ("共建/共享", "坚持共建/共享", "共建/共享"),
            ("云", "上云赋能", "云"),
        ];
        for (term, clause, word) in chinese {
            let found = words(TextLanguage::Chinese, &[term], clause);
            assert!(found.iter().any(|w| w == word), "{term}: {found:?}");
        }
        let english = [
            ("e-government", "The e-government plan", "e_government"),
            ("r&d", "More R&D in public", "r&d"),
            ("c++", "Code in C++, mostly", "c++"),
            ("v2.0", "Release v2.0 of it", "v2.0"),
        ];
        for (term, clause, word) in english {
            let found = words(TextLanguage::English, &[term], clause);
            assert!(found.iter().any(|w| w == word), "{term}: {found:?}");
        }
    }
}
