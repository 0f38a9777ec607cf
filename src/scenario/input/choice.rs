//! Inputs that are words: alternatives inside the model, and switches of parts of it.

use serde::Serialize;

use crate::model::ALTERNATIVES;
use crate::scenario::Scenario;
use crate::world::alternative::Alternative;

/// What an input is set to.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(untagged)]
pub enum InputValue {
    /// A number; of a date the months since year 0.
    Number(f64),
    /// One of the words that the input can be.
    Word(&'static str),
}

/// An input that is a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Which of several rules holds.
    Rule(&'static Alternative),
    /// Whether cohorts stand for citizens.
    MeanField,
    /// Whether what policy texts attend to acts on levers.
    Couplings,
}

/// A row of the table of switches.
struct Row {
    choice: Choice,
    path: &'static str,
    /// Its words for off and on.
    words: &'static [&'static str],
}

/// Every switch.
const SWITCHES: [Row; 2] = [
    Row {
        choice: Choice::MeanField,
        path: "population.mean_field",
        words: &["false", "true"],
    },
    Row {
        choice: Choice::Couplings,
        path: "factors.coupling",
        words: &["off", "on"],
    },
];

/// Paths of all choices.
pub fn choices() -> impl Iterator<Item = &'static str> {
    let rules = ALTERNATIVES.iter().map(|of| of.name);
    rules.chain(SWITCHES.iter().map(|row| row.path))
}

impl Choice {
    /// The choice at `path`.
    pub fn named(path: &str) -> Option<Self> {
        let rule = ALTERNATIVES.iter().find(|of| of.name == path);
        let switch = SWITCHES.iter().find(|row| row.path == path);
        rule.map(Self::Rule).or(switch.map(|row| row.choice))
    }

    /// Words that it can be.
    pub fn words(self) -> &'static [&'static str] {
        let Self::Rule(of) = self else {
            let found = SWITCHES.iter().find(|row| row.choice == self);
            return found.map_or(&[], |row| row.words);
        };
        of.words
    }

    /// Position of the word that `text` stands for. A switch is on and off, true and false, or 1
    /// and 0, in large letters or small.
    pub fn position(self, text: &str) -> Option<usize> {
        let small = text.to_lowercase();
        let own = self.words().iter().position(|word| *word == small);
        let switch = match (self, small.as_str()) {
            (Self::Rule(_), _) => None,
            (_, "off" | "false" | "0" | "0.0") => Some(0),
            (_, "on" | "true" | "1" | "1.0") => Some(1),
            _ => None,
        };
        own.or(switch)
    }

    /// Position of the word that it is in `scenario`.
    pub fn own(self, scenario: &Scenario) -> usize {
        match self {
            Self::Rule(of) => of.position(scenario.choices.word(of)).unwrap_or(0),
            Self::MeanField => usize::from(scenario.population.mean_field),
            Self::Couplings => usize::from(!scenario.couplings.is_empty()),
        }
    }

    /// Sets it in `scenario` to the word in this position.
    pub fn set(self, scenario: &mut Scenario, position: usize) {
        let second = position == 1;
        match self {
            Self::Rule(of) => scenario.choices.choose(of, of.words[position]),
            Self::MeanField => scenario.population.mean_field = second,
            Self::Couplings if second => {}
            Self::Couplings => scenario.couplings.clear(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_switches_are_read_as_programs_write_them() {
        let position = |path: &str, text| Choice::named(path).unwrap().position(text);
        assert_eq!(position("sharing.rule", "imitation"), Some(1));
        assert_eq!(position("sharing.rule", "Logit"), Some(0));
        assert_eq!(position("sharing.rule", "1"), None);
        for on in ["true", "True", "TRUE", "1", "1.0", "on"] {
            assert_eq!(position("population.mean_field", on), Some(1), "{on}");
            assert_eq!(position("factors.coupling", on), Some(1), "{on}");
        }
        assert_eq!(position("population.mean_field", "maybe"), None);
        assert_eq!(Choice::named("sharing.noise"), None);
    }
}
