//! One Unicode form for everything that is compared: texts, keywords, terms, stop words.
//!
//! What looks alike must be alike before it is counted. Texts from PDF hold radicals in place of
//! characters, Chinese keyboards write letters at full width, web pages leave marks that nobody sees.
//! So: compatibility form NFKC (Unicode Standard Annex 15), which also turns the Kangxi radicals
//! U+2F00 to U+2FD5 into characters; the radicals of the supplement that NFKC leaves, by Unicode's
//! `EquivalentUnifiedIdeograph.txt`; marks without a shape of their own are left out; each kind of line
//! end becomes `\n`, and a soft hyphen at a line end joins what it parted.

use unicode_normalization::UnicodeNormalization;

/// Radicals of U+2E80 to U+2EF3 that are words in Chinese too, each before its character.
const RADICALS: &str = "\
    \u{2e81}厂\u{2e84}乙\u{2e88}刀\u{2e8a}卜\u{2e8e}兀\u{2e92}巳\u{2e93}幺\u{2e9c}日\u{2e9d}月\
    \u{2ea0}民\u{2ea7}牛\u{2ea9}王\u{2eab}目\u{2eac}示\u{2eb6}羊\u{2ebb}聿\u{2ebc}肉\u{2ebd}臼\
    \u{2ec1}虎\u{2ec4}西\u{2ec5}见\u{2ec6}角\u{2ec9}贝\u{2ecb}车\u{2ecf}邑\u{2ed1}長\u{2ed3}长\
    \u{2ed4}门\u{2ed7}雨\u{2ed8}青\u{2ed9}韦\u{2eda}页\u{2edb}风\u{2edc}飞\u{2edd}食\u{2ee2}马\
    \u{2ee3}骨\u{2ee4}鬼\u{2ee5}鱼\u{2ee6}鸟\u{2ee7}卤\u{2ee8}麦\u{2ee9}黄\u{2eea}黾\u{2eeb}斉\
    \u{2eec}齐\u{2eed}歯\u{2eee}齿\u{2eef}竜\u{2ef0}龙\u{2ef1}龜\u{2ef2}亀";

/// `text` in the one form.
pub fn one_form(text: &str) -> String {
    let ends = ['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];
    let text = text.replace("\r\n", "\n").replace(ends, "\n");
    let text = text.replace("\u{ad}\n", "");
    let seen = text.chars().filter(|c| !is_invisible(*c));
    seen.map(character).nfkc().collect()
}

/// A term of a list in the one form, in lower case, without space around it.
pub fn term(written: &str) -> String {
    one_form(written).trim().to_lowercase()
}

/// Marks without a shape: soft hyphens, zero-width signs, directions, choices of glyphs.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{e0000}'..='\u{e0fff}')
}

fn character(c: char) -> char {
    if !('\u{2e80}'..='\u{2ef3}').contains(&c) {
        return c;
    }
    let mut after = RADICALS.chars().skip_while(|radical| *radical != c);
    after.nth(1).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_become_the_characters_they_look_like() {
        assert_eq!(one_form("\u{2f00}\u{2f79}通办"), "一网通办");
        assert_eq!(one_form("\u{2ea0}生、\u{2ed3}三角"), "民生、长三角");
        assert_eq!(one_form("\u{f9dc}\u{2f800}"), "隆丽");
        let pairs: Vec<char> = RADICALS.chars().collect();
        for pair in pairs.chunks(2) {
            assert!(('\u{2e80}'..='\u{2ef3}').contains(&pair[0]), "{pair:?}");
            assert!(super::super::language::is_han(pair[1]), "{pair:?}");
        }
    }

    #[test]
    fn full_width_letters_ligatures_and_wide_space_are_ordinary() {
        assert_eq!(one_form("５Ｇ＋\u{3000}ﬁle；％"), "5G+ file;%");
        assert_eq!(term(" ＡＩ\u{a0}平台 "), "ai 平台");
    }

    #[test]
    fn what_nobody_sees_is_left_out() {
        let marked = "\u{feff}政\u{200b}务\u{2060}服\u{fe00}务\u{200f}，gov\u{ad}ern";
        assert_eq!(one_form(marked), "政务服务,govern");
    }

    #[test]
    fn line_ends_of_every_kind_are_one() {
        assert_eq!(one_form("a\r\nb\rc\u{2028}d\u{c}e"), "a\nb\nc\nd\ne");
        assert_eq!(one_form("govern\u{ad}\r\nment"), "government");
    }
}
