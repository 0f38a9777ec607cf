//! Lists of words that a modeller keeps: one a line, comments behind `#`.

use super::form;

/// Terms that stay whole, and words without a topic.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WordLists {
    /// Terms that segmentation keeps whole.
    pub terms: Vec<String>,
    /// Words that carry no topic.
    pub stop_words: Vec<String>,
    /// Lines among the terms that were in jieba's columns, of which the first was taken.
    pub in_columns: usize,
}

impl WordLists {
    /// The lists written in `terms` and `stop_words`.
    pub fn new(terms: &str, stop_words: &str) -> Self {
        let (mut found, mut in_columns) = (Vec::new(), 0);
        for entry in entries(terms) {
            let word = first_column(&entry);
            in_columns += usize::from(word.is_some());
            found.push(word.map_or_else(|| entry.clone(), str::to_owned));
        }
        Self {
            terms: found,
            stop_words: entries(stop_words).collect(),
            in_columns,
        }
    }
}

/// The entries of a list. A `#` inside a word, as in `c#`, is part of it.
fn entries(list: &str) -> impl Iterator<Item = String> {
    let list = form::one_form(list);
    let lines: Vec<String> = list.lines().map(entry).collect();
    lines.into_iter().filter(|entry| !entry.is_empty())
}

fn entry(line: &str) -> String {
    let comment = line.match_indices('#').map(|(at, _)| at).find(|at| {
        let before = line[..*at].chars().last();
        before.is_none_or(char::is_whitespace)
    });
    form::term(&line[..comment.unwrap_or(line.len())])
}

/// The word of a line in the columns of jieba's dictionaries: `word frequency`, `word frequency tag`,
/// or a Chinese `word tag`.
fn first_column(line: &str) -> Option<&str> {
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    let tag = |s: &str| s.len() <= 4 && s.bytes().all(|b| b.is_ascii_lowercase());
    let (before, last) = line.rsplit_once(char::is_whitespace)?;
    let before = before.trim_end();
    if digits(last) {
        return Some(before);
    }
    if !tag(last) {
        return None;
    }
    match before.rsplit_once(char::is_whitespace) {
        Some((word, middle)) if digits(middle) => Some(word.trim_end()),
        _ => super::phrases::is_plain_chinese(before).then_some(before),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_jiebas_columns_is_taken() {
        let lists = WordLists::new(
            "存储资源 1000 n\n云计算\t5\n八一双鹿 3  nz\n凯特琳 nz\nEdu Trust认证 2000\n",
            "",
        );
        let expected = ["存储资源", "云计算", "八一双鹿", "凯特琳", "edu trust认证"];
        assert_eq!(
            (lists.terms.as_slice(), lists.in_columns),
            (&expected.map(str::to_owned)[..], 5)
        );
    }

    #[test]
    fn terms_of_several_words_and_with_signs_stay() {
        let lists = WordLists::new(
            "\u{feff}Public Data # open\r\nC#\n# all\n\n互联网＋政务\n",
            "的\u{3000}\n",
        );
        assert_eq!(lists.terms, ["public data", "c#", "互联网+政务"]);
        assert_eq!(
            (lists.stop_words, lists.in_columns),
            (vec!["的".to_owned()], 0)
        );
    }
}
