//! What a cell of a table can hold, and how that is written and read.
//!
//! A number is written in shortest round-trip form; what has no meaning is an empty cell. What is
//! read back is trusted no more than what a person wrote.

use std::fmt::Write as _;
use std::io;

use serde::Serialize;

use crate::model::outcome::Direction;
use crate::world::clock::Date;

/// Takes the texts of cells one after the other.
pub type Cells<'a> = dyn FnMut(&str) -> io::Result<()> + 'a;

/// What a cell can hold.
pub trait CellValue: Sized {
    /// Its type, as a Frictionless table schema calls it.
    const TYPE: &'static str;

    /// Hands its text to `cells`.
    ///
    /// # Errors
    /// When the text cannot be written.
    fn write(&self, cells: &mut Cells<'_>) -> io::Result<()>;

    /// The value that `text` stands for.
    ///
    /// # Errors
    /// What was expected.
    fn read(text: &str) -> Result<Self, &'static str>;
}

/// A share from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize)]
pub struct ShareCell(pub f64);

/// `value` where it is known: a number that is finite.
pub fn known(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

/// The share `value` where it is known.
pub fn known_fraction(value: f64) -> Option<ShareCell> {
    known(value).map(ShareCell)
}

/// Sizes from which a number is written with an exponent, and below which: as in Python.
const PLAIN: std::ops::Range<f64> = 1e-4..1e16;

/// A number as it is written: in shortest round-trip form, nothing where it is not finite.
pub fn number(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    // with room for any number, which otherwise grows digit group by digit group
    let mut text = String::with_capacity(24);
    let written = match value == 0.0 || PLAIN.contains(&value.abs()) {
        true => write!(text, "{value}"),
        false => write!(text, "{value:e}"),
    };
    written.expect("a text takes everything");
    text
}

impl CellValue for String {
    const TYPE: &'static str = "string";

    fn write(&self, cells: &mut Cells<'_>) -> io::Result<()> {
        cells(self)
    }

    fn read(text: &str) -> Result<Self, &'static str> {
        Ok(text.to_owned())
    }
}

impl CellValue for f64 {
    const TYPE: &'static str = "number";

    fn write(&self, cells: &mut Cells<'_>) -> io::Result<()> {
        cells(&number(*self))
    }

    fn read(text: &str) -> Result<Self, &'static str> {
        let number = text.parse().ok().filter(|number: &f64| number.is_finite());
        number.ok_or("a number")
    }
}

impl CellValue for ShareCell {
    const TYPE: &'static str = "number";

    fn write(&self, cells: &mut Cells<'_>) -> io::Result<()> {
        self.0.write(cells)
    }

    fn read(text: &str) -> Result<Self, &'static str> {
        let share = f64::read(text).ok().filter(|of| (0.0..=1.0).contains(of));
        share.map(Self).ok_or("a share from 0 to 1")
    }
}

impl<T: CellValue> CellValue for Option<T> {
    const TYPE: &'static str = T::TYPE;

    fn write(&self, cells: &mut Cells<'_>) -> io::Result<()> {
        match self {
            Some(value) => value.write(cells),
            None => cells(""),
        }
    }

    fn read(text: &str) -> Result<Self, &'static str> {
        match text {
            "" => Ok(None),
            _ => T::read(text).map(Some),
        }
    }
}

/// Whole numbers, 0 or above.
macro_rules! whole {
    ($($type:ty),+) => {$(
        impl CellValue for $type {
            const TYPE: &'static str = "integer";

            fn write(&self, cells: &mut Cells<'_>) -> io::Result<()> {
                cells(&self.to_string())
            }

            fn read(text: &str) -> Result<Self, &'static str> {
                text.parse().map_err(|_| "a whole number")
            }
        }
    )+};
}

whole!(u32, u64, usize);

impl CellValue for bool {
    const TYPE: &'static str = "integer";

    fn write(&self, cells: &mut Cells<'_>) -> io::Result<()> {
        cells(if *self { "1" } else { "0" })
    }

    fn read(text: &str) -> Result<Self, &'static str> {
        match text {
            "0" => Ok(false),
            "1" => Ok(true),
            _ => Err("0 or 1"),
        }
    }
}

impl CellValue for Date {
    const TYPE: &'static str = "yearmonth";

    fn write(&self, cells: &mut Cells<'_>) -> io::Result<()> {
        cells(&self.to_string())
    }

    fn read(text: &str) -> Result<Self, &'static str> {
        text.parse().map_err(|_| "a month as 2016-01")
    }
}

impl CellValue for Direction {
    const TYPE: &'static str = "string";

    fn write(&self, cells: &mut Cells<'_>) -> io::Result<()> {
        cells(self.name())
    }

    fn read(text: &str) -> Result<Self, &'static str> {
        let all = [Self::Up, Self::Down, Self::Neutral];
        let named = all.into_iter().find(|of| of.name() == text);
        named.ok_or("`up`, `down` or `neutral`")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: &impl CellValue) -> String {
        let mut all = String::new();
        let done = value.write(&mut |text| {
            all.push_str(text);
            Ok(())
        });
        done.unwrap();
        all
    }

    #[test]
    fn numbers_are_short_and_come_back_as_they_were() {
        for (value, text) in [
            (1e-76, "1e-76"),
            (-2.5e-5, "-2.5e-5"),
            (1e-4, "0.0001"),
            (0.0, "0"),
            (7.1e9, "7100000000"),
            (1e16, "1e16"),
        ] {
            assert_eq!(written(&value), text);
            assert_eq!(f64::read(text), Ok(value));
        }
        assert_eq!(number(f64::NAN), "");
    }

    #[test]
    fn what_is_not_known_is_an_empty_cell() {
        assert_eq!(written(&known(f64::INFINITY)), "");
        assert_eq!(Option::<f64>::read(""), Ok(None));
        assert_eq!(Option::<ShareCell>::read("0.5"), Ok(Some(ShareCell(0.5))));
    }

    #[test]
    fn what_cannot_be_is_refused_in_words() {
        for text in ["NaN", "inf", "1e999", "", "1,5", "0x10"] {
            assert_eq!(f64::read(text), Err("a number"), "{text}");
        }
        for text in ["1.5", "-0.1", "NaN"] {
            assert_eq!(ShareCell::read(text), Err("a share from 0 to 1"), "{text}");
        }
        for text in ["-1", "1.0", "4294967296", ""] {
            assert_eq!(u32::read(text), Err("a whole number"), "{text}");
        }
        assert_eq!(u64::read("18446744073709551615"), Ok(u64::MAX));
        assert!(Date::read("2016-13").is_err() && Date::read("").is_err());
        assert!(Direction::read("upwards").is_err() && bool::read("2").is_err());
    }
}
