//! What happens: the month, one process after another.
//!
//! [`month`] is the only place that knows the order. A rule reads other governments as they stood
//! at the end of last month, and its own government as this month has changed it so far.
//!
//! Architecture invariant: nothing here knows where a lever's movement comes from, what a scenario
//! file looks like, or that there are many runs.

pub mod policy;
pub mod diffusion;
pub mod attention;
pub mod capability;
pub mod sharing;
pub mod departments;
pub mod opening;
pub mod demand;
pub mod service;
pub mod security;
pub mod experience;
pub mod online;
pub mod citizens;
pub mod participation;
pub mod ledger;
pub mod outcome;

use bevy_ecs::prelude::{IntoScheduleConfigs as _, Schedule, World};
use bevy_ecs::schedule::{
    LogLevel, ScheduleBuildSettings, ScheduleConfigs, SingleThreadedExecutor,
};
use bevy_ecs::system::ScheduleSystem;
use serde::de::DeserializeOwned;

use crate::world::alternative::{Alternative, Choices, Chosen as _};
use crate::world::organisation::Shape;
use crate::world::parameter::{Parameter, ParameterGroup, Values};
use crate::world::start;
use crate::world::wiring::Wiring;

/// One step of the month: all that others need to know of a process.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    /// Name: file, and table of the scenario.
    pub name: &'static str,
    /// What it does, in a sentence.
    pub does: &'static str,
    /// Its numbers, as a scenario may set them; empty where it has none.
    pub parameters: &'static [Parameter],
    /// Gives a world these numbers.
    insert: fn(&mut World, &Values),
    /// Its rule, ready to be scheduled.
    pub system: fn() -> ScheduleConfigs<ScheduleSystem>,
    source: &'static str,
}

impl Step {
    /// Its rule with formulas and sources, as the head of its file has it.
    pub fn rule(&self) -> String {
        let head = self
            .source
            .lines()
            .map_while(|line| line.strip_prefix("//!"));
        let lines: Vec<&str> = head
            .map(|line| line.strip_prefix(' ').unwrap_or(line))
            .collect();
        lines.join("\n")
    }
}

/// The steps of the month in their order, each with the reason for its place.
#[rustfmt::skip]
pub const STEPS: [Step; 15] = [
    policy::STEP,         // every rule reads the levers in force
    diffusion::STEP,      // sees who had adopted last month
    attention::STEP,      // divides the effort that capability spends
    capability::STEP,     // builds what sharing and opening weigh this month
    sharing::STEP,        // weighs the capacity that stands now
    departments::STEP,    // weigh as sharing does, and tell service and security what is shared inside
    opening::STEP,        // opens what the capacity can carry
    demand::STEP,         // tells service what load to expect
    service::STEP,        // meets the load with this month's effort and ties
    security::STEP,       // leaks what is shared and open this month
    experience::STEP,     // reads how service went
    online::STEP,         // draws by last month's shares, before citizens move
    citizens::STEP,       // live on the terms that the steps before have told
    participation::STEP,  // follows the trust of this month's citizens
    ledger::STEP,         // sees the whole month, and fixes what others see in the next
];

/// The month, in order.
///
/// # Panics
/// When two steps could run in either order: the order is part of the model.
pub fn month() -> Schedule {
    let mut schedule = Schedule::default();
    schedule.set_executor(SingleThreadedExecutor::new());
    schedule.set_build_settings(ScheduleBuildSettings {
        ambiguity_detection: LogLevel::Error,
        ..ScheduleBuildSettings::default()
    });
    let systems = STEPS.iter().map(|step| (step.system)());
    let chain = systems.reduce(|before, next| (before, next).chain());
    schedule.add_systems(chain.expect("the month has steps"));
    schedule
}

/// Names of the steps as the schedule runs them.
pub fn steps_as_scheduled(world: &mut World) -> Vec<String> {
    let mut schedule = month();
    schedule.initialize(world).expect("the month has one order");
    let systems = schedule.systems().expect("the schedule is initialised");
    systems
        .map(|(_, system)| {
            let name = system.name().to_string();
            let path: Vec<&str> = name.split("::").collect();
            path[path.len() - 2].to_owned()
        })
        .collect()
}

/// Every table of parameters, in the order of the month.
pub const GROUPS: &[ParameterGroup] = &groups::<{ 1 + with_parameters() }>();

const fn with_parameters() -> usize {
    let (mut count, mut i) = (0, 0);
    while i < STEPS.len() {
        count += !STEPS[i].parameters.is_empty() as usize;
        i += 1;
    }
    count
}

const fn groups<const N: usize>() -> [ParameterGroup; N] {
    let start = ParameterGroup {
        name: start::NAME,
        parameters: start::TABLE,
    };
    let (mut all, mut count, mut i) = ([start; N], 1, 0);
    while i < STEPS.len() {
        let Step {
            name, parameters, ..
        } = STEPS[i];
        if !parameters.is_empty() {
            all[count] = ParameterGroup { name, parameters };
            count += 1;
        }
        i += 1;
    }
    all
}

/// Every alternative inside the model, in the order of the month; the network comes first.
pub const ALTERNATIVES: &[Alternative] = &[
    Wiring::ALTERNATIVE,
    capability::Production::ALTERNATIVE,
    sharing::Rule::ALTERNATIVE,
    experience::Updating::ALTERNATIVE,
    Shape::ALTERNATIVE,
];

/// Gives `world` the alternatives that its processes go by each month.
pub fn insert_alternatives(world: &mut World, choices: &Choices) {
    world.insert_resource(choices.of::<capability::Production>());
    world.insert_resource(choices.of::<sharing::Rule>());
    world.insert_resource(choices.of::<experience::Updating>());
}

/// The default numbers of one process.
pub fn defaults<T: DeserializeOwned>(group: &str) -> T {
    Values::defaults(GROUPS).group(group)
}

/// Gives `world` the numbers that its processes read.
pub fn insert_parameters(world: &mut World, values: &Values) {
    for step in &STEPS {
        (step.insert)(world, values);
    }
}

#[cfg(test)]
mod by_hand;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schedule_runs_the_steps_in_their_order() {
        let names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
        assert_eq!(steps_as_scheduled(&mut by_hand::world()), names);
    }
}
