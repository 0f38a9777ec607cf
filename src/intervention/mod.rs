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
