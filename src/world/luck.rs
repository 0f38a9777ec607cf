//! The luck of one run, as the processes of the month read it.

use bevy_ecs::prelude::Resource;

use crate::chance::almanac::Almanac;
use crate::chance::{Chance, Draw, Identity};
use crate::world::country::Country;

/// The luck of this run, with whom it belongs to.
///
/// What governments and ties draw is kept by pages of months. A page is what has been read, not
/// state: any run can open it anew.
#[derive(Resource, Debug, Clone)]
pub struct Luck {
    /// The luck of the replication.
    pub chance: Chance,
    governments: Vec<Identity>,
    ties: Vec<Identity>,
    almanacs: Vec<Almanac>,
}

impl Luck {
    /// The luck of a run in `country`.
    pub fn new(chance: Chance, country: &Country) -> Self {
        let who = |government: u32| country.identities[government as usize];
        let edges = country.network.edges().iter();
        Self {
            ties: edges
                .map(|edge| who(edge.from).tied_to(who(edge.to)))
                .collect(),
            governments: country.identities.clone(),
            ..Self::of_citizens(chance)
        }
    }

    /// The luck of citizens alone, in a world without governments and ties that draw.
    pub fn of_citizens(chance: Chance) -> Self {
        Self {
            chance,
            governments: Vec::new(),
            ties: Vec::new(),
            almanacs: Vec::new(),
        }
    }

    /// Uniform numbers of all governments in `month`, in the order of their numbers.
    pub fn of_governments(&mut self, draw: Draw, month: u32) -> &[f32] {
        let almanac = open(&mut self.almanacs, draw);
        almanac.turn(&self.chance, &self.governments, month);
        almanac.row(month)
    }

    /// Uniform numbers of all directed ties in `month`, in the order of the network's edges.
    pub fn of_ties(&mut self, draw: Draw, month: u32) -> &[f32] {
        let almanac = open(&mut self.almanacs, draw);
        almanac.turn(&self.chance, &self.ties, month);
        almanac.row(month)
    }

    /// Uniform number in `month` of the directed tie at `tie` among the network's edges.
    pub fn of_tie(&self, draw: Draw, month: u32, tie: usize) -> f64 {
        self.chance.uniform_of(draw, month, self.ties[tie])
    }
}

/// The almanac of `draw` among `almanacs`, a new one if there is none yet.
fn open(almanacs: &mut Vec<Almanac>, draw: Draw) -> &mut Almanac {
    let known = almanacs.iter().position(|almanac| almanac.draw() == draw);
    let at = known.unwrap_or_else(|| {
        almanacs.push(Almanac::new(draw));
        almanacs.len() - 1
    });
    &mut almanacs[at]
}
