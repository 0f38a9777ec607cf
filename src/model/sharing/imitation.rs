//! The other rule of sharing: a tie looks at one tie of a random same-level partner and copies its
//! act with the Fermi probability `1 / (1 + exp(-(payoff there - payoff here) / K))`.
//!
//! A payoff is what the tie really earned last month: nothing when it did not share, else the gain
//! with the partner's act in place of the belief. On a complete graph of equals this tends to
//! `x' = x (1 - x) tanh(gain / 2K)` (Traulsen, Nowak and Pacheco 2006).

use crate::chance::{Chance, Draw};
use crate::model::sharing::{Stance, gain};
use crate::numeric::logistic;
use crate::world::country::Country;
use crate::world::network::Ties;

const PARTNER: Draw = Draw::new(5, 1);
const MODEL: Draw = Draw::new(5, 2);

/// Probability of copying an act that earned `there`, for one that earned `here`.
pub fn copy_probability(here: f64, there: f64, noise: f64) -> f64 {
    logistic((there - here) / noise)
}

/// What acts earn this month.
pub struct View<'a> {
    /// Levels and ties.
    pub country: &'a Country,
    /// What each government brings to its ties.
    pub stances: &'a [Stance],
    /// Capacity of each government as seen by others.
    pub capacity: &'a [f64],
    /// Noise of judgement, `K`.
    pub noise: f64,
}

impl View<'_> {
    /// Probability that tie `i` shares after looking at a tie of a same-level partner.
    pub fn probability(&self, i: usize, ties: &Ties, chance: &Chance, month: u32) -> f64 {
        let network = &self.country.network;
        let edge = network.edges()[i];
        let level = |id: u32| self.country.governments[id as usize].level;
        let act = |tie: usize| f64::from(ties.shared_before[tie]);
        let luck = |draw| chance.of_pair(draw, month, edge.from, edge.to);
        let partners = network.partners(edge.from).iter().copied();
        let same: Vec<u32> = partners
            .filter(|to| level(*to) == level(edge.from))
            .collect();
        let Some(&partner) = pick(&same, luck(PARTNER)) else {
            return act(i);
        };
        let model = network.outgoing(partner).collect::<Vec<usize>>();
        let Some(&model) = pick(&model, luck(MODEL)) else {
            return act(i);
        };
        let copy = copy_probability(self.payoff(i, ties), self.payoff(model, ties), self.noise);
        act(i) + copy * (act(model) - act(i))
    }

    fn payoff(&self, tie: usize, ties: &Ties) -> f64 {
        let edge = self.country.network.edges()[tie];
        if !ties.shared_before[tie] {
            return 0.0;
        }
        let partner = f64::from(ties.shared_before[edge.reverse as usize]);
        let stance = &self.stances[edge.from as usize];
        gain(stance, self.capacity[edge.to as usize], partner)
    }
}

fn pick<T>(from: &[T], u: f64) -> Option<&T> {
    from.get((u * from.len() as f64) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// V1: in a large well-mixed population `x' = x (1 - x) tanh(gain / 2K)`.
    #[test]
    fn imitation_follows_the_replicator_with_fermi_noise() {
        let noise = 0.3;
        for gain in [-0.4, 0.0, 0.25, 0.9] {
            for x in [0.1, 0.5, 0.8] {
                let gained = (1.0 - x) * x * copy_probability(0.0, gain, noise);
                let lost = x * (1.0 - x) * copy_probability(gain, 0.0, noise);
                let expected = x * (1.0 - x) * libm::tanh(gain / (2.0 * noise));
                assert!((gained - lost - expected).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn picking_covers_every_item() {
        let items = [1, 2, 3];
        assert_eq!(pick(&items, 0.0), Some(&1));
        assert_eq!(pick(&items, 0.999_999), Some(&3));
        assert_eq!(pick::<u8>(&[], 0.5), None);
    }
}
