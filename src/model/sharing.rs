//! Sharing: governments decide tie by tie whether to share their data.
//!
//! Each directed tie g->h is reconsidered with probability `r`:
//! `gain = sigma (1 + ux (xE+xS)/2) sqrt(Q_g Q_h) tau - [k (1 - kappa D) + phi - mu M sqrt(N)]
//! + omega max(0, median(Q) - Q_g)`, and shares with probability `1 / (1 + exp(-gain / K))`, the
//! logit response (McFadden 1974; Blume 1993). Then beliefs follow the partner's act of last month:
//! `tau += at (y - tau)`. With `c` the bracket, a tie is a prisoner's dilemma if `sigma Q < c`, a
//! stag hunt if `0 < c < sigma Q`, harmony if `c < 0`.
//!
//! With `rule = "imitation"` a tie copies an act of a same-level partner; see [`imitation`]. With
//! `rule = "threshold"` it shares iff `gain > 0`: the best response, the limit of `K` to 0 (Young 1993).

pub mod imitation;

use bevy_ecs::prelude::{IntoScheduleConfigs as _, Query, Res, ResMut};
use bevy_ecs::query::QueryData;

use crate::chance::draws::sharing::DECISION;
use crate::model::Step;
use crate::numeric::{Fraction, logistic};
use crate::world::alternative::alternative;
use crate::world::clock::Clock;
use crate::world::country::Setting;
use crate::world::government::{Exposure, Government, Participation, Standing, Stocks};
use crate::world::levers::{Lever, Levers};
use crate::world::luck::Luck;
use crate::world::network::{Edge, Network, Ties};
use crate::world::parameter::Limits::{NonNegative, Positive, Share};
use crate::world::parameter::{ASSUMED, parameters};

/// Name of this step.
pub const NAME: &str = "sharing";

/// What the month and the scenario know of it.
pub const STEP: Step = Step {
    name: NAME,
    does: "Governments reconsider, tie by tie, whether to share data; beliefs follow partners' acts.",
    parameters: TABLE,
    insert: |world, values| world.insert_resource(values.group::<Parameters>(NAME)),
    system: || system.into_configs(),
    source: include_str!("sharing.rs"),
};

parameters! {
    /// Numbers of this process.

    benefit {
        symbol: "sigma", default: 3.0, plausible: (1.0, 6.0), limits: NonNegative,
        unit: "cost of integration = 1",
        meaning: "benefit of sharing with a partner who shares, at full capacity of both",
        source: ASSUMED,
    }
    integration_cost {
        symbol: "k", default: 1.0, plausible: (0.8, 1.2), limits: NonNegative,
        unit: "cost of integration = 1",
        meaning: "cost of sharing over a tie without a platform; the unit of this table",
        source: ASSUMED,
    }
    platform_saving {
        symbol: "kappa", default: 0.5, plausible: (0.0, 0.8), limits: Share,
        unit: "share of the cost",
        meaning: "part of the cost that a full platform saves",
        source: ASSUMED,
    }
    mandate_weight {
        symbol: "mu", default: 1.2, plausible: (0.0, 2.5), limits: NonNegative,
        unit: "cost of integration = 1",
        meaning: "weight of a full mandate where institutions are full",
        source: ASSUMED,
    }
    noise {
        symbol: "K", default: 0.2, plausible: (0.05, 0.5), limits: Positive,
        unit: "cost of integration = 1",
        meaning: "spread of private judgement; 0.05 makes choices nearly certain",
        source: ASSUMED,
    }
    revision_rate {
        symbol: "r", default: 0.1, plausible: (0.03, 0.3), limits: Share,
        unit: "probability per month",
        meaning: "chance that a tie is reconsidered",
        source: ASSUMED,
    }
    belief_rate {
        symbol: "at", default: 0.1, plausible: (0.03, 0.3), limits: Share,
        unit: "per month",
        meaning: "speed at which beliefs follow the partner's acts",
        source: ASSUMED,
    }
    peer_pressure {
        symbol: "omega", default: 0.2, plausible: (0.0, 1.0), limits: NonNegative,
        unit: "cost of integration per capacity",
        meaning: "pull of peers who are ahead; the promotion tournament is contested, report with 0 too",
        source: ASSUMED,
    }
    participation_effect {
        symbol: "ux", default: 0.3, plausible: (0.0, 1.0), limits: NonNegative,
        unit: "share of the benefit",
        meaning: "how far participation of enterprises and society raises the benefit",
        source: ASSUMED,
    }
}

alternative! {
    /// How a tie is decided.
    Rule in "sharing.rule", "how a tie is decided";
    Logit = "logit", "weighs its own gain, with noise";
    Imitation = "imitation", "copies an act of a same-level partner that did better";
    Threshold = "threshold", "shares if its own gain is above 0, without noise";
}

impl Rule {
    /// Probability that a tie shares whose sharing is worth `gain` with noise `noise`, and that copies with the
    /// probability `imitated`.
    pub fn probability(
        self,
        noise: f64,
        gain: impl FnOnce() -> f64,
        imitated: impl FnOnce() -> f64,
    ) -> f64 {
        match self {
            Self::Logit => share_probability(gain(), noise),
            Self::Threshold => best_response(gain()),
            Self::Imitation => imitated(),
        }
    }
}

/// What a government brings to all its ties this month.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Stance {
    /// `sigma (1 + ux (xE+xS)/2) sqrt(Q_g)`; times `sqrt(Q_h)` the benefit of a mutual tie.
    pub synergy: f64,
    /// `c = k (1 - kappa D) + phi - mu M sqrt(N)`.
    pub cost: f64,
    /// `omega max(0, median(Q) - Q_g)`.
    pub pull: f64,
    /// Chance that a tie is reconsidered.
    pub revision: f64,
    /// Speed of belief.
    pub belief_rate: f64,
}

/// What sharing over a tie is worth, before noise.
pub fn gain(stance: &Stance, partner_capacity: f64, belief: f64) -> f64 {
    stance.synergy * libm::sqrt(partner_capacity) * belief - stance.cost + stance.pull
}

/// Probability of sharing at `gain` with noise `noise`.
pub fn share_probability(gain: f64, noise: f64) -> f64 {
    logistic(gain / noise)
}

/// Probability of sharing at `gain` where nobody errs.
pub fn best_response(gain: f64) -> f64 {
    f64::from(gain > 0.0)
}

/// A belief after seeing the partner's act.
pub fn belief_after(belief: f64, partner_shared: bool, rate: f64) -> f64 {
    belief + rate * (f64::from(partner_shared) - belief)
}

/// `c = k (1 - kappa D) + phi - mu M sqrt(N)`.
pub fn cost(k: f64, saving: f64, platform: f64, fear: f64, mandate: f64, institution: f64) -> f64 {
    k * (1.0 - saving * platform) + fear - mandate * libm::sqrt(institution)
}

/// A government that shares or keeps its data.
#[derive(QueryData)]
pub struct Sharer {
    /// Who it is.
    pub government: &'static Government,
    /// What it has built.
    pub stocks: &'static Stocks,
    /// What it fears.
    pub exposure: &'static Exposure,
    /// Who takes part in its place.
    pub participation: &'static Participation,
}

/// Reconsiders ties and updates beliefs.
pub fn system(
    clock: Res<Clock>,
    mut luck: ResMut<Luck>,
    parameters: Res<Parameters>,
    rule: Res<Rule>,
    setting: Res<Setting>,
    standing: Res<Standing>,
    levers: Res<Levers>,
    mut ties: ResMut<Ties>,
    governments: Query<Sharer>,
) {
    let stances = stances(&parameters, &levers, &standing, &governments);
    let (network, month) = (&setting.0.network, clock.month);
    remember(&mut ties, network, month);
    let decisions = luck.of_ties(DECISION, month).to_vec();
    let Ties {
        shares,
        shared_before,
        belief,
        ..
    } = &mut *ties;
    let deciding = Deciding {
        view: imitation::View {
            country: &setting.0,
            stances: &stances,
            capacity: &standing.capacity,
            acts: shared_before,
            noise: parameters.noise,
        },
        rule: *rule,
        luck: &luck,
        month,
    };
    deciding.reconsider(&decisions, shares, belief);
}

/// How ties are decided in a month.
struct Deciding<'a> {
    view: imitation::View<'a>,
    rule: Rule,
    luck: &'a Luck,
    month: u32,
}

impl Deciding<'_> {
    /// Reconsiders ties by the numbers that they drew, and lets beliefs follow what partners did last month.
    fn reconsider(&self, decisions: &[f32], shares: &mut [bool], belief: &mut [f64]) {
        let network = &self.view.country.network;
        for (rows, stance) in network.by_government().zip(self.view.stances) {
            let edges = network.edges()[rows.clone()].iter();
            let drawn = edges.zip(&decisions[rows.clone()]);
            let shares = shares[rows.clone()].iter_mut();
            let acts = shares.zip(&mut belief[rows.clone()]);
            for (tie, ((edge, u), (shares, belief))) in rows.zip(drawn.zip(acts)) {
                if !edge.tie.exists(self.month) {
                    continue;
                }
                let u = f64::from(*u);
                if u < stance.revision {
                    *shares = u < stance.revision * self.probability(tie, edge, *belief);
                }
                let partner = self.view.acts[edge.reverse as usize];
                *belief = belief_after(*belief, partner, stance.belief_rate);
            }
        }
    }

    /// Probability that a tie shares once it is reconsidered.
    fn probability(&self, tie: usize, edge: &Edge, belief: f64) -> f64 {
        let view = &self.view;
        let stance = &view.stances[edge.from as usize];
        let gain = || gain(stance, view.capacity[edge.to as usize], belief);
        let imitated = || view.probability(tie, self.luck, self.month);
        self.rule.probability(view.noise, gain, imitated)
    }
}

/// What each government brings to its ties this month.
pub fn stances(
    p: &Parameters,
    levers: &Levers,
    standing: &Standing,
    governments: &Query<Sharer>,
) -> Vec<Stance> {
    let mut stances = vec![Stance::default(); standing.capacity.len()];
    for who in governments {
        let median = standing.median_capacity[who.government.level as usize];
        stances[who.government.index()] = stance(p, levers, &who, median);
    }
    stances
}

fn stance(p: &Parameters, levers: &Levers, who: &SharerItem<'_, '_>, median: f64) -> Stance {
    let lever = |lever| levers.get(lever, who.government.id);
    let stocks = who.stocks;
    Stance {
        synergy: p.benefit
            * (1.0 + p.participation_effect * who.participation.mean())
            * libm::sqrt(stocks.capacity),
        cost: cost(
            lever(Lever::IntegrationCost),
            lever(Lever::PlatformSaving),
            stocks.platform,
            who.exposure.fear,
            p.mandate_weight * lever(Lever::Mandate),
            stocks.institution,
        ),
        pull: p.peer_pressure * (median - stocks.capacity).max(0.0),
        revision: lever(Lever::RevisionRate),
        belief_rate: lever(Lever::BeliefRate),
    }
}

/// Keeps last month's acts apart, and how active each government's ties were.
fn remember(ties: &mut Ties, network: &Network, month: u32) {
    let Ties {
        shares,
        shared_before,
        activity,
        ..
    } = ties;
    shared_before.copy_from_slice(shares);
    for (rows, activity) in network.by_government().zip(activity) {
        let (mut active, mut ends) = (0, 0);
        for (edge, shares_out) in network.edges()[rows.clone()].iter().zip(&shares[rows]) {
            if edge.tie.exists(month) {
                active += u32::from(*shares_out) + u32::from(shares[edge.reverse as usize]);
                ends += 2;
            }
        }
        let active = Fraction {
            part: active.into(),
            whole: ends.into(),
        };
        *activity = active.share();
    }
}

#[cfg(test)]
mod tests;
