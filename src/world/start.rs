//! The state in which a run starts, and the scatter of governments round their province.
//!
//! Stocks, shares online and protection start from one level and rise or fall with the fiscal
//! z-score `f` of the place, as `level * exp(effect * f)`.

use crate::world::parameter::Limits::{Any, NonNegative, Positive, Share};
use crate::world::parameter::{ASSUMED, Provenance, parameters};

/// Name of the table of a scenario file.
pub const NAME: &str = "start";

parameters! {
    /// Numbers of the starting state.

    stock {
        symbol: "N0, D0", default: 0.15, plausible: (0.05, 0.3), limits: Share,
        unit: "stock, 0 to 1",
        meaning: "institution and platform stock at the start where f = 0",
        source: ASSUMED,
    }
    stock_fiscal_effect {
        default: 0.15, plausible: (0.0, 0.6), limits: Any,
        unit: "per z-score",
        meaning: "effect of the fiscal z-score f on the logarithm of both stocks",
        source: ASSUMED,
    }
    belief {
        symbol: "tau0", default: 0.05, plausible: (0.0, 0.2), limits: Share,
        unit: "probability",
        meaning: "belief at the start that the partner of a tie shares",
        source: ASSUMED,
    }
    alliance_belief {
        default: 0.3, plausible: (0.05, 0.6), limits: Share,
        unit: "probability",
        meaning: "the same on alliance and pairing ties",
        source: ASSUMED,
    }
    line_belief {
        default: 0.3, plausible: (0.05, 0.6), limits: Share,
        unit: "probability",
        meaning: "the same on the lines of departments",
        source: Provenance::Assumption("ministries have run systems down their lines since the golden projects of 1993"),
    }
    expectation {
        symbol: "E0", default: 0.5, plausible: (0.3, 0.7), limits: Share,
        unit: "performance, 0 to 1",
        meaning: "citizens' expectation at the start",
        source: ASSUMED,
    }
    trust {
        symbol: "T0", default: 0.4, plausible: (0.2, 0.6), limits: Share,
        unit: "trust, 0 to 1",
        meaning: "citizens' trust at the start",
        source: ASSUMED,
    }
    online {
        symbol: "u0", default: 0.10, plausible: (0.05, 0.2), limits: Share,
        unit: "share of citizens",
        meaning: "citizens who deal with government online at the start where f = 0; kept between 0.02 and 0.3",
        source: ASSUMED,
    }
    online_fiscal_effect {
        default: 0.2, plausible: (0.0, 0.5), limits: Any,
        unit: "per z-score",
        meaning: "effect of f on the logarithm of the share online",
        source: ASSUMED,
    }
    participation {
        symbol: "x0", default: 0.01, plausible: (0.0, 0.05), limits: Share,
        unit: "share",
        meaning: "enterprises and social organisations that take part at the start",
        source: ASSUMED,
    }
    resolution {
        symbol: "rhohat0", default: 0.5, plausible: (0.3, 0.7), limits: Share,
        unit: "share of requests",
        meaning: "nominal resolution that citizens remember at the start",
        source: ASSUMED,
    }
    helped {
        symbol: "H0", default: 0.1, plausible: (0.0, 0.3), limits: Share,
        unit: "share of citizens",
        meaning: "citizens who remember at the start that a request of theirs was closed with substance",
        source: Provenance::Assumption("about where the first year's service leaves it"),
    }
    fiscal_scatter {
        default: 0.3, plausible: (0.0, 0.6), limits: NonNegative,
        unit: "z-score",
        meaning: "standard deviation of f of prefectures and counties round their province",
        source: ASSUMED,
    }
    frailty_sd {
        default: 0.9, plausible: (0.3, 1.2), limits: NonNegative,
        unit: "z-score",
        meaning: "standard deviation of frailty, the unseen readiness to adopt, shared by platform and institution",
        source: Provenance::Fitted("counts of platform launches to 2020-10; weakly identified"),
    }
    attention_concentration {
        default: 60.0, plausible: (10.0, 300.0), limits: Positive,
        unit: "pseudo-count",
        meaning: "Dirichlet concentration of attention of prefectures and counties round their province",
        source: ASSUMED,
    }
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
