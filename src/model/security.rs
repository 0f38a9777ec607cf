//! Security: what is shared and opened can leak; leaks teach fear and cost trust.
//!
//! Incident hazard `h0 (.1 + .5 s + .4 o) / (1 + z)`: Gordon and Loeb's (2002) first class of
//! breach functions. Fear fades by `dphi`; an incident then adds `phi0` to the own, and
//! `phi0 / 2` times the share of the province that was hit to every other government of it.
//! An incident at a frontline government costs its citizens `chi` of trust.

use bevy_ecs::prelude::{IntoScheduleConfigs as _, Query, Res, ResMut};
use bevy_ecs::query::QueryData;

use crate::chance::draws::security::{INCIDENT, WAVE};
use crate::model::Step;
use crate::numeric::Fraction;
use crate::world::clock::Clock;
use crate::world::community::Conditions;
use crate::world::country::Setting;
use crate::world::government::{Exposure, Government, Openness};
use crate::world::history::History;
use crate::world::levers::{Lever, Levers};
use crate::world::luck::Luck;
use crate::world::network::Ties;
use crate::world::parameter::Limits::{Any, NonNegative, Share};
use crate::world::parameter::{ASSUMED, Provenance, parameters};

/// Name of this step.
pub const NAME: &str = "security";

/// What the month and the scenario know of it.
pub const STEP: Step = Step {
    name: NAME,
    does: "What is shared and opened may leak; fear and loss of trust follow.",
    parameters: TABLE,
    insert: |world, values| world.insert_resource(values.group::<Parameters>(NAME)),
    system: || system.into_configs(),
    source: include_str!("security.rs"),
};

parameters! {
    /// Numbers of this process.

    base_hazard {
        symbol: "h0", default: 0.04, plausible: (0.01, 0.08), limits: Share,
        unit: "incidents per month",
        meaning: "hazard at full exposure without protection",
        source: Provenance::Assumption(
            "2 to 5 incidents per 100 government-years, the order of magnitude of CNCERT's yearly reports"
        ),
    }
    protection {
        symbol: "z", default: 0.9, plausible: (0.0, 4.0), limits: NonNegative,
        unit: "Gordon-Loeb spending",
        meaning: "protection of data where f = 0",
        source: ASSUMED,
    }
    protection_fiscal_effect {
        default: 0.3, plausible: (0.0, 0.6), limits: Any,
        unit: "per z-score",
        meaning: "effect of fiscal strength on the logarithm of protection",
        source: ASSUMED,
    }
    fear_per_incident {
        symbol: "phi0", default: 1.0, plausible: (0.3, 2.0), limits: NonNegative,
        unit: "cost of integration = 1",
        meaning: "fear of blame that an own incident adds",
        source: ASSUMED,
    }
    fear_decay {
        symbol: "dphi", default: 1.0 / 18.0, plausible: (1.0 / 36.0, 1.0 / 6.0), limits: Share,
        unit: "per month",
        meaning: "share of fear that fades",
        source: ASSUMED,
    }
    trust_loss {
        symbol: "chi", default: 0.1, plausible: (0.03, 0.25), limits: Share,
        unit: "trust, 0 to 1",
        meaning: "trust that citizens lose when their own government leaks",
        source: ASSUMED,
    }
}

/// Most fear that a government can have.
const MOST_FEAR: f64 = 2.0;

/// Months over which incidents are reported.
const HISTORY: u16 = 0b1111_1111_1111;

/// Hazard of an incident in a month.
pub fn hazard(base: f64, activity: f64, openness: f64, protection: f64) -> f64 {
    base * (0.1 + 0.5 * activity + 0.4 * openness) / (1.0 + protection)
}

/// Fear after a month; `hit` by an own incident, else `nearby` is the share of the province hit.
pub fn fear_after(fear: f64, decay: f64, per_incident: f64, hit: bool, nearby: f64) -> f64 {
    let lesson = if hit { 1.0 } else { 0.5 * nearby };
    (fear * (1.0 - decay) + per_incident * lesson).min(MOST_FEAR)
}

/// A government that may leak.
#[derive(QueryData)]
#[query_data(mutable)]
pub struct Leaking {
    government: &'static Government,
    openness: &'static Openness,
    exposure: &'static mut Exposure,
    terms: Option<&'static mut Conditions>,
}

/// Draws incidents and spreads their lesson.
pub fn system(
    clock: Res<Clock>,
    mut luck: ResMut<Luck>,
    parameters: Res<Parameters>,
    history: Res<History>,
    setting: Res<Setting>,
    levers: Res<Levers>,
    ties: Res<Ties>,
    mut governments: Query<Leaking>,
) {
    let wave = history.wave_in(clock.month);
    let struck = struck(wave, &mut luck, clock.month);
    let incident = luck.of_governments(INCIDENT, clock.month);
    let mut of_province = vec![Fraction::default(); setting.0.geography.provinces.len()];
    for mut who in &mut governments {
        let government = who.government;
        let protection = levers.get(Lever::Protection, government.id);
        let activity = ties.activity[government.index()];
        let h = hazard(parameters.base_hazard, activity, who.openness.0, protection);
        let i = government.index();
        let hit = f64::from(incident[i]) < h || struck.get(i).copied().unwrap_or(false);
        who.exposure.incident = hit;
        who.exposure.history = (who.exposure.history << 1 | u16::from(hit)) & HISTORY;
        if let Some(province) = government.province {
            of_province[province].add(f64::from(hit), 1.0);
        }
        if let Some(mut terms) = who.terms {
            terms.trust_loss = (parameters.trust_loss * f64::from(hit)) as f32;
        }
    }
    for mut who in &mut governments {
        let government = who.government;
        let share = |province: usize| of_province[province].share();
        let nearby = government.province.map_or(0.0, share);
        let exposure = &mut *who.exposure;
        let [decay, lesson] = [Lever::FearDecay, Lever::FearPerIncident]
            .map(|lever| levers.get(lever, government.id));
        exposure.fear = fear_after(exposure.fear, decay, lesson, exposure.incident, nearby);
    }
}

/// Whom a wave of incidents strikes; nobody where there is none.
fn struck(wave: f64, luck: &mut Luck, month: u32) -> Vec<bool> {
    if wave == 0.0 {
        return Vec::new();
    }
    let numbers = luck.of_governments(WAVE, month).iter();
    numbers.map(|u| f64::from(*u) < wave).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::by_hand;
    use crate::world::by_hand::near;
    use crate::world::history::IncidentWave;

    /// V12: at constant exposure incidents are a Poisson stream.
    #[test]
    fn incidents_at_constant_exposure_are_poisson() {
        let chance = crate::chance::Chance::new(3, 0);
        let h = hazard(0.04, 0.5, 0.5, 0.9);
        let (governments, months) = (400, 300);
        let count = |g: u64| {
            let hits = (0..months).filter(|m| chance.uniform(INCIDENT, *m, g) < h);
            hits.count() as f64
        };
        let counts: Vec<f64> = (0..governments).map(count).collect();
        let mean = crate::numeric::mean(&counts);
        let sd = crate::numeric::population_sd(&counts);
        let expected = h * f64::from(months);
        let standard_error = libm::sqrt(expected / governments as f64);
        assert!(
            (mean - expected).abs() < 4.0 * standard_error,
            "{mean} against {expected}"
        );
        let dispersion = sd * sd / mean;
        assert!((dispersion - 1.0).abs() < 4.0 * libm::sqrt(2.0 / governments as f64));
    }

    #[test]
    fn fear_fades_adds_up_and_is_capped() {
        assert_eq!(fear_after(1.0, 0.25, 1.0, false, 0.0), 0.75);
        assert_eq!(fear_after(0.0, 0.25, 1.0, false, 0.5), 0.25);
        assert_eq!(fear_after(1.9, 0.0, 1.0, true, 0.5), MOST_FEAR);
    }

    #[test]
    fn a_hand_calculated_hazard_and_fear() {
        near(hazard(0.04, 0.5, 0.25, 1.0), 0.04 * 0.45 / 2.0);
        near(fear_after(1.0, 0.25, 2.0, false, 0.5), 0.75 + 0.5);
        near(fear_after(0.4, 0.25, 1.5, true, 0.5), 0.3 + 1.5);
    }

    /// Who leaks in a month is whoever's number lies below the own hazard.
    #[test]
    fn a_government_leaks_by_its_own_exposure() {
        let world = &mut by_hand::world();
        by_hand::change_all(world, |p: &mut Parameters| p.base_hazard = 1.0);
        by_hand::change_all(world, |ties: &mut Ties| ties.activity[4] = 0.4);
        by_hand::set(world, 4, Openness(0.5));
        by_hand::pull(world, Lever::Protection, 4, 1.0);
        by_hand::pull(world, Lever::Protection, 5, 0.0);
        let mut leaks = 0;
        for month in 0..60 {
            by_hand::run(world, month, system);
            let drawn = world
                .resource_mut::<Luck>()
                .of_governments(INCIDENT, month)
                .to_vec();
            for (id, hazard) in [(4, (0.1 + 0.2 + 0.2) / 2.0), (5, 0.1)] {
                let Exposure { incident, .. } = by_hand::get(world, id);
                assert_eq!(incident, f64::from(drawn[id as usize]) < hazard);
                leaks += u32::from(incident);
            }
        }
        assert!((10..40).contains(&leaks), "{leaks}");
    }

    /// A wave that strikes all, after a month in which nobody leaks.
    #[test]
    fn an_incident_is_remembered_feared_and_paid_for_in_trust() {
        let world = &mut by_hand::world();
        by_hand::change_all(world, |p: &mut Parameters| {
            (p.base_hazard, p.trust_loss) = (0.0, 0.2);
        });
        let wave = IncidentWave {
            month: 1,
            share: 1.0,
        };
        by_hand::change_all(world, |history: &mut History| {
            history.incident_wave = Some(wave);
        });
        let before = Exposure {
            fear: 0.5,
            incident: false,
            history: 0b1000_0000_0001,
        };
        by_hand::set(world, 4, before);
        by_hand::pull(world, Lever::FearDecay, 4, 0.2);
        by_hand::pull(world, Lever::FearPerIncident, 4, 0.7);
        by_hand::run(world, 0, system);
        let quiet: Exposure = by_hand::get(world, 4);
        near(quiet.fear, 0.4);
        assert_eq!((quiet.incident, quiet.history), (false, 0b10));
        assert_eq!(by_hand::get::<Conditions>(world, 4).trust_loss, 0.0);
        by_hand::run(world, 1, system);
        let struck: Exposure = by_hand::get(world, 4);
        near(struck.fear, 0.32 + 0.7);
        assert_eq!((struck.incident, struck.history), (true, 0b101));
        let terms: Conditions = by_hand::get(world, 4);
        assert!((terms.trust_loss - 0.2).abs() < 1e-7);
    }
}
