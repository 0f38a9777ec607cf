//! Capability: effort becomes institution and platform, which wear out.
//!
//! `e = e0 exp(ef f) m + transfer`,
//! `N += aN (e * adopted + L_N) (1 - N) - dN N`, and likewise the platform `D`; `adopted` is 1, or
//! a quarter without the bureau or platform; by decree at strength `x`, or served by the province at
//! `x`, it is at least `1/4 + 3/4 x`. Capacity is `Q = ((N^r + D^r) / 2)^(1/r)`: institution and technology complement
//! each other for `r < 1` (constant elasticity of substitution, Arrow et al. 1961). With
//! `production = "additive"` it is `(N + D) / 2`, the limit of `r` = 1, with `"minimum"` the lesser of
//! the two (Leontief), the limit of `r` to minus infinity.

use bevy_ecs::prelude::{IntoScheduleConfigs as _, Query, Res};
use bevy_ecs::query::QueryData;

use crate::model::{Step, diffusion};
use crate::world::alternative::alternative;
use crate::world::government::{Adoption, Effort, Endowment, Government, Stocks};
use crate::world::levers::{Lever, Levers};
use crate::world::parameter::Limits::{Any, AtMost, NonNegative, Share};
use crate::world::parameter::{ASSUMED, parameters};

/// Name of this step.
pub const NAME: &str = "capability";

/// What the month and the scenario know of it.
pub const STEP: Step = Step {
    name: NAME,
    does: "The effort that is left builds institution and platform, which wear out.",
    parameters: TABLE,
    insert: |world, values| world.insert_resource(values.group::<Parameters>(NAME)),
    system: || system.into_configs(),
    source: include_str!("capability.rs"),
};

parameters! {
    /// Numbers of this process.

    institution_growth {
        symbol: "aN", default: 0.045, plausible: (0.02, 0.12), limits: NonNegative,
        unit: "per month",
        meaning: "speed at which effort becomes institution",
        source: ASSUMED,
    }
    platform_growth {
        symbol: "aD", default: 0.06, plausible: (0.02, 0.12), limits: NonNegative,
        unit: "per month",
        meaning: "speed at which effort becomes platform",
        source: ASSUMED,
    }
    institution_decay {
        symbol: "dN", default: 1.0 / 120.0, plausible: (1.0 / 240.0, 1.0 / 60.0), limits: Share,
        unit: "per month",
        meaning: "institution lost; ten years, the turnover of leaders twice over",
        source: ASSUMED,
    }
    platform_decay {
        symbol: "dD", default: 1.0 / 60.0, plausible: (1.0 / 120.0, 1.0 / 36.0), limits: Share,
        unit: "per month",
        meaning: "platform lost; five years, the life of information technology",
        source: ASSUMED,
    }
    effort {
        symbol: "e0", default: 0.5, plausible: (0.2, 1.0), limits: NonNegative,
        unit: "effort",
        meaning: "effort of a government with average means",
        source: ASSUMED,
    }
    fiscal_effect {
        symbol: "ef", default: 0.45, plausible: (0.2, 0.8), limits: Any,
        unit: "per z-score",
        meaning: "effect of fiscal strength on the logarithm of effort",
        source: ASSUMED,
    }
    complementarity {
        symbol: "r", default: -1.0, plausible: (-5.0, 0.5), limits: AtMost(1.0),
        unit: "CES exponent",
        meaning: "1: institution and technology add up; 0: geometric; below: each is worth little without the other",
        source: ASSUMED,
    }
    before_adoption {
        default: 0.25, plausible: (0.0, 0.5), limits: Share,
        unit: "share of effort",
        meaning: "effort that counts before bureau or platform exist",
        source: ASSUMED,
    }
}

alternative! {
    /// How institution and technology join into capacity.
    Production in "capability.production", "how institution and technology join into capacity";
    Ces = "ces", "constant elasticity of substitution, by `complementarity`";
    Additive = "additive", "their mean: each makes up for the other";
    Minimum = "minimum", "the lesser of them: neither makes up for the other";
}

/// Capacity that institution `n` and platform `d` give together.
pub fn joined(production: Production, n: f64, d: f64, r: f64) -> f64 {
    match production {
        Production::Ces => capacity(n, d, r),
        Production::Additive => 0.5 * (n + d),
        Production::Minimum => n.min(d),
    }
}

/// Joint capacity of institution `n` and platform `d` with exponent `r`.
pub fn capacity(n: f64, d: f64, r: f64) -> f64 {
    let (n, d) = (n.max(1e-6), d.max(1e-6));
    if r == -1.0 {
        return 2.0 * n * d / (n + d);
    }
    if r.abs() < 1e-9 {
        return libm::sqrt(n * d);
    }
    // Scaled by the larger stock, so that a strongly negative r does not overflow.
    let scale = if r < 0.0 { n.min(d) } else { n.max(d) };
    let mean = 0.5 * (libm::pow(n / scale, r) + libm::pow(d / scale, r));
    scale * libm::pow(mean, 1.0 / r)
}

/// Effort of a government with fiscal score `f`, building share `m` and equalisation `share`.
pub fn effort(p: &Parameters, f: f64, m: f64, share: f64) -> f64 {
    let own = p.effort * libm::exp(p.fiscal_effect * f);
    let gap = if f < 0.0 { p.effort - own } else { 0.0 };
    own * m + share * gap
}

/// Share of effort that counts, given adoption and the strength of a decree.
pub fn counted(p: &Parameters, adopted: bool, decree: f64) -> f64 {
    let own = if adopted { 1.0 } else { p.before_adoption };
    own.max(p.before_adoption + (1.0 - p.before_adoption) * decree.min(1.0))
}

/// A stock after a month of `inflow` into what is missing, and of decay; kept in [0, 1].
pub fn stock_after(stock: f64, inflow: f64, decay: f64) -> f64 {
    (stock + inflow * (1.0 - stock) - decay * stock).clamp(0.0, 1.0)
}

/// A government that builds.
#[derive(QueryData)]
#[query_data(mutable)]
pub struct Builder {
    government: &'static Government,
    endowment: &'static Endowment,
    adoption: &'static Adoption,
    effort: &'static Effort,
    stocks: &'static mut Stocks,
}

/// Builds and wears out the stocks of every government.
pub fn system(
    parameters: Res<Parameters>,
    diffusion: Res<diffusion::Parameters>,
    production: Res<Production>,
    levers: Res<Levers>,
    mut governments: Query<Builder>,
) {
    let p = &*parameters;
    for mut who in &mut governments {
        let lever = |lever| levers.get(lever, who.government.id);
        let e = effort(
            p,
            who.endowment.fiscal,
            who.effort.building,
            lever(Lever::Equalisation),
        );
        let adoption = who.adoption;
        let institution = counted(p, adoption.institution, lever(Lever::InstitutionAdopted));
        let provided = diffusion::provided(&diffusion, adoption, lever(Lever::PlatformAdopted));
        let platform = counted(p, adoption.platform, provided);
        let stocks = &mut *who.stocks;
        let into_institution =
            lever(Lever::InstitutionGrowth) * (e * institution + lever(Lever::InstitutionSupport));
        let into_platform =
            lever(Lever::PlatformGrowth) * (e * platform + lever(Lever::PlatformSupport));
        stocks.institution = stock_after(stocks.institution, into_institution, p.institution_decay);
        stocks.platform = stock_after(stocks.platform, into_platform, p.platform_decay);
        let (n, d) = (stocks.institution, stocks.platform);
        stocks.capacity = joined(*production, n, d, p.complementarity);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::by_hand;
    use crate::model::defaults;
    use crate::world::by_hand::{PLAIN, near};

    /// V15: limits of the CES function.
    #[test]
    fn capacity_has_the_limits_of_the_ces_function() {
        let (n, d) = (0.2, 0.6);
        assert!((capacity(n, d, 1.0) - 0.4).abs() < 1e-12);
        assert!((capacity(n, d, 0.0) - libm::sqrt(n * d)).abs() < 1e-12);
        assert!((capacity(n, d, 1e-5) - libm::sqrt(n * d)).abs() < 1e-5);
        assert!((capacity(n, d, -1.0) - 0.3).abs() < 1e-12);
        assert!((capacity(n, d, -1.0 - 1e-9) - 0.3).abs() < 1e-8);
        assert!((capacity(n, d, -400.0) - 0.2).abs() < 1e-3);
        assert!((capacity(0.4, 0.4, -3.0) - 0.4).abs() < 1e-12);
        assert!(capacity(0.0, 1.0, -1.0) > 0.0);
    }

    /// The sum and the minimum are the ends of the CES function.
    #[test]
    fn additive_and_minimum_are_limits_of_ces() {
        for (n, d) in [(0.2, 0.6), (0.9, 0.1), (0.4, 0.4)] {
            let ces = |r| joined(Production::Ces, n, d, r);
            assert!((joined(Production::Additive, n, d, -1.0) - ces(1.0)).abs() < 1e-12);
            assert!((joined(Production::Minimum, n, d, -1.0) - ces(-2000.0)).abs() < 1e-3);
        }
    }

    /// V7: `D* = a e / (a e + dD)`, approached at the rate `a e + dD`.
    #[test]
    fn a_stock_settles_where_inflow_meets_decay() {
        let (inflow, decay) = (0.03, 1.0 / 60.0);
        let rest = inflow / (inflow + decay);
        let start = 0.15;
        let mut stock = start;
        for month in 1..=400 {
            stock = stock_after(stock, inflow, decay);
            let expected =
                rest + (start - rest) * libm::pow(1.0 - inflow - decay, f64::from(month));
            assert!((stock - expected).abs() < 1e-12);
        }
        assert!((stock - rest).abs() < 1e-6);
    }

    #[test]
    fn equalisation_lifts_the_poor_only() {
        let p: Parameters = defaults(NAME);
        assert!((effort(&p, -1.0, 1.0, 1.0) - p.effort).abs() < 1e-12);
        assert_eq!(effort(&p, 1.0, 1.0, 1.0), effort(&p, 1.0, 1.0, 0.0));
    }

    #[test]
    fn a_decree_counts_as_far_as_it_is_in_force() {
        let p: Parameters = defaults(NAME);
        assert_eq!(counted(&p, false, 0.0), 0.25);
        assert_eq!(counted(&p, false, 0.5), 0.625);
        assert_eq!(counted(&p, false, 2.0), 1.0);
        assert_eq!(counted(&p, true, 0.3), 1.0);
    }

    /// Where a point of fiscal strength doubles effort: half as much below, twice as much above.
    #[test]
    fn a_hand_calculated_effort() {
        let p = Parameters {
            effort: 0.5,
            fiscal_effect: std::f64::consts::LN_2,
            ..defaults(NAME)
        };
        near(effort(&p, -1.0, 0.8, 0.4), 0.25 * 0.8 + 0.4 * 0.25);
        near(effort(&p, 1.0, 0.8, 0.4), 0.8);
        near(effort(&p, 0.0, 0.8, 0.4), 0.4);
    }

    #[test]
    fn a_hand_calculated_capacity() {
        near(capacity(0.25, 1.0, -1.0), 0.4);
        near(capacity(0.25, 1.0, 0.0), 0.5);
        near(capacity(0.25, 1.0, 0.5), 0.5625);
        near(capacity(0.25, 1.0, -0.5), 4.0 / 9.0);
        near(capacity(1.0, 0.25, -2.0), 1.0 / libm::sqrt(8.5));
        near(joined(Production::Additive, 0.2, 0.6, -1.0), 0.4);
        near(stock_after(0.2, 0.1, 0.05), 0.2 + 0.08 - 0.01);
    }

    /// An effort of .25, a bureau, and a platform by decree at half strength: .625 of the effort counts.
    #[test]
    fn a_hand_calculated_month_of_building() {
        let world = &mut by_hand::world();
        let stocks = Stocks {
            institution: 0.2,
            platform: 0.4,
            capacity: 0.0,
        };
        let effort = Effort {
            responding: 0.5,
            building: 0.5,
        };
        let adoption = Adoption {
            institution: true,
            ..Adoption::default()
        };
        by_hand::set(world, 4, (PLAIN, stocks, effort, adoption));
        for (lever, value) in [
            (Lever::InstitutionGrowth, 0.1),
            (Lever::InstitutionSupport, 0.3),
            (Lever::PlatformGrowth, 0.2),
            (Lever::PlatformSupport, 0.1),
            (Lever::PlatformAdopted, 0.5),
        ] {
            by_hand::pull(world, lever, 4, value);
        }
        by_hand::run(world, 0, system);
        let Stocks {
            institution,
            platform,
            capacity,
        } = by_hand::get(world, 4);
        near(institution, 0.2 + 0.055 * 0.8 - 0.2 / 120.0);
        near(platform, 0.4 + 0.05125 * 0.6 - 0.4 / 60.0);
        near(capacity, 0.308_424_242_424_242_43);
    }
}
