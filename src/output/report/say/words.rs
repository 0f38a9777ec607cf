//! The words of a report: texts by key, from a file per language, with `{gaps}`.

use std::collections::BTreeMap;

use super::round::{number, places};

const ENGLISH: &str = include_str!("text/en.json");
const CHINESE: &str = include_str!("text/zh.json");

/// A language of the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ReaderLanguage {
    /// English.
    #[default]
    English,
    /// Chinese, simplified.
    Chinese,
}

impl ReaderLanguage {
    /// All languages, in the order of the switch.
    pub const ALL: [Self; 2] = [Self::English, Self::Chinese];

    /// The language's code.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh",
        }
    }

    /// Its words.
    pub fn words(self) -> ReportWords {
        let text = match self {
            Self::English => ENGLISH,
            Self::Chinese => CHINESE,
        };
        let texts = serde_json::from_str(text).expect("a test reads every text file");
        ReportWords {
            language: self,
            sweep: false,
            texts,
        }
    }
}

/// Words of a language.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportWords {
    language: ReaderLanguage,
    /// Whether it is a sweep that is told of.
    pub sweep: bool,
    /// Texts by key.
    pub texts: BTreeMap<String, String>,
}

impl ReportWords {
    /// The same, of a `sweep`: texts whose key ends in `.sweep` take the place of the others.
    pub fn of_sweep(self, sweep: bool) -> Self {
        Self { sweep, ..self }
    }

    /// The same with the name of `currency` wherever money is told.
    pub fn in_currency(mut self, currency: &str) -> Self {
        let known = self.texts.get(&format!("currency.{currency}"));
        let name = known.map_or(currency, String::as_str).to_owned();
        for text in self.texts.values_mut() {
            *text = text.replace("{currency}", &name);
        }
        self
    }

    /// Whether it is the Chinese one.
    pub fn is_chinese(&self) -> bool {
        self.language == ReaderLanguage::Chinese
    }

    /// Size and name of the unit in which an amount of money like this is told.
    pub fn scale(&self, amount: f64) -> (f64, &str) {
        let scales = ["money.scale3", "money.scale2", "money.scale1"];
        let parts = scales
            .iter()
            .filter_map(|key| self.texts.get(*key)?.split_once(' '));
        let sized = parts.filter_map(|(size, unit)| Some((size.parse().ok()?, unit)));
        let mut fitting = sized.filter(|(size, _): &(f64, &str)| amount >= *size);
        fitting.next().unwrap_or((1.0, ""))
    }

    /// The text of `key` with its gaps filled.
    pub fn say(&self, key: &str, gaps: &[(&str, &str)]) -> String {
        let own = self.texts.get(&format!("{key}.sweep"));
        let text = own.filter(|_| self.sweep).or_else(|| self.texts.get(key));
        let text = text.map_or(key, String::as_str);
        let mut said = String::new();
        // One pass, so that a name with braces is never taken for a gap.
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            said.push_str(before);
            let (gap, after) = after.split_once('}').unwrap_or((after, ""));
            let filled = gaps.iter().find(|(name, _)| *name == gap);
            said.push_str(filled.map_or("", |(_, value)| value));
            rest = after;
        }
        said + rest
    }

    /// The name of something of this kind: as the text file has it, or as it is written.
    pub fn name(&self, kind: &str, written: &str) -> String {
        let known = self.texts.get(&format!("{kind}.{written}"));
        known.cloned().unwrap_or_else(|| spoken(written))
    }

    /// A text of the scenario: translated where it is one that ships, else as it is written.
    pub fn told(&self, written: &str) -> String {
        let known = self.texts.get(&format!("said.{written}"));
        known.cloned().unwrap_or_else(|| written.to_owned())
    }

    /// A name as it stands inside a sentence.
    pub fn inside(&self, name: &str) -> String {
        match (self.language, name.chars().next()) {
            (ReaderLanguage::English, Some(first)) => {
                format!("{}{}", first.to_lowercase(), &name[first.len_utf8()..])
            }
            _ => name.to_owned(),
        }
    }

    /// An amount of money.
    pub fn money(&self, money: f64) -> String {
        let (size, unit) = self.scale(money);
        if size > 1.0 {
            let number = number(money / size, places(money / size, f64::NAN).min(1), false);
            return self.say("money.large", &[("number", &number), ("unit", unit)]);
        }
        let number = number(money, places(money, f64::NAN), false);
        let number = if number.contains('.') {
            number.trim_end_matches('0').trim_end_matches('.')
        } else {
            &number
        };
        self.say("money.plain", &[("number", number)])
    }
}

/// A name as one says it: `mandate-first` becomes `Mandate first`; what is no slug stays.
fn spoken(written: &str) -> String {
    let slug =
        |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ['-', '_', ' '].contains(&c);
    let mut letters = written.chars();
    match letters.next() {
        Some(first) if written.chars().all(slug) => {
            let rest = letters.as_str().replace(['-', '_'], " ");
            format!("{}{rest}", first.to_ascii_uppercase())
        }
        _ => written.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::model::outcome::OUTCOMES;
    use crate::output::description::interventions;
    use crate::scenario::sweep::METHODS;

    fn gaps(text: &str) -> Vec<&str> {
        let mut found: Vec<&str> = text
            .split('{')
            .skip(1)
            .filter_map(|part| part.split('}').next())
            .collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn both_languages_say_the_same_things() {
        let [en, zh] = ReaderLanguage::ALL.map(ReaderLanguage::words);
        for (key, text) in &en.texts {
            let other = zh.texts.get(key).unwrap_or_else(|| panic!("zh: {key}"));
            assert_eq!(gaps(text), gaps(other), "{key}");
        }
        // What the scenario or the model's description says in English is only translated.
        let translated = |key: &str| key.starts_with("said.") || key.starts_with("limit.");
        for key in zh.texts.keys().filter(|key| !translated(key)) {
            assert!(en.texts.contains_key(key), "en: {key}");
        }
    }

    /// The page's script and frame, and what is said in Rust.
    fn sources() -> String {
        let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/output");
        let folders = [
            "report/page",
            "report/page/live",
            "report/say",
            "report/say/answer",
            "report/alone",
            "calibration",
            "factors",
        ]
        .map(|name| home.join(name));
        let files = folders.into_iter().flat_map(|folder| {
            let entries = fs::read_dir(folder).unwrap();
            entries.map(|entry| entry.unwrap().path())
        });
        files
            .filter(|path| path.is_file())
            .map(|path| fs::read_to_string(path).unwrap())
            .collect()
    }

    #[test]
    fn every_text_is_used() {
        let sources = sources();
        // Kinds whose name is worked out: scopes, groups of people, terms of a policy.
        let computed = ["nation", "literacy", "online", "term", "term_unit"];
        let asked = |key: &str| {
            let whole = [format!("\"{key}\""), format!("`{key}`")];
            whole.iter().any(|text| sources.contains(text))
        };
        let of_kind = |kind: &str| {
            let ways = [
                format!("named(\"{kind}\""),
                format!("name(\"{kind}\""),
                format!("{kind}.${{"),
                format!("\"{kind}.{{"),
            ];
            computed.contains(&kind) || ways.iter().any(|way| sources.contains(way))
        };
        for key in ReaderLanguage::English.words().texts.keys() {
            let key = key.strip_suffix(".sweep").unwrap_or(key);
            let mut kinds = key.match_indices('.').map(|(at, _)| &key[..at]);
            assert!(asked(key) || kinds.any(of_kind), "{key} is used nowhere");
        }
    }

    #[test]
    fn everything_of_the_model_has_a_name() {
        for words in ReaderLanguage::ALL.map(ReaderLanguage::words) {
            for outcome in OUTCOMES {
                let key = format!("outcome.{}", outcome.name);
                assert!(words.texts.contains_key(&key), "{key}");
                let key = format!("means.{}", outcome.name);
                assert_eq!(words.texts.contains_key(&key), outcome.main, "{key}");
                let key = format!("measured.{}", outcome.unit);
                assert!(words.texts.contains_key(&key), "{key}");
            }
            for (name, _) in METHODS {
                let key = format!("method.{name}");
                assert!(words.texts.contains_key(&key), "{key}");
            }
            for (name, _) in interventions() {
                let key = format!("intervention.{name}");
                assert!(words.texts.contains_key(&key), "{key}");
            }
        }
    }

    #[test]
    fn what_ships_is_said_in_chinese() {
        let texts = ReaderLanguage::Chinese.words().texts;
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios");
        let files = fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap().path());
        let toml = files.filter(|path| path.extension().is_some_and(|end| end == "toml"));
        // Of the catalogue the names are said, not the descriptions.
        for path in toml.filter(|path| !path.ends_with("catalogue.toml")) {
            let text = fs::read_to_string(&path).unwrap();
            // Names that belong to the country's tables are not the scenario's.
            let mut table = "";
            for line in text.lines() {
                if line.starts_with('[') {
                    table = line;
                }
                let said = line.split_once(" = \"");
                let Some((key, said)) = said.filter(|_| !table.starts_with("[country")) else {
                    continue;
                };
                let said = said.trim_end_matches('"');
                let sentence = said.contains(' ');
                let key = match key {
                    "name" if !sentence => format!("policy.{said}"),
                    "name" | "question" | "describe" => format!("said.{said}"),
                    _ => continue,
                };
                assert!(texts.contains_key(&key), "{}: {key}", path.display());
            }
        }
    }

    #[test]
    fn gaps_are_filled_once() {
        let mut words = ReaderLanguage::English.words();
        words
            .texts
            .insert("test".into(), "{policy} and {other}".into());
        let said = words.say("test", &[("policy", "{other}"), ("other", "<b>")]);
        assert_eq!(said, "{other} and <b>");
    }

    #[test]
    fn names_and_money_in_the_reader_s_form() {
        let [en, zh] = ReaderLanguage::ALL.map(ReaderLanguage::words);
        assert_eq!(en.name("policy", "mandate-first"), "Mandate first");
        assert_eq!(en.name("policy", "<script>"), "<script>");
        assert_eq!(zh.told("China 1:1"), "中国 1:1");
        assert_eq!([&en, &zh].map(|words| words.told("Mine")), ["Mine", "Mine"]);
        let [en, zh] = [en, zh].map(|words| words.in_currency("RMB"));
        assert_eq!(en.money(4.46e10), "44.6 billion RMB");
        assert_eq!(zh.money(4.46e10), "446 亿元");
        assert_eq!(en.money(1.5), "1.5 RMB");
        assert_eq!(en.money(11.25), "11.3 RMB");
        let other = ReaderLanguage::English.words().in_currency("CHF");
        assert_eq!(other.money(1.5), "1.5 CHF");
    }
}
