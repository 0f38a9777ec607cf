//! Which words count: clauses about the subject, without stop words, rare words and names.
//!
//! A clause is kept when it holds a term of the scope or a keyword. A word is kept when it occurs
//! in enough clauses, in no more than a share of them, and in the texts of enough regions: what few
//! regions say is a name, not a topic. Keywords are exempt from all of it, from the stop list too,
//! except that one which never occurs cannot be used.

use super::corpus::Text;
use super::keywords::Framework;
use super::lists::WordLists;
use super::phrases::{canonical, holds};
use super::segmentation::{Segmenter, clauses};
use super::{Bag, TextLanguage, TextSource};
use std::collections::{BTreeMap, BTreeSet};

/// How words are chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct Pruning {
    /// Least number of clauses with the word.
    pub min_documents: usize,
    /// Greatest share of clauses with the word.
    pub max_share: f64,
    /// Least number of regions with the word; all of them when there are fewer.
    pub min_regions: usize,
    /// Least number of kept words in a clause.
    pub min_words: usize,
}

impl Default for Pruning {
    fn default() -> Self {
        Self {
            min_documents: 8,
            max_share: 0.5,
            min_regions: 6,
            min_words: 4,
        }
    }
}

/// A clause as words, with the number of its text.
struct Clause {
    text: usize,
    words: Vec<String>,
}

/// The counts of the texts of one language; none when no clause is about the subject.
pub fn count(
    texts: &[&Text],
    language: TextLanguage,
    framework: &Framework,
    lists: &WordLists,
    pruning: &Pruning,
) -> Option<Bag> {
    let scope = framework.scope_terms(language);
    let anchored = framework.anchored(language);
    let anchored = anchored.iter().flat_map(|(_, words)| *words);
    let kept = lists.terms.iter().chain(anchored).map(String::as_str);
    let segmenter = Segmenter::new(language, kept.chain(scope.iter().copied()));
    let scope: Vec<String> = scope.into_iter().map(canonical).collect();
    let keywords = keywords(framework, language);
    let stops = lists.stop_words.iter().map(|word| canonical(word));
    let stops: BTreeSet<String> = stops.filter(|word| !keywords.contains(word)).collect();
    let mut found = Vec::new();
    let mut all_tokens = vec![0; texts.len()];
    for (t, text) in texts.iter().enumerate() {
        for clause in clauses(&text.text) {
            let mut words = segmenter.words(clause);
            words.retain(|w| !stops.contains(w));
            all_tokens[t] += words.len();
            let clause = canonical(&clause.to_lowercase());
            if scope.iter().any(|term| holds(&clause, term)) {
                found.push(Clause { text: t, words });
            }
        }
    }
    let words = choose(&found, texts, &keywords, pruning);
    let bag = fill(&found, texts, &all_tokens, words, pruning.min_words);
    (bag.documents() > 0).then_some(bag)
}

/// The keywords of each anchored topic as places in the vocabulary, and those that never occur.
pub fn anchors(
    words: &[String],
    framework: &Framework,
    language: TextLanguage,
) -> (Vec<Vec<u32>>, Vec<String>) {
    let mut missing = Vec::new();
    let place = |term: &String| {
        let place = words.binary_search(&canonical(term)).ok().map(|w| w as u32);
        if place.is_none() {
            missing.push(term.clone());
        }
        place
    };
    let mut place = place;
    let anchors = framework
        .anchored(language)
        .iter()
        .map(|(_, list)| list.iter().filter_map(&mut place).collect())
        .collect();
    (anchors, missing)
}

fn keywords(framework: &Framework, language: TextLanguage) -> BTreeSet<String> {
    let anchored = framework.anchored(language);
    let terms = anchored.iter().flat_map(|(_, words)| *words);
    terms.map(|term| canonical(term)).collect()
}

/// The vocabulary, sorted.
fn choose(
    found: &[Clause],
    texts: &[&Text],
    keywords: &BTreeSet<String>,
    pruning: &Pruning,
) -> Vec<String> {
    let mut seen: BTreeMap<&str, (usize, BTreeSet<&str>)> = BTreeMap::new();
    for clause in found {
        let unique: BTreeSet<&str> = clause.words.iter().map(String::as_str).collect();
        for word in unique {
            let (documents, regions) = seen.entry(word).or_default();
            *documents += 1;
            regions.insert(&texts[clause.text].region);
        }
    }
    let regions: BTreeSet<&str> = texts.iter().map(|t| t.region.as_str()).collect();
    let least = pruning.min_regions.min(regions.len());
    let most = (pruning.max_share * found.len() as f64).max(pruning.min_documents as f64);
    let kept = seen.into_iter().filter(|(word, (documents, regions))| {
        keywords.contains(*word)
            || (*documents >= pruning.min_documents
                && *documents as f64 <= most
                && regions.len() >= least)
    });
    kept.map(|(word, _)| word.to_owned()).collect()
}

fn fill(
    found: &[Clause],
    texts: &[&Text],
    all_tokens: &[usize],
    words: Vec<String>,
    min_words: usize,
) -> Bag {
    let mut bag = Bag::new(words);
    let mut next = found.iter().peekable();
    for (t, text) in texts.iter().enumerate() {
        let first = bag.documents();
        while let Some(clause) = next.next_if(|clause| clause.text == t) {
            let place = |w: &String| bag.words.binary_search(w).ok().map(|w| w as u32);
            let document: Vec<u32> = clause.words.iter().filter_map(place).collect();
            if document.len() >= min_words {
                bag.push(&document);
            }
        }
        bag.sources.push(TextSource {
            region: text.region.clone(),
            kind: text.kind.clone(),
            name: text.name.clone(),
            documents: first..bag.documents(),
            all_tokens: all_tokens[t],
        });
    }
    bag
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_keyword_in_the_stop_list_stays() {
        let keywords = "dimensions = ['d']\n[[factor]]\nname = 'f'\ndimension = 'd'\n\
                        en = ['openness']\n";
        let framework = Framework::parse(keywords, "k").expect("keywords");
        let text = Text {
            region: "CN-AA".into(),
            kind: String::new(),
            name: "a.txt".into(),
            language: TextLanguage::English,
            text: "openness and the data of the state. ".repeat(9),
        };
        let lists = WordLists::new("", "and\nthe\nof\nopenness\n");
        let pruning = Pruning {
            max_share: 1.0,
            min_words: 3,
            ..Pruning::default()
        };
        let bag = count(
            &[&text],
            TextLanguage::English,
            &framework,
            &lists,
            &pruning,
        );
        let bag = bag.expect("clauses about the subject");
        assert_eq!(bag.words, ["data", "openness", "state"]);
    }
}
