//! Cohorts: the citizens of a cell as one mind and counted shares, in place of communities.
//!
//! What many citizens of one mind would do: the limit of a cell that grows without bound, if what
//! happens to each did not set them apart. It takes no draws, and no more time for more citizens.

use bevy_ecs::prelude::{Component, Entity, World};

use crate::numeric::FIXED_ONE;
use crate::world::community::{Cell, Tally};
use crate::world::government::Endowment;
use crate::world::start::Parameters;

/// Citizens of a cohort: so many that rounding to whole ones is no matter. They are counted whole, so
/// that requests are conserved exactly.
pub const CITIZENS: i64 = 1_000_000_000;

/// Citizens of one side, offline or online, by what they are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Side {
    /// Without a request, and not put off last month.
    pub free: i64,
    /// Their request was closed without substance last month.
    pub put_off: i64,
    /// Their request is open.
    pub waiting: i64,
}

impl Side {
    /// All of them.
    pub fn all(self) -> i64 {
        self.free + self.put_off + self.waiting
    }
}

/// The citizens of a cell in the mean field.
#[derive(Component, Debug, Clone, PartialEq)]
pub struct Cohort {
    /// Trust, in [0, 1].
    pub trust: f32,
    /// Expected performance, in [0, 1].
    pub expectation: f32,
    /// Citizens offline and online.
    pub sides: [Side; 2],
    /// Citizens online at the start, whatever their literacy.
    pub online_at_start: i64,
    /// Months that all open requests have waited, with the month in which they were raised.
    pub waited: f64,
}

impl Cohort {
    /// A cohort at the start, a share `online` of it online.
    pub fn new(start: &Parameters, online: f64) -> Self {
        let online_at_start = (online * CITIZENS as f64).round() as i64;
        let free = |free| Side {
            free,
            ..Side::default()
        };
        Self {
            trust: start.trust as f32,
            expectation: start.expectation as f32,
            sides: [free(CITIZENS - online_at_start), free(online_at_start)],
            online_at_start,
            waited: 0.0,
        }
    }

    /// Citizens who wait, are free and were put off, and where they are, as others read them.
    pub fn standing(&self) -> Tally {
        let sum = |value: f32| (f64::from(value) * f64::from(FIXED_ONE) * CITIZENS as f64) as i64;
        Tally {
            pending: self.sides[0].waiting + self.sides[1].waiting,
            online: self.sides[1].all(),
            free: self.sides.map(|side| side.free + side.put_off),
            put_off: self.sides.map(|side| side.put_off),
            trust: sum(self.trust),
            expectation: sum(self.expectation),
            ..Tally::default()
        }
    }
}

/// Gives every cell of `world` a cohort.
pub fn gather(world: &mut World, start: &Parameters) {
    let mut cells = world.query::<(Entity, &Endowment, &mut Cell, &mut Tally)>();
    let gathered: Vec<(Entity, Cohort)> = cells
        .iter_mut(world)
        .map(|(entity, endowment, mut cell, mut tally)| {
            let cohort = Cohort::new(start, start.online_share(endowment.fiscal));
            cell.citizens = CITIZENS as f64;
            *tally = cohort.standing();
            (entity, cohort)
        })
        .collect();
    for (entity, cohort) in gathered {
        world.entity_mut(entity).insert(cohort);
    }
}
