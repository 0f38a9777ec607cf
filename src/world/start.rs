//! The state in which a run starts, and the scatter of governments round their province.
//!
//! Stocks, shares online and protection start from one level and rise or fall with the fiscal
//! z-score `f` of the place, as `level * exp(effect * f)`.

use serde::{Deserialize, Serialize};

use crate::world::parameter::Limits::{Any, NonNegative, Positive, Share};
use crate::world::parameter::{Parameter, Source};

/// Name of the table of a scenario file.
pub const NAME: &str = "start";

/// Numbers of the starting state.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// Institution and platform stock of a government with f = 0.
    pub stock: f64,
    /// Effect of f on the logarithm of both stocks.
    pub stock_fiscal_effect: f64,
    /// Belief of a tie that the partner shares.
    pub belief: f64,
    /// The same on alliance and pairing ties.
    pub alliance_belief: f64,
    /// Citizens' expectation of performance.
    pub expectation: f64,
    /// Citizens' trust.
    pub trust: f64,
    /// Share of citizens online where f = 0.
    pub online: f64,
    /// Effect of f on the logarithm of the share online.
    pub online_fiscal_effect: f64,
    /// Share of enterprises and social organisations that take part.
    pub participation: f64,
    /// Moving average of nominal resolution that citizens start from.
    pub resolution: f64,
    /// Standard deviation of f below province level, round the province's.
    pub fiscal_scatter: f64,
    /// Standard deviation of frailty, the unseen readiness to adopt.
    pub frailty_sd: f64,
    /// Concentration of the Dirichlet scatter of attention below province level.
    pub attention_concentration: f64,
}

/// Lowest and highest share online at the start.
const ONLINE_BOUNDS: (f64, f64) = (0.02, 0.3);

impl Parameters {
    /// Share of citizens online at the start in a cell with fiscal z-score `fiscal`.
    pub fn online_share(&self, fiscal: f64) -> f64 {
        let (low, high) = ONLINE_BOUNDS;
        (self.online * libm::exp(self.online_fiscal_effect * fiscal)).clamp(low, high)
    }
}

/// The table `[start]` of a scenario file.
#[rustfmt::skip]
pub const TABLE: &[Parameter] = &[
    Parameter::assumed("stock", "N0, D0", 0.15, (0.05, 0.3), Share, "stock, 0 to 1", "institution and platform stock at the start where f = 0"),
    Parameter::assumed("stock_fiscal_effect", "", 0.15, (0.0, 0.6), Any, "per z-score", "effect of the fiscal z-score f on the logarithm of both stocks"),
    Parameter::assumed("belief", "tau0", 0.05, (0.0, 0.2), Share, "probability", "belief at the start that the partner of a tie shares"),
    Parameter::assumed("alliance_belief", "", 0.3, (0.05, 0.6), Share, "probability", "the same on alliance and pairing ties"),
    Parameter::assumed("expectation", "E0", 0.5, (0.3, 0.7), Share, "performance, 0 to 1", "citizens' expectation at the start"),
    Parameter::assumed("trust", "T0", 0.4, (0.2, 0.6), Share, "trust, 0 to 1", "citizens' trust at the start"),
    Parameter::assumed("online", "u0", 0.10, (0.05, 0.2), Share, "share of citizens", "citizens who deal with government online at the start where f = 0; kept between 0.02 and 0.3"),
    Parameter::assumed("online_fiscal_effect", "", 0.2, (0.0, 0.5), Any, "per z-score", "effect of f on the logarithm of the share online"),
    Parameter::assumed("participation", "x0", 0.01, (0.0, 0.05), Share, "share", "enterprises and social organisations that take part at the start"),
    Parameter::assumed("resolution", "rhohat0", 0.5, (0.3, 0.7), Share, "share of requests", "nominal resolution that citizens remember at the start"),
    Parameter::assumed("fiscal_scatter", "", 0.3, (0.0, 0.6), NonNegative, "z-score", "standard deviation of f of prefectures and counties round their province"),
    Parameter::assumed("frailty_sd", "", 0.9, (0.3, 1.2), NonNegative, "z-score", "standard deviation of frailty, the unseen readiness to adopt, shared by platform and institution")
        .from(Source::Fitted("counts of platform launches to 2020-10; weakly identified")),
    Parameter::assumed("attention_concentration", "", 60.0, (10.0, 300.0), Positive, "pseudo-count", "Dirichlet concentration of attention of prefectures and counties round their province"),
];
