//! Time: one tick is one month; month 0 is the scenario's start date.

use std::fmt;
use std::str::FromStr;

use bevy_ecs::prelude::Resource;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The month being simulated, counted from the start of the run.
#[derive(Resource, Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Clock {
    /// 0 in the first month.
    pub month: u32,
}

/// A calendar month; written as `2016-01`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    months: i32,
}

impl Date {
    /// Month `month` (1 to 12) of `year`.
    pub const fn new(year: i32, month: i32) -> Self {
        Self {
            months: year * 12 + month - 1,
        }
    }

    /// The calendar year.
    pub fn year(self) -> i32 {
        self.months.div_euclid(12)
    }

    /// Months from `start` to this date; negative when it lies before.
    pub fn months_since(self, start: Self) -> i32 {
        self.months - start.months
    }

    /// The date `months` later.
    pub fn plus(self, months: i32) -> Self {
        Self {
            months: self.months + months,
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:04}-{:02}",
            self.year(),
            self.months.rem_euclid(12) + 1
        )
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

impl FromStr for Date {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let expected = || format!("a month as \"2016-01\", found \"{text}\"");
        let (year, month) = text.split_once('-').ok_or_else(expected)?;
        if year.len() != 4 || month.len() != 2 {
            return Err(expected());
        }
        let year: u16 = year.parse().map_err(|_| expected())?;
        match month.parse::<u8>() {
            Ok(month @ 1..=12) => Ok(Self::new(i32::from(year), i32::from(month))),
            _ => Err(expected()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_count_from_the_start() {
        let start: Date = "2012-08".parse().unwrap();
        let end: Date = "2018-12".parse().unwrap();
        assert_eq!(end.months_since(start), 76);
        assert_eq!(start.plus(76), end);
        assert_eq!(start.plus(-8).to_string(), "2011-12");
    }

    #[test]
    fn bad_dates_are_refused() {
        for bad in [
            "2012",
            "2012-13",
            "2012-0",
            "12-08",
            "2012-08-01",
            "Aug 2012",
        ] {
            assert!(bad.parse::<Date>().is_err(), "{bad}");
        }
    }
}
