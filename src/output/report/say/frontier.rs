//! Policies that are worth their money: none that is cheaper does as much, as far as can be told.

use serde::Serialize;

use super::round::is_little;
use crate::experiment::statistics::value::{Offer, dominated_by};
use crate::numeric::BySize as _;

/// Policies on the frontier of cost and gain in one outcome.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Frontier {
    /// Those on it, counted without the baseline, the cheapest first.
    pub efficient: Vec<usize>,
    /// For every policy, counted without the baseline, a cheaper one (the baseline first) from whose
    /// gain its own cannot be told, where only that keeps it from the frontier.
    pub ties: Vec<Option<usize>>,
}

/// The frontier of `offers`, the baseline first. `lead(a, b)` is the interval of how much more `a`
/// gains than `b`; less than `least` is not worth stating.
///
/// A policy is efficient if no other dominates it and it gains clearly more than nothing and than
/// every cheaper one.
pub fn frontier(
    offers: &[Offer],
    lead: impl Fn(usize, usize) -> (f64, f64),
    least: f64,
) -> Frontier {
    let dominated = dominated_by(offers, &lead);
    let clearly = |policy: usize, other: usize| {
        let (low, high) = lead(policy, other);
        low > 0.0 && !is_little([low, high], least)
    };
    let mut found = Frontier::default();
    for (policy, offer) in offers.iter().enumerate().skip(1) {
        let stands = offer.gain.is_finite() && dominated[policy].is_none();
        let cheaper = |other: &usize| *other == 0 || offers[*other].cost < offer.cost;
        let rivals = (0..offers.len()).filter(|other| *other != policy && cheaper(other));
        let alike = rivals.filter(|other| stands && !clearly(policy, *other));
        let tie = alike.max_by(|a, b| offers[*a].gain.by_size(&offers[*b].gain));
        found.ties.push(tie);
        if stands && tie.is_none() {
            found.efficient.push(policy - 1);
        }
    }
    let cost = |policy: &usize| offers[policy + 1].cost;
    found.efficient.sort_by(|a, b| cost(a).by_size(&cost(b)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offers(points: &[(f64, f64)]) -> Vec<Offer> {
        let offer = |&(cost, gain): &(f64, f64)| Offer { cost, gain };
        std::iter::once(&(0.0, 0.0))
            .chain(points)
            .map(offer)
            .collect()
    }

    #[test]
    fn the_frontier_leaves_out_what_is_dearer_and_does_less() {
        let offers = offers(&[
            (4.0, 0.5),
            (1.0, 0.3),
            (2.0, 0.2),
            (3.0, -0.1),
            (9.0, f64::NAN),
        ]);
        let lead = |a: usize, b: usize| (offers[a].gain - offers[b].gain, 1.0);
        let found = frontier(&offers, lead, 0.0);
        assert_eq!(found.efficient, [1, 0]);
        assert_eq!(found.ties, [None; 5]);
    }

    #[test]
    fn what_cannot_be_told_from_a_cheaper_policy_is_not_efficient() {
        // .0069 ± .003 for 45 beside .0066 ± .003 for 3: no one can say that the dear one does more.
        let offers = offers(&[(45.0, 0.0069), (3.0, 0.0066), (50.0, 0.1), (1.0, 0.0001)]);
        let lead = |a: usize, b: usize| {
            let more = offers[a].gain - offers[b].gain;
            (more - 0.003, more + 0.003)
        };
        let found = frontier(&offers, lead, 0.0);
        assert_eq!(found.efficient, [1, 2]);
        assert_eq!(found.ties, [Some(2), None, None, Some(0)]);
    }
}
