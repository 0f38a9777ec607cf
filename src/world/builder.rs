//! Makes the agents of one run from the country and the luck of its replication.
//!
//! The set of entities and of their components is fixed here: nothing is spawned, despawned or
//! given a component later, so rows never move.

mod governments;
mod citizens;
mod bodies;

use std::sync::Arc;

use bevy_ecs::prelude::{EntityWorldMut, World};

use crate::chance::Chance;
use crate::world::clock::Clock;
use crate::world::cohort;
use crate::world::community::{Cell, Conditions, Service, Spread, Tally};
use crate::world::country::{Country, Jurisdiction, Setting};
use crate::world::departments::DepartmentTies;
use crate::world::government::{
    Effort, Endowment, Exposure, Government, Level, Openness, Participation, Stocks,
};
use crate::world::luck::Luck;
use crate::world::organisation::Thresholds;
use crate::world::start::Parameters;

/// What is settled about a run before its first agent is made.
#[derive(Debug, Clone)]
pub struct Opening<'a> {
    /// Numbers of the starting state.
    pub start: Parameters,
    /// Thresholds of enterprises.
    pub enterprises: Thresholds,
    /// Thresholds of social organisations.
    pub organisations: Thresholds,
    /// Provinces that have the open-data platform in month 0.
    pub first_platforms: &'a [usize],
    /// Whether blocks of citizens may be spread over threads.
    pub spread: bool,
    /// Whether cohorts stand for the citizens of each cell.
    pub mean_field: bool,
}

/// A world with every agent in its starting state; `capacity_of` joins the two stocks, and `never`
/// is the probability that a government of a level and fiscal score never launches a platform.
///
/// What was drawn before the first month is copied where there is a `twin`, a world of the same
/// scenario and replication; what else a month has changed there comes along and is to be overwritten.
pub fn build(
    country: &Arc<Country>,
    chance: &Chance,
    opening: &Opening<'_>,
    capacity_of: impl Fn(f64, f64) -> f64,
    never: impl Fn(Level, f64) -> f64,
    twin: Option<&World>,
) -> World {
    let mut world = World::new();
    let start = &opening.start;
    let dealt = || governments::endowments(country, chance, start, never);
    let endowments = twin.map_or_else(dealt, governments::endowments_of);
    let first_stocks = |dealt| governments::first_stocks(start, dealt, &capacity_of);
    let stocks: Vec<Stocks> = endowments.iter().map(first_stocks).collect();
    let bodies = twin.map_or_else(|| bodies::found(country, chance, opening), bodies::of);
    let mut bodies = bodies.into_iter();
    for (government, (dealt, stocks)) in country
        .governments
        .iter()
        .zip(endowments.iter().zip(&stocks))
    {
        let mut entity = spawn_government(&mut world, opening, *government, *dealt, *stocks);
        if let Some(cell) = country.cell_of(government.id) {
            make_frontline(&mut entity, opening, cell, &country.cells[cell]);
            entity.insert(bodies.next().expect("every cell has bodies"));
        }
    }
    match twin {
        _ if opening.mean_field => cohort::gather(&mut world, start),
        Some(twin) => citizens::settle_like(&mut world, twin),
        None => citizens::settle(&mut world, country, chance, start, &endowments),
    }
    world.insert_resource(governments::first_standing(country, opening, &stocks));
    world.insert_resource(match twin {
        Some(twin) => twin.resource::<Luck>().clone(),
        None => Luck::new(chance.clone(), country),
    });
    insert_shared(&mut world, country, opening);
    world
}

fn insert_shared(world: &mut World, country: &Arc<Country>, opening: &Opening<'_>) {
    let start = &opening.start;
    world.insert_resource(governments::ties_at_start(country, start));
    world.insert_resource(DepartmentTies::at_start(&country.departments, start));
    world.insert_resource(Clock::default());
    world.insert_resource(Setting(Arc::clone(country)));
    world.insert_resource(Spread(opening.spread));
}

fn spawn_government<'w>(
    world: &'w mut World,
    opening: &Opening<'_>,
    government: Government,
    endowment: Endowment,
    stocks: Stocks,
) -> EntityWorldMut<'w> {
    let share = opening.start.participation;
    world.spawn((
        government,
        endowment,
        stocks,
        governments::first_adoption(&government, opening),
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
}

fn make_frontline(
    government: &mut EntityWorldMut<'_>,
    opening: &Opening<'_>,
    index: usize,
    cell: &Jurisdiction,
) {
    government.insert((
        Cell {
            index: index as u32,
            population: cell.residents as f64,
            citizens: cell.citizens as f64,
        },
        Conditions::default(),
        Service {
            remembered: opening.start.resolution,
            helped: opening.start.helped,
            ..Service::default()
        },
        Tally::default(),
    ));
}
