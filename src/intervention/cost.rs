//! What an intervention costs: per resident reached and year, and once at the start.
//!
//! It is paid in full from its start to its stop, in proportion to the dose: the ramp delays what
//! it achieves, not what it costs. Where an upkeep share is given, that share of the yearly cost is
//! due once the ramp is over (a platform is built, then kept).

use serde::{Deserialize, Serialize};

use crate::intervention::strength::Course;
use crate::world::clock::Date;

/// Prices of an intervention at dose 1.
#[derive(Debug, Clone, Copy, PartialEq, Default, Deserialize, Serialize)]
pub struct Cost {
    /// Money per resident reached and year.
    pub per_head_year: f64,
    /// Money once, in the first month.
    pub setup: f64,
    /// Share of the yearly cost that is due after the ramp; 1 when nothing else is said.
    pub upkeep_share: f64,
}

impl Cost {
    /// Money per resident reached in the month `date`.
    pub fn per_head_in(&self, date: Date, course: &Course) -> f64 {
        if !course.in_force(date) {
            return 0.0;
        }
        let built = i64::from(date.months_since(course.start)) >= i64::from(course.ramp_months);
        let share = if built { self.upkeep_share } else { 1.0 };
        self.per_head_year / 12.0 * share * course.dose
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_built_for_ever_is_never_kept_only() {
        let start = Date::new(2017, 8);
        let course = Course {
            start,
            ramp_months: u32::MAX,
            dose: 1.0,
            stop: None,
            half_life_months: 0.0,
        };
        let cost = Cost {
            per_head_year: 12.0,
            setup: 0.0,
            upkeep_share: 0.25,
        };
        assert_eq!(cost.per_head_in(start.plus(1200), &course), 1.0);
    }

    #[test]
    fn building_is_dear_and_upkeep_cheap() {
        let start = Date::new(2017, 8);
        let course = Course {
            start,
            ramp_months: 30,
            dose: 2.0,
            stop: Some(start.plus(48)),
            half_life_months: 0.0,
        };
        let cost = Cost {
            per_head_year: 12.0,
            setup: 0.0,
            upkeep_share: 0.25,
        };
        assert_eq!(cost.per_head_in(start.plus(-1), &course), 0.0);
        assert_eq!(cost.per_head_in(start, &course), 2.0);
        assert_eq!(cost.per_head_in(start.plus(30), &course), 0.5);
        assert_eq!(cost.per_head_in(start.plus(48), &course), 0.0);
    }
}
