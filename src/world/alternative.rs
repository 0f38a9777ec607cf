//! An alternative inside the model: a word of the scenario that says which of several rules holds.
//!
//! Each is an enum beside its process, made by `alternative!`; its first word holds where nothing
//! is said. [`Choices`] keeps the words of one scenario under their full names.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A place of the scenario where one of several words may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alternative {
    /// Full name: table and key, as `sharing.rule`.
    pub name: &'static str,
    /// What it decides, in a few words.
    pub meaning: &'static str,
    /// The words, the default first.
    pub words: &'static [&'static str],
    /// What each word means.
    pub means: &'static [&'static str],
}

impl Alternative {
    /// The table of the scenario in which it stands.
    pub fn table(&self) -> &'static str {
        self.name.split_once('.').map_or("", |(table, _)| table)
    }

    /// Its key in that table.
    pub fn key(&self) -> &'static str {
        self.name.split_once('.').map_or("", |(_, key)| key)
    }

    /// The word that holds where nothing is said.
    pub fn default(&self) -> &'static str {
        self.words[0]
    }

    /// Position of `word` among the words.
    pub fn position(&self, word: &str) -> Option<usize> {
        self.words.iter().position(|known| *known == word)
    }
}

/// An enum whose variants are the words of an alternative, in their order.
pub trait Chosen: Copy + Sized + 'static {
    /// The alternative.
    const ALTERNATIVE: Alternative;
    /// Its variants, in the order of the words.
    const VARIANTS: &'static [Self];
}

/// Makes the enum of an alternative and its table of words from one row a word.
///
/// A row is `Variant = "word", "what it means";`, the default first.
macro_rules! alternative {
    (
        $(#[doc = $of:literal])*
        $enum:ident in $name:literal, $meaning:literal;
        $first:ident = $first_word:literal, $first_means:literal;
        $($variant:ident = $word:literal, $means:literal;)+
    ) => {
        $(#[doc = $of])*
        #[derive(bevy_ecs::prelude::Resource, Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub enum $enum {
            #[doc = $first_means]
            #[default]
            $first,
            $(#[doc = $means] $variant,)+
        }

        impl $crate::world::alternative::Chosen for $enum {
            const ALTERNATIVE: $crate::world::alternative::Alternative =
                $crate::world::alternative::Alternative {
                    name: $name,
                    meaning: $meaning,
                    words: &[$first_word, $($word),+],
                    means: &[$first_means, $($means),+],
                };
            const VARIANTS: &'static [Self] = &[Self::$first, $(Self::$variant),+];
        }
    };
}
pub(crate) use alternative;

/// The words of one scenario by full name, as far as they are not the defaults.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, Serialize)]
pub struct Choices(BTreeMap<String, String>);

impl Choices {
    /// What the scenario says of `T`.
    pub fn of<T: Chosen>(&self) -> T {
        let of = T::ALTERNATIVE;
        let position = of.position(self.word(&of)).unwrap_or_default();
        T::VARIANTS[position]
    }

    /// The word that holds at `alternative`.
    pub fn word(&self, alternative: &Alternative) -> &str {
        let said = self.0.get(alternative.name);
        said.map_or(alternative.default(), String::as_str)
    }

    /// Lets `word` hold at `alternative`.
    pub fn choose(&mut self, alternative: &Alternative, word: &str) {
        if word == alternative.default() {
            self.0.remove(alternative.name);
        } else {
            self.0.insert(alternative.name.into(), word.into());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    alternative! {
        /// A colour.
        Colour in "house.colour", "colour of the house";
        Red = "red", "as bricks are";
        DarkBlue = "dark-blue", "as few are";
    }

    #[test]
    fn the_first_word_holds_where_nothing_is_said() {
        let mut choices = Choices::default();
        assert_eq!(choices.of::<Colour>(), Colour::Red);
        choices.choose(&Colour::ALTERNATIVE, "dark-blue");
        assert_eq!(choices.of::<Colour>(), Colour::DarkBlue);
        assert_eq!(choices.word(&Colour::ALTERNATIVE), "dark-blue");
        choices.choose(&Colour::ALTERNATIVE, "red");
        assert_eq!(choices, Choices::default());
        assert_eq!(
            (Colour::ALTERNATIVE.table(), Colour::ALTERNATIVE.key()),
            ("house", "colour")
        );
    }
}
