//! Participation: enterprises and social organisations take part or stay away.
//!
//! Each month a share `rp` of them reconsiders. An enterprise takes part iff
//! `bV 1.5 o Q + J xE + L_sub > threshold`, a social organisation iff
//! `bS Tbar N + JS xS + L_space > threshold`; thresholds are Normal(thE, sE) and Normal(thS, sS).
//! A jump of participation needs `J / (s sqrt(2 pi)) > 1` (Granovetter 1978).

use bevy_ecs::prelude::{IntoScheduleConfigs as _, Query, Res};
use bevy_ecs::query::QueryData;
use multiversion::multiversion;
use rayon::prelude::*;

use crate::chance::draws::participation::RECONSIDER;
use crate::chance::{Month, unit};
use crate::model::Step;
use crate::numeric::{Fraction, from_fixed};
use crate::world::clock::Clock;
use crate::world::column::LANES;
use crate::world::community::{Cell, Spread, Tally};
use crate::world::country::Setting;
use crate::world::government::{Government, Level, Openness, Participation, Stocks};
use crate::world::levers::{Lever, Levers};
use crate::world::luck::Luck;
use crate::world::organisation::{Bodies, Enterprises, Organisations, Shape};
use crate::world::parameter::Limits::{Any, NonNegative, Share};
use crate::world::parameter::{ASSUMED, parameters};

/// Name of this step.
pub const NAME: &str = "participation";

/// What the month and the scenario know of it.
pub const STEP: Step = Step {
    name: NAME,
    does: "Enterprises and social organisations take part or stay away.",
    parameters: TABLE,
    insert: |world, values| world.insert_resource(values.group::<Parameters>(NAME)),
    system: || system.into_configs(),
    source: include_str!("participation.rs"),
};

parameters! {
    /// Numbers of this process.

    enterprise_benefit {
        symbol: "bV", default: 1.2, plausible: (0.6, 2.0), limits: NonNegative,
        unit: "threshold units",
        meaning: "benefit of open data and capacity for enterprises",
        source: ASSUMED,
    }
    enterprise_threshold {
        symbol: "thE", default: 0.75, plausible: (0.4, 1.1), limits: Any,
        unit: "threshold units",
        meaning: "mean return at which an enterprise takes part",
        source: ASSUMED,
    }
    enterprise_threshold_sd {
        symbol: "sE", default: 0.25, plausible: (0.1, 0.5), limits: NonNegative,
        unit: "threshold units",
        meaning: "its standard deviation",
        source: ASSUMED,
    }
    enterprise_pull {
        symbol: "J", default: 0.8, plausible: (0.0, 1.2), limits: NonNegative,
        unit: "threshold units",
        meaning: "pull of enterprises that take part",
        source: ASSUMED,
    }
    organisation_benefit {
        symbol: "bS", default: 1.0, plausible: (0.5, 1.5), limits: NonNegative,
        unit: "threshold units",
        meaning: "benefit of trust and institutions for social organisations",
        source: ASSUMED,
    }
    organisation_threshold {
        symbol: "thS", default: 0.5, plausible: (0.3, 0.8), limits: Any,
        unit: "threshold units",
        meaning: "mean return at which a social organisation takes part",
        source: ASSUMED,
    }
    organisation_threshold_sd {
        symbol: "sS", default: 0.2, plausible: (0.1, 0.4), limits: NonNegative,
        unit: "threshold units",
        meaning: "its standard deviation",
        source: ASSUMED,
    }
    organisation_pull {
        symbol: "JS", default: 0.6, plausible: (0.0, 1.0), limits: NonNegative,
        unit: "threshold units",
        meaning: "pull of social organisations that take part",
        source: ASSUMED,
    }
    revision_rate {
        symbol: "rp", default: 0.1, plausible: (0.03, 0.3), limits: Share,
        unit: "probability per month",
        meaning: "share of bodies that reconsiders",
        source: ASSUMED,
    }
}

impl Parameters {
    /// Values that cannot be where thresholds have this `shape`, by the name of the parameter, and why.
    ///
    /// What is log-normal is above 0, and so is its mean.
    pub fn contradictions(&self, shape: Shape) -> Vec<(&'static str, String)> {
        let means = [
            ("enterprise_threshold", self.enterprise_threshold),
            ("organisation_threshold", self.organisation_threshold),
        ];
        let not_above = |(_, mean): &(&str, f64)| shape == Shape::LogNormal && *mean <= 0.0;
        let told = |(name, mean)| {
            let must = "must lie above 0 where `participation.thresholds` is \"log-normal\"";
            (name, format!("`participation.{name}` {must}, found {mean}"))
        };
        means.into_iter().filter(not_above).map(told).collect()
    }
}

/// Weight of open data in the return of an enterprise.
const OPEN_DATA_WEIGHT: f64 = 1.5;

/// Return of an enterprise that takes part.
pub fn enterprise_return(p: &Parameters, benefit: f64, openness: f64, q: f64, x: f64) -> f64 {
    benefit * OPEN_DATA_WEIGHT * openness * q + p.enterprise_pull * x
}

/// Return of a social organisation that takes part.
pub fn organisation_return(p: &Parameters, benefit: f64, trust: f64, n: f64, x: f64) -> f64 {
    benefit * trust * n + p.organisation_pull * x
}

/// Lets the bodies that reconsider take part where the return exceeds their threshold; whole lanes, by as many
/// `words`.
#[multiversion(targets("x86_64+avx512f+avx512vl+avx512bw+avx512dq+avx2", "x86_64+avx2"))]
fn reconsider(bodies: &mut Bodies, worth: f64, rate: f64, words: &[u32]) {
    let (worth, rate) = (worth as f32, rate as f32);
    let all = 0..bodies.joined.len();
    let thresholds = bodies.threshold.lanes(all.clone());
    let rows = bodies
        .joined
        .lanes_mut(all)
        .iter_mut()
        .zip(thresholds)
        .zip(words);
    let mut count = 0;
    for ((joined, threshold), word) in rows {
        let again = unit(*word) < rate;
        *joined = if again { worth > *threshold } else { *joined };
        count += u32::from(*joined);
    }
    bodies.taking_part = count;
}

/// A cell with the bodies that may take part.
#[derive(QueryData)]
#[query_data(mutable)]
pub struct Host {
    government: &'static Government,
    cell: &'static Cell,
    tally: &'static Tally,
    stocks: &'static Stocks,
    openness: &'static Openness,
    enterprises: &'static mut Enterprises,
    organisations: &'static mut Organisations,
}

impl HostItem<'_, '_> {
    /// Numbers that its bodies draw, and nobody in the rows that fill the last lane.
    fn draws(&self) -> u64 {
        (self.enterprises.0.joined.len() + self.organisations.0.joined.len() + LANES) as u64
    }
}

/// What taking part is worth in a cell.
#[derive(Debug, Clone, Copy)]
struct Worth {
    enterprise: f64,
    organisation: f64,
}

/// Lets bodies of every cell reconsider, and tells governments above what the cells below do.
pub fn system(
    (clock, luck, spread): (Res<Clock>, Res<Luck>, Res<Spread>),
    parameters: Res<Parameters>,
    levers: Res<Levers>,
    setting: Res<Setting>,
    mut cells: Query<Host>,
    mut governments: Query<(&Government, &mut Participation)>,
) {
    let plan = |host: &HostItem<'_, '_>| &setting.0.cells[host.cell.index as usize];
    let slots = |host: &HostItem<'_, '_>| {
        let first = plan(host).first_body;
        first..first + host.draws()
    };
    let draws = || Month::new(&luck.chance, [RECONSIDER], clock.month);
    let month = |draws: &mut Month<'_, 1>, host: &mut HostItem<'_, '_>| {
        let worth = worth(&parameters, &levers, host);
        let [words] = draws.of(plan(host).home, slots(host));
        let share = month_of(host, worth, parameters.revision_rate, words);
        (host.cell.index, share)
    };
    let mut rows: Vec<_> = cells.iter_mut().collect();
    let mut told: Vec<(u32, Participation)> = Vec::with_capacity(rows.len());
    if spread.0 {
        told.par_extend(rows.par_iter_mut().map_init(draws, month));
    } else {
        let mut draws = draws();
        for neighbours in rows.chunk_by_mut(|a, b| plan(a).home == plan(b).home) {
            let until = neighbours.iter().map(|host| slots(host).end).max();
            draws.enter(plan(&neighbours[0]).home, until.unwrap_or_default());
            told.extend(neighbours.iter_mut().map(|host| month(&mut draws, host)));
        }
    }
    let mut shares = vec![Participation::default(); told.len()];
    told.into_iter()
        .for_each(|(cell, share)| shares[cell as usize] = share);
    let of = averages(&setting, &shares);
    for (government, mut participation) in &mut governments {
        *participation = of[government.index()];
    }
}

/// What taking part is worth to an enterprise and to a social organisation of a cell.
fn worth(p: &Parameters, levers: &Levers, host: &HostItem<'_, '_>) -> Worth {
    let lever = |lever| levers.get(lever, host.government.id);
    let (stocks, openness) = (host.stocks, host.openness.0);
    let trust = from_fixed(host.tally.trust) / host.cell.citizens;
    let joined = [host.enterprises.0.share(), host.organisations.0.share()];
    let benefit = lever(Lever::EnterpriseBenefit);
    let enterprise = enterprise_return(p, benefit, openness, stocks.capacity, joined[0]);
    let benefit = lever(Lever::OrganisationBenefit);
    let organisation = organisation_return(p, benefit, trust, stocks.institution, joined[1]);
    Worth {
        enterprise: enterprise + lever(Lever::EnterpriseSupport),
        organisation: organisation + lever(Lever::OrganisationSpace),
    }
}

/// Lets the bodies of a cell reconsider; returns how many take part then.
fn month_of(host: &mut HostItem<'_, '_>, worth: Worth, rate: f64, words: &[u32]) -> Participation {
    let (enterprises, organisations) = (&mut host.enterprises.0, &mut host.organisations.0);
    let next = &words[enterprises.joined.len()..];
    reconsider(enterprises, worth.enterprise, rate, words);
    reconsider(organisations, worth.organisation, rate, next);
    Participation {
        enterprises: enterprises.share(),
        organisations: organisations.share(),
    }
}

/// Participation by government: the own cell's, or the population mean of the cells below.
fn averages(setting: &Setting, shares: &[Participation]) -> Vec<Participation> {
    let country = &setting.0;
    let none = [Fraction::default(); 2];
    let mut below = vec![none; country.governments.len()];
    for (cell, share) in country.cells.iter().zip(shares) {
        let residents = cell.residents as f64;
        let mut above = country.superiors[cell.government as usize];
        while let Some(id) = above {
            let [enterprises, organisations] = &mut below[id as usize];
            enterprises.add(residents * share.enterprises, residents);
            organisations.add(residents * share.organisations, residents);
            above = country.superiors[id as usize];
        }
    }
    let mean = |[enterprises, organisations]: &[Fraction; 2]| Participation {
        enterprises: enterprises.share(),
        organisations: organisations.share(),
    };
    let mut of: Vec<Participation> = below.iter().map(mean).collect();
    for (cell, share) in country.cells.iter().zip(shares) {
        let level = country.governments[cell.government as usize].level;
        debug_assert!(level > Level::Province, "a cell lies below province level");
        of[cell.government as usize] = *share;
    }
    of
}

#[cfg(test)]
mod tests;
