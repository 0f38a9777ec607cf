//! A run whose numbers have left all bounds: in which month, by which process and at whom.

use std::fmt;

use bevy_ecs::prelude::{Schedule, World};
use bevy_ecs::schedule::SingleThreadedExecutor;

use crate::intervention::Policy;
use crate::model::STEPS;
use crate::model::ledger::Record;
use crate::model::policy::Spending;
use crate::simulation::{Simulation, Unfinished};
use crate::world::clock::{Clock, Date};
use crate::world::finite::{first_beyond, is_finite};
use crate::world::levers::Levers;

/// Where a run left all numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derailed {
    /// Name of the policy.
    pub policy: String,
    /// Replication.
    pub replication: u32,
    /// Month of the run, from 0.
    pub month: u32,
    /// The same month in the calendar.
    pub date: Date,
    /// The process that did it.
    pub process: &'static str,
    /// Whom it happened to.
    pub agent: String,
}

impl fmt::Display for Derailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            policy,
            replication,
            month,
            date,
            process,
            agent,
        } = self;
        write!(
            f,
            "the numbers of a run leave all bounds: `{policy}`, replication {replication}, month {month} ({date}), process `{process}`, {agent}\n\nhint: a parameter or an amount far from what is plausible does that; `cogov explain {process}` tells the ranges"
        )
    }
}

impl std::error::Error for Derailed {}

impl Unfinished {
    /// Whether all that its agents are, and all that was written down of them, is finite; an outcome
    /// without a value counts as such.
    pub fn is_finite(&mut self) -> bool {
        beyond(&mut self.world).is_none()
    }
}

/// What in `world` is infinite or no number, in words.
fn beyond(world: &mut World) -> Option<String> {
    let lever = world.resource::<Levers>().first_beyond();
    if let Some((lever, government)) = lever {
        return Some(format!(
            "lever `{}` of government {government}",
            lever.row().name
        ));
    }
    if let Some(agent) = first_beyond(world) {
        return Some(agent);
    }
    if !is_finite(&mut *world.resource_mut::<Spending>()) {
        return Some("the bill of an intervention".into());
    }
    let values = &world.resource::<Record>().values;
    let infinite = values.iter().any(|value| value.is_infinite());
    infinite.then(|| "an outcome".into())
}

impl Simulation {
    /// Where the run of `policy` in this replication, which is known to, leaves all numbers: it is run
    /// again process by process.
    pub fn derailed(&self, policy: &Policy, replication: u32) -> Derailed {
        let mut world = self.world(policy, replication, false);
        let mut steps: Vec<(&'static str, Schedule)> = STEPS
            .iter()
            .map(|step| {
                let mut alone = Schedule::default();
                alone.set_executor(SingleThreadedExecutor::new());
                alone.add_systems((step.system)());
                (step.name, alone)
            })
            .collect();
        let at = |month: u32, process, agent| Derailed {
            policy: policy.name.clone(),
            replication,
            month,
            date: self.scenario.start.plus(month as i32),
            process,
            agent,
        };
        for month in 0..self.scenario.months {
            world.resource_mut::<Clock>().month = month;
            for (process, step) in &mut steps {
                step.run(&mut world);
                if let Some(agent) = beyond(&mut world) {
                    return at(month, process, agent);
                }
            }
        }
        at(self.scenario.months, "policy", "whom cannot be told".into())
    }
}
