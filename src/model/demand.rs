//! Demand: citizens without an open request may raise one.
//!
//! With probability `p = lam0 exp(eta (rhohat - 1/2)) (1 + nu u)`, `u` = 1 online; a citizen whose
//! request was closed without substance last month raises with `1 - (1 - p)(1 - rep)`. `rhohat` is
//! the moving average of the cell's nominal resolution: what is seen to be answered is asked for.

use bevy_ecs::prelude::{IntoScheduleConfigs as _, Query, Res};
use bevy_ecs::query::QueryData;

use crate::model::Step;
use crate::world::community::{Service, Tally, Terms};
use crate::world::government::Government;
use crate::world::levers::{Lever, Levers};
use crate::world::parameter::Limits::{NonNegative, Share};
use crate::world::parameter::{ASSUMED, Source, parameters};

/// Name of this step.
pub const NAME: &str = "demand";

/// What the month and the scenario know of it.
pub const STEP: Step = Step {
    name: NAME,
    does: "Each cell's citizens learn how likely they are to raise a request.",
    parameters: TABLE,
    insert: |world, values| world.insert_resource(values.group::<Parameters>(NAME)),
    system: || system.into_configs(),
    source: include_str!("demand.rs"),
};

const HOTLINE: Source = Source::Fitted("Beijing hotline 12345, 2019 to 2020");

parameters! {
    /// Numbers of this process.

    base_rate {
        symbol: "lam0", default: 0.020, plausible: (0.01, 0.05), limits: Share,
        unit: "requests per head and month",
        meaning: "demand of citizens offline where half of the requests are resolved",
        source: HOTLINE,
    }
    resolution_response {
        symbol: "eta", default: 1.5, plausible: (0.5, 3.0), limits: NonNegative,
        unit: "per share",
        meaning: "how strongly visible resolution draws demand",
        source: HOTLINE,
    }
    online_effect {
        symbol: "nu", default: 0.5, plausible: (0.0, 1.0), limits: NonNegative,
        unit: "share",
        meaning: "additional demand of citizens online",
        source: ASSUMED,
    }
    repeat_rate {
        symbol: "rep", default: 0.25, plausible: (0.1, 0.35), limits: Share,
        unit: "probability",
        meaning: "chance that a request closed without substance is raised again next month",
        source: ASSUMED,
    }
    memory {
        default: 0.2, plausible: (0.1, 0.5), limits: Share,
        unit: "per month",
        meaning: "weight of this month's resolution in what citizens remember",
        source: ASSUMED,
    }
}

/// Probability that a citizen raises a request.
pub fn raise_probability(p: &Parameters, remembered: f64, online: bool) -> f64 {
    let draw = libm::exp(p.resolution_response * (remembered - 0.5));
    (p.base_rate * draw * (1.0 + p.online_effect * f64::from(online))).min(1.0)
}

/// The same for a citizen who was put off last month.
pub fn raise_again_probability(raise: f64, repeat: f64) -> f64 {
    1.0 - (1.0 - raise) * (1.0 - repeat)
}

/// Resolution that citizens remember after a month with resolution `now`.
pub fn remembered_after(remembered: f64, now: f64, memory: f64) -> f64 {
    remembered + memory * (now - remembered)
}

/// Requests expected to be open: carried over, and raised by those who have none.
pub fn expected_load(tally: &Tally, raise: [f64; 2], again: [f64; 2]) -> f64 {
    let side = |online: usize| {
        let put_off = tally.put_off[online] as f64;
        (tally.free[online] as f64 - put_off) * raise[online] + put_off * again[online]
    };
    tally.pending as f64 + side(0) + side(1)
}

/// A cell whose citizens may ask.
#[derive(QueryData)]
#[query_data(mutable)]
pub struct Asking {
    government: &'static Government,
    tally: &'static Tally,
    terms: &'static mut Terms,
    service: &'static mut Service,
}

/// Tells citizens how likely they are to raise a request, and service how many to expect.
pub fn system(parameters: Res<Parameters>, levers: Res<Levers>, mut cells: Query<Asking>) {
    for mut cell in &mut cells {
        let repeat = levers.get(Lever::RepeatRate, cell.government.id);
        let remembered = cell.service.remembered;
        let raise = [false, true].map(|online| raise_probability(&parameters, remembered, online));
        let again = raise.map(|p| raise_again_probability(p, repeat));
        cell.terms.raise = raise.map(|p| p as f32);
        cell.terms.raise_again = again.map(|p| p as f32);
        cell.service.load = expected_load(cell.tally, raise, again);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::defaults;

    #[test]
    fn demand_rises_with_resolution_and_online() {
        let p: Parameters = defaults(NAME);
        assert_eq!(raise_probability(&p, 0.5, false), p.base_rate);
        assert!(raise_probability(&p, 0.7, false) > raise_probability(&p, 0.5, false));
        assert!((raise_probability(&p, 0.5, true) - 1.5 * p.base_rate).abs() < 1e-15);
        assert!((raise_again_probability(0.0, 0.25) - 0.25).abs() < 1e-15);
        assert!((raise_again_probability(0.3, 0.0) - 0.3).abs() < 1e-15);
    }

    #[test]
    fn the_load_counts_everyone_once() {
        let tally = Tally {
            pending: 5,
            free: [60, 40],
            put_off: [10, 0],
            ..Tally::default()
        };
        let load = expected_load(&tally, [0.1, 0.2], [0.5, 0.6]);
        assert!((load - (5.0 + 5.0 + 5.0 + 8.0)).abs() < 1e-12);
    }
}
