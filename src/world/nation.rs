//! What is of one country and not of the model: its money, the names of its levels, the two regions
//! between which the gap is measured, the languages of its names.

use serde::{Deserialize, Serialize};

use crate::world::government::Level;

/// The words and conventions of a country.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Nation {
    /// Its name; may be empty.
    pub name: String,
    /// Unit of all money, as `RMB`.
    pub currency: String,
    /// Year of whose prices the money is.
    pub price_year: Option<i32>,
    /// By how much money is worth less a year later; 0.05 is 5 % a year.
    pub discount_rate: f64,
    /// Names of the four levels of government, from the top.
    pub levels: [String; 4],
    /// The region that is ahead and the one that is behind, for the gap between them.
    pub gap: Option<[String; 2]>,
    /// Languages of the provinces' first and second names, as `en`.
    pub languages: Vec<String>,
}

impl Default for Nation {
    fn default() -> Self {
        Self {
            name: String::new(),
            currency: "units of money".into(),
            price_year: None,
            discount_rate: 0.0,
            levels: Level::ALL.map(|level| level.name().into()),
            gap: None,
            languages: vec!["en".into()],
        }
    }
}

impl Nation {
    /// What `level` is called here.
    pub fn level(&self, level: Level) -> &str {
        &self.levels[level as usize]
    }

    /// The level that is called `name` here or in the model's own words.
    pub fn level_named(&self, name: &str) -> Option<Level> {
        let here = |level: &Level| self.level(*level) == name;
        let own = |level: &Level| level.name() == name;
        let mut all = Level::ALL.into_iter();
        all.find(here).or_else(|| Level::ALL.into_iter().find(own))
    }

    /// What an amount due `months` after the start of the run is worth then.
    pub fn discount(&self, months: u32) -> f64 {
        libm::pow(1.0 + self.discount_rate, -f64::from(months) / 12.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_answer_to_both_names() {
        let mut nation = Nation::default();
        nation.levels[1] = "land".into();
        assert_eq!(nation.level_named("land"), Some(Level::Province));
        assert_eq!(nation.level_named("province"), Some(Level::Province));
        assert_eq!(nation.level_named("borough"), None);
        assert_eq!(nation.level(Level::Province), "land");
    }

    #[test]
    fn money_of_next_year_is_worth_less() {
        let rate = |discount_rate| Nation {
            discount_rate,
            ..Nation::default()
        };
        assert_eq!(rate(0.0).discount(24), 1.0);
        assert!((rate(0.1).discount(24) - 1.0 / 1.21).abs() < 1e-12);
    }
}
