//! Makes the agents of one run from the country and the luck of its replication.
//!
//! The set of entities and of their components is fixed here: nothing is spawned, despawned or
//! given a component later, so rows never move.

use std::sync::Arc;

use bevy_ecs::prelude::{Entity, EntityWorldMut, Resource, World};
use rayon::prelude::*;

use crate::chance::draws::start as draw;
use crate::chance::{self, Chance};
use crate::numeric;
use crate::world::clock::Clock;
use crate::world::cohort;
use crate::world::community::{
    BLOCK, Cell, Community, ONLINE, Service, Spread, Tally, Terms, WAITING,
};
use crate::world::country::{Country, Jurisdiction, Setting};
use crate::world::geography::FACTOR_COUNT;
use crate::world::government::{
    Adoption, Effort, Endowment, Exposure, Government, Level, Openness, Participation, Standing,
    Stocks,
};
use crate::world::network::Ties;
use crate::world::organisation::{
    Bodies, ENTERPRISES_PER_CITIZEN, Enterprises, ORGANISATIONS_PER_CITIZEN, Organisations,
    how_many,
};
use crate::world::start::Parameters;

/// Words that one government may use for its attention.
const ATTENTION_ROOM: u64 = 1 << 20;

/// The luck of this run, as every system reads it.
#[derive(Resource, Debug, Clone)]
pub struct Luck(pub Chance);

/// What is settled about a run before its first agent is made.
#[derive(Debug, Clone)]
pub struct Opening<'a> {
    /// Numbers of the starting state.
    pub start: Parameters,
    /// Mean and standard deviation of thresholds: enterprises, social organisations.
    pub thresholds: [(f64, f64); 2],
    /// Provinces that have the open-data platform in month 0.
    pub first_platforms: &'a [usize],
    /// Whether blocks of citizens may be spread over threads.
    pub spread: bool,
    /// Whether cohorts stand for the citizens of each cell.
    pub mean_field: bool,
}

/// First slot of the agents of `cell` in streams that have many agents a cell.
pub fn cell_slot(cell: u32) -> u64 {
    u64::from(cell) << 32
}

/// A world with every agent in its starting state; `capacity_of` joins the two stocks.
pub fn build(
    country: &Arc<Country>,
    chance: &Chance,
    opening: &Opening<'_>,
    capacity_of: impl Fn(f64, f64) -> f64,
) -> World {
    let mut world = World::new();
    let endowments = endowments(country, chance, &opening.start);
    let stocks: Vec<Stocks> = endowments
        .iter()
        .map(|endowment| first_stocks(&opening.start, endowment, &capacity_of))
        .collect();
    let mut bodies = bodies(country, chance, opening);
    for government in &country.governments {
        let dealt = (endowments[government.index()], stocks[government.index()]);
        let entity = spawn_government(&mut world, opening, *government, dealt);
        let cells = &country.cells;
        if let Ok(cell) = cells.binary_search_by_key(&government.id, |cell| cell.government) {
            let bodies = std::mem::take(&mut bodies[cell]);
            let cell = (cell as u32, &cells[cell]);
            make_frontline(&mut world.entity_mut(entity), opening, cell, bodies);
        }
    }
    let fiscal = |cell: &Jurisdiction| endowments[cell.government as usize].fiscal;
    let fiscal: Vec<f64> = country.cells.iter().map(fiscal).collect();
    settle(&mut world, country, chance, opening, &fiscal);
    world.insert_resource(first_standing(country, opening, &stocks));
    world.insert_resource(ties_at_start(country, &opening.start));
    world.insert_resource(Clock::default());
    world.insert_resource(Luck(chance.clone()));
    world.insert_resource(Setting(Arc::clone(country)));
    world.insert_resource(Spread(opening.spread));
    world
}

/// Gives every cell its communities, or else its cohort.
fn settle(world: &mut World, country: &Country, chance: &Chance, opening: &Opening<'_>, f: &[f64]) {
    if opening.mean_field {
        return cohort::gather(world, &opening.start);
    }
    for (index, (cell, fiscal)) in country.cells.iter().zip(f).enumerate() {
        spawn_communities(world, chance, &opening.start, (index as u32, cell, *fiscal));
    }
    count_citizens(world, country.cells.len());
}

fn first_stocks(
    start: &Parameters,
    endowment: &Endowment,
    capacity_of: impl Fn(f64, f64) -> f64,
) -> Stocks {
    let level = start.stock * libm::exp(start.stock_fiscal_effect * endowment.fiscal);
    let level = level.min(1.0);
    Stocks {
        institution: level,
        platform: level,
        capacity: capacity_of(level, level),
    }
}

fn first_standing(country: &Country, opening: &Opening<'_>, stocks: &[Stocks]) -> Standing {
    let governments = country.governments.iter();
    let adoption = governments.map(|government| first_adoption(government, opening));
    let capacity = stocks.iter().map(|stocks| stocks.capacity);
    Standing::new(adoption.collect(), capacity.collect(), |i| {
        country.governments[i].level
    })
}

fn endowments(country: &Country, chance: &Chance, start: &Parameters) -> Vec<Endowment> {
    let mean = country.geography.mean_attention();
    let endow = |government: &Government| {
        let id = u64::from(government.id);
        let scatter = chance.words(draw::FISCAL, 0, 2 * id).normal() * start.fiscal_scatter;
        let frailty = chance.words(draw::FRAILTY, 0, 2 * id).normal() * start.frailty_sd;
        let Some(province) = government.province else {
            return centre_endowment();
        };
        let of_province = country.geography.provinces[province].attention;
        let (below, share) = if government.level == Level::Province {
            (0.0, of_province)
        } else {
            let mut words = chance.words(draw::ATTENTION, 0, id * ATTENTION_ROOM);
            let concentration = start.attention_concentration;
            let gamma = of_province.map(|theta| words.gamma((concentration * theta).max(1e-3)));
            (scatter, shares_of(gamma).unwrap_or(of_province))
        };
        relative_endowment(country.fiscal[province] + below, frailty, share, mean)
    };
    country.governments.iter().map(endow).collect()
}

/// Weights as shares; `None` where all of them are too small to be told from nothing.
fn shares_of(weights: [f64; FACTOR_COUNT]) -> Option<[f64; FACTOR_COUNT]> {
    let total: f64 = weights.iter().sum();
    (total > 0.0).then(|| weights.map(|weight| weight / total))
}

fn centre_endowment() -> Endowment {
    Endowment {
        fiscal: 0.0,
        frailty: 0.0,
        attention: [1.0; FACTOR_COUNT],
        institution_attention: 1.0,
        technology_attention: 1.0,
    }
}

/// Attention relative to the mean over provinces, by factor and by dimension.
fn relative_endowment(
    fiscal: f64,
    frailty: f64,
    share: [f64; FACTOR_COUNT],
    mean: [f64; FACTOR_COUNT],
) -> Endowment {
    let ratio = |of: f64, to: f64| if to > 0.0 { of / to } else { 1.0 };
    let dimension = |first: usize| {
        ratio(
            share[first] + share[first + 1],
            mean[first] + mean[first + 1],
        )
    };
    Endowment {
        fiscal,
        frailty,
        attention: std::array::from_fn(|k| ratio(share[k], mean[k])),
        institution_attention: dimension(2),
        technology_attention: dimension(4),
    }
}

fn first_adoption(government: &Government, opening: &Opening<'_>) -> Adoption {
    let first = government.level == Level::Province
        && government
            .province
            .is_some_and(|p| opening.first_platforms.contains(&p));
    Adoption {
        platform: first,
        institution: false,
    }
}

fn spawn_government(
    world: &mut World,
    opening: &Opening<'_>,
    government: Government,
    (endowment, stocks): (Endowment, Stocks),
) -> Entity {
    let share = opening.start.participation;
    world
        .spawn((
            government,
            endowment,
            stocks,
            first_adoption(&government, opening),
            Effort {
                responding: 0.0,
                building: 1.0,
            },
            Openness::default(),
            Exposure::default(),
            Participation {
                enterprises: share,
                organisations: share,
            },
        ))
        .id()
}

fn make_frontline(
    government: &mut EntityWorldMut<'_>,
    opening: &Opening<'_>,
    (index, cell): (u32, &Jurisdiction),
    bodies: (Enterprises, Organisations),
) {
    government.insert((
        Cell {
            index,
            population: cell.residents as f64,
            citizens: cell.citizens as f64,
        },
        Terms::default(),
        Service {
            remembered: opening.start.resolution,
            ..Service::default()
        },
        Tally::default(),
        bodies,
    ));
}

/// Enterprises and social organisations of every cell.
fn bodies(
    country: &Country,
    chance: &Chance,
    opening: &Opening<'_>,
) -> Vec<(Enterprises, Organisations)> {
    let of = |(cell, plan): (usize, &Jurisdiction)| {
        let slot = cell_slot(cell as u32);
        let make = |share, thresholds, threshold, joined| {
            let words = [(threshold, 2 * slot), (joined, slot)];
            let words = words.map(|(draw, slot)| chance.words(draw, 0, slot));
            let count = how_many(plan.citizens as f64, share);
            Bodies::drawn(count, thresholds, opening.start.participation, words)
        };
        let [enterprises, organisations] = opening.thresholds;
        let (threshold, joined) = (draw::ENTERPRISE_THRESHOLD, draw::ENTERPRISE_JOINED);
        let enterprises = make(ENTERPRISES_PER_CITIZEN, enterprises, threshold, joined);
        let (threshold, joined) = (draw::ORGANISATION_THRESHOLD, draw::ORGANISATION_JOINED);
        let organisations = make(ORGANISATIONS_PER_CITIZEN, organisations, threshold, joined);
        (Enterprises(enterprises), Organisations(organisations))
    };
    if opening.spread {
        country.cells.par_iter().enumerate().map(of).collect()
    } else {
        country.cells.iter().enumerate().map(of).collect()
    }
}

/// Blocks of a cell from which on it pays to make them on all threads.
const WORTH_SPREADING: usize = 16;

fn spawn_communities(
    world: &mut World,
    chance: &Chance,
    start: &Parameters,
    (cell, plan, fiscal): (u32, &Jurisdiction, f64),
) {
    let online = start.online_share(fiscal);
    let total = plan.citizens as usize;
    let block = |first: usize| {
        let count = BLOCK.min(total - first);
        let slot = cell_slot(cell) + first as u64;
        community(chance, start, online, (cell, slot, count))
    };
    let firsts: Vec<usize> = (0..total).step_by(BLOCK).collect();
    let blocks: Vec<Community> = if firsts.len() < WORTH_SPREADING {
        firsts.into_iter().map(block).collect()
    } else {
        firsts.into_par_iter().map(block).collect()
    };
    world.spawn_batch(blocks);
}

fn community(
    chance: &Chance,
    start: &Parameters,
    online: f64,
    (cell, first_slot, count): (u32, u64, usize),
) -> Community {
    let mut words = vec![0; count];
    chance.words(draw::LITERACY, 0, first_slot).fill(&mut words);
    let literacy = words.iter().map(|word| (word >> 16) as u16).collect();
    chance.words(draw::ONLINE, 0, first_slot).fill(&mut words);
    let is_online = |word: &u32| f64::from(chance::unit(*word)) < online;
    let situation: Vec<u8> = words
        .iter()
        .map(|word| if is_online(word) { ONLINE as u8 } else { 0 })
        .collect();
    let mut community = Community {
        cell,
        first_slot,
        trust: vec![start.trust as f32; count],
        expectation: vec![start.expectation as f32; count],
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

fn ties_at_start(country: &Country, start: &Parameters) -> Ties {
    let edges = country.network.edges();
    let belief = |edge: &crate::world::network::Edge| {
        if edge.tie.kind.agreed() {
            start.alliance_belief
        } else {
            start.belief
        }
    };
    Ties {
        shares: vec![false; edges.len()],
        shared_before: vec![false; edges.len()],
        belief: edges.iter().map(belief).collect(),
        activity: vec![0.0; country.governments.len()],
    }
}
