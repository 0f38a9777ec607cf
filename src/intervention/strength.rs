//! How strongly an intervention acts: start, ramp, dose, stop and half-life.
//!
//! `x = dose * ramp`; the ramp rises evenly from the start month on and is full after
//! `ramp_months`. After a stop `x` halves every half-life; without one it ends at once.

use serde::{Deserialize, Serialize};

use crate::world::clock::Date;

/// Largest dose that is taken for meant.
pub const MOST_DOSE: f64 = 100.0;

/// When an intervention acts, and how strongly.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize)]
pub struct Course {
    /// First month.
    pub start: Date,
    /// Months until the full dose; 0 acts at once.
    pub ramp_months: u32,
    /// Full strength; 1 is the catalogue's.
    pub dose: f64,
    /// First month in which it is no longer upheld.
    pub stop: Option<Date>,
    /// Months in which what is left halves after the stop; 0 ends at once.
    pub half_life_months: f64,
}

impl Course {
    /// Dose times ramp in the month `date`.
    pub fn strength(&self, date: Date) -> f64 {
        match self.stop {
            Some(stop) if date >= stop => {
                let months = f64::from(date.months_since(stop) + 1);
                if self.half_life_months <= 0.0 {
                    return 0.0;
                }
                self.upheld(stop.plus(-1)) * libm::exp2(-months / self.half_life_months)
            }
            _ => self.upheld(date),
        }
    }

    /// Whether it is being paid for in the month `date`.
    pub fn in_force(&self, date: Date) -> bool {
        date >= self.start && self.stop.is_none_or(|stop| date < stop)
    }

    fn upheld(&self, date: Date) -> f64 {
        let months = date.months_since(self.start) + 1;
        if months <= 0 {
            return 0.0;
        }
        if self.ramp_months == 0 {
            return self.dose;
        }
        self.dose * (f64::from(months) / f64::from(self.ramp_months)).min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Date = Date::new(2016, 1);

    #[test]
    fn it_rises_evenly_and_halves_after_the_stop() {
        let course = Course {
            start: START,
            ramp_months: 4,
            dose: 2.0,
            stop: Some(START.plus(10)),
            half_life_months: 2.0,
        };
        let strength: Vec<f64> = [-1, 0, 1, 3, 9, 11, 13]
            .map(|month| course.strength(START.plus(month)))
            .to_vec();
        assert_eq!(strength, [0.0, 0.5, 1.0, 2.0, 2.0, 1.0, 0.5]);
        assert!(course.in_force(START.plus(9)) && !course.in_force(START.plus(10)));
    }

    #[test]
    fn without_half_life_it_ends_at_once() {
        let course = Course {
            start: START,
            ramp_months: 0,
            dose: 1.0,
            stop: Some(START.plus(3)),
            half_life_months: 0.0,
        };
        assert_eq!(course.strength(START.plus(2)), 1.0);
        assert_eq!(course.strength(START.plus(3)), 0.0);
    }

    /// A course that is stopped in the middle of its ramp halves from where it was.
    #[test]
    fn what_was_reached_halves_after_an_early_stop() {
        let course = Course {
            start: START,
            ramp_months: 4,
            dose: 4.0,
            stop: Some(START.plus(2)),
            half_life_months: 1.0,
        };
        let strength = [0, 1, 2, 3].map(|month| course.strength(START.plus(month)));
        assert_eq!(strength, [1.0, 2.0, 1.0, 0.5]);
        let force = [-1, 0, 1, 2].map(|month| course.in_force(START.plus(month)));
        assert_eq!(force, [false, true, true, false]);
    }
}
