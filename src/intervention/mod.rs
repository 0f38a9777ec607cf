//! What policy does: interventions, whom they reach, what they cost; compiled before the run into
//! the timetable that the policy step reads.
//!
//! A policy is a named bundle of dated interventions. In a run it becomes a
//! [`Timetable`]: strengths and costs by month, governments reached.
//!
//! Architecture invariant: nothing here sees the processes of the month; both meet in
//! `world::levers`.

pub mod cost;
pub mod strength;
pub mod targeting;

use serde::{Deserialize, Serialize};

use crate::chance::Chance;
use crate::world::clock::Date;
use crate::world::country::Country;
use crate::world::levers::{Change, Lever, Timetable, TimetableEntry};

use cost::Cost;
use strength::Course;
use targeting::Target;

/// A named bundle of interventions.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Policy {
    /// Name, unique in the scenario.
    pub name: String,
    /// What it stands for, in a sentence; may be empty.
    pub describe: String,
    /// Interventions in the order of the file, which is the order in which they act.
    pub interventions: Vec<Intervention>,
}

/// The name of the policy without interventions that all others are compared with.
pub const BASELINE: &str = "baseline";

/// One dated measure.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Intervention {
    /// Name: of the catalogue entry, or the modeller's own.
    pub name: String,
    /// What it does to the levers of those it reaches.
    pub changes: Vec<(Lever, Change)>,
    /// When it acts, and how strongly.
    pub course: Course,
    /// Whom it reaches.
    pub target: Target,
    /// What it costs.
    pub cost: Cost,
}

impl Intervention {
    /// Money once, where the intervention starts in a run from `start`; what started before was paid
    /// for before.
    fn setup_from(&self, start: Date) -> f64 {
        if self.course.start < start {
            0.0
        } else {
            self.cost.setup * self.course.dose
        }
    }

    /// What is due for so many `residents` reached in a run of `months` from `start`, each month
    /// times its `discount`.
    pub fn due(
        &self,
        residents: f64,
        (start, months): (Date, u32),
        discount: impl Fn(u32) -> f64,
    ) -> f64 {
        let in_month = |month: u32| {
            let date = start.plus(month as i32);
            residents * self.cost.per_head_in(date, &self.course) * discount(month)
        };
        let first = self.course.start.months_since(start).max(0) as u32;
        let setup = match first < months {
            true => self.setup_from(start) * discount(first),
            false => 0.0,
        };
        (0..months)
            .map(in_month)
            .fold(setup, |sum, money| sum + money)
    }
}

impl Policy {
    /// The policy laid out over `months` months from `start`, for the luck of one replication.
    pub fn timetable(
        &self,
        country: &Country,
        chance: &Chance,
        start: Date,
        months: u32,
    ) -> Timetable {
        let entry = |intervention: &Intervention| {
            let first = intervention.course.start.months_since(start).max(0) as u32;
            let strength = |month| intervention.course.strength(start.plus(month as i32));
            let price = |month| {
                let date = start.plus(month as i32);
                intervention.cost.per_head_in(date, &intervention.course)
            };
            TimetableEntry {
                name: intervention.name.clone(),
                start: first,
                strength: (0..months).map(strength).collect(),
                changes: intervention.changes.clone(),
                reach: intervention.target.reach(country, chance),
                cost_per_head: (0..months).map(price).collect(),
                setup_cost: intervention.setup_from(start),
            }
        };
        Timetable(self.interventions.iter().map(entry).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::by_hand::{START, country, near};

    /// From month 2 to 5 at a dose of 2: 24 a head and year, a quarter of that once two months have built
    /// it, and 500 once.
    fn measure() -> Intervention {
        Intervention {
            name: "platform".into(),
            changes: Vec::new(),
            course: Course {
                start: START.plus(2),
                ramp_months: 2,
                dose: 2.0,
                stop: Some(START.plus(6)),
                half_life_months: 1.0,
            },
            target: Target {
                provinces: vec![1],
                ..Target::default()
            },
            cost: Cost {
                per_head_year: 24.0,
                setup: 500.0,
                upkeep_share: 0.25,
            },
        }
    }

    /// 10 residents: 40 in each of two months, 10 in each of two more, and 1,000 at the start.
    #[test]
    fn what_is_due_by_hand() {
        let due = |from: i32, months, rate: f64| {
            let discount = |month: u32| 1.0 - rate * f64::from(month);
            measure().due(10.0, (START.plus(from), months), discount)
        };
        near(due(0, 12, 0.0), 1100.0);
        near(due(0, 3, 0.0), 1040.0);
        near(due(0, 2, 0.0), 0.0);
        near(due(2, 12, 0.0), 1100.0);
        // what began before the run was built before it
        near(due(3, 12, 0.0), 60.0);
        // in month 2 a tenth less is counted for each month
        near(due(0, 4, 0.1), 800.0 + 32.0 + 28.0);
    }

    #[test]
    fn a_policy_is_laid_out_month_by_month() {
        let policy = Policy {
            name: "one".into(),
            describe: String::new(),
            interventions: vec![measure()],
        };
        let laid = |from| {
            policy
                .timetable(&country(), &Chance::new(1, 0), START.plus(from), 8)
                .0
        };
        let entry = &laid(0)[0];
        assert_eq!((entry.start, entry.setup_cost), (2, 1000.0));
        assert_eq!(entry.reach, crate::world::levers::Reach::Fixed(vec![2, 6]));
        let strength = [0.0, 0.0, 1.0, 2.0, 2.0, 2.0, 1.0, 0.5];
        let price = [0.0, 0.0, 4.0, 4.0, 1.0, 1.0, 0.0, 0.0];
        for (month, (strength, price)) in strength.into_iter().zip(price).enumerate() {
            near(entry.strength[month], strength);
            near(entry.cost_per_head[month], price);
        }
        let later = &laid(3)[0];
        assert_eq!((later.start, later.setup_cost), (0, 0.0));
        near(later.strength[0], 2.0);
        near(later.cost_per_head[1], 1.0);
    }
}
