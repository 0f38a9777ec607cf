//! Diffusion: governments that have not yet adopted the open-data platform, or the
//! institution, adopt with a monthly hazard.
//!
//! `logit h = a0 + bn neighbours + bp peers + bv V + bf (f + frailty) + ba ln(attention)`,
//! below province level `+ lower_level`, and `+ own_province` once the own province has adopted.
//! `neighbours` is the share of bordering provinces that have adopted, for a government below
//! province level the share of its level in its own province; `peers` is the share of its level.
//! `+ institution_shift` for the institution.
//!
//! A share of governments never launches a platform of its own, whatever its neighbours do:
//! `never / (never + (1 - never) exp(fiscal f))`, drawn once at the start; below province level the
//! province's platform serves them from its launch on, at `served` of the full effect of an own one.
//! Nothing of the kind holds for the institution, which every province had by 2024.
//!
//! Sources: event-history model of policy adoption, Berry and Berry (1990); split populations,
//! Schmidt and Witte (1989), with a logistic share as in cure models, Farewell (1982).

use bevy_ecs::prelude::{IntoScheduleConfigs as _, Query, Res, ResMut};

use crate::chance::draws::diffusion::{INSTITUTION, PLATFORM};
use crate::model::Step;
use crate::numeric::{Fraction, logistic};
use crate::world::clock::Clock;
use crate::world::country::{Country, Setting};
use crate::world::government::{Adoption, Endowment, Government, Level, Standing};
use crate::world::history::History;
use crate::world::levers::{Lever, Levers};
use crate::world::luck::Luck;
use crate::world::parameter::Limits::{Any, Share};
use crate::world::parameter::{ASSUMED, Provenance, parameters};

/// Name of this step.
pub const NAME: &str = "diffusion";

/// What the month and the scenario know of it.
pub const STEP: Step = Step {
    name: NAME,
    does: "Governments adopt platform and institution, following neighbours, peers and pressure from above.",
    parameters: TABLE,
    insert: |world, values| world.insert_resource(values.group::<Parameters>(NAME)),
    system: || system.into_configs(),
    source: include_str!("diffusion.rs"),
};

const COUNTS: Provenance = Provenance::Fitted("counts of platform launches to 2020-10");

parameters! {
    /// Numbers of this process.

    intercept {
        symbol: "a0", default: -7.65, plausible: (-8.5, -5.0), limits: Any,
        unit: "logit per month",
        meaning: "hazard of adoption with nobody to follow",
        source: COUNTS,
    }
    neighbour_effect {
        symbol: "bn", default: 2.3, plausible: (0.3, 3.0), limits: Any,
        unit: "logit",
        meaning: "effect of the share of neighbours that have adopted",
        source: COUNTS,
    }
    peer_effect {
        symbol: "bp", default: 2.3, plausible: (0.0, 2.5), limits: Any,
        unit: "logit",
        meaning: "effect of the share of the own level that has adopted",
        source: COUNTS,
    }
    vertical_effect {
        symbol: "bv", default: 2.3, plausible: (0.0, 2.5), limits: Any,
        unit: "logit",
        meaning: "effect of full pressure from above",
        source: COUNTS,
    }
    fiscal_effect {
        symbol: "bf", default: 0.47, plausible: (0.2, 1.5), limits: Any,
        unit: "logit per z-score",
        meaning: "effect of fiscal strength and of frailty",
        source: COUNTS,
    }
    attention_effect {
        symbol: "ba", default: 0.3, plausible: (0.0, 1.0), limits: Any,
        unit: "logit per ln",
        meaning: "effect of the logarithm of relative attention in policy texts",
        source: ASSUMED,
    }
    lower_level {
        default: -0.25, plausible: (-1.2, 0.2), limits: Any,
        unit: "logit",
        meaning: "shift for governments below province level",
        source: COUNTS,
    }
    own_province {
        default: 0.8, plausible: (0.0, 1.6), limits: Any,
        unit: "logit",
        meaning: "shift once the own province has adopted",
        source: COUNTS,
    }
    institution_shift {
        default: 0.3, plausible: (-0.5, 1.0), limits: Any,
        unit: "logit",
        meaning: "shift of the institution's hazard against the platform's",
        source: Provenance::Fitted("provinces known to have a data bureau by the end of 2018, a lower bound"),
    }
    never {
        default: 0.2, plausible: (0.0, 0.4), limits: Share,
        unit: "share of governments",
        meaning: "governments below province level that never launch an own platform, where f = 0",
        source: Provenance::Fitted("counts of platform launches to 2020-10, which fit 0 to 0.3 about as well"),
    }
    never_province {
        default: 0.03, plausible: (0.0, 0.1), limits: Share,
        unit: "share of provinces",
        meaning: "the same among provinces",
        source: Provenance::Assumption("one province in thirty"),
    }
    never_fiscal_effect {
        default: 0.5, plausible: (0.0, 1.5), limits: Any,
        unit: "logit per z-score",
        meaning: "how far fiscal strength lowers the share that never launches",
        source: ASSUMED,
    }
    served {
        default: 0.5, plausible: (0.0, 1.0), limits: Share,
        unit: "share of full effect",
        meaning: "what the province's platform gives to governments below it that never launch an own one",
        source: ASSUMED,
    }
}

/// Probability that a government of `level` with fiscal score `f` never launches its own platform.
pub fn never_share(p: &Parameters, level: Level, f: f64) -> f64 {
    let never = match level {
        Level::Centre => 0.0,
        Level::Province => p.never_province,
        Level::Prefecture | Level::County => p.never,
    };
    never / (never + (1.0 - never) * libm::exp(p.never_fiscal_effect * f))
}

/// Share of the full effect of a platform that others provide: by decree, or the province's.
pub fn provided(p: &Parameters, adoption: &Adoption, decree: f64) -> f64 {
    if adoption.served {
        decree.max(p.served)
    } else {
        decree
    }
}

/// What a government sees of others' adoption.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Surroundings {
    /// Share of neighbours that have adopted.
    pub neighbours: f64,
    /// Share of the own level that has adopted.
    pub peers: f64,
    /// Pressure from above, `V`.
    pub pressure: f64,
    /// Whether the own province has adopted; `None` for a province itself.
    pub own_province: Option<bool>,
}

/// Logit of the monthly hazard of adoption; `readiness` is `f + frailty`, `attention` the logarithm of
/// attention relative to the mean, `shift` is of what is adopted.
pub fn logit(
    p: &Parameters,
    seen: &Surroundings,
    readiness: f64,
    attention: f64,
    shift: f64,
) -> f64 {
    let level = match seen.own_province {
        None => 0.0,
        Some(false) => p.lower_level,
        Some(true) => p.lower_level + p.own_province,
    };
    p.intercept
        + p.neighbour_effect * seen.neighbours
        + p.peer_effect * seen.peers
        + p.vertical_effect * seen.pressure
        + p.fiscal_effect * readiness
        + p.attention_effect * attention
        + level
        + shift
}

/// Whether a government whose hazard has this `logit` adopts by the number `u`.
///
/// Most numbers lie far above the hazard: as `exp(y) > 1 + y + y^2 / 2 + y^3 / 6` for `y` above 0, it is
/// below `1 / (1 + 1 + y + y^2 / 2 + y^3 / 6)` with `y = -logit`, and no exponential is needed.
pub fn adopts(u: f64, logit: f64) -> bool {
    let y = -logit;
    let far_above = y > 0.0 && u * (2.0 + y * (1.0 + y * (0.5 + y / 6.0))) > 1.0 + 1e-9;
    !far_above && u < logistic(logit)
}

/// Shares of governments that had adopted something at the end of last month.
#[derive(Debug, Clone, PartialEq)]
struct Spread {
    level: [f64; 4],
    in_province: Vec<[f64; 4]>,
    bordering: Vec<f64>,
    seat: Vec<bool>,
}

impl Spread {
    fn new(country: &Country, adopted: impl Fn(usize) -> bool) -> Self {
        let geography = &country.geography;
        let provinces = geography.provinces.len();
        let mut inside = vec![[Fraction::default(); 4]; provinces];
        for government in &country.governments {
            if let Some(province) = government.province {
                let yes = f64::from(adopted(government.index()));
                inside[province][government.level as usize].add(yes, 1.0);
            }
        }
        let mut all = [Fraction::default(); 4];
        for (level, here) in inside.iter().flat_map(|levels| levels.iter().enumerate()) {
            all[level].add(here.part, here.whole);
        }
        let seat = (0..provinces).map(|province| adopted(Country::seat(province) as usize));
        let seat: Vec<bool> = seat.collect();
        let mut bordering = vec![Fraction::default(); provinces];
        for &(a, b) in &geography.adjacency {
            bordering[a].add(f64::from(seat[b]), 1.0);
            bordering[b].add(f64::from(seat[a]), 1.0);
        }
        let shares = |levels: [Fraction; 4]| levels.map(Fraction::share);
        Self {
            level: shares(all),
            in_province: inside.into_iter().map(shares).collect(),
            bordering: bordering.into_iter().map(Fraction::share).collect(),
            seat,
        }
    }

    /// Whether the province above `government` had adopted.
    fn serves(&self, government: &Government) -> bool {
        let province = government
            .province
            .filter(|_| government.level > Level::Province);
        province.is_some_and(|province| self.seat[province])
    }

    fn around(&self, government: &Government, pressure: f64) -> Surroundings {
        let level = government.level as usize;
        let peers = self.level[level];
        let province = government.province.unwrap_or_default();
        if government.level == Level::Province {
            return Surroundings {
                neighbours: self.bordering[province],
                peers,
                pressure,
                own_province: None,
            };
        }
        Surroundings {
            neighbours: self.in_province[province][level],
            peers,
            pressure,
            own_province: Some(self.seat[province]),
        }
    }
}

/// Lets governments adopt; the centre does so on the date of the scenario.
pub fn system(
    clock: Res<Clock>,
    mut luck: ResMut<Luck>,
    parameters: Res<Parameters>,
    history: Res<History>,
    setting: Res<Setting>,
    standing: Res<Standing>,
    levers: Res<Levers>,
    mut governments: Query<(&Government, &Endowment, &mut Adoption)>,
) {
    let platforms = Spread::new(&setting.0, |i| standing.adoption[i].platform);
    let institutions = Spread::new(&setting.0, |i| standing.adoption[i].institution);
    let ramp = history.pressure_in(clock.month);
    let [platform, institution] =
        [PLATFORM, INSTITUTION].map(|draw| luck.of_governments(draw, clock.month).to_vec());
    for (government, endowment, mut adoption) in &mut governments {
        let id = government.id;
        if government.level == Level::Centre {
            let now = clock.month as i32 >= history.centre_adopts;
            (adoption.platform, adoption.institution) = (now, now);
            continue;
        }
        let pressure = ramp + levers.get(Lever::VerticalPressure, id);
        let readiness = endowment.fiscal + endowment.frailty;
        let adopts = |u: f32, spread: &Spread, attention, shift| {
            let seen = spread.around(government, pressure);
            let logit = logit(&parameters, &seen, readiness, attention, shift);
            adopts(u.into(), logit)
        };
        let (i, shift) = (government.index(), parameters.institution_shift);
        let launches = || adopts(platform[i], &platforms, endowment.technology_attention, 0.0);
        let attention = endowment.institution_attention;
        let founds = || adopts(institution[i], &institutions, attention, shift);
        // who has adopted needs no hazard any more
        adoption.platform = adoption.platform || !endowment.never_launches && launches();
        adoption.institution = adoption.institution || founds();
        adoption.served = endowment.never_launches && platforms.serves(government);
    }
}

#[cfg(test)]
mod tests;
