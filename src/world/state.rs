//! What a month changes, as one list: a world's state is copied into another world, written to a
//! file and read back by the same list, so none of them can forget a part.
//!
//! What is told anew in every month before it is read (the levers in force, a block's tally) and
//! what never changes (literacy, thresholds) is left out: a world built for the same run has it.

use bevy_ecs::component::Mutable;
use bevy_ecs::prelude::{Component, Resource, World};

use crate::world::clock::Clock;
use crate::world::cohort::Cohort;
use crate::world::community::{Community, Service, Tally};
use crate::world::departments::DepartmentTies;
use crate::world::government::{
    Adoption, Effort, Exposure, Openness, Participation, Standing, Stocks,
};
use crate::world::network::Ties;
use crate::world::organisation::{Bodies, Enterprises, Organisations};
use crate::world::tape::Tape;

/// State that a month changes.
pub trait State: Clone {
    /// Passes all of it through `tape`, to a file or back.
    fn pass(&mut self, tape: &mut Tape<'_>);
}

/// Somebody who goes through the state of a world.
pub trait Visitor {
    /// Visits a component of all entities that have it.
    fn components<C: State + Component<Mutability = Mutable>>(&mut self);
    /// Visits a resource.
    fn resource<R: State + Resource<Mutability = Mutable>>(&mut self);
}

/// Takes `visitor` through everything that a month changes, but for record and accounts.
pub fn visit(visitor: &mut impl Visitor) {
    visitor.components::<Stocks>();
    visitor.components::<Adoption>();
    visitor.components::<Effort>();
    visitor.components::<Openness>();
    visitor.components::<Exposure>();
    visitor.components::<Participation>();
    visitor.components::<Service>();
    visitor.components::<Tally>();
    visitor.components::<Enterprises>();
    visitor.components::<Organisations>();
    visitor.components::<Community>();
    visitor.components::<Cohort>();
    visitor.resource::<Clock>();
    visitor.resource::<Standing>();
    visitor.resource::<Ties>();
    visitor.resource::<DepartmentTies>();
}

/// Passes the state of a world through a tape, block by block.
pub struct Passing<'a, 'b> {
    /// The world, to be read or overwritten.
    pub world: &'a mut World,
    /// Where it goes to or comes from.
    pub tape: &'a mut Tape<'b>,
}

impl Visitor for Passing<'_, '_> {
    fn components<C: State + Component<Mutability = Mutable>>(&mut self) {
        let mut rows = self.world.query::<&mut C>();
        for mut row in rows.iter_mut(self.world) {
            row.pass(self.tape);
        }
    }

    fn resource<R: State + Resource<Mutability = Mutable>>(&mut self) {
        self.world.resource_mut::<R>().pass(self.tape);
    }
}

impl State for Stocks {
    fn pass(&mut self, tape: &mut Tape<'_>) {
        tape.number(&mut self.institution);
        tape.number(&mut self.platform);
        tape.number(&mut self.capacity);
    }
}

impl State for Adoption {
    fn pass(&mut self, tape: &mut Tape<'_>) {
        tape.number(&mut self.platform);
        tape.number(&mut self.institution);
        tape.number(&mut self.served);
    }
}

impl State for Effort {
    fn pass(&mut self, tape: &mut Tape<'_>) {
        tape.number(&mut self.responding);
        tape.number(&mut self.building);
    }
}

impl State for Openness {
    fn pass(&mut self, tape: &mut Tape<'_>) {
        tape.number(&mut self.0);
    }
}

impl State for Exposure {
    fn pass(&mut self, tape: &mut Tape<'_>) {
        tape.number(&mut self.fear);
        tape.number(&mut self.incident);
        tape.number(&mut self.history);
    }
}

impl State for Participation {
    fn pass(&mut self, tape: &mut Tape<'_>) {
        tape.number(&mut self.enterprises);
        tape.number(&mut self.organisations);
    }
}

impl State for Service {
    fn pass(&mut self, tape: &mut Tape<'_>) {
        tape.number(&mut self.nominal);
        tape.number(&mut self.substance);
        tape.number(&mut self.remembered);
        tape.number(&mut self.helped);
        tape.number(&mut self.load);
    }
}

impl State for Tally {
    fn pass(&mut self, tape: &mut Tape<'_>) {
        for count in [
            &mut self.raised,
            &mut self.closed,
            &mut self.substantive,
            &mut self.abandoned,
            &mut self.waited,
            &mut self.pending,
            &mut self.online,
            &mut self.trust,
            &mut self.expectation,
            &mut self.performance,
            &mut self.satisfaction,
        ] {
            tape.number(count);
        }
        tape.column(&mut self.free);
        tape.column(&mut self.put_off);
    }
}

impl State for Bodies {
    fn pass(&mut self, tape: &mut Tape<'_>) {
        tape.column(&mut self.joined);
        self.count();
    }
}

impl State for Enterprises {
    fn pass(&mut self, tape: &mut Tape<'_>) {
        self.0.pass(tape);
    }
}

impl State for Organisations {
    fn pass(&mut self, tape: &mut Tape<'_>) {
        self.0.pass(tape);
    }
}

impl State for Community {
    fn pass(&mut self, tape: &mut Tape<'_>) {
        tape.column(&mut self.trust);
        tape.column(&mut self.expectation);
        tape.column(&mut self.situation);
    }
}

impl State for Cohort {
    fn pass(&mut self, tape: &mut Tape<'_>) {
        tape.number(&mut self.trust);
        tape.number(&mut self.expectation);
        tape.number(&mut self.waited);
        for side in &mut self.sides {
            tape.number(&mut side.free);
            tape.number(&mut side.put_off);
            tape.number(&mut side.waiting);
        }
    }
}

impl State for Clock {
    fn pass(&mut self, tape: &mut Tape<'_>) {
        tape.number(&mut self.month);
    }
}

impl State for Standing {
    fn pass(&mut self, tape: &mut Tape<'_>) {
        self.adoption.iter_mut().for_each(|one| one.pass(tape));
        tape.column(&mut self.capacity);
        tape.column(&mut self.median_capacity);
    }
}

impl State for Ties {
    fn pass(&mut self, tape: &mut Tape<'_>) {
        tape.column(&mut self.shares);
        tape.column(&mut self.shared_before);
        tape.column(&mut self.belief);
        tape.column(&mut self.activity);
    }
}

impl State for DepartmentTies {
    fn pass(&mut self, tape: &mut Tape<'_>) {
        tape.column(&mut self.shares);
        tape.column(&mut self.shared_before);
        tape.column(&mut self.belief);
    }
}
