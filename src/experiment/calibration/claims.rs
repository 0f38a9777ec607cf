//! In how much of the region a claim about a policy holds: that it raises an outcome, or lowers it.

use crate::experiment::design::responses::Responses;
use crate::numeric::{share_interval, weighted_quantile};

/// What a policy does to an outcome over the points of the region.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Claim {
    /// Effect at the scenario's own values.
    pub own: f64,
    /// Points of the region.
    pub points: usize,
    /// Share of them in which the effect has the sign that it has at the own values.
    pub holds: f64,
    /// Its 95 % interval.
    pub interval: (f64, f64),
    /// Effect at the 5th, 50th and 95th percentile over the points.
    pub effects: [f64; 3],
}

/// The claim on main outcome number `outcome` under `policy`; the first point of the `responses` has
/// the scenario's own values, the others are of the region.
pub fn claim(responses: &Responses, policy: usize, outcome: usize) -> Claim {
    let effects = responses.effects(policy, outcome);
    let (own, region) = effects.split_first().expect("the own values are a point");
    let same = |effect: &&f64| (**effect > 0.0) == (*own > 0.0) && **effect != 0.0;
    let holds = region.iter().filter(same).count();
    let equal = vec![1.0; region.len()];
    Claim {
        own: *own,
        points: region.len(),
        holds: holds as f64 / region.len() as f64,
        interval: share_interval(holds as u64, region.len() as u64),
        effects: [0.05, 0.5, 0.95].map(|q| weighted_quantile(region, &equal, q)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::by_hand::{MadeUp, scenario, table};
    use crate::experiment::runs::digest::Detail;
    use crate::experiment::runs::plan::Plan;

    /// A policy that gains 2 at the own values, and 1, nothing and -1 at three points of the region: its
    /// claim holds at one of them.
    #[test]
    fn a_claim_holds_where_the_effect_has_its_sign() {
        let design = table(&[1.0, 2.0, 3.0, 4.0]);
        let plan = Plan::swept(std::sync::Arc::new(scenario()), &design, Detail::Judged).unwrap();
        let runs = MadeUp {
            rule: |policy, _, point| 10.0 + (2.0 - point) * [0.0, 1.0, -1.0][policy],
            policies: 3,
            replications: 2,
        };
        let responses = Responses::read(&plan, &runs).expect("all runs");
        for (policy, sign) in [(1, 1.0), (2, -1.0)] {
            let right = Claim {
                own: 2.0 * sign,
                points: 3,
                holds: 1.0 / 3.0,
                interval: share_interval(1, 3),
                effects: [-1.0, 0.0, 1.0],
            };
            assert_eq!(claim(&responses, policy, 4), right);
        }
    }
}
