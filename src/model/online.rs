//! Online: literate citizens go online, drawn by others and by a platform they trust.
//!
//! An offline citizen whose literacy is at least `excluded` goes online with probability
//! `(pu + qu ubar) min(2 D, 1.5) 1.2 T pulse`, `ubar` = share of the cell online: Bass (1969),
//! scaled by platform and trust. `pulse` is an input of the scenario (the first half of 2020).

use bevy_ecs::prelude::{IntoScheduleConfigs as _, Query, Res};
use bevy_ecs::query::QueryData;

use crate::model::Step;
use crate::world::clock::Clock;
use crate::world::community::{Cell, Conditions, Tally};
use crate::world::government::{Government, Stocks};
use crate::world::history::History;
use crate::world::levers::{Lever, Levers};
use crate::world::parameter::Limits::{NonNegative, Share};
use crate::world::parameter::{ASSUMED, parameters};

/// Name of this step.
pub const NAME: &str = "online";

/// What the month and the scenario know of it.
pub const STEP: Step = Step {
    name: NAME,
    does: "Each cell's platform and online share tell how strongly citizens are drawn online.",
    parameters: TABLE,
    insert: |world, values| world.insert_resource(values.group::<Parameters>(NAME)),
    system: || system.into_configs(),
    source: include_str!("online.rs"),
};

parameters! {
    /// Numbers of this process.

    innovation {
        symbol: "pu", default: 0.004, plausible: (0.001, 0.01), limits: NonNegative,
        unit: "per month",
        meaning: "citizens who go online of their own accord",
        source: ASSUMED,
    }
    imitation {
        symbol: "qu", default: 0.09, plausible: (0.03, 0.15), limits: NonNegative,
        unit: "per month",
        meaning: "pull of citizens who are online",
        source: ASSUMED,
    }
    excluded {
        default: 0.30, plausible: (0.1, 0.5), limits: Share,
        unit: "share of citizens",
        meaning: "citizens whose digital literacy is too low to go online",
        source: ASSUMED,
    }
}

/// Most that a platform multiplies going online by.
const PLATFORM_CAP: f64 = 1.5;
/// Factor of trust.
const TRUST_FACTOR: f64 = 1.2;
/// Steps of the literacy column in 1.
pub const LITERACY_ONE: f64 = 65_536.0;

/// Probability to go online for a citizen of full trust, before the cap at 1.
pub fn pull(p: &Parameters, imitation: f64, online_share: f64, platform: f64, pulse: f64) -> f64 {
    let bass = p.innovation + imitation * online_share;
    bass * (2.0 * platform).min(PLATFORM_CAP) * TRUST_FACTOR * pulse
}

/// Whether a citizen goes online, with literacy on the scale of its column and luck `u`.
#[inline(always)]
pub fn goes_online(pull: f32, trust: f32, literacy: u32, excluded: u32, u: f32) -> bool {
    (u < pull * trust) & (literacy >= excluded)
}

/// A cell whose citizens may go online.
#[derive(QueryData)]
#[query_data(mutable)]
pub struct Drawn {
    government: &'static Government,
    cell: &'static Cell,
    stocks: &'static Stocks,
    tally: &'static Tally,
    terms: &'static mut Conditions,
}

/// Tells citizens how strongly they are drawn online.
pub fn system(
    clock: Res<Clock>,
    parameters: Res<Parameters>,
    history: Res<History>,
    levers: Res<Levers>,
    mut cells: Query<Drawn>,
) {
    let pulse = history.pulse_in(clock.month);
    for mut who in &mut cells {
        let share = who.tally.online as f64 / who.cell.citizens;
        let imitation = levers.get(Lever::OnlineImitation, who.government.id);
        let excluded = levers.get(Lever::Excluded, who.government.id);
        let platform = who.stocks.platform;
        who.terms.online = pull(&parameters, imitation, share, platform, pulse) as f32;
        who.terms.excluded = (excluded * LITERACY_ONE).round() as u32;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::by_hand;
    use crate::model::defaults;
    use crate::world::by_hand::near;
    use crate::world::history::Pulse;

    /// V4: with a constant multiplier the mean follows Bass' closed form for small steps.
    #[test]
    fn adoption_follows_bass() {
        let fine = 100.0;
        let whole: Parameters = defaults(NAME);
        let p = Parameters {
            innovation: whole.innovation / fine,
            ..whole
        };
        // platform .5 and trust 1 / 1.2 make the multiplier 1
        let (mut u, trust) = (0.0, 1.0 / TRUST_FACTOR);
        for step in 1..=(150 * fine as u32) {
            u += (1.0 - u) * pull(&p, whole.imitation / fine, u, 0.5, 1.0) * trust;
            let t = f64::from(step) / fine;
            let (a, b) = (whole.innovation, whole.imitation);
            let decay = libm::exp(-(a + b) * t);
            let bass = (1.0 - decay) / (1.0 + b / a * decay);
            assert!((u - bass).abs() < 1e-3, "month {t}: {u} against {bass}");
        }
        assert!(u > 0.9);
    }

    #[test]
    fn the_excluded_stay_offline() {
        assert!(!goes_online(1.0, 1.0, 100, 101, 0.0));
        assert!(goes_online(1.0, 1.0, 101, 101, 0.0));
        assert!(!goes_online(0.5, 0.5, 65_535, 0, 0.25));
    }

    /// `(.004 + .1 x .2) x 2 x .4 x 1.2 x 3`; a platform above .75 draws no more than one at .75.
    #[test]
    fn a_hand_calculated_pull() {
        let p = Parameters {
            innovation: 0.004,
            ..defaults(NAME)
        };
        near(pull(&p, 0.1, 0.2, 0.4, 3.0), 0.024 * 0.8 * 1.2 * 3.0);
        near(pull(&p, 0.1, 0.2, 0.9, 3.0), 0.024 * 1.5 * 1.2 * 3.0);
    }

    #[test]
    fn a_cell_draws_by_its_own_share_platform_and_levers() {
        let world = &mut by_hand::world();
        by_hand::change(world, 4, |tally: &mut Tally| tally.online = 30);
        by_hand::change(world, 4, |stocks: &mut Stocks| stocks.platform = 0.4);
        by_hand::pull(world, Lever::OnlineImitation, 4, 0.1);
        by_hand::pull(world, Lever::Excluded, 4, 0.25);
        let pulse = Pulse {
            first: 2,
            last: 3,
            factor: 3.0,
        };
        by_hand::change_all(world, |history: &mut History| {
            history.online_pulse = Some(pulse);
        });
        for (month, factor) in [(1, 1.0), (2, 3.0), (4, 1.0)] {
            by_hand::run(world, month, system);
            let terms: Conditions = by_hand::get(world, 4);
            let right = 0.024 * 0.8 * 1.2 * factor;
            assert!((terms.online - right).abs() < 1e-7, "{}", terms.online);
            assert_eq!(terms.excluded, 16_384);
        }
    }
}
