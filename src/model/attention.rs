//! Attention: how much effort goes into responding, and what is left for building.
//!
//! `w = w0 + (wmax - w0) A (1 - exp(-psi B / C0))`, `m = (1 - w) / (1 - w0)`: the backlog `B` per
//! citizen, carried over from last month, draws effort as far as appraisal weighs nominal closure,
//! `A`. Above the frontline `w = w0`.

use bevy_ecs::prelude::{IntoScheduleConfigs as _, Query, Res};

use crate::model::Step;
use crate::model::service;
use crate::world::community::{Cell, Tally};
use crate::world::government::{Effort, Government};
use crate::world::levers::{Lever, Levers};
use crate::world::parameter::Limits::{Positive, Share};
use crate::world::parameter::{ASSUMED, parameters};

/// Name of this step.
pub const NAME: &str = "attention";

/// What the month and the scenario know of it.
pub const STEP: Step = Step {
    name: NAME,
    does: "Backlog carried over draws effort from building to responding.",
    parameters: TABLE,
    insert: |world, values| world.insert_resource(values.group::<Parameters>(NAME)),
    system: || system.into_configs(),
    source: include_str!("attention.rs"),
};

parameters! {
    /// Numbers of this process.

    resting_effort {
        symbol: "w0", default: 0.5, plausible: (0.3, 0.7), limits: Share,
        unit: "share of effort",
        meaning: "effort on responding without backlog",
        source: ASSUMED,
    }
    highest_effort {
        symbol: "wmax", default: 0.95, plausible: (0.8, 1.0), limits: Share,
        unit: "share of effort",
        meaning: "most effort that can go into responding",
        source: ASSUMED,
    }
    backlog_response {
        symbol: "psi", default: 1.5, plausible: (0.5, 3.0), limits: Positive,
        unit: "per month of capacity",
        meaning: "how quickly backlog draws effort",
        source: ASSUMED,
    }
    appraisal_weight {
        symbol: "A", default: 0.3, plausible: (0.0, 1.0), limits: Share,
        unit: "weight, 0 to 1",
        meaning: "weight of nominal closure in the appraisal of officials",
        source: ASSUMED,
    }
}

impl Parameters {
    /// Values that cannot be, by the name of the parameter, and why.
    ///
    /// Capacity and what is left for building are measured against a quiet month, so both kinds of
    /// work need some of it.
    pub fn contradictions(&self) -> Vec<(&'static str, String)> {
        let (resting, highest) = (self.resting_effort, self.highest_effort);
        let mut found = Vec::new();
        if resting <= 0.0 || resting >= 1.0 {
            let must = "must lie above 0 and below 1";
            let message = format!("`attention.resting_effort` {must}, found {resting}");
            found.push(("resting_effort", message));
        }
        if highest < resting {
            let message = format!(
                "`attention.highest_effort` must not lie below `attention.resting_effort`, found {highest} and {resting}"
            );
            found.push(("highest_effort", message));
        }
        found
    }
}

/// Share of effort on responding with `backlog` requests per citizen and appraisal weight `a`.
pub fn responding(p: &Parameters, a: f64, backlog: f64, capacity: f64) -> f64 {
    let drawn = 1.0 - libm::exp(-p.backlog_response * backlog / capacity);
    p.resting_effort + (p.highest_effort - p.resting_effort) * a * drawn
}

/// What is left for building, relative to a month without backlog.
pub fn building(p: &Parameters, responding: f64) -> f64 {
    (1.0 - responding) / (1.0 - p.resting_effort)
}

/// Divides the effort of every government.
pub fn system(
    parameters: Res<Parameters>,
    service: Res<service::Parameters>,
    levers: Res<Levers>,
    mut governments: Query<(&Government, &mut Effort, Option<(&Cell, &Tally)>)>,
) {
    for (government, mut effort, cell) in &mut governments {
        effort.responding = cell.map_or(parameters.resting_effort, |(cell, tally)| {
            let backlog = tally.pending as f64 / cell.citizens;
            let a = levers.get(Lever::AppraisalWeight, government.id);
            responding(&parameters, a, backlog, service.capacity)
        });
        effort.building = building(&parameters, effort.responding);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::by_hand;
    use crate::model::defaults;
    use crate::world::by_hand::near;

    #[test]
    fn no_backlog_or_no_weight_leaves_effort_at_rest() {
        let p: Parameters = defaults(NAME);
        assert_eq!(responding(&p, 0.3, 0.0, 0.024), p.resting_effort);
        assert_eq!(responding(&p, 0.0, 5.0, 0.024), p.resting_effort);
        assert_eq!(building(&p, p.resting_effort), 1.0);
    }

    #[test]
    fn effort_rises_with_backlog_up_to_the_highest() {
        let p: Parameters = defaults(NAME);
        let at = |backlog| responding(&p, 1.0, backlog, 0.024);
        assert!(at(0.01) < at(0.02) && at(0.02) < p.highest_effort);
        assert!((at(1e3) - p.highest_effort).abs() < 1e-12);
    }

    /// `1 - exp(-1)` of the way at half weight: `.5 + .4 x .5 x .632...`; a quarter of the effort is half
    /// of what is left at rest.
    #[test]
    fn a_hand_calculated_division_of_effort() {
        let p = Parameters {
            resting_effort: 0.5,
            highest_effort: 0.9,
            backlog_response: 2.0,
            appraisal_weight: 0.3,
        };
        near(responding(&p, 0.5, 0.01, 0.02), 0.626_424_111_765_711_6);
        near(building(&p, 0.75), 0.5);
        let busy = Parameters {
            resting_effort: 0.6,
            ..p
        };
        near(building(&busy, 0.8), 0.5);
    }

    #[test]
    fn effort_at_rest_lies_inside_and_not_above_the_highest() {
        let found = |resting_effort, highest_effort| {
            let p = Parameters {
                resting_effort,
                highest_effort,
                ..defaults(NAME)
            };
            let names = p.contradictions().into_iter().map(|(name, _)| name);
            names.collect::<Vec<_>>()
        };
        assert_eq!(found(0.5, 0.5), [""; 0]);
        assert_eq!(found(0.5, 0.4), ["highest_effort"]);
        assert_eq!(found(0.0, 0.4), ["resting_effort"]);
        assert_eq!(found(1.0, 1.0), ["resting_effort"]);
    }

    /// 3 open requests of 150 citizens are a month of work at .02 a head; who serves nobody is at rest.
    #[test]
    fn backlog_is_counted_per_citizen() {
        let world = &mut by_hand::world();
        by_hand::change_all(world, |p: &mut service::Parameters| p.capacity = 0.02);
        by_hand::change(world, 4, |tally: &mut Tally| tally.pending = 3);
        by_hand::pull(world, Lever::AppraisalWeight, 4, 0.5);
        by_hand::run(world, 0, system);
        let mut effort = |id| by_hand::get::<Effort>(world, id);
        near(effort(4).responding, 0.674_795_713_966_603_3);
        near(effort(4).building, 0.650_408_572_066_793_4);
        for id in [1, 5] {
            assert_eq!(effort(id).responding, 0.5);
            assert_eq!(effort(id).building, 1.0);
        }
    }
}
