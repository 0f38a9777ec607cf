//! Service: what share of open requests is closed, and how many with substance.
//!
//! Capacity per head `C = C0 (w / w0) (1 + gamma Q s) stretch L_cap`, `s` = active among the
//! government's ties; `stretch = 1 + cc A`: where closure is what counts, closures are stretched.
//! Nominal resolution `rho = min(1, C n / Bbar)`; a closed request has substance with probability
//! `q = [1 - (1 - q0)(1 - Q (rs + (1 - rs) s))(1 - cq (xE + xS) / 2)] / stretch`: stretching
//! relabels closures and leaves `rho q` as it is. What is left open is abandoned with
//! probability `drop`. `Bbar` is expected rather than drawn, so that small cells are not biased.

use bevy_ecs::prelude::{IntoScheduleConfigs as _, Query, Res};
use bevy_ecs::query::QueryData;

use crate::model::Step;
use crate::model::{attention, demand};
use crate::world::community::{Cell, Conditions, Service};
use crate::world::government::{Effort, Government, Participation, Stocks};
use crate::world::levers::{Lever, Levers};
use crate::world::network::Ties;
use crate::world::parameter::Limits::{NonNegative, Positive, Share};
use crate::world::parameter::{ASSUMED, Provenance, parameters};

/// Name of this step.
pub const NAME: &str = "service";

/// What the month and the scenario know of it.
pub const STEP: Step = Step {
    name: NAME,
    does: "Each cell's capacity meets the expected load: how many requests close, how many with substance.",
    parameters: TABLE,
    insert: |world, values| world.insert_resource(values.group::<Parameters>(NAME)),
    system: || system.into_configs(),
    source: include_str!("service.rs"),
};

parameters! {
    /// Numbers of this process.

    capacity {
        symbol: "C0", default: 0.014, plausible: (0.01, 0.05), limits: Positive,
        unit: "requests per head and month",
        meaning: "requests that can be closed at resting effort without collaboration",
        source: Provenance::Fitted("Beijing hotline 12345, 2019 to 2020"),
    }
    collaboration_gain {
        symbol: "gamma", default: 0.6, plausible: (0.0, 1.5), limits: NonNegative,
        unit: "share",
        meaning: "gain of service capacity at full capacity and sharing",
        source: ASSUMED,
    }
    cosmetic_stretch {
        symbol: "cc", default: 0.6, plausible: (0.0, 1.0), limits: NonNegative,
        unit: "share",
        meaning: "how far full appraisal of closure stretches closures",
        source: ASSUMED,
    }
    abandonment {
        symbol: "drop", default: 0.25, plausible: (0.05, 0.5), limits: Share,
        unit: "probability per month",
        meaning: "chance that a request left open is given up",
        source: ASSUMED,
    }
    plain_substance {
        symbol: "q0", default: 0.3, plausible: (0.1, 0.5), limits: Share,
        unit: "probability",
        meaning: "chance of substance without any collaborative capacity",
        source: ASSUMED,
    }
    solo_share {
        symbol: "rs", default: 0.3, plausible: (0.1, 0.5), limits: Share,
        unit: "share of capacity",
        meaning: "part of collaborative capacity that works without sharing",
        source: ASSUMED,
    }
    coproduction {
        symbol: "cq", default: 0.3, plausible: (0.0, 0.6), limits: Share,
        unit: "share",
        meaning: "how far participation of enterprises and society adds substance",
        source: ASSUMED,
    }
}

/// Requests closed per head and month; `effort` is relative to resting effort.
pub fn capacity(p: &Parameters, effort: f64, q: f64, s: f64, stretch: f64, factor: f64) -> f64 {
    p.capacity * effort * (1.0 + p.collaboration_gain * q * s) * stretch * factor
}

/// Share of open requests that is closed.
pub fn nominal_resolution(capacity: f64, citizens: f64, load: f64) -> f64 {
    if load > 0.0 {
        (capacity * citizens / load).min(1.0)
    } else {
        1.0
    }
}

/// Probability that a closed request has substance.
pub fn substance(p: &Parameters, q: f64, s: f64, participation: f64, stretch: f64) -> f64 {
    let missed = (1.0 - p.plain_substance)
        * (1.0 - q * (p.solo_share + (1.0 - p.solo_share) * s))
        * (1.0 - p.coproduction * participation);
    (1.0 - missed) / stretch
}

/// A cell that serves.
#[derive(QueryData)]
#[query_data(mutable)]
pub struct Serving {
    government: &'static Government,
    cell: &'static Cell,
    effort: &'static Effort,
    stocks: &'static Stocks,
    participation: &'static Participation,
    terms: &'static mut Conditions,
    service: &'static mut Service,
}

/// Settles how each cell serves this month.
pub fn system(
    parameters: Res<Parameters>,
    attention: Res<attention::Parameters>,
    demand: Res<demand::Parameters>,
    levers: Res<Levers>,
    ties: Res<Ties>,
    mut cells: Query<Serving>,
) {
    let p = &*parameters;
    for mut who in &mut cells {
        let (government, stocks) = (who.government, who.stocks);
        let s = ties.activity[government.index()];
        let stretch = 1.0 + p.cosmetic_stretch * levers.get(Lever::AppraisalWeight, government.id);
        let factor = levers.get(Lever::CapacityFactor, government.id);
        let relative = who.effort.responding / attention.resting_effort;
        let capacity = capacity(p, relative, stocks.capacity, s, stretch, factor);
        let participation = who.participation.mean();
        let service = &mut *who.service;
        service.nominal = nominal_resolution(capacity, who.cell.citizens, service.load);
        service.substance = substance(p, stocks.capacity, s, participation, stretch);
        service.remembered =
            demand::remembered_after(service.remembered, service.nominal, demand.memory);
        let terms = &mut *who.terms;
        terms.closing = service.nominal as f32;
        terms.substance = service.substance as f32;
        terms.abandonment = p.abandonment as f32;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::by_hand;
    use crate::model::defaults;
    use crate::world::by_hand::near;

    #[test]
    fn a_hand_calculated_month_of_service() {
        let p = Parameters {
            capacity: 0.02,
            collaboration_gain: 0.6,
            plain_substance: 0.3,
            solo_share: 0.3,
            coproduction: 0.3,
            ..defaults(NAME)
        };
        // .02 x 1.5 x (1 + .6 x .5 x .4) x 1.2 x 2
        assert!((capacity(&p, 1.5, 0.5, 0.4, 1.2, 2.0) - 0.08064).abs() < 1e-15);
        // all but .7 x (1 - .5 (.3 + .7 x .4)) x (1 - .3 x .2), over 1.25
        let share = substance(&p, 0.5, 0.4, 0.2, 1.25);
        assert!((share - 0.426256).abs() < 1e-15);
        assert_eq!(nominal_resolution(0.02, 1000.0, 40.0), 0.5);
        assert_eq!(nominal_resolution(0.02, 1000.0, 10.0), 1.0);
        assert_eq!(nominal_resolution(0.02, 1000.0, 0.0), 1.0);
    }

    #[test]
    fn stretching_relabels_closures_only() {
        let p: Parameters = defaults(NAME);
        let closed = |stretch| capacity(&p, 1.0, 0.5, 0.4, stretch, 1.0);
        let substantive = |stretch| closed(stretch) * substance(&p, 0.5, 0.4, 0.2, stretch);
        assert!(closed(1.6) > 1.5 * closed(1.0));
        assert!((substantive(1.6) - substantive(1.0)).abs() < 1e-15);
    }

    /// V6: backlog with and without abandonment.
    #[test]
    fn backlog_grows_by_what_capacity_leaves() {
        let (lambda, c, n) = (0.03, 0.02, 1000.0);
        let mut backlog = 0.0;
        for _ in 0..50 {
            let load = backlog + lambda * n;
            backlog = load * (1.0 - nominal_resolution(c, n, load));
        }
        assert!((backlog / n - 50.0 * (lambda - c)).abs() < 1e-9);
    }

    /// V6: with abandonment `d` and one open request per citizen,
    /// `B* = (1 - d)(lambda - C) / (d + (1 - d) lambda)`.
    #[test]
    fn backlog_settles_with_abandonment() {
        let (lambda, c, drop, n) = (0.03, 0.02, 0.25, 1000.0);
        let mut backlog = 0.0;
        for _ in 0..2000 {
            let load = backlog + (n - backlog) * lambda;
            backlog = load * (1.0 - nominal_resolution(c, n, load)) * (1.0 - drop);
        }
        let rest = (1.0 - drop) * (lambda - c) / (drop + (1.0 - drop) * lambda);
        assert!((backlog / n - rest).abs() < 1e-12);
    }

    /// `.02 x 1.5 x (1 + .6 x .5 x .4) x 1.3 x 2` a head of 150 citizens, against twice as many requests.
    #[test]
    fn a_hand_calculated_cell() {
        let world = &mut by_hand::world();
        by_hand::change_all(world, |p: &mut Parameters| p.capacity = 0.02);
        by_hand::change_all(world, |ties: &mut Ties| ties.activity[4] = 0.4);
        let effort = Effort {
            responding: 0.75,
            building: 0.5,
        };
        let participation = Participation {
            enterprises: 0.1,
            organisations: 0.3,
        };
        let before = Service {
            remembered: 0.4,
            load: 26.208,
            ..Service::default()
        };
        by_hand::set(world, 4, (effort, participation, before));
        by_hand::change(world, 4, |stocks: &mut Stocks| stocks.capacity = 0.5);
        by_hand::pull(world, Lever::AppraisalWeight, 4, 0.5);
        by_hand::pull(world, Lever::CapacityFactor, 4, 2.0);
        by_hand::run(world, 0, system);
        let Service {
            nominal,
            substance,
            remembered,
            ..
        } = by_hand::get(world, 4);
        near(nominal, 0.5);
        near(substance, 0.53282 / 1.3);
        near(remembered, 0.42);
        let terms: Conditions = by_hand::get(world, 4);
        assert_eq!((terms.closing, terms.abandonment), (0.5, 0.25));
        assert!((terms.substance - 0.409_861_5).abs() < 1e-6);
    }
}
