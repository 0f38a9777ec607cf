//! Demand: citizens without an open request may raise one.
//!
//! With probability `p = lam0 exp(eta (rhohat - 1/2)) (1 + nu u)(1 + hab H)(1 + (mer - 1) m)`, `u` =
//! 1 online; a citizen whose request was closed without substance last month raises with
//! `1 - (1 - p)(1 - rep)`. `rhohat` is the moving average of the cell's nominal resolution: what is
//! seen to be answered is asked for.
//!
//! People who were helped ask again (Sjoberg, Mellon and Peixoto 2017): `H` is the share of a cell's
//! citizens who remember having been helped, `H += x (1 - H) - forgetting H` with last month's
//! closures of substance per head `x`. Hotlines of departments that are merged into one number bring
//! their requests along: `m` is the share that `[history]` has merged (guidance of the State Council
//! of December 2020: all by the end of 2021), and `mer` the factor once all are.

use bevy_ecs::prelude::{IntoScheduleConfigs as _, Query, Res};
use bevy_ecs::query::QueryData;

use crate::model::Step;
use crate::world::clock::Clock;
use crate::world::community::{Cell, Conditions, Service, Tally};
use crate::world::government::Government;
use crate::world::history::History;
use crate::world::levers::{Lever, Levers};
use crate::world::parameter::Limits::{NonNegative, Share};
use crate::world::parameter::{ASSUMED, Provenance, parameters};

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

const HOTLINE: Provenance = Provenance::Fitted("Beijing hotline 12345, 2019 to 2020");

parameters! {
    /// Numbers of this process.

    base_rate {
        symbol: "lam0", default: 0.013, plausible: (0.01, 0.05), limits: Share,
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
    habit {
        symbol: "hab", default: 0.57, plausible: (0.0, 1.2), limits: NonNegative,
        unit: "share",
        meaning: "additional demand of citizens who were helped",
        source: Provenance::Literature("a first report that was dealt with makes a second 57 % more likely, Sjoberg, Mellon and Peixoto 2017"),
    }
    forgetting {
        default: 1.0 / 24.0, plausible: (1.0 / 60.0, 1.0 / 12.0), limits: Share,
        unit: "per month",
        meaning: "share of those helped who have forgotten it; two years",
        source: ASSUMED,
    }
    merged_lines {
        symbol: "mer", default: 1.5, plausible: (1.0, 2.0), limits: NonNegative,
        unit: "factor",
        meaning: "demand once the hotlines of all departments are merged, relative to before; when, the history of the scenario says",
        source: HOTLINE,
    }
    memory {
        default: 0.2, plausible: (0.1, 0.5), limits: Share,
        unit: "per month",
        meaning: "weight of this month's resolution in what citizens remember",
        source: ASSUMED,
    }
}

/// What a cell's citizens go by when they think of asking.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Occasion {
    /// Nominal resolution that they remember.
    pub remembered: f64,
    /// Share of them who remember having been helped.
    pub helped: f64,
    /// Share of hotlines that have been merged.
    pub merged: f64,
}

/// Probability that a citizen raises a request: offline, online.
pub fn raise_probability(p: &Parameters, occasion: &Occasion) -> [f64; 2] {
    let draw = libm::exp(p.resolution_response * (occasion.remembered - 0.5));
    let habit = 1.0 + p.habit * occasion.helped;
    let merged = 1.0 + (p.merged_lines - 1.0) * occasion.merged;
    [1.0, 1.0 + p.online_effect]
        .map(|channel| (p.base_rate * draw * channel * habit * merged).min(1.0))
}

/// Share of citizens who remember having been helped, after a month that helped `now` of them.
pub fn helped_after(helped: f64, now: f64, forgetting: f64) -> f64 {
    (helped + now * (1.0 - helped) - forgetting * helped).clamp(0.0, 1.0)
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
    cell: &'static Cell,
    tally: &'static Tally,
    terms: &'static mut Conditions,
    service: &'static mut Service,
}

/// Tells citizens how likely they are to raise a request, and service how many to expect.
pub fn system(
    clock: Res<Clock>,
    parameters: Res<Parameters>,
    history: Res<History>,
    levers: Res<Levers>,
    mut cells: Query<Asking>,
) {
    let merged = history.merged_in(clock.month);
    for mut cell in &mut cells {
        let repeat = levers.get(Lever::RepeatRate, cell.government.id);
        let now = cell.tally.substantive as f64 / cell.cell.citizens;
        cell.service.helped = helped_after(cell.service.helped, now, parameters.forgetting);
        let occasion = Occasion {
            remembered: cell.service.remembered,
            helped: cell.service.helped,
            merged,
        };
        let raise = raise_probability(&parameters, &occasion);
        let again = raise.map(|p| raise_again_probability(p, repeat));
        cell.terms.raise = raise.map(|p| p as f32);
        cell.terms.raise_again = again.map(|p| p as f32);
        cell.service.load = expected_load(cell.tally, raise, again);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::by_hand;
    use crate::model::defaults;
    use crate::world::by_hand::near;
    use crate::world::history::Ramp;

    #[test]
    fn demand_rises_with_resolution_and_online() {
        let p: Parameters = defaults(NAME);
        let half = Occasion {
            remembered: 0.5,
            helped: 0.0,
            merged: 0.0,
        };
        let seen = Occasion {
            remembered: 0.7,
            ..half
        };
        let [offline, online] = raise_probability(&p, &half);
        assert_eq!(offline, p.base_rate);
        assert!(raise_probability(&p, &seen)[0] > offline);
        assert!((online - (1.0 + p.online_effect) * p.base_rate).abs() < 1e-15);
        assert!((raise_again_probability(0.0, 0.25) - 0.25).abs() < 1e-15);
        assert!((raise_again_probability(0.3, 0.0) - 0.3).abs() < 1e-15);
    }

    /// Where all were helped and all lines are merged, demand is so many times as high; without
    /// either mechanism it does not move.
    #[test]
    fn habit_and_merged_lines_multiply_demand() {
        let p = Parameters {
            habit: 0.5,
            merged_lines: 1.4,
            ..defaults(NAME)
        };
        let [none, all] = [0.0, 1.0].map(|share| Occasion {
            remembered: 0.5,
            helped: share,
            merged: share,
        });
        assert_eq!(raise_probability(&p, &none)[0], p.base_rate);
        let most = 1.5 * 1.4 * p.base_rate;
        assert!((raise_probability(&p, &all)[0] - most).abs() < 1e-15);
        let off = Parameters {
            habit: 0.0,
            merged_lines: 1.0,
            ..p
        };
        assert_eq!(raise_probability(&off, &all)[0], p.base_rate);
    }

    /// `H* = x / (x + forgetting)`; without forgetting all remember in the end.
    #[test]
    fn those_who_were_helped_settle_where_help_meets_forgetting() {
        let settled = |x, forgetting| (0..20_000).fold(0.3, |h, _| helped_after(h, x, forgetting));
        assert!((settled(0.01, 0.04) - 0.2).abs() < 1e-12);
        assert!((settled(0.01, 0.0) - 1.0).abs() < 1e-12);
        assert!(settled(0.0, 0.04) < 1e-12);
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

    /// `.01 exp(1.5 x .2) (1 + .5 x .4) (1 + .4 x .5)`, and half as much again online.
    #[test]
    fn a_hand_calculated_probability_of_asking() {
        let p = Parameters {
            base_rate: 0.01,
            resolution_response: 1.5,
            online_effect: 0.5,
            habit: 0.5,
            merged_lines: 1.4,
            ..defaults(NAME)
        };
        let occasion = Occasion {
            remembered: 0.7,
            helped: 0.4,
            merged: 0.5,
        };
        let [offline, online] = raise_probability(&p, &occasion);
        near(offline, 0.019_437_966_829_094_45);
        near(online, 0.029_156_950_243_641_67);
        near(raise_again_probability(0.2, 0.25), 0.4);
        near(remembered_after(0.5, 0.7, 0.2), 0.54);
        near(helped_after(0.1, 0.02, 0.05), 0.1 + 0.018 - 0.005);
        let often = Parameters {
            base_rate: 0.9,
            ..p
        };
        assert_eq!(raise_probability(&often, &occasion), [1.0, 1.0]);
    }

    /// Of 150 citizens 3 were helped, 5 wait, 145 are free and 15 of these were put off.
    #[test]
    fn a_hand_calculated_month_of_asking() {
        let world = &mut by_hand::world();
        by_hand::change_all(world, |p: &mut Parameters| {
            (p.base_rate, p.habit, p.merged_lines) = (0.02, 0.5, 1.5);
        });
        let tally = Tally {
            substantive: 3,
            pending: 5,
            free: [100, 45],
            put_off: [10, 5],
            ..Tally::default()
        };
        let service = Service {
            remembered: 0.5,
            helped: 0.1,
            ..Service::default()
        };
        by_hand::set(world, 4, (tally, service));
        by_hand::pull(world, Lever::RepeatRate, 4, 0.5);
        by_hand::run(world, 0, system);
        let (terms, service) = (
            by_hand::get::<Conditions>(world, 4),
            by_hand::get::<Service>(world, 4),
        );
        near(service.helped, 0.1 + 0.02 * 0.9 - 0.1 / 24.0);
        near(service.load, 15.855_710_416_666_668);
        let right = [0.021_138_3, 0.031_707_5, 0.510_569_2, 0.515_853_8];
        let found = [terms.raise, terms.raise_again].concat();
        for (found, right) in found.into_iter().zip(right) {
            assert!((found - right).abs() < 1e-6, "{found} for {right}");
        }
    }

    /// Once all lines are merged, one and a half times as many ask.
    #[test]
    fn merged_lines_bring_their_requests_along() {
        let world = &mut by_hand::world();
        by_hand::change_all(world, |p: &mut Parameters| p.merged_lines = 1.5);
        let fresh: Service = by_hand::get(world, 4);
        by_hand::run(world, 1, system);
        let before: Conditions = by_hand::get(world, 4);
        let all = Some(Ramp { from: 0, months: 1 });
        by_hand::change_all(world, |history: &mut History| history.consolidation = all);
        by_hand::set(world, 4, fresh);
        by_hand::run(world, 1, system);
        let again = by_hand::get::<Conditions>(world, 4);
        assert!((again.raise[0] / before.raise[0] - 1.5).abs() < 1e-5);
    }
}
