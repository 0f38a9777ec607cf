//! The framework of factors and the words that anchor them, as read from a keywords file.
//!
//! ```toml
//! dimensions = ["environment"]
//! [scope]                      # a clause that has none of these, and no keyword, is left out
//! zh = ["数字政府"]
//! en = ["digital government"]
//! [weights]                    # weight of a kind of text in a region's shares; 1 if not named
//! "local regulation" = 0.0
//! [[factor]]
//! name = "service"
//! dimension = "environment"
//! zh = ["政务服务"]
//! en = ["public service"]
//! [[beside]]                   # what texts also speak of; anchored so that factors stay clean
//! name = "industry"
//! zh = ["智能制造"]
//! ```

use super::{Fault, Language};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

/// A framework: factors under dimensions, each anchored by keywords.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Framework {
    /// Names of the dimensions.
    pub dimensions: Vec<String>,
    /// Terms that mark a clause as being about the subject.
    #[serde(default)]
    pub scope: Terms,
    /// Weight of each kind of text in the shares of its region.
    #[serde(default)]
    pub weights: BTreeMap<String, f64>,
    /// The factors, in the order of the columns of the table.
    #[serde(rename = "factor")]
    pub factors: Vec<Factor>,
    /// Topics that stand beside the factors and draw their words away from them; in no table.
    #[serde(rename = "beside", default)]
    pub beside: Vec<Beside>,
}

/// Terms in each language.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// Chinese.
    #[serde(default)]
    pub zh: Vec<String>,
    /// English.
    #[serde(default)]
    pub en: Vec<String>,
}

/// A factor and its keywords.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Factor {
    /// Name, also of its column.
    pub name: String,
    /// The dimension it stands under.
    pub dimension: String,
    /// Chinese keywords.
    #[serde(default)]
    pub zh: Vec<String>,
    /// English keywords.
    #[serde(default)]
    pub en: Vec<String>,
}

/// A subject that texts treat beside the factors, with the words that anchor it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Beside {
    /// Name.
    pub name: String,
    /// Chinese keywords.
    #[serde(default)]
    pub zh: Vec<String>,
    /// English keywords.
    #[serde(default)]
    pub en: Vec<String>,
}

impl Factor {
    /// The keywords in `language`.
    pub fn keywords(&self, language: Language) -> &[String] {
        choose(language, &self.zh, &self.en)
    }
}

fn choose<'a>(language: Language, zh: &'a [String], en: &'a [String]) -> &'a [String] {
    match language {
        Language::Chinese => zh,
        Language::English => en,
    }
}

impl Framework {
    /// Reads and checks a keywords file; `place` names it in messages.
    ///
    /// # Errors
    /// Broken TOML, unknown keys, an unknown dimension, a factor named twice or without keywords, a
    /// blank term, a term twice in one list, a negative weight.
    pub fn parse(text: &str, place: &str) -> Result<Self, Fault> {
        let mut framework: Self = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| line_of(text, span.start));
            Fault::input(error.message().to_owned()).at(format!("{place}:{line}"))
        })?;
        framework.lower_case();
        check_terms(text, place)?;
        framework.check(text, place)?;
        Ok(framework)
    }

    /// The terms of the scope and all keywords in `language`: what makes a clause count.
    pub fn scope_terms(&self, language: Language) -> Vec<&str> {
        let scope = choose(language, &self.scope.zh, &self.scope.en);
        let keywords = self.factors.iter().flat_map(|f| f.keywords(language));
        scope.iter().chain(keywords).map(String::as_str).collect()
    }

    /// The names and keywords of all anchored topics: the factors, then those beside them.
    pub fn anchored(&self, language: Language) -> Vec<(&str, &[String])> {
        let factors = self.factors.iter();
        let factors = factors.map(|f| (f.name.as_str(), f.keywords(language)));
        let beside = self.beside.iter();
        let beside = beside.map(|b| (b.name.as_str(), choose(language, &b.zh, &b.en)));
        factors.chain(beside).collect()
    }

    /// The weight of texts of this kind.
    pub fn weight(&self, kind: &str) -> f64 {
        self.weights.get(kind).copied().unwrap_or(1.0)
    }

    fn lower_case(&mut self) {
        let factors = self.factors.iter_mut();
        let terms = factors.flat_map(|f| f.zh.iter_mut().chain(&mut f.en));
        let scope = self.scope.zh.iter_mut().chain(&mut self.scope.en);
        let beside = self.beside.iter_mut();
        let beside = beside.flat_map(|b| b.zh.iter_mut().chain(&mut b.en));
        terms
            .chain(scope)
            .chain(beside)
            .for_each(|w| *w = w.trim().to_lowercase());
    }

    fn check(&self, text: &str, place: &str) -> Result<(), Fault> {
        let at = |word: &str| {
            let line = text.find(word).map_or(1, |byte| line_of(text, byte));
            format!("{place}:{line}")
        };
        for (i, factor) in self.factors.iter().enumerate() {
            self.check_factor(factor, &at)?;
            if self.factors[..i].iter().any(|f| f.name == factor.name) {
                let message = format!("factor `{}` is named twice", factor.name);
                return Err(Fault::input(message).at(at(&factor.name)));
            }
        }
        if self.factors.is_empty() {
            return Err(Fault::input("a framework needs at least one [[factor]]").at(place));
        }
        match self.weights.iter().find(|(_, w)| **w < 0.0 || w.is_nan()) {
            Some((kind, weight)) => {
                let message = format!("the weight of \"{kind}\" must be 0 or more, found {weight}");
                Err(Fault::input(message).at(at(kind)))
            }
            None => Ok(()),
        }
    }

    fn check_factor(&self, factor: &Factor, at: &dyn Fn(&str) -> String) -> Result<(), Fault> {
        let Factor {
            name, dimension, ..
        } = factor;
        if !self.dimensions.contains(dimension) {
            let known = self.dimensions.join(", ");
            let message = format!(
                "factor `{name}` has the unknown dimension `{dimension}`; the dimensions are {known}"
            );
            return Err(Fault::input(message)
                .at(at(&format!("\"{dimension}\"")))
                .hint("name one of these, or add it to `dimensions`"));
        }
        if factor.zh.is_empty() && factor.en.is_empty() {
            return Err(Fault::input(format!("factor `{name}` has no keywords"))
                .at(at(name))
                .hint("give at least one word under `zh` or `en`"));
        }
        Ok(())
    }
}

/// The lists of terms of a keywords file, with their places.
#[derive(Deserialize)]
struct Places {
    scope: Option<PlacedTerms>,
    factor: Vec<PlacedTerms>,
    #[serde(default)]
    beside: Vec<PlacedTerms>,
}

#[derive(Deserialize)]
struct PlacedTerms {
    #[serde(default)]
    zh: Vec<Spanned<String>>,
    #[serde(default)]
    en: Vec<Spanned<String>>,
}

/// A blank term would be found in every clause, and one named twice is a slip of the pen.
fn check_terms(text: &str, place: &str) -> Result<(), Fault> {
    let at = |term: &Spanned<String>| format!("{place}:{}", line_of(text, term.span().start));
    let places: Places =
        toml::from_str(text).map_err(|e| Fault::input(e.message().to_owned()).at(place))?;
    let parts = places
        .scope
        .iter()
        .chain(&places.factor)
        .chain(&places.beside);
    for list in parts.flat_map(|part| [&part.zh, &part.en]) {
        let mut known = BTreeSet::new();
        for term in list {
            let word = term.get_ref().trim().to_lowercase();
            if word.is_empty() {
                let hint = "take it out, or write the word between the quotes";
                return Err(Fault::input("a term is blank").at(at(term)).hint(hint));
            }
            if !known.insert(word) {
                let message = format!("the term `{}` stands twice in its list", term.get_ref());
                return Err(Fault::input(message)
                    .at(at(term))
                    .hint("take one of them out"));
            }
        }
    }
    Ok(())
}

fn line_of(text: &str, byte: usize) -> usize {
    text[..byte].matches('\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "dimensions = ['technology']\n[[factor]]\nname = 'platform'\n\
                        dimension = 'technology'\nen = ['Cloud', 'Data Centre']\n";

    #[test]
    fn keywords_are_lower_case_and_belong_to_the_scope() {
        let framework = Framework::parse(GOOD, "k.toml").unwrap();
        let terms = framework.scope_terms(Language::English);
        assert_eq!(terms, ["cloud", "data centre"]);
        assert!(framework.scope_terms(Language::Chinese).is_empty());
        assert_eq!(framework.weight("anything"), 1.0);
    }

    #[test]
    fn an_unknown_dimension_is_named_with_the_known_ones() {
        let text = GOOD.replace("dimension = 'technology'", "dimension = \"tecnology\"");
        let fault = Framework::parse(&text, "k.toml").unwrap_err().to_string();
        assert!(fault.contains("`tecnology`; the dimensions are technology"));
        assert!(fault.contains("--> k.toml:4"), "{fault}");
    }

    #[test]
    fn faults_of_a_framework() {
        let parse = |text: &str| Framework::parse(text, "k").unwrap_err().to_string();
        assert!(parse("dimensions = [").contains("k:1"));
        assert!(parse(&format!("{GOOD}colour = 1\n")).contains("colour"));
        assert!(parse(&format!("{GOOD}{}", &GOOD[28..])).contains("named twice"));
        assert!(parse(&GOOD.replace("'Cloud', 'Data Centre'", "")).contains("no keywords"));
    }

    #[test]
    fn blank_and_repeated_terms_are_named_with_their_line() {
        let parse = |text: &str| Framework::parse(text, "k").unwrap_err().to_string();
        let blank = parse(&GOOD.replace("'Data Centre'", "\n' '"));
        assert!(blank.contains("blank") && blank.contains("k:6"), "{blank}");
        let twice = parse(&GOOD.replace("'Data Centre'", "\n\n'cloud '"));
        assert!(
            twice.contains("`cloud ` stands twice") && twice.contains("k:7"),
            "{twice}"
        );
        let scope = parse(&format!("{GOOD}[scope]\nzh = ['']\n"));
        assert!(scope.contains("k:7"), "{scope}");
    }
}
