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

use super::phrases::canonical;
use super::segmentation::is_cut;
use super::{CorpusFault, TextLanguage, form};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

/// Columns of the table beside those of the factors.
const COLUMNS: [&str; 5] = ["iso", "tokens", "attention_total", "shrinkage", "note"];
/// Bounds of a weight that is not 0: with others its products with counts of words lose their digits.
const LEAST_WEIGHT: f64 = 1e-6;
const MOST_WEIGHT: f64 = 1e6;

/// A framework: factors under dimensions, each anchored by keywords.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Framework {
    /// Names of the dimensions.
    pub dimensions: Vec<String>,
    /// ScopeTerms that mark a clause as being about the subject.
    #[serde(default)]
    pub scope: ScopeTerms,
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

/// ScopeTerms in each language.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScopeTerms {
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
    pub fn keywords(&self, language: TextLanguage) -> &[String] {
        choose(language, &self.zh, &self.en)
    }
}

fn choose<'a>(language: TextLanguage, zh: &'a [String], en: &'a [String]) -> &'a [String] {
    match language {
        TextLanguage::Chinese => zh,
        TextLanguage::English => en,
    }
}

impl Framework {
    /// Reads and checks a keywords file; `place` names it in messages.
    ///
    /// # Errors
    /// Broken TOML, unknown keys, an unknown dimension, a factor named twice or without keywords, a
    /// blank term, one with a stop or twice in its list, a weight out of bounds.
    pub fn parse(text: &str, place: &str) -> Result<Self, CorpusFault> {
        let mut framework: Self = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| line_of(text, span.start));
            CorpusFault::input(error.message().to_owned()).at(format!("{place}:{line}"))
        })?;
        framework.normalise_terms();
        check_terms(text, place)?;
        framework.check(text, place)?;
        Ok(framework)
    }

    /// The terms of the scope and all keywords in `language`: what makes a clause count.
    pub fn scope_terms(&self, language: TextLanguage) -> Vec<&str> {
        let scope = choose(language, &self.scope.zh, &self.scope.en);
        let keywords = self.factors.iter().flat_map(|f| f.keywords(language));
        scope.iter().chain(keywords).map(String::as_str).collect()
    }

    /// The names and keywords of all anchored topics: the factors, then those beside them.
    pub fn anchored(&self, language: TextLanguage) -> Vec<(&str, &[String])> {
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

    fn normalise_terms(&mut self) {
        let factors = self.factors.iter_mut();
        let terms = factors.flat_map(|f| f.zh.iter_mut().chain(&mut f.en));
        let scope = self.scope.zh.iter_mut().chain(&mut self.scope.en);
        let beside = self.beside.iter_mut();
        let beside = beside.flat_map(|b| b.zh.iter_mut().chain(&mut b.en));
        terms
            .chain(scope)
            .chain(beside)
            .for_each(|w| *w = form::term(w));
    }

    fn check(&self, text: &str, place: &str) -> Result<(), CorpusFault> {
        let at = |word: &str| {
            let line = text.find(word).map_or(1, |byte| line_of(text, byte));
            format!("{place}:{line}")
        };
        for factor in &self.factors {
            self.check_factor(factor, &at)?;
        }
        if self.factors.is_empty() {
            return Err(CorpusFault::input("a framework needs at least one [[factor]]").at(place));
        }
        self.check_names(&at)?;
        let allowed = |w: f64| w == 0.0 || (LEAST_WEIGHT..=MOST_WEIGHT).contains(&w);
        match self.weights.iter().find(|(_, w)| !allowed(**w)) {
            Some((kind, weight)) => {
                let message = format!(
                    "the weight of \"{kind}\" must be 0, or from {LEAST_WEIGHT} to {MOST_WEIGHT}, \
                     found {weight}"
                );
                Err(CorpusFault::input(message).at(at(kind)))
            }
            None => Ok(()),
        }
    }

    /// Names head columns of the table and name topics: none may be blank or stand twice.
    fn check_names(&self, at: &dyn Fn(&str) -> String) -> Result<(), CorpusFault> {
        let mut taken: BTreeSet<String> = COLUMNS.map(str::to_owned).into();
        for name in self.factors.iter().map(|f| &f.name) {
            let free = taken.insert(name.clone()) & taken.insert(format!("{name}_se"));
            if name.trim().is_empty() || !free {
                let message = format!(
                    "factor `{name}` is blank, named twice, or named as another column of the table"
                );
                let hint = format!(
                    "other columns: {}, and each factor with `_se`",
                    COLUMNS.join(", ")
                );
                return Err(CorpusFault::input(message).at(at(name)).hint(hint));
            }
        }
        for name in self.beside.iter().map(|b| &b.name) {
            if name.trim().is_empty() || !taken.insert(name.clone()) {
                let message = format!("the subject `{name}` is blank, or its name stands twice");
                return Err(CorpusFault::input(message).at(at(name)));
            }
        }
        Ok(())
    }

    fn check_factor(
        &self,
        factor: &Factor,
        at: &dyn Fn(&str) -> String,
    ) -> Result<(), CorpusFault> {
        let Factor {
            name, dimension, ..
        } = factor;
        if !self.dimensions.contains(dimension) {
            let known = self.dimensions.join(", ");
            let message = format!(
                "factor `{name}` has the unknown dimension `{dimension}`; the dimensions are {known}"
            );
            return Err(CorpusFault::input(message)
                .at(at(&format!("\"{dimension}\"")))
                .hint("name one of these, or add it to `dimensions`"));
        }
        if factor.zh.is_empty() && factor.en.is_empty() {
            return Err(
                CorpusFault::input(format!("factor `{name}` has no keywords"))
                    .at(at(name))
                    .hint("give at least one word under `zh` or `en`"),
            );
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

/// A blank term would be found in every clause, one with a stop in none, and one named twice is a slip
/// of the pen.
fn check_terms(text: &str, place: &str) -> Result<(), CorpusFault> {
    let places: Places =
        toml::from_str(text).map_err(|e| CorpusFault::input(e.message().to_owned()).at(place))?;
    let parts = places
        .scope
        .iter()
        .chain(&places.factor)
        .chain(&places.beside);
    for list in parts.flat_map(|part| [&part.zh, &part.en]) {
        let mut known = BTreeMap::new();
        for term in list {
            let line = line_of(text, term.span().start);
            check_term(term.get_ref(), &mut known)
                .map_err(|fault| fault.at(format!("{place}:{line}")))?;
        }
    }
    Ok(())
}

/// `known` holds the terms of the list before it, by their one spelling.
fn check_term<'a>(
    written: &'a str,
    known: &mut BTreeMap<String, &'a str>,
) -> Result<(), CorpusFault> {
    let wrong = |message: String, hint: &str| Err(CorpusFault::input(message).hint(hint));
    let term = form::term(written);
    let spelt = canonical(&term);
    if spelt.is_empty() {
        let hint = "take it out, or write the word between the quotes";
        return wrong("a term is blank".into(), hint);
    }
    if is_cut(&term) {
        let hint = "a clause ends at `;`, `!`, `?` and their like: give the part before or behind";
        let message = format!("the term `{written}` holds a stop; it can never be found");
        return wrong(message, hint);
    }
    match known.insert(spelt, written) {
        None => Ok(()),
        Some(first) => {
            let alike = match first == written {
                true => String::new(),
                false => format!(" (as `{first}`)"),
            };
            let message = format!("the term `{written}` stands twice in its list{alike}");
            wrong(message, "take one of them out")
        }
    }
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
        let terms = framework.scope_terms(TextLanguage::English);
        assert_eq!(terms, ["cloud", "data centre"]);
        assert!(framework.scope_terms(TextLanguage::Chinese).is_empty());
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
        for weight in ["inf", "nan", "-1.0", "1e300", "1e-300"] {
            let said = parse(&format!("{GOOD}[weights]\nreport = {weight}\n"));
            assert!(said.contains("from 0.000001 to 1000000"), "{said}");
        }
        for name in ["note", "", "iso"] {
            let said = parse(&GOOD.replace("'platform'", &format!("'{name}'")));
            assert!(said.contains("another column"), "{said}");
        }
        let beside = format!("{GOOD}[[beside]]\nname = 'platform'\nen = ['a']\n");
        assert!(parse(&beside).contains("the subject `platform`"));
    }

    #[test]
    fn terms_that_differ_in_form_alone_stand_twice_and_stops_are_refused() {
        let parse = |text: &str| Framework::parse(text, "k").unwrap_err().to_string();
        let twice = parse(&GOOD.replace("'Data Centre'", "'\u{ff23}loud'"));
        assert!(twice.contains("(as `Cloud`)"), "{twice}");
        let stop = parse(&GOOD.replace("'Data Centre'", "'yes! no'"));
        assert!(stop.contains("`yes! no` holds a stop"), "{stop}");
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
