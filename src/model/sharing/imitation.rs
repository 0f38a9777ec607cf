//! The other rule of sharing: a tie looks at one tie of a random same-level partner and copies its
//! act with the Fermi probability `1 / (1 + exp(-(payoff there - payoff here) / K))`.
//!
//! A payoff is what the tie really earned last month: nothing when it did not share, else the gain
//! with the partner's act in place of the belief. On a complete graph of equals this tends to
//! `x' = x (1 - x) tanh(gain / 2K)` (Traulsen, Nowak and Pacheco 2006).

use crate::chance::draws::sharing::{MODEL, PARTNER};
use crate::model::sharing::{Stance, gain};
use crate::numeric::logistic;
use crate::world::country::Country;
use crate::world::luck::Luck;

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
    /// Who shared over each directed tie at the end of last month.
    pub acts: &'a [bool],
    /// Noise of judgement, `K`.
    pub noise: f64,
}

impl View<'_> {
    /// Probability that tie `i` shares after looking at a tie of a same-level partner.
    pub fn probability(&self, i: usize, luck: &Luck, month: u32) -> f64 {
        let network = &self.country.network;
        let edge = network.edges()[i];
        let level = |id: u32| self.country.governments[id as usize].level;
        let act = |tie: usize| f64::from(self.acts[tie]);
        let luck = |draw| luck.of_tie(draw, month, i);
        let ties_of = |government| network.outgoing(government, month);
        let same: Vec<u32> = ties_of(edge.from)
            .map(|tie| network.edges()[tie].to)
            .filter(|to| level(*to) == level(edge.from))
            .collect();
        let Some(&partner) = pick(&same, luck(PARTNER)) else {
            return act(i);
        };
        let models: Vec<usize> = ties_of(partner).collect();
        let Some(&model) = pick(&models, luck(MODEL)) else {
            return act(i);
        };
        let copy = copy_probability(self.payoff(i), self.payoff(model), self.noise);
        act(i) + copy * (act(model) - act(i))
    }

    fn payoff(&self, tie: usize) -> f64 {
        let edge = self.country.network.edges()[tie];
        if !self.acts[tie] {
            return 0.0;
        }
        let partner = f64::from(self.acts[edge.reverse as usize]);
        let stance = &self.stances[edge.from as usize];
        gain(stance, self.capacity[edge.to as usize], partner)
    }
}

/// The one of `from` that `u`, uniform in [0, 1), falls on.
pub fn pick<T>(from: &[T], u: f64) -> Option<&T> {
    from.get((u * from.len() as f64) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::{Chance, Identity};
    use crate::world::departments::Departments;
    use crate::world::geography::Geography;
    use crate::world::government::{Government, Level};
    use crate::world::network::{Network, Tie, TieKind};

    const GOVERNMENTS: u32 = 40;
    const NOISE: f64 = 0.3;

    /// Equals of one level, each tied to each other one from the month that `since` gives.
    fn complete(since: impl Fn(u32, u32) -> i32) -> Country {
        let government = |id| Government {
            id,
            level: Level::Province,
            province: None,
            counted: true,
        };
        let others = |a: u32| (a + 1..GOVERNMENTS).map(move |b| (a, b));
        let tie = |(a, b)| {
            let kind = TieKind::Alliance;
            (
                a,
                b,
                Tie {
                    kind,
                    since: since(a, b),
                },
            )
        };
        Country {
            geography: Geography::default(),
            identities: (0..GOVERNMENTS)
                .map(|id| Identity::of(&format!("equal {id}")))
                .collect(),
            governments: (0..GOVERNMENTS).map(government).collect(),
            superiors: vec![None; GOVERNMENTS as usize],
            cells: Vec::new(),
            network: Network::new(
                GOVERNMENTS as usize,
                (0..GOVERNMENTS).flat_map(others).map(tie),
            ),
            wiring: crate::world::wiring::Wiring::AsSeen,
            departments: Departments::default(),
            fiscal: Vec::new(),
        }
    }

    /// Mean change of the acts of all ties in `month`, where sharing earns `gain` and not sharing
    /// nothing.
    fn change(country: &Country, gain: f64, shares: &[bool], month: u32) -> f64 {
        let stance = Stance {
            cost: -gain,
            ..Stance::default()
        };
        let view = View {
            country,
            stances: &[stance; GOVERNMENTS as usize],
            capacity: &[1.0; GOVERNMENTS as usize],
            acts: shares,
            noise: NOISE,
        };
        let luck = Luck::new(Chance::new(11, 0), country);
        let change = |tie| view.probability(tie, &luck, month) - f64::from(shares[tie]);
        (0..shares.len()).map(change).sum::<f64>() / shares.len() as f64
    }

    /// V1: among many equals who all meet, `x' = x (1 - x) tanh(gain / 2K)`.
    #[test]
    fn imitation_follows_the_replicator_with_fermi_noise() {
        let country = complete(|_, _| 0);
        let ties = country.network.edges().len();
        for gain in [-0.4, 0.0, 0.25, 0.9] {
            for x in [0.1, 0.5, 0.8] {
                let shares: Vec<bool> = (0..ties)
                    .map(|tie| (tie * 617) % ties < (x * ties as f64) as usize)
                    .collect();
                let months = 0..300;
                let mean = months
                    .map(|month| change(&country, gain, &shares, month))
                    .sum::<f64>()
                    / 300.0;
                let expected = x * (1.0 - x) * libm::tanh(gain / (2.0 * NOISE));
                // four standard errors of the mean of 300 months of all ties
                let error = 4.0 * 0.5 / libm::sqrt(300.0 * ties as f64);
                assert!(
                    (mean - expected).abs() < error,
                    "gain {gain}, x {x}: {mean} for {expected}"
                );
            }
        }
    }

    #[test]
    fn ties_that_do_not_exist_yet_are_not_copied() {
        // only the first two are tied before month 50, and neither shares
        let country = complete(|a, b| if (a, b) == (0, 1) { 0 } else { 50 });
        let edges = country.network.edges();
        let shares: Vec<bool> = edges
            .iter()
            .map(|edge| edge.from.max(edge.to) > 1)
            .collect();
        let first = edges.iter().position(|edge| (edge.from, edge.to) == (0, 1));
        let before = |month| {
            let view = View {
                country: &country,
                stances: &[Stance::default(); GOVERNMENTS as usize],
                capacity: &[1.0; GOVERNMENTS as usize],
                acts: &shares,
                noise: NOISE,
            };
            let luck = Luck::new(Chance::new(2, 0), &country);
            view.probability(first.expect("a tie"), &luck, month)
        };
        assert!((0..50).all(|month| before(month) == 0.0));
        assert!((50..60).any(|month| before(month) > 0.0));
    }

    #[test]
    fn picking_covers_every_item() {
        let items = [1, 2, 3];
        assert_eq!(pick(&items, 0.0), Some(&1));
        assert_eq!(pick(&items, 0.999_999), Some(&3));
        assert_eq!(pick::<u8>(&[], 0.5), None);
    }

    /// One that shared with a partner who did earns `1.2 sqrt(.25) - .3`, with one who did not `-.3`; who
    /// did not share earns nothing.
    #[test]
    fn a_hand_calculated_copy() {
        let country = complete(|_, _| 0);
        let edges = country.network.edges();
        let stance = Stance {
            synergy: 1.2,
            cost: 0.3,
            ..Stance::default()
        };
        let mut acts = vec![false; edges.len()];
        acts[0] = true;
        acts[1] = true;
        acts[edges[0].reverse as usize] = true;
        let view = View {
            country: &country,
            stances: &[stance; GOVERNMENTS as usize],
            capacity: &[0.25; GOVERNMENTS as usize],
            acts: &acts,
            noise: NOISE,
        };
        let payoffs = [0, 1, 2].map(|tie| view.payoff(tie));
        for (found, right) in payoffs.into_iter().zip([0.3, -0.3, 0.0]) {
            assert!((found - right).abs() < 1e-12, "{payoffs:?}");
        }
        // the odds of copying what earned .3 more are e to 1
        assert!((copy_probability(0.0, 0.3, 0.3) - 0.731_058_578_630_004_9).abs() < 1e-12);
    }
}
