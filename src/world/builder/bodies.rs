//! Enterprises and social organisations at the start.

use bevy_ecs::prelude::World;
use rayon::prelude::*;

use crate::chance::Chance;
use crate::chance::draws::start as draw;
use crate::world::builder::Opening;
use crate::world::community::Cell;
use crate::world::country::{Country, Jurisdiction};
use crate::world::organisation::{
    Bodies, ENTERPRISES_PER_CITIZEN, Enterprises, ORGANISATIONS_PER_CITIZEN, Organisations,
    how_many,
};

/// The bodies of one cell.
pub type OfCell = (Enterprises, Organisations);

/// Enterprises and social organisations of every cell, in the order of the cells.
pub fn found(country: &Country, chance: &Chance, opening: &Opening<'_>) -> Vec<OfCell> {
    let of_cell = |plan: &Jurisdiction| {
        let chance = chance.among(plan.home);
        let make = |per_citizen, thresholds, threshold, joined| {
            let first = plan.first_body;
            let words = [(threshold, 2 * first), (joined, first)];
            let words = words.map(|(draw, slot)| chance.words(draw, 0, slot));
            let count = how_many(plan.citizens as f64, per_citizen);
            Bodies::drawn(count, thresholds, opening.start.participation, words)
        };
        let enterprises = make(
            ENTERPRISES_PER_CITIZEN,
            opening.enterprises,
            draw::ENTERPRISE_THRESHOLD,
            draw::ENTERPRISE_JOINED,
        );
        let organisations = make(
            ORGANISATIONS_PER_CITIZEN,
            opening.organisations,
            draw::ORGANISATION_THRESHOLD,
            draw::ORGANISATION_JOINED,
        );
        (Enterprises(enterprises), Organisations(organisations))
    };
    let cells = &country.cells;
    if opening.spread {
        cells.par_iter().map(of_cell).collect()
    } else {
        cells.iter().map(of_cell).collect()
    }
}

/// Bodies of every cell of `world` as they stand, in the order of the cells.
pub fn of(world: &World) -> Vec<OfCell> {
    let mut query = world.try_query::<(&Cell, &Enterprises, &Organisations)>();
    let mut cells: Vec<(u32, OfCell)> = query
        .iter_mut()
        .flat_map(|query| query.iter(world))
        .map(|(cell, enterprises, organisations)| {
            (cell.index, (enterprises.clone(), organisations.clone()))
        })
        .collect();
    cells.sort_by_key(|(index, _)| *index);
    cells.into_iter().map(|(_, bodies)| bodies).collect()
}
