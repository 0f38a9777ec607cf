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

use bevy_ecs::prelude::{IntoScheduleConfigs, Schedule, World};
use bevy_ecs::schedule::{LogLevel, ScheduleBuildSettings, SingleThreadedExecutor};
use serde::de::DeserializeOwned;

use crate::world::parameter::{Group, Values};
use crate::world::start;

/// One step of the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Name: file, table of the scenario, stream of chance.
    pub name: &'static str,
    /// What it does, in a sentence.
    pub does: &'static str,
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
pub const STEPS: [Step; 14] = [
    Step { name: policy::NAME, does: "Levers in force this month are set, per government, and paid for.", source: include_str!("policy.rs") },
    Step { name: diffusion::NAME, does: "Governments adopt the open-data platform and the institution, following neighbours, peers and pressure from above.", source: include_str!("diffusion.rs") },
    Step { name: attention::NAME, does: "Backlog carried over draws effort from building to responding.", source: include_str!("attention.rs") },
    Step { name: capability::NAME, does: "The effort that is left builds institution and platform, which wear out.", source: include_str!("capability.rs") },
    Step { name: sharing::NAME, does: "Governments reconsider, tie by tie, whether to share data; beliefs follow partners' acts.", source: include_str!("sharing.rs") },
    Step { name: opening::NAME, does: "Governments with a platform open data to the public; fear closes it.", source: include_str!("opening.rs") },
    Step { name: demand::NAME, does: "Each cell's citizens learn how likely they are to raise a request.", source: include_str!("demand.rs") },
    Step { name: service::NAME, does: "Each cell's capacity meets the expected load: how many requests close, how many with substance.", source: include_str!("service.rs") },
    Step { name: security::NAME, does: "What is shared and opened may leak; fear and loss of trust follow.", source: include_str!("security.rs") },
    Step { name: experience::NAME, does: "Each cell's performance and promises are told to its citizens.", source: include_str!("experience.rs") },
    Step { name: online::NAME, does: "Each cell's platform and online share tell how strongly citizens are drawn online.", source: include_str!("online.rs") },
    Step { name: citizens::NAME, does: "Every citizen walks through demand, service, experience and online.", source: include_str!("citizens.rs") },
    Step { name: participation::NAME, does: "Enterprises and social organisations take part or stay away.", source: include_str!("participation.rs") },
    Step { name: ledger::NAME, does: "Outcomes, costs and the conservation of requests are written down.", source: include_str!("ledger.rs") },
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
    schedule.add_systems(
        (
            policy::system,
            diffusion::system,
            attention::system,
            capability::system,
            sharing::system,
            opening::system,
            demand::system,
            service::system,
            security::system,
            experience::system,
            online::system,
            citizens::system,
            participation::system,
            ledger::system,
        )
            .chain(),
    );
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
pub const GROUPS: &[Group] = &[
    Group {
        name: start::NAME,
        parameters: start::TABLE,
    },
    Group {
        name: diffusion::NAME,
        parameters: diffusion::TABLE,
    },
    Group {
        name: attention::NAME,
        parameters: attention::TABLE,
    },
    Group {
        name: capability::NAME,
        parameters: capability::TABLE,
    },
    Group {
        name: sharing::NAME,
        parameters: sharing::TABLE,
    },
    Group {
        name: opening::NAME,
        parameters: opening::TABLE,
    },
    Group {
        name: demand::NAME,
        parameters: demand::TABLE,
    },
    Group {
        name: service::NAME,
        parameters: service::TABLE,
    },
    Group {
        name: security::NAME,
        parameters: security::TABLE,
    },
    Group {
        name: experience::NAME,
        parameters: experience::TABLE,
    },
    Group {
        name: online::NAME,
        parameters: online::TABLE,
    },
    Group {
        name: participation::NAME,
        parameters: participation::TABLE,
    },
];

/// The default numbers of one process.
pub fn defaults<T: DeserializeOwned>(group: &str) -> T {
    Values::defaults(GROUPS).group(group)
}

/// Gives `world` the numbers that its processes read.
pub fn insert_parameters(world: &mut World, values: &Values) {
    world.insert_resource(values.group::<diffusion::Parameters>(diffusion::NAME));
    world.insert_resource(values.group::<attention::Parameters>(attention::NAME));
    world.insert_resource(values.group::<capability::Parameters>(capability::NAME));
    world.insert_resource(values.group::<sharing::Parameters>(sharing::NAME));
    world.insert_resource(values.group::<opening::Parameters>(opening::NAME));
    world.insert_resource(values.group::<demand::Parameters>(demand::NAME));
    world.insert_resource(values.group::<service::Parameters>(service::NAME));
    world.insert_resource(values.group::<security::Parameters>(security::NAME));
    world.insert_resource(values.group::<experience::Parameters>(experience::NAME));
    world.insert_resource(values.group::<online::Parameters>(online::NAME));
    world.insert_resource(values.group::<participation::Parameters>(participation::NAME));
}
