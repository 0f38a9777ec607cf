//! Opening: a government with a platform opens its data, and fear closes it.
//!
//! Where the platform is adopted `o += ao (Q min(1, 1/2 + M/2 + xE/2) (1 - min(phi, 1)) - o)`;
//! everywhere `o -= fear_closing phi o`. A platform by decree opens as far as it is in force,
//! the province's platform at `diffusion.served` for governments that never launch their own.

use bevy_ecs::prelude::{IntoScheduleConfigs as _, Query, Res};
use bevy_ecs::query::QueryData;

use crate::model::{Step, diffusion};
use crate::world::government::{Adoption, Exposure, Government, Openness, Participation, Stocks};
use crate::world::levers::{Lever, Levers};
use crate::world::parameter::Limits::Share;
use crate::world::parameter::{ASSUMED, parameters};

/// Name of this step.
pub const NAME: &str = "opening";

/// What the month and the scenario know of it.
pub const STEP: Step = Step {
    name: NAME,
    does: "Governments with a platform open data to the public; fear closes it.",
    parameters: TABLE,
    insert: |world, values| world.insert_resource(values.group::<Parameters>(NAME)),
    system: || system.into_configs(),
    source: include_str!("opening.rs"),
};

parameters! {
    /// Numbers of this process.

    rate {
        symbol: "ao", default: 0.06, plausible: (0.02, 0.15), limits: Share,
        unit: "per month",
        meaning: "speed at which a government with a platform opens its data",
        source: ASSUMED,
    }
    fear_closing {
        default: 0.02, plausible: (0.0, 0.05), limits: Share,
        unit: "per month and fear",
        meaning: "share of open data that is closed again for fear of blame",
        source: ASSUMED,
    }
}

/// Openness towards which a government moves.
pub fn aim(capacity: f64, mandate: f64, enterprises: f64, fear: f64) -> f64 {
    let demand = (0.5 + 0.5 * mandate + 0.5 * enterprises).min(1.0);
    capacity * demand * (1.0 - fear.min(1.0))
}

/// Openness after a month; `platform` is 1 where adopted, else the strength of a decree.
pub fn openness_after(o: f64, platform: f64, rate: f64, aim: f64, closing: f64) -> f64 {
    (o + platform * rate.min(1.0) * (aim - o) - closing * o).clamp(0.0, 1.0)
}

/// A government that opens its data or closes it.
#[derive(QueryData)]
#[query_data(mutable)]
pub struct Opener {
    government: &'static Government,
    adoption: &'static Adoption,
    stocks: &'static Stocks,
    participation: &'static Participation,
    exposure: &'static Exposure,
    openness: &'static mut Openness,
}

/// Opens and closes data.
pub fn system(
    parameters: Res<Parameters>,
    diffusion: Res<diffusion::Parameters>,
    levers: Res<Levers>,
    mut governments: Query<Opener>,
) {
    for mut who in &mut governments {
        let lever = |lever| levers.get(lever, who.government.id);
        let decree = lever(Lever::PlatformAdopted).min(1.0);
        let provided = diffusion::provided(&diffusion, who.adoption, decree);
        let platform = if who.adoption.platform { 1.0 } else { provided };
        let aim = aim(
            who.stocks.capacity,
            lever(Lever::Mandate),
            who.participation.enterprises,
            who.exposure.fear,
        );
        let closing = parameters.fear_closing * who.exposure.fear;
        let rate = lever(Lever::OpeningRate);
        who.openness.0 = openness_after(who.openness.0, platform, rate, aim, closing);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::by_hand;
    use crate::world::by_hand::near;

    #[test]
    fn openness_settles_on_its_aim_without_fear_and_falls_with_it() {
        let aim = aim(0.6, 1.0, 0.0, 0.0);
        assert_eq!(aim, 0.6);
        let settled = (0..500).fold(0.0, |o, _| openness_after(o, 1.0, 0.06, aim, 0.0));
        assert!((settled - 0.6).abs() < 1e-9);
        assert!(openness_after(0.6, 0.0, 0.06, aim, 0.02) < 0.6);
        assert_eq!(openness_after(0.6, 0.0, 0.06, aim, 0.0), 0.6);
    }

    #[test]
    fn a_hand_calculated_opening() {
        // .6 x (.5 + .2 + .1) x .75; no demand is above 1, no fear above 1
        near(aim(0.6, 0.4, 0.2, 0.25), 0.36);
        near(aim(0.6, 1.0, 1.0, 0.25), 0.45);
        near(aim(0.6, 0.4, 0.2, 1.5), 0.0);
        near(openness_after(0.5, 0.5, 0.2, 0.8, 0.1), 0.5 + 0.03 - 0.05);
        near(openness_after(0.5, 1.0, 3.0, 0.8, 0.0), 0.8);
    }

    /// By a decree at half strength, under a fear of .5 that closes .02 x .5 of what is open.
    #[test]
    fn a_hand_calculated_month_of_opening() {
        let world = &mut by_hand::world();
        let participation = Participation {
            enterprises: 0.2,
            organisations: 0.0,
        };
        let exposure = Exposure {
            fear: 0.5,
            ..Exposure::default()
        };
        let has = |platform| Adoption {
            platform,
            ..Adoption::default()
        };
        let before = (participation, exposure, Openness(0.2));
        by_hand::set(world, 4, (before, has(false)));
        by_hand::set(world, 5, (before, has(true)));
        for id in [4, 5] {
            by_hand::change(world, id, |stocks: &mut Stocks| stocks.capacity = 0.6);
            by_hand::pull(world, Lever::Mandate, id, 0.4);
            by_hand::pull(world, Lever::OpeningRate, id, 0.1);
            by_hand::pull(world, Lever::PlatformAdopted, id, 0.5);
        }
        by_hand::run(world, 0, system);
        let mut open = |id| by_hand::get::<Openness>(world, id).0;
        // the aim is .6 x .8 x .5 = .24
        near(open(4), 0.2 + 0.05 * 0.04 - 0.01 * 0.2);
        near(open(5), 0.2 + 0.1 * 0.04 - 0.01 * 0.2);
    }
}
