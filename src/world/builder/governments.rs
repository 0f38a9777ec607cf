//! Governments at the start: what each is dealt, and what it has built and adopted.

use bevy_ecs::prelude::World;

use crate::chance::Chance;
use crate::chance::draws::start as draw;
use crate::world::builder::Opening;
use crate::world::country::Country;
use crate::world::factor::{Dimension, FACTOR_COUNT};
use crate::world::government::{Adoption, Endowment, Government, Level, Standing, Stocks};
use crate::world::network::{Edge, Ties};
use crate::world::start::Parameters;

pub fn first_stocks(
    start: &Parameters,
    endowment: &Endowment,
    capacity_of: impl Fn(f64, f64) -> f64,
) -> Stocks {
    let level = start.stock * libm::exp(start.stock_fiscal_effect * endowment.fiscal);
    let level = level.min(1.0);
    Stocks {
        institution: level,
        platform: level,
        capacity: capacity_of(level, level),
    }
}

pub fn first_standing(country: &Country, opening: &Opening<'_>, stocks: &[Stocks]) -> Standing {
    let governments = country.governments.iter();
    let adoption = governments.map(|government| first_adoption(government, opening));
    let capacity = stocks.iter().map(|stocks| stocks.capacity);
    Standing::new(adoption.collect(), capacity.collect(), |i| {
        country.governments[i].level
    })
}

pub fn endowments(
    country: &Country,
    chance: &Chance,
    start: &Parameters,
    never: impl Fn(Level, f64) -> f64,
) -> Vec<Endowment> {
    let mean = country.geography.yardstick().attention;
    let endow = |government: &Government| {
        let words = |draw| chance.life(draw, 0, country.identities[government.index()]);
        let scatter = words(draw::FISCAL).normal() * start.fiscal_scatter;
        let frailty = words(draw::FRAILTY).normal() * start.frailty_sd;
        let Some(province) = government.province else {
            return centre_endowment();
        };
        let of_province = country.geography.provinces[province].attention;
        let (below, share) = if government.level == Level::Province {
            (0.0, of_province)
        } else {
            let mut words = words(draw::ATTENTION);
            let concentration = start.attention_concentration;
            let gamma = of_province.map(|theta| words.gamma((concentration * theta).max(1e-3)));
            (scatter, normalised(gamma).unwrap_or(of_province))
        };
        let fiscal = country.fiscal[province] + below;
        let luck = words(draw::NEVER).uniform();
        Endowment {
            fiscal,
            frailty,
            never_launches: luck < never(government.level, fiscal),
            ..relative_attention(share, mean)
        }
    };
    country.governments.iter().map(endow).collect()
}

/// What governments of `world` were dealt, in the order of their numbers.
pub fn endowments_of(world: &World) -> Vec<Endowment> {
    let mut query = world.try_query::<(&Government, &Endowment)>();
    let mut dealt: Vec<(u32, Endowment)> = query
        .iter_mut()
        .flat_map(|query| query.iter(world))
        .map(|(government, endowment)| (government.id, *endowment))
        .collect();
    dealt.sort_by_key(|(id, _)| *id);
    dealt.into_iter().map(|(_, endowment)| endowment).collect()
}

/// Weights as shares; `None` where all of them are too small to be told from nothing.
fn normalised(weights: [f64; FACTOR_COUNT]) -> Option<[f64; FACTOR_COUNT]> {
    let total: f64 = weights.iter().sum();
    (total > 0.0).then(|| weights.map(|weight| weight / total))
}

fn centre_endowment() -> Endowment {
    Endowment {
        fiscal: 0.0,
        frailty: 0.0,
        never_launches: false,
        attention: [1.0; FACTOR_COUNT],
        institution_attention: 0.0,
        technology_attention: 0.0,
    }
}

/// Relative attention below which no logarithm is taken.
const LEAST_ATTENTION: f64 = 1e-6;

/// Attention relative to the mean over provinces, by factor, and its logarithm by dimension.
fn relative_attention(share: [f64; FACTOR_COUNT], mean: [f64; FACTOR_COUNT]) -> Endowment {
    let ratio = |of: f64, to: f64| if to > 0.0 { of / to } else { 1.0 };
    let relative = |dimension: Dimension| {
        let relative = ratio(dimension.sum(&share), dimension.sum(&mean));
        libm::log(relative.max(LEAST_ATTENTION))
    };
    Endowment {
        attention: std::array::from_fn(|k| ratio(share[k], mean[k])),
        institution_attention: relative(Dimension::Institution),
        technology_attention: relative(Dimension::Technology),
        ..centre_endowment()
    }
}

pub fn first_adoption(government: &Government, opening: &Opening<'_>) -> Adoption {
    let first = government.level == Level::Province
        && government
            .province
            .is_some_and(|p| opening.first_platforms.contains(&p));
    Adoption {
        platform: first,
        institution: false,
        served: false,
    }
}

pub fn ties_at_start(country: &Country, start: &Parameters) -> Ties {
    let edges = country.network.edges();
    let belief = |edge: &Edge| {
        if edge.tie.kind.agreed() {
            start.alliance_belief
        } else {
            start.belief
        }
    };
    Ties {
        shares: vec![false; edges.len()],
        shared_before: vec![false; edges.len()],
        belief: edges.iter().map(belief).collect(),
        activity: vec![0.0; country.governments.len()],
    }
}
