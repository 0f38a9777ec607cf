//! One run: a scenario, one of its policies and a replication become a record of outcomes.

use std::sync::Arc;

use bevy_ecs::prelude::World;

use crate::chance::Chance;
use crate::intervention::Policy;
use crate::model::ledger::{CarriedOver, Record};
use crate::model::policy::{Spending, accounts, levers_at_rest};
use crate::model::{self, capability, participation, security};
use crate::scenario::Scenario;
use crate::world::builder::{self, Opening};
use crate::world::clock::Clock;
use crate::world::country::Country;
use crate::world::government::{Endowment, Government};
use crate::world::start;

/// A scenario made ready for many runs: what they share is built once.
#[derive(Debug, Clone)]
pub struct Simulation {
    scenario: Arc<Scenario>,
    country: Arc<Country>,
}

/// What a finished run leaves.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Every outcome by month and scope.
    pub record: Record,
    /// What the interventions of the policy cost.
    pub spending: Spending,
}

/// Whether to go on after a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Onward {
    /// Go on.
    Continue,
    /// Stop the run: its result is not wanted any more.
    Stop,
}

impl Simulation {
    /// Makes `scenario` ready.
    pub fn new(scenario: Arc<Scenario>) -> Self {
        let geography = scenario.geography.clone();
        let country = Country::new(geography, scenario.population, scenario.start);
        Self::in_country(scenario, Arc::new(country))
    }

    /// Makes `scenario` ready in a country that was laid out before, perhaps with other ties.
    pub fn in_country(scenario: Arc<Scenario>, country: Arc<Country>) -> Self {
        Self { scenario, country }
    }

    /// The scenario.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// The country that all runs share.
    pub fn country(&self) -> &Country {
        &self.country
    }

    /// Runs `policy` in a replication; `each_month` is told how many months are done.
    ///
    /// With `spread`, citizens are spread over the threads of the current pool. Returns `None`
    /// when `each_month` stopped it.
    pub fn run(
        &self,
        policy: &Policy,
        replication: u32,
        spread: bool,
        mut each_month: impl FnMut(u32) -> Onward,
    ) -> Option<Run> {
        let mut world = self.world(policy, replication, spread);
        let mut month = model::month();
        for t in 0..self.scenario.months {
            world.resource_mut::<Clock>().month = t;
            month.run(&mut world);
            if each_month(t + 1) == Onward::Stop {
                return None;
            }
        }
        Some(Run {
            record: world.remove_resource().expect("the ledger kept a record"),
            spending: world
                .remove_resource()
                .expect("the policy step kept accounts"),
        })
    }

    /// The world of a run before its first month.
    pub fn world(&self, policy: &Policy, replication: u32, spread: bool) -> World {
        let scenario = &*self.scenario;
        let values = &scenario.values;
        let chance = Chance::new(scenario.seed, u64::from(replication));
        let capability: capability::Parameters = values.group(capability::NAME);
        let participation: participation::Parameters = values.group(participation::NAME);
        let opening = Opening {
            start: values.group(start::NAME),
            thresholds: thresholds(&participation),
            first_platforms: &scenario.history.first_platforms,
            spread,
        };
        let mut world = builder::build(&self.country, &chance, &opening, |n, d| {
            capability::capacity(n, d, capability.complementarity)
        });
        model::insert_parameters(&mut world, values);
        world.insert_resource(scenario.rule);
        world.insert_resource(scenario.history.clone());
        self.insert_policy(&mut world, policy, &chance);
        world.insert_resource(Record::new(&self.country));
        world.insert_resource(CarriedOver(vec![0; self.country.cells.len()]));
        world
    }

    fn insert_policy(&self, world: &mut World, policy: &Policy, chance: &Chance) {
        let scenario = &*self.scenario;
        let timetable = policy.timetable(&self.country, chance, scenario.start, scenario.months);
        let (spending, reached) = accounts(&timetable, &self.country);
        let mut endowments: Vec<(u32, Endowment)> = world
            .query::<(&Government, &Endowment)>()
            .iter(world)
            .map(|(government, endowment)| (government.id, *endowment))
            .collect();
        endowments.sort_unstable_by_key(|(id, _)| *id);
        let endowments: Vec<Endowment> = endowments.into_iter().map(|(_, e)| e).collect();
        let security: security::Parameters = scenario.values.group(security::NAME);
        let effect = security.protection_fiscal_effect;
        let levers = levers_at_rest(&scenario.values, &scenario.couplings, &endowments, effect);
        world.insert_resource(levers);
        world.insert_resource(timetable);
        world.insert_resource(spending);
        world.insert_resource(reached);
    }
}

fn thresholds(p: &participation::Parameters) -> [(f64, f64); 2] {
    [
        (p.enterprise_threshold, p.enterprise_threshold_sd),
        (p.organisation_threshold, p.organisation_threshold_sd),
    ]
}
