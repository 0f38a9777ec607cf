//! One step of the month alone, in a country small enough to be calculated by hand; only tests live
//! here. Luck is that of replication 0; all that is not set is at its default or at rest.

use std::sync::Arc;

use bevy_ecs::component::Mutable;
use bevy_ecs::prelude::{Bundle, Component, Entity, IntoSystem, Resource, World};
use bevy_ecs::system::RunSystemOnce as _;

use crate::chance::Chance;
use crate::model::ledger::{CarriedOver, Record};
use crate::model::policy::{accounts, levers_at_rest};
use crate::model::{GROUPS, defaults, insert_alternatives, insert_parameters};
use crate::world::alternative::Choices;
use crate::world::builder::{self, Opening};
use crate::world::by_hand::{self, PLAIN};
use crate::world::clock::Clock;
use crate::world::country::Country;
use crate::world::government::Government;
use crate::world::history::History;
use crate::world::levers::{Change, Lever, Levers, Timetable};
use crate::world::organisation::{Shape, Thresholds};
use crate::world::parameter::Values;
use crate::world::start;

/// A world in that country before its first month.
pub fn world() -> World {
    world_of(by_hand::country())
}

/// The same in another country.
pub fn world_of(country: Country) -> World {
    let country = Arc::new(country);
    let thresholds = Thresholds {
        shape: Shape::Normal,
        mean: 0.5,
        sd: 0.2,
    };
    let opening = Opening {
        start: defaults(start::NAME),
        enterprises: thresholds,
        organisations: thresholds,
        first_platforms: &[],
        spread: false,
        mean_field: false,
    };
    let mean = |n, d| 0.5 * (n + d);
    let chance = Chance::new(1, 0);
    let mut world = builder::build(&country, &chance, &opening, mean, |_, _| 0.0, None);
    let values = Values::defaults(GROUPS);
    insert_parameters(&mut world, &values);
    insert_alternatives(&mut world, &Choices::default());
    let plain = vec![PLAIN; country.governments.len()];
    (0..plain.len()).for_each(|id| set(&mut world, id as u32, PLAIN));
    world.insert_resource(History::default());
    world.insert_resource(levers_at_rest(&values, &[], &plain, 0.0));
    world.insert_resource(Record::new(&country));
    world.insert_resource(CarriedOver(vec![0; country.cells.len()]));
    follow(&mut world, Timetable::default(), &country);
    world
}

/// Lets `timetable` be what is in force.
pub fn follow(world: &mut World, timetable: Timetable, country: &Country) {
    let (spending, reached) = accounts(&timetable, country);
    world.insert_resource(timetable);
    world.insert_resource(spending);
    world.insert_resource(reached);
}

fn entity(world: &mut World, id: u32) -> Entity {
    let mut all = world.query::<(Entity, &Government)>();
    let found = all.iter(world).find(|(_, government)| government.id == id);
    found.expect("a government of the country").0
}

/// Gives a government these components.
pub fn set(world: &mut World, id: u32, of: impl Bundle) {
    let entity = entity(world, id);
    world.entity_mut(entity).insert(of);
}

/// A component of a government.
pub fn get<C: Component + Clone>(world: &mut World, id: u32) -> C {
    let entity = entity(world, id);
    world.get::<C>(entity).expect("it has one").clone()
}

/// Changes a component of a government.
pub fn change<C: Component<Mutability = Mutable>>(
    world: &mut World,
    id: u32,
    with: impl Fn(&mut C),
) {
    let entity = entity(world, id);
    with(&mut world.get_mut::<C>(entity).expect("it has one"));
}

/// Changes what all share.
pub fn change_all<R: Resource<Mutability = Mutable>>(world: &mut World, with: impl Fn(&mut R)) {
    with(&mut world.resource_mut::<R>());
}

/// Puts a lever of a government at `value` this month.
pub fn pull(world: &mut World, lever: Lever, id: u32, value: f64) {
    let mut levers = world.resource_mut::<Levers>();
    levers.apply(lever, id, Change::Multiply(0.0), 1.0);
    levers.apply(lever, id, Change::Add(value), 1.0);
}

/// Runs one step in `month`.
pub fn run<O: 'static, M>(world: &mut World, month: u32, step: impl IntoSystem<(), O, M>) -> O {
    world.resource_mut::<Clock>().month = month;
    world
        .run_system_once(step)
        .expect("the step has all it reads")
}
