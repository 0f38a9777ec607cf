//! Step 8, service: what share of open requests is closed, and how many with substance.
//!
//! Capacity per head `C = C0 (w / w0) (1 + gamma Q s) stretch L_cap`, `s` = active among the
//! government's ties; `stretch = 1 + cc A`: where closure is what counts, closures are stretched.
//! Nominal resolution `rho = min(1, C n / Bbar)`; a closed request has substance with probability
//! `q = [1 - (1 - q0)(1 - Q (rs + (1 - rs) s))(1 - cq (xE + xS) / 2)] / stretch`: stretching
//! relabels closures and leaves `rho q` as it is. What is left open is abandoned with
//! probability `drop`. `Bbar` is expected rather than drawn, so that small cells are not biased.

use bevy_ecs::prelude::{Query, Res, Resource};
use serde::{Deserialize, Serialize};

use crate::model::{attention, demand};
use crate::world::community::{Cell, Service, Terms};
use crate::world::government::{Effort, Government, Participation, Stocks};
use crate::world::levers::{Lever, Levers};
use crate::world::network::Ties;
use crate::world::parameter::Limits::{NonNegative, Positive, Share};
use crate::world::parameter::Parameter;

/// Name of this step.
pub const NAME: &str = "service";

/// Numbers of this process.
#[derive(Resource, Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// `C0`, requests closed per head and month at resting effort.
    pub capacity: f64,
    /// `gamma`, gain of capacity from collaboration.
    pub collaboration_gain: f64,
    /// `cc`, stretching of closures under full appraisal.
    pub cosmetic_stretch: f64,
    /// `drop`, chance that an open request is abandoned.
    pub abandonment: f64,
    /// `q0`, substance without any capacity.
    pub plain_substance: f64,
    /// `rs`, part of capacity that works without sharing.
    pub solo_share: f64,
    /// `cq`, effect of co-production on substance.
    pub coproduction: f64,
}

/// The table `[service]` of a scenario file.
#[rustfmt::skip]
pub const TABLE: &[Parameter] = &[
    Parameter::assumed("capacity", "C0", 0.022, (0.01, 0.05), Positive, "requests per head and month", "requests that can be closed at resting effort without collaboration"),
    Parameter::assumed("collaboration_gain", "gamma", 0.6, (0.0, 1.5), NonNegative, "share", "gain of service capacity at full capacity and sharing"),
    Parameter::assumed("cosmetic_stretch", "cc", 0.6, (0.0, 1.0), NonNegative, "share", "how far full appraisal of closure stretches closures"),
    Parameter::assumed("abandonment", "drop", 0.25, (0.05, 0.5), Share, "probability per month", "chance that a request left open is given up"),
    Parameter::assumed("plain_substance", "q0", 0.3, (0.1, 0.5), Share, "probability", "chance of substance without any collaborative capacity"),
    Parameter::assumed("solo_share", "rs", 0.3, (0.1, 0.5), Share, "share of capacity", "part of collaborative capacity that works without sharing"),
    Parameter::assumed("coproduction", "cq", 0.3, (0.0, 0.6), Share, "share", "how far participation of enterprises and society adds substance"),
];

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

/// Settles how each cell serves this month.
pub fn system(
    parameters: Res<Parameters>,
    attention: Res<attention::Parameters>,
    demand: Res<demand::Parameters>,
    levers: Res<Levers>,
    ties: Res<Ties>,
    mut cells: Query<(
        (&Government, &Cell, &Effort, &Stocks, &Participation),
        (&mut Terms, &mut Service),
    )>,
) {
    let p = &*parameters;
    for ((government, cell, effort, stocks, participation), (mut terms, mut service)) in &mut cells
    {
        let s = ties.activity[government.index()];
        let stretch = 1.0 + p.cosmetic_stretch * levers.get(Lever::AppraisalWeight, government.id);
        let factor = levers.get(Lever::CapacityFactor, government.id);
        let relative = effort.responding / attention.resting_effort;
        let capacity = capacity(p, relative, stocks.capacity, s, stretch, factor);
        service.nominal = nominal_resolution(capacity, cell.citizens, service.load);
        service.substance = substance(p, stocks.capacity, s, participation.mean(), stretch);
        service.remembered =
            demand::remembered_after(service.remembered, service.nominal, demand.memory);
        terms.closing = service.nominal as f32;
        terms.substance = service.substance as f32;
        terms.abandonment = p.abandonment as f32;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::defaults;

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
}
