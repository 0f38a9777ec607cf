//! The language of a text: Chinese when at least a fifth of its letters are Han characters.
//!
//! A Han character carries about as much as a short word of English, hence a fifth, not a half.

/// A language that texts may be written in; each has a model of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TextLanguage {
    /// Chinese, simplified or traditional.
    Chinese,
    /// English.
    English,
}

impl TextLanguage {
    /// Both languages, in the order in which they are treated.
    pub const ALL: [Self; 2] = [Self::Chinese, Self::English];

    /// The two-letter code of ISO 639-1.
    pub fn code(self) -> &'static str {
        match self {
            Self::Chinese => "zh",
            Self::English => "en",
        }
    }

    /// The language of `text`; none when it has no letters of either.
    pub fn of(text: &str) -> Option<Self> {
        let han = text.chars().filter(|c| is_han(*c)).count();
        let latin = text.chars().filter(char::is_ascii_alphabetic).count();
        match han + latin {
            0 => None,
            letters if 5 * han >= letters => Some(Self::Chinese),
            _ => Some(Self::English),
        }
    }
}

/// Whether `c` is a Chinese character.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_apart() {
        assert_eq!(
            TextLanguage::of("加快数字政府建设"),
            Some(TextLanguage::Chinese)
        );
        assert_eq!(
            TextLanguage::of("建设AI、5G和IT平台"),
            Some(TextLanguage::Chinese)
        );
        assert_eq!(
            TextLanguage::of("The province of 山东 opens its data"),
            Some(TextLanguage::English)
        );
        assert_eq!(TextLanguage::of("2026 — 5.1%"), None);
    }
}
