//! Participation: enterprises and social organisations take part or stay away.
//!
//! Each month a share `rp` of them reconsiders. An enterprise takes part iff
//! `bV 1.5 o Q + J xE + L_sub > threshold`, a social organisation iff
//! `bS Tbar N + JS xS + L_space > threshold`; thresholds are Normal(thE, sE) and Normal(thS, sS).
//! A jump of participation needs `J / (s sqrt(2 pi)) > 1` (Granovetter 1978).

use bevy_ecs::prelude::{IntoScheduleConfigs as _, Mut, Query, Res};
use multiversion::multiversion;
use rayon::prelude::*;

use crate::chance::draws::participation::RECONSIDER;
use crate::chance::{Words, unit};
use crate::model::Step;
use crate::numeric::from_fixed;
use crate::world::builder::{Luck, cell_slot};
use crate::world::clock::Clock;
use crate::world::community::{Cell, Spread, Tally};
use crate::world::country::Setting;
use crate::world::government::{Government, Level, Openness, Participation, Stocks};
use crate::world::levers::{Lever, Levers};
use crate::world::organisation::{Bodies, Enterprises, Organisations};
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

/// Lets the bodies that reconsider take part where the return exceeds their threshold.
#[multiversion(targets("x86_64+avx512f+avx512vl+avx512bw+avx512dq+avx2", "x86_64+avx2"))]
fn reconsider(bodies: &mut Bodies, worth: f64, rate: f64, words: &[u32]) {
    let (worth, rate) = (worth as f32, rate as f32);
    let rows = bodies.joined.iter_mut().zip(&bodies.threshold).zip(words);
    for ((joined, threshold), word) in rows {
        let again = unit(*word) < rate;
        *joined = if again { worth > *threshold } else { *joined };
    }
}

type AtFrontline<'a> = (
    (
        &'a Government,
        &'a Cell,
        &'a Tally,
        &'a Stocks,
        &'a Openness,
    ),
    (&'a mut Enterprises, &'a mut Organisations),
);

type Facts<'a> = (
    &'a Government,
    &'a Cell,
    &'a Tally,
    &'a Stocks,
    &'a Openness,
);
type Both<'a> = (Mut<'a, Enterprises>, Mut<'a, Organisations>);

/// Lets bodies of every cell reconsider, and tells governments above what the cells below do.
pub fn system(
    (clock, luck, spread): (Res<Clock>, Res<Luck>, Res<Spread>),
    parameters: Res<Parameters>,
    levers: Res<Levers>,
    setting: Res<Setting>,
    mut cells: Query<AtFrontline>,
    mut governments: Query<(&Government, &mut Participation)>,
) {
    let draws = || (luck.0.words(RECONSIDER, clock.month, 0), Vec::new());
    let month = |draws: &mut (Words, Vec<u32>), (facts, bodies): &mut (Facts<'_>, Both<'_>)| {
        let to_join = worth(&parameters, &levers, *facts, bodies);
        draws.0.seek(cell_slot(facts.1.index));
        let share = month_of(bodies, to_join, parameters.revision_rate, draws);
        (facts.1.index, share)
    };
    let mut rows: Vec<_> = cells.iter_mut().collect();
    let told: Vec<(u32, Participation)> = if spread.0 {
        rows.par_iter_mut().map_init(draws, month).collect()
    } else {
        let mut draws = draws();
        rows.iter_mut().map(|row| month(&mut draws, row)).collect()
    };
    let mut shares = vec![Participation::default(); told.len()];
    for (cell, share) in told {
        shares[cell as usize] = share;
    }
    let of = averages(&setting, &shares);
    for (government, mut participation) in &mut governments {
        *participation = of[government.index()];
    }
}

/// What taking part is worth to an enterprise and to a social organisation of a cell.
fn worth(p: &Parameters, levers: &Levers, facts: Facts<'_>, bodies: &Both<'_>) -> [f64; 2] {
    let (government, cell, tally, stocks, openness) = facts;
    let (enterprises, organisations) = bodies;
    let lever = |lever| levers.get(lever, government.id);
    let joined = (enterprises.0.share(), organisations.0.share());
    let trust = from_fixed(tally.trust) / cell.citizens;
    returns(p, lever, (stocks, openness, trust), joined)
}

/// Lets the bodies of a cell reconsider; returns how many take part then.
fn month_of(
    (enterprises, organisations): &mut Both<'_>,
    [to_join, to_help]: [f64; 2],
    rate: f64,
    (luck, words): &mut (Words, Vec<u32>),
) -> Participation {
    luck.fill(words_for(words, [&enterprises.0, &organisations.0]));
    let (first, next) = words.split_at(enterprises.0.joined.len());
    reconsider(&mut enterprises.0, to_join, rate, first);
    reconsider(&mut organisations.0, to_help, rate, next);
    Participation {
        enterprises: enterprises.0.share(),
        organisations: organisations.0.share(),
    }
}

/// Room for a word for each enterprise of a cell, then for each of its social organisations.
fn words_for<'a>(words: &'a mut Vec<u32>, bodies: [&Bodies; 2]) -> &'a mut [u32] {
    words.resize(bodies.iter().map(|bodies| bodies.joined.len()).sum(), 0);
    words
}

fn returns(
    p: &Parameters,
    lever: impl Fn(Lever) -> f64,
    (stocks, openness, trust): (&Stocks, &Openness, f64),
    (enterprises, organisations): (f64, f64),
) -> [f64; 2] {
    let (capacity, institution) = (stocks.capacity, stocks.institution);
    let benefit = lever(Lever::EnterpriseBenefit);
    let to_join = enterprise_return(p, benefit, openness.0, capacity, enterprises);
    let benefit = lever(Lever::OrganisationBenefit);
    let to_help = organisation_return(p, benefit, trust, institution, organisations);
    [
        to_join + lever(Lever::EnterpriseSupport),
        to_help + lever(Lever::OrganisationSpace),
    ]
}

/// Participation by government: the own cell's, or the population mean of the cells below.
fn averages(setting: &Setting, shares: &[Participation]) -> Vec<Participation> {
    let country = &setting.0;
    let mut sums = vec![(0.0, 0.0, 0.0); country.governments.len()];
    for (cell, share) in country.cells.iter().zip(shares) {
        let residents = cell.residents as f64;
        let mut above = Some(cell.government);
        while let Some(id) = above {
            let sum = &mut sums[id as usize];
            sum.0 += residents;
            sum.1 += residents * share.enterprises;
            sum.2 += residents * share.organisations;
            above = country.superiors[id as usize];
        }
    }
    let mean = |(weight, enterprises, organisations): &(f64, f64, f64)| Participation {
        enterprises: enterprises / weight.max(1.0),
        organisations: organisations / weight.max(1.0),
    };
    let mut of: Vec<Participation> = sums.iter().map(mean).collect();
    for (cell, share) in country.cells.iter().zip(shares) {
        let level = country.governments[cell.government as usize].level;
        debug_assert!(level > Level::Province, "a cell lies below province level");
        of[cell.government as usize] = *share;
    }
    of
}

#[cfg(test)]
mod tests {
    use statrs::distribution::{ContinuousCDF as _, Normal};

    use super::*;

    /// V10: with mean threshold .25 participation jumps at a standard deviation of .1222
    /// (Granovetter 1978).
    #[test]
    fn participation_jumps_at_granovetters_spread() {
        const BODIES: usize = 100_000;
        let settled = |sd: f64| {
            let thresholds = Normal::new(0.25, sd).expect("a spread above 0");
            let quantile = |i| (i as f64 + 0.5) / BODIES as f64;
            let threshold = |i| thresholds.inverse_cdf(quantile(i)) as f32;
            let mut bodies = Bodies {
                threshold: (0..BODIES).map(threshold).collect(),
                joined: vec![false; BODIES],
            };
            loop {
                let before = bodies.share();
                reconsider(&mut bodies, before, 1.0, &[0; BODIES]);
                if bodies.share() == before {
                    return before;
                }
            }
        };
        assert!(settled(0.1215) < 0.10, "{}", settled(0.1215));
        assert!(settled(0.1230) > 0.95, "{}", settled(0.1230));
    }

    #[test]
    fn only_those_who_reconsider_change() {
        let luck = crate::chance::Chance::new(1, 0);
        let start = Bodies {
            threshold: vec![0.5; 1000],
            joined: vec![false; 1000],
        };
        let after = |worth, rate| {
            let mut bodies = start.clone();
            let mut words = [0; 1000];
            luck.words(RECONSIDER, 3, 0).fill(&mut words);
            reconsider(&mut bodies, worth, rate, &words);
            bodies.share()
        };
        assert_eq!(after(0.6, 0.0), 0.0);
        assert_eq!(after(0.4, 1.0), 0.0);
        assert_eq!(after(0.6, 1.0), 1.0);
        assert!((after(0.6, 0.3) - 0.3).abs() < 0.06);
    }
}
