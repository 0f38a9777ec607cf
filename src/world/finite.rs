//! Whether the state of a world is numbers: a run whose agents have left them cannot go on.

use std::any::{TypeId, type_name};

use bevy_ecs::component::Mutable;
use bevy_ecs::prelude::{Component, Entity, Resource, World};

use crate::world::community::Community;
use crate::world::country::Setting;
use crate::world::government::{Government, Standing};
use crate::world::state::{State, Visitor, visit};
use crate::world::tape::Tape;

/// The first agent of whose state a part is infinite or no number, in words; none where all is well.
pub fn first_beyond(world: &mut World) -> Option<String> {
    let mut listener = Listening { world, found: None };
    visit(&mut listener);
    listener.found
}

/// Whether all of `state` is finite.
pub fn is_finite(state: &mut impl State) -> bool {
    let mut tape = Tape::listening();
    state.pass(&mut tape);
    !tape.is_broken()
}

struct Listening<'a> {
    world: &'a mut World,
    found: Option<String>,
}

impl Visitor for Listening<'_> {
    fn components<C: State + Component<Mutability = Mutable>>(&mut self) {
        if self.found.is_some() {
            return;
        }
        let mut rows = self.world.query::<(Entity, &mut C)>();
        let mut rows = rows.iter_mut(self.world);
        let beyond = rows.find_map(|(of, mut row)| (!is_finite(&mut *row)).then_some(of));
        self.found = beyond.map(|of| named(self.world, of));
    }

    fn resource<R: State + Resource<Mutability = Mutable>>(&mut self) {
        // of a level that no government is on there is no median
        if self.found.is_some() || TypeId::of::<R>() == TypeId::of::<Standing>() {
            return;
        }
        if !is_finite(&mut *self.world.resource_mut::<R>()) {
            let name = type_name::<R>().rsplit("::").next().unwrap_or_default();
            self.found = Some(format!("the {}", name.to_lowercase()));
        }
    }
}

/// What somebody is called.
fn named(world: &World, who: Entity) -> String {
    let country = &world.resource::<Setting>().0;
    let of = |id: u32| {
        let government = &country.governments[id as usize];
        let level = country.geography.nation.level(government.level);
        match government.province {
            Some(province) => format!(
                "government {id} ({level}, {})",
                country.geography.provinces[province].name
            ),
            None => format!("government {id} ({level})"),
        }
    };
    if let Some(government) = world.get::<Government>(who) {
        return of(government.id);
    }
    match world.get::<Community>(who) {
        Some(community) => format!("citizens of cell {}", community.cell),
        None => "a cell".into(),
    }
}
