//! A world goes on under another policy: its state is copied into a world made for that policy.
//!
//! Months before the first intervention are the same under every policy, so they are run once. Two
//! worlds of one country and replication hold the same entities in the same order: nothing is
//! spawned or moved after a world is built.

use bevy_ecs::component::Mutable;
use bevy_ecs::prelude::{Component, Resource, World};

use crate::world::state::{State, Visitor, visit};

/// Copies everything that a month changes, but for levers, record and accounts.
pub fn copy_state(from: &World, to: &mut World) {
    visit(&mut Copying { from, to });
}

struct Copying<'a> {
    from: &'a World,
    to: &'a mut World,
}

impl Visitor for Copying<'_> {
    fn components<C: State + Component<Mutability = Mutable>>(&mut self) {
        let Some(mut source) = self.from.try_query::<&C>() else {
            return;
        };
        let mut target = self.to.query::<&mut C>();
        for (theirs, mut mine) in source.iter(self.from).zip(target.iter_mut(self.to)) {
            mine.clone_from(theirs);
        }
    }

    fn resource<R: State + Resource<Mutability = Mutable>>(&mut self) {
        resource::<R>(self.from, self.to);
    }
}

/// Copies one resource that both worlds have.
pub fn resource<R: Resource<Mutability = Mutable> + Clone>(from: &World, to: &mut World) {
    to.resource_mut::<R>().clone_from(from.resource::<R>());
}
