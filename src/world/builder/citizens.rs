//! Citizens at the start, in blocks.

use bevy_ecs::prelude::World;
use rayon::prelude::*;

use crate::chance::draws::start as draw;
use crate::chance::{self, Chance, Identity};
use crate::numeric;
use crate::world::community::{BLOCK, Cell, Community, ONLINE, Tally, WAITING};
use crate::world::country::{Country, Jurisdiction};
use crate::world::government::Endowment;
use crate::world::start::Parameters;

/// Gives every cell its citizens, and counts them.
pub fn settle(
    world: &mut World,
    country: &Country,
    chance: &Chance,
    start: &Parameters,
    endowments: &[Endowment],
) {
    for (index, cell) in country.cells.iter().enumerate() {
        let fiscal = endowments[cell.government as usize].fiscal;
        let chance = chance.among(cell.home);
        world.spawn_batch(communities(&chance, start, fiscal, (index as u32, cell)));
    }
    count_citizens(world, country.cells.len());
}

/// Gives every cell the citizens that `twin` has, as they stand there.
pub fn settle_like(world: &mut World, twin: &World) {
    if let Some(mut query) = twin.try_query::<&Community>() {
        world.spawn_batch(query.iter(twin).cloned().collect::<Vec<Community>>());
    }
}

/// Blocks of a cell from which on it pays to make them on all threads.
const WORTH_SPREADING: usize = 16;

/// The citizens of a cell by the `chance` of its province.
fn communities(
    chance: &Chance,
    start: &Parameters,
    fiscal: f64,
    (number, cell): (u32, &Jurisdiction),
) -> Vec<Community> {
    let online = start.online_share(fiscal);
    let total = cell.citizens as usize;
    let block = |first: usize| {
        let count = BLOCK.min(total - first);
        let slot = cell.first_citizen + first as u64;
        let mut block = community(chance, start, online, slot, count);
        (block.cell, block.home) = (number, cell.home);
        block
    };
    let firsts: Vec<usize> = (0..total).step_by(BLOCK).collect();
    if firsts.len() < WORTH_SPREADING {
        firsts.into_iter().map(block).collect()
    } else {
        firsts.into_par_iter().map(block).collect()
    }
}

fn community(
    chance: &Chance,
    start: &Parameters,
    online: f64,
    first_slot: u64,
    count: usize,
) -> Community {
    let mut words = vec![0; count];
    chance.words(draw::LITERACY, 0, first_slot).fill(&mut words);
    let literacy = words.iter().map(|word| (word >> 16) as u16).collect();
    chance.words(draw::ONLINE, 0, first_slot).fill(&mut words);
    let is_online = |word: &u32| f64::from(chance::unit(*word)) < online;
    let situation = words
        .iter()
        .map(|word| if is_online(word) { ONLINE as u8 } else { 0 })
        .collect();
    let mut community = Community {
        cell: 0,
        home: Identity::default(),
        first_slot,
        trust: vec![start.trust as f32; count].into(),
        expectation: vec![start.expectation as f32; count].into(),
        literacy,
        situation,
        tally: Tally::default(),
    };
    community.tally = first_tally(&community);
    community
}

/// Tells every cell how its citizens stand at the start; the first month reads it.
fn count_citizens(world: &mut World, cells: usize) {
    let mut tallies = vec![Tally::default(); cells];
    for community in world.query::<&Community>().iter(world) {
        tallies[community.cell as usize] += community.tally;
    }
    for (cell, mut tally) in world.query::<(&Cell, &mut Tally)>().iter_mut(world) {
        *tally = tallies[cell.index as usize];
    }
}

/// Counts and sums of the starting state.
fn first_tally(community: &Community) -> Tally {
    let sum = |column: &[f32]| {
        column
            .iter()
            .map(|x| i64::from(numeric::to_fixed(*x)))
            .sum()
    };
    let mut tally = Tally {
        trust: sum(&community.trust),
        expectation: sum(&community.expectation),
        ..Tally::default()
    };
    for situation in community.situation.iter().copied().map(u32::from) {
        let online = usize::from(situation & ONLINE != 0);
        tally.online += online as i64;
        tally.free[online] += i64::from(situation & WAITING == 0);
    }
    tally
}
