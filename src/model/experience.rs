//! Experience: what citizens perceive becomes satisfaction, expectation and trust.
//!
//! Perceived performance is the cell's `P = rho q`, or, after an own request was closed or given
//! up this month, `(1 - wo) P + wo [1 if it had substance]`. Satisfaction
//! `S = clip(s0 + bP (p - .3) + bD (p - E), 0, 1)`; with `ref = p + zeta (rho - P)` (closing
//! letters raise what people expect) `E += (ref > E ? aup : adn)(ref - E)` (with
//! `updating = "symmetric"` at the mean of both speeds); `T += aT (S_T - T)`,
//! less `chi` after an incident.
//!
//! Trust follows satisfaction, and a part of it only what service has earned:
//! `S_T = (1 - wT) S + wT S_p`, where `S_p` is the satisfaction of someone who expected no more than
//! the reference performance, `clip(s0 + (bP + bD)(p - .3), 0, 1)`. With `wT` = 0 lowered hopes raise
//! trust as much as better service does; with `wT` = 1 only better service does.
//!
//! Sources: expectation disconfirmation, Oliver (1980), Van Ryzin (2004); trust by satisfaction, Van
//! Ryzin (2007), and by performance itself, Mishler and Rose (2001), Yang and Holzer (2006).

use bevy_ecs::prelude::{IntoScheduleConfigs as _, Query, Res};

use crate::model::Step;
use crate::world::alternative::alternative;
use crate::world::community::{Conditions, Service};
use crate::world::government::Government;
use crate::world::levers::{Lever, Levers};
use crate::world::parameter::Limits::{NonNegative, Share};
use crate::world::parameter::{ASSUMED, Provenance, parameters};

/// Name of this step.
pub const NAME: &str = "experience";

/// What the month and the scenario know of it.
pub const STEP: Step = Step {
    name: NAME,
    does: "Each cell's performance and promises are told to its citizens.",
    parameters: TABLE,
    insert: |world, values| world.insert_resource(values.group::<Parameters>(NAME)),
    system: || system.into_configs(),
    source: include_str!("experience.rs"),
};

const DISCONFIRMATION: Provenance =
    Provenance::Literature("expectation disconfirmation, Oliver 1980, Van Ryzin 2004");

parameters! {
    /// Numbers of this process.

    base_satisfaction {
        symbol: "s0", default: 0.6, plausible: (0.4, 0.8), limits: Share,
        unit: "satisfaction, 0 to 1",
        meaning: "satisfaction where performance is 0.3 and as expected",
        source: ASSUMED,
    }
    performance_effect {
        symbol: "bP", default: 0.4, plausible: (0.2, 0.7), limits: NonNegative,
        unit: "satisfaction per performance",
        meaning: "effect of perceived performance",
        source: ASSUMED,
    }
    disconfirmation_effect {
        symbol: "bD", default: 0.6, plausible: (0.3, 0.9), limits: NonNegative,
        unit: "satisfaction per performance",
        meaning: "effect of performance beyond expectation",
        source: DISCONFIRMATION,
    }
    spillover {
        symbol: "zeta", default: 0.5, plausible: (0.0, 1.0), limits: NonNegative,
        unit: "weight",
        meaning: "how far closures without substance raise what people expect",
        source: ASSUMED,
    }
    expectation_rise {
        symbol: "aup", default: 0.15, plausible: (0.05, 0.3), limits: Share,
        unit: "per month",
        meaning: "speed at which expectation rises",
        source: DISCONFIRMATION,
    }
    expectation_fall {
        symbol: "adn", default: 0.05, plausible: (0.02, 0.3), limits: Share,
        unit: "per month",
        meaning: "speed at which expectation falls",
        source: DISCONFIRMATION,
    }
    trust_rate {
        symbol: "aT", default: 0.1, plausible: (0.05, 0.2), limits: Share,
        unit: "per month",
        meaning: "speed at which trust follows satisfaction",
        source: Provenance::Literature("trust follows satisfaction, Van Ryzin 2004"),
    }
    trust_from_service {
        symbol: "wT", default: 0.5, plausible: (0.0, 1.0), limits: Share,
        unit: "weight",
        meaning: "part of trust that follows service itself, whatever was expected",
        source: TRUST,
    }
    own_weight {
        symbol: "wo", default: 0.5, plausible: (0.0, 1.0), limits: Share,
        unit: "weight",
        meaning: "weight of the own case against the cell's performance",
        source: ASSUMED,
    }
    report_inflation {
        symbol: "iota", default: 0.7, plausible: (0.0, 0.9), limits: Share,
        unit: "share of dissatisfaction",
        meaning: "dissatisfaction that a call-back survey does not show under full appraisal",
        source: ASSUMED,
    }
}

const TRUST: Provenance = Provenance::Assumption(
    "half each: trust follows satisfaction (Van Ryzin 2007) and performance itself (Mishler and Rose 2001, Yang and Holzer 2006)",
);

/// Performance at which `s0` is the satisfaction.
pub const REFERENCE_PERFORMANCE: f64 = 0.3;

alternative! {
    /// How expectation follows what citizens meet.
    Updating in "experience.updating", "how expectation follows what citizens meet";
    Asymmetric = "asymmetric", "it rises and falls at speeds of their own";
    Symmetric = "symmetric", "it rises and falls at the mean of both speeds";
}

/// The numbers of this process as the columns of citizens use them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights {
    base: f32,
    performance: f32,
    disconfirmation: f32,
    rise: f32,
    fall: f32,
    trust: f32,
    earned: f32,
    own: f32,
}

impl Weights {
    /// The same with expectation that follows by `updating`.
    pub fn updating(self, updating: Updating) -> Self {
        let mean = 0.5 * (self.rise + self.fall);
        match updating {
            Updating::Asymmetric => self,
            Updating::Symmetric => Self {
                rise: mean,
                fall: mean,
                ..self
            },
        }
    }

    /// `wo`, weight of the own case.
    pub fn own_weight(&self) -> f32 {
        self.own
    }
}

impl From<&Parameters> for Weights {
    fn from(p: &Parameters) -> Self {
        Self {
            base: (p.base_satisfaction - p.performance_effect * REFERENCE_PERFORMANCE) as f32,
            performance: p.performance_effect as f32,
            disconfirmation: p.disconfirmation_effect as f32,
            rise: p.expectation_rise as f32,
            fall: p.expectation_fall as f32,
            trust: p.trust_rate as f32,
            earned: p.trust_from_service as f32,
            own: p.own_weight as f32,
        }
    }
}

/// Performance that a citizen perceives; `own` is the outcome of the own case, if there was one.
#[inline(always)]
pub fn perceived(w: &Weights, performance: f32, settled: bool, substantive: bool) -> f32 {
    let own = f32::from(u8::from(substantive));
    let weight = if settled { w.own } else { 0.0 };
    performance + weight * (own - performance)
}

/// What a citizen makes of the performance of the cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Impression {
    /// Performance as perceived.
    pub performance: f32,
    /// What is earned by it.
    pub earned: f32,
}

/// The three impressions that citizens of a cell can have in a month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Impressions {
    /// Of those who had no request, or whose request is not settled.
    pub unsettled: Impression,
    /// Of those whose request was settled without substance.
    pub without: Impression,
    /// Of those whose request was settled with substance.
    pub substantive: Impression,
}

impl Impressions {
    /// Those of a cell that performs at `performance`.
    pub fn of(w: &Weights, performance: f32) -> Self {
        let impression = |settled, substantive| {
            let performance = perceived(w, performance, settled, substantive);
            Impression {
                performance,
                earned: earned(w, performance),
            }
        };
        Self {
            unsettled: impression(false, false),
            without: impression(true, false),
            substantive: impression(true, true),
        }
    }

    /// That of a citizen whose request ended so.
    #[inline(always)]
    pub fn after(&self, settled: bool, substantive: bool) -> Impression {
        let chosen = |[unsettled, without, substance]: [f32; 3]| {
            let settled_so = if substantive { substance } else { without };
            if settled { settled_so } else { unsettled }
        };
        let all = [self.unsettled, self.without, self.substantive];
        Impression {
            performance: chosen(all.map(|of| of.performance)),
            earned: chosen(all.map(|of| of.earned)),
        }
    }
}

/// Satisfaction with performance `p` where `expectation` was expected.
#[inline(always)]
pub fn satisfaction(w: &Weights, p: f32, expectation: f32) -> f32 {
    let s = w.base + w.performance * p + w.disconfirmation * (p - expectation);
    s.clamp(0.0, 1.0)
}

/// Expectation after a month with reference `reference`.
#[inline(always)]
pub fn expectation_after(w: &Weights, expectation: f32, reference: f32) -> f32 {
    let change = reference - expectation;
    let rate = if change > 0.0 { w.rise } else { w.fall };
    (expectation + rate * change).clamp(0.0, 1.0)
}

/// What performance `p` alone would make of satisfaction.
#[inline(always)]
pub fn earned(w: &Weights, p: f32) -> f32 {
    satisfaction(w, p, REFERENCE_PERFORMANCE as f32)
}

/// What trust follows: satisfaction, and as far as it must be earned, what is `earned` by performance.
#[inline(always)]
pub fn merit(w: &Weights, earned: f32, satisfied: f32) -> f32 {
    satisfied + w.earned * (earned - satisfied)
}

/// Trust after a month in which it follows `merit`, and a loss by incident.
#[inline(always)]
pub fn trust_after(w: &Weights, trust: f32, merit: f32, loss: f32) -> f32 {
    (trust + w.trust * (merit - trust) - loss).clamp(0.0, 1.0)
}

/// What a call-back survey would publish where closure has appraisal weight `a`.
pub fn reported_satisfaction(p: &Parameters, satisfaction: f64, a: f64) -> f64 {
    satisfaction + p.report_inflation * a * (1.0 - satisfaction)
}

/// Tells citizens how their cell performs and what its closing letters promise.
pub fn system(levers: Res<Levers>, mut cells: Query<(&Government, &Service, &mut Conditions)>) {
    for (government, service, mut terms) in &mut cells {
        let performance = service.nominal * service.substance;
        let spillover = levers.get(Lever::Spillover, government.id);
        terms.performance = performance as f32;
        terms.spillover = (spillover * (service.nominal - performance)) as f32;
    }
}

#[cfg(test)]
mod tests;
