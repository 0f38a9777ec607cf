//! A world goes on under another policy: its state is copied into a world made for that policy.
//!
//! Months before the first intervention are the same under every policy, so they are run once. Two
//! worlds of one country and replication hold the same entities in the same order: nothing is
//! spawned or moved after a world is built.

use bevy_ecs::component::Mutable;
use bevy_ecs::prelude::{Component, Resource, World};

use crate::world::clock::Clock;
use crate::world::cohort::Cohort;
use crate::world::community::{Community, Service, Tally, Terms};
use crate::world::government::{
    Adoption, Effort, Exposure, Openness, Participation, Standing, Stocks,
};
use crate::world::network::Ties;
use crate::world::organisation::{Enterprises, Organisations};

/// Copies everything that a month changes, but for levers, record and accounts.
pub fn copy_state(from: &World, to: &mut World) {
    components::<Stocks>(from, to);
    components::<Adoption>(from, to);
    components::<Effort>(from, to);
    components::<Openness>(from, to);
    components::<Exposure>(from, to);
    components::<Participation>(from, to);
    components::<Terms>(from, to);
    components::<Service>(from, to);
    components::<Tally>(from, to);
    components::<Enterprises>(from, to);
    components::<Organisations>(from, to);
    components::<Community>(from, to);
    components::<Cohort>(from, to);
    resource::<Clock>(from, to);
    resource::<Standing>(from, to);
    resource::<Ties>(from, to);
}

fn components<C: Component<Mutability = Mutable> + Clone>(from: &World, to: &mut World) {
    let Some(mut source) = from.try_query::<&C>() else {
        return;
    };
    let mut target = to.query::<&mut C>();
    for (theirs, mut mine) in source.iter(from).zip(target.iter_mut(to)) {
        mine.clone_from(theirs);
    }
}

/// Copies one resource that both worlds have.
pub fn resource<R: Resource<Mutability = Mutable> + Clone>(from: &World, to: &mut World) {
    to.resource_mut::<R>().clone_from(from.resource::<R>());
}
