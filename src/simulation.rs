//! One run: a scenario, one of its policies and a replication become a record of outcomes.

mod derailed;

use std::io::{self, Read, Write};
use std::sync::Arc;

use bevy_ecs::prelude::{Schedule, World};

use crate::chance::Chance;
use crate::intervention::{Intervention, Policy};
use crate::model::ledger::{CarriedOver, Record};
use crate::model::policy::{Reached, Spending, accounts, levers_at_rest};
use crate::model::{self, capability, diffusion, participation, security};
use crate::scenario::Scenario;
use crate::world::branch::{copy_state, resource};
use crate::world::builder::{self, Opening};
use crate::world::clock::Clock;
use crate::world::country::Country;
use crate::world::government::{Endowment, Government};
use crate::world::levers::Levers;
use crate::world::network::Ties;
use crate::world::organisation::Thresholds;
use crate::world::people::People;
use crate::world::start;
use crate::world::state::{Passing, Visitor as _, visit};
use crate::world::tape::Tape;

pub use derailed::Derailed;

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
    /// How cells and some of the citizens fare at the end.
    pub people: People,
}

/// A run in progress.
pub struct Unfinished {
    world: World,
    month: Schedule,
    done: u32,
}

impl Unfinished {
    /// Runs on until `months` months are done.
    pub fn advance(&mut self, months: u32, each_month: &mut dyn FnMut(u32) -> Onward) -> Onward {
        while self.done < months {
            self.world.resource_mut::<Clock>().month = self.done;
            self.month.run(&mut self.world);
            self.done += 1;
            if each_month(self.done) == Onward::Stop {
                return Onward::Stop;
            }
        }
        Onward::Continue
    }

    /// Months that are done.
    pub fn months_done(&self) -> u32 {
        self.done
    }

    /// Writes the state of the run to `file`: all that its other months depend on, and its record.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn save(&mut self, file: &mut dyn Write) -> io::Result<()> {
        self.pass(Tape::to(file))
    }

    /// Puts the run where another of the same scenario, policy and replication was when it was
    /// saved to `file`.
    ///
    /// # Errors
    /// When it cannot be read; the run is spoilt then.
    pub fn restore(&mut self, file: &mut dyn Read) -> io::Result<()> {
        self.pass(Tape::from(file))
    }

    fn pass(&mut self, mut tape: Tape<'_>) -> io::Result<()> {
        tape.number(&mut self.done);
        let mut passing = Passing {
            world: &mut self.world,
            tape: &mut tape,
        };
        visit(&mut passing);
        passing.resource::<Record>();
        passing.resource::<CarriedOver>();
        passing.resource::<Spending>();
        passing.resource::<Reached>();
        tape.end()
    }

    /// What the run leaves.
    pub fn finish(mut self, country: &Country) -> Run {
        Run {
            people: People::of(&mut self.world, country),
            record: self
                .world
                .remove_resource()
                .expect("the ledger kept a record"),
            spending: self
                .world
                .remove_resource()
                .expect("the policy step kept accounts"),
        }
    }
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

    /// Makes `scenario` ready in a country that was laid out before, perhaps with other ties; where
    /// the scenario asks for others than were seen, they are laid here.
    pub fn in_country(scenario: Arc<Scenario>, country: Arc<Country>) -> Self {
        let wiring = scenario.choices.of();
        let country = if country.wiring == wiring {
            country
        } else {
            Arc::new(country.rewired(wiring, &Chance::new(scenario.seed, 0)))
        };
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
        let mut unfinished = self.begin(policy, replication, spread);
        match unfinished.advance(self.scenario.months, &mut each_month) {
            Onward::Continue => Some(unfinished.finish(&self.country)),
            Onward::Stop => None,
        }
    }

    /// Who shares over which directed tie after the last month, in the order of the network's edges;
    /// `None` when `each_month`, told how many months are done, stopped the run.
    pub fn sharing_at_end(
        &self,
        policy: &Policy,
        replication: u32,
        mut each_month: impl FnMut(u32) -> Onward,
    ) -> Option<Vec<bool>> {
        let mut run = self.begin(policy, replication, false);
        match run.advance(self.scenario.months, &mut each_month) {
            Onward::Stop => None,
            Onward::Continue => Some(run.world.resource::<Ties>().shares.clone()),
        }
    }

    /// A run of `policy` before its first month.
    pub fn begin(&self, policy: &Policy, replication: u32, spread: bool) -> Unfinished {
        Unfinished {
            world: self.world(policy, replication, spread),
            month: model::month(),
            done: 0,
        }
    }

    /// A run of `policy` that has lived through what `trunk` has, a run of the same replication in
    /// which no intervention has begun yet, as none of `policy` has.
    pub fn branch(&self, trunk: &Unfinished, policy: &Policy, replication: u32) -> Unfinished {
        let mut world = self.world_like(Some(&trunk.world), policy, replication, false);
        copy_state(&trunk.world, &mut world);
        resource::<Record>(&trunk.world, &mut world);
        resource::<CarriedOver>(&trunk.world, &mut world);
        Unfinished {
            world,
            month: model::month(),
            done: trunk.done,
        }
    }

    /// First month in which `policy` acts; the length of the run if it never does.
    pub fn first_month(&self, policy: &Policy) -> u32 {
        let start = self.scenario.start;
        let begin = |one: &Intervention| one.course.start.months_since(start).max(0) as u32;
        let first = policy.interventions.iter().map(begin).min();
        first.map_or(self.scenario.months, |month| {
            month.min(self.scenario.months)
        })
    }

    /// The world of a run before its first month.
    pub fn world(&self, policy: &Policy, replication: u32, spread: bool) -> World {
        self.world_like(None, policy, replication, spread)
    }

    /// The same; what was drawn for a `twin` in this replication is not drawn again.
    fn world_like(
        &self,
        twin: Option<&World>,
        policy: &Policy,
        replication: u32,
        spread: bool,
    ) -> World {
        let scenario = &*self.scenario;
        let values = &scenario.values;
        let chance = Chance::new(scenario.seed, u64::from(replication)).in_world(scenario.world);
        let capability: capability::Parameters = values.group(capability::NAME);
        let diffusion: diffusion::Parameters = values.group(diffusion::NAME);
        let production = scenario.choices.of();
        let capacity_of = |n, d| capability::joined(production, n, d, capability.complementarity);
        let never = |level, fiscal| diffusion::never_share(&diffusion, level, fiscal);
        let opening = self.opening(spread);
        let country = &self.country;
        let mut world = builder::build(country, &chance, &opening, capacity_of, never, twin);
        model::insert_parameters(&mut world, values);
        model::insert_alternatives(&mut world, &scenario.choices);
        world.insert_resource(scenario.history.clone());
        let levers = match twin {
            Some(twin) => twin.resource::<Levers>().rested(),
            None => self.levers(&mut world),
        };
        world.insert_resource(levers);
        self.insert_policy(&mut world, policy, &chance);
        world.insert_resource(Record::new(&self.country));
        world.insert_resource(CarriedOver(vec![0; self.country.cells.len()]));
        world
    }

    fn opening(&self, spread: bool) -> Opening<'_> {
        let scenario = &*self.scenario;
        let participation: participation::Parameters = scenario.values.group(participation::NAME);
        let thresholds = |mean, sd| Thresholds {
            shape: scenario.choices.of(),
            mean,
            sd,
        };
        Opening {
            start: scenario.values.group(start::NAME),
            enterprises: thresholds(
                participation.enterprise_threshold,
                participation.enterprise_threshold_sd,
            ),
            organisations: thresholds(
                participation.organisation_threshold,
                participation.organisation_threshold_sd,
            ),
            first_platforms: &scenario.history.first_platforms,
            spread,
            mean_field: scenario.population.mean_field,
        }
    }

    fn levers(&self, world: &mut World) -> Levers {
        let scenario = &*self.scenario;
        let mut endowments: Vec<(u32, Endowment)> = world
            .query::<(&Government, &Endowment)>()
            .iter(world)
            .map(|(government, endowment)| (government.id, *endowment))
            .collect();
        endowments.sort_unstable_by_key(|(id, _)| *id);
        let endowments: Vec<Endowment> = endowments.into_iter().map(|(_, e)| e).collect();
        let security: security::Parameters = scenario.values.group(security::NAME);
        let effect = security.protection_fiscal_effect;
        levers_at_rest(&scenario.values, &scenario.couplings, &endowments, effect)
    }

    fn insert_policy(&self, world: &mut World, policy: &Policy, chance: &Chance) {
        let scenario = &*self.scenario;
        let timetable = policy.timetable(&self.country, chance, scenario.start, scenario.months);
        let (spending, reached) = accounts(&timetable, &self.country);
        world.insert_resource(timetable);
        world.insert_resource(spending);
        world.insert_resource(reached);
    }
}
