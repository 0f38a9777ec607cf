//! Numbers as people read them: shares as percentages and percentage points, other scales as decimals,
//! as many places in a whole column, and never a nothing that is not one.

use super::super::words::ReportWords;

/// How an outcome is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberKind {
    /// A share: in per cent.
    Share,
    /// A scale from 0 to 1, or any other.
    Scale,
}

impl NumberKind {
    /// The kind of an outcome with this unit.
    pub fn of(unit: &str) -> Self {
        match unit.starts_with("share of ") {
            true => Self::Share,
            false => Self::Scale,
        }
    }

    /// Factor and decimal places.
    fn form(self) -> (f64, usize) {
        match self {
            Self::Share => (100.0, 1),
            Self::Scale => (1.0, 3),
        }
    }

    /// A level as it stands in a sentence: as few places as tell it from its end.
    pub fn rough(self, value: f64) -> String {
        let percent = 100.0 * value;
        match self {
            Self::Scale => small(value, 2, false),
            Self::Share if percent > 99.0 && percent < 99.95 => small(percent, 1, false),
            Self::Share if percent.abs() < 1.0 => small(percent, 1, false),
            Self::Share => small(percent, 0, false),
        }
    }

    /// A difference with its sign, without its unit.
    pub fn difference(self, value: f64) -> String {
        let (factor, places) = self.form();
        small(value * factor, places, true)
    }

    /// Half the width of an interval, as it stands behind a difference.
    pub fn half(self, value: f64) -> String {
        let (factor, places) = self.form();
        match value.is_finite() {
            true => format!("±{}", small(value * factor, places, false)),
            false => String::new(),
        }
    }

    /// A difference in words, with its unit.
    pub fn points(self, words: &ReportWords, value: f64) -> String {
        let number = self.difference(value);
        match self {
            Self::Share => words.say("number.points", &[("number", &number)]),
            Self::Scale => number,
        }
    }

    /// A level in words, with its unit.
    pub fn level(self, words: &ReportWords, value: f64) -> String {
        let number = self.rough(value);
        match self {
            Self::Share => words.say("number.one", &[("number", &number)]),
            Self::Scale => number,
        }
    }

    /// A level with its unit, with as many places as every other of its column.
    pub fn exact(self, words: &ReportWords, value: f64) -> String {
        let (factor, places) = self.form();
        let number = small(value * factor, places, false);
        match self {
            Self::Share if value.is_finite() => words.say("number.one", &[("number", &number)]),
            _ => number,
        }
    }

    /// A change from one level to another in words, with its unit.
    pub fn change(self, words: &ReportWords, from: f64, to: f64) -> String {
        let (factor, places) = self.form();
        let mut ends = [from, to].map(|value| self.rough(value));
        if ends[0] == ends[1] {
            // where both would look the same, with the places of a difference
            ends = [from, to].map(|value| small(value * factor, places, false));
        }
        let [from, to] = ends;
        let key = match self {
            Self::Share => "number.percent",
            Self::Scale => "number.scale",
        };
        words.say(key, &[("from", &from), ("to", &to)])
    }
}

/// `value` with so many places; what would look like nothing and is not, as less than the least of them.
fn small(value: f64, places: usize, sign: bool) -> String {
    if !value.is_finite() {
        return "–".into();
    }
    let least = libm::pow(10.0, -(places as f64));
    if value == 0.0 {
        return "0".into();
    }
    if value.abs() < 0.5 * least {
        return format!("<{least:.places$}");
    }
    let before = match (value < 0.0, sign) {
        (true, _) => "\u{2212}",
        (false, true) => "+",
        (false, false) => "",
    };
    format!("{before}{:.places$}", value.abs())
}

#[cfg(test)]
mod tests {
    use super::super::super::words::ReaderLanguage;
    use super::*;

    #[test]
    fn nothing_is_said_to_be_nothing_only_where_it_is() {
        assert_eq!(NumberKind::Share.difference(0.000_2), "<0.1");
        assert_eq!(NumberKind::Scale.difference(-0.000_2), "<0.001");
        assert_eq!(NumberKind::Scale.half(0.000_01), "±<0.001");
        assert_eq!(NumberKind::Share.difference(0.0), "0");
        assert_eq!(NumberKind::Share.difference(-0.927), "\u{2212}92.7");
        assert_eq!(NumberKind::Share.half(f64::NAN), "");
    }

    #[test]
    fn shares_are_told_before_and_after() {
        let words = ReaderLanguage::ALL.map(ReaderLanguage::words);
        let said = words
            .each_ref()
            .map(|words| NumberKind::Share.change(words, 0.072, 0.998));
        assert_eq!(said, ["from 7 to 99.8 %", "由 7% 变为 99.8%"]);
        assert_eq!(NumberKind::Share.points(&words[0], 0.927), "+92.7 points");
        assert_eq!(
            NumberKind::Scale.change(&words[0], 0.3, 0.6),
            "from 0.30 to 0.60"
        );
    }
}
