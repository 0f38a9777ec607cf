//! What each part of a package contributes: leaving it out, its Shapley value, its synergies.
//!
//! With `v(S)` an outcome under the interventions S of the package:
//!
//! ```text
//! leaving out i   v(all) - v(all without i)
//! alone           v(i) - v(none)
//! Shapley value   mean over all orders in which parts can be added of v(with i) - v(before i)
//! synergy         v(i and j) - v(i) - v(j) + v(none)
//! ```
//!
//! Shapley values sum to the effect of the whole (Shapley 1953). Up to [`EXACT`] parts every subset
//! is run. Beyond, each replication adds the parts in a random order of its own and in the reverse
//! one (Castro, Gomez and Tejada 2009; the reverse cancels much of the error), so that the interval
//! over replications covers the choice of orders too; up to [`PAIRED`] parts every part alone and
//! every two together are run besides. Every subset is a policy with an identity: none is run twice.

pub mod subsets;

use std::collections::BTreeMap;

use crate::chance::Chance;
use crate::chance::draws::decomposition::ORDER;
use crate::experiment::design::shuffled;
use crate::experiment::statistics::paired::{Effect, Pairs};
use crate::intervention::Policy;

/// Most parts for which all subsets are run.
pub const EXACT: usize = 6;

/// Most parts of which every two are run together.
pub const PAIRED: usize = 20;

/// Parts of a package that are in: bit i stands for part i.
pub type Subset = u64;

/// A package in parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Parts {
    /// Name of each part and its interventions, by their position in the policy.
    pub parts: Vec<(String, Vec<usize>)>,
}

/// What a row of the decomposition is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Share {
    /// The whole package.
    Total,
    /// Shapley value of a part.
    Shapley(usize),
    /// A part left out of the whole.
    LeftOut(usize),
    /// A part alone.
    Alone(usize),
    /// Two parts beyond their sum.
    Synergy(usize, usize),
}

impl Parts {
    /// Every intervention of `policy` a part of its own.
    pub fn each(policy: &Policy) -> Self {
        let parts = policy.interventions.iter().enumerate();
        Self {
            parts: parts.map(|(i, one)| (one.name.clone(), vec![i])).collect(),
        }
    }

    /// Interventions of `policy` that `label` calls the same are one part.
    pub fn by(policy: &Policy, label: impl Fn(&str) -> String) -> Self {
        let mut parts: Vec<(String, Vec<usize>)> = Vec::new();
        for (i, one) in policy.interventions.iter().enumerate() {
            let name = label(&one.name);
            match parts.iter_mut().find(|(known, _)| *known == name) {
                Some((_, members)) => members.push(i),
                None => parts.push((name, vec![i])),
            }
        }
        Self { parts }
    }

    fn whole(&self) -> Subset {
        (1 << self.parts.len()) - 1
    }

    fn is_exact(&self) -> bool {
        self.parts.len() <= EXACT
    }

    /// Subsets that replication `replication` needs, in rising order.
    pub fn subsets(&self, seed: u64, replication: u32) -> Vec<Subset> {
        if self.is_exact() {
            return (0..=self.whole()).collect();
        }
        let whole = self.whole();
        let prefixes = self
            .orders(seed, replication)
            .into_iter()
            .flat_map(|order| {
                order.into_iter().scan(0, |before, part| {
                    *before |= 1 << part;
                    Some(*before)
                })
            });
        let left_out = (0..self.parts.len()).map(|part| whole & !(1 << part));
        let few = self.few().into_iter();
        let mut subsets: Vec<Subset> = prefixes.chain(left_out).chain(few).chain([0]).collect();
        subsets.sort_unstable();
        subsets.dedup();
        subsets
    }

    fn is_paired(&self) -> bool {
        self.parts.len() <= PAIRED
    }

    /// Every part alone and every two together, where they are run.
    fn few(&self) -> Vec<Subset> {
        let n = if self.is_paired() {
            self.parts.len()
        } else {
            0
        };
        // i = j gives a part alone
        let twos = (0..n).flat_map(|i| (i..n).map(move |j| 1 << i | 1 << j));
        twos.collect()
    }

    /// The order of this replication in which parts are added, and its reverse.
    fn orders(&self, seed: u64, replication: u32) -> [Vec<usize>; 2] {
        let chance = Chance::new(seed, u64::from(replication));
        let order = shuffled(self.parts.len(), &chance, (ORDER, 0));
        let reverse = order.iter().rev().copied().collect();
        [order, reverse]
    }

    /// `policy` with the parts of `subset` only.
    pub fn policy(&self, policy: &Policy, subset: Subset) -> Policy {
        let inside = |part: &usize| subset >> part & 1 == 1;
        let chosen: Vec<usize> = (0..self.parts.len()).filter(inside).collect();
        let names: Vec<&str> = chosen
            .iter()
            .map(|part| self.parts[*part].0.as_str())
            .collect();
        let kept = |i: &usize| chosen.iter().any(|part| self.parts[*part].1.contains(i));
        let interventions = (0..policy.interventions.len()).filter(kept);
        Policy {
            name: format!("{} [{}]", policy.name, names.join(" + ")),
            describe: String::new(),
            interventions: interventions
                .map(|i| policy.interventions[i].clone())
                .collect(),
        }
    }

    /// Shares of one replication, from the value under each subset.
    fn shares(
        &self,
        (seed, replication): (u64, u32),
        value: impl Fn(Subset) -> f64,
    ) -> Vec<(Share, f64)> {
        let (whole, n) = (self.whole(), self.parts.len());
        let mut shares = vec![(Share::Total, value(whole) - value(0))];
        let shapley = if self.is_exact() {
            self.shapley(&value)
        } else {
            self.shapley_over(&self.orders(seed, replication), &value)
        };
        shares.extend(
            shapley
                .into_iter()
                .enumerate()
                .map(|(i, of)| (Share::Shapley(i), of)),
        );
        shares.extend((0..n).map(|i| (Share::LeftOut(i), value(whole) - value(whole & !(1 << i)))));
        if self.is_paired() {
            let alone = |i: usize| value(1 << i) - value(0);
            shares.extend((0..n).map(|i| (Share::Alone(i), alone(i))));
            let pairs = (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j)));
            shares.extend(pairs.map(|(i, j)| {
                let both = value(1 << i | 1 << j) - value(0);
                (Share::Synergy(i, j), both - alone(i) - alone(j))
            }));
        }
        shares
    }

    /// Shapley values over all subsets: `|S|! (n - |S| - 1)! / n!` weighs what i adds to S.
    fn shapley(&self, value: impl Fn(Subset) -> f64) -> Vec<f64> {
        let n = self.parts.len();
        let factorial = |k: usize| (1..=k).map(|i| i as f64).product::<f64>();
        let weight = |before: Subset| {
            let size = before.count_ones() as usize;
            factorial(size) * factorial(n - size - 1) / factorial(n)
        };
        let of = |i: usize| {
            let before = (0..=self.whole()).filter(|subset| subset >> i & 1 == 0);
            before
                .map(|subset| weight(subset) * (value(subset | 1 << i) - value(subset)))
                .sum()
        };
        (0..n).map(of).collect()
    }

    fn shapley_over(&self, orders: &[Vec<usize>], value: impl Fn(Subset) -> f64) -> Vec<f64> {
        let mut sums = vec![0.0; self.parts.len()];
        for order in orders {
            let mut before = 0;
            for &part in order {
                sums[part] += value(before | 1 << part) - value(before);
                before |= 1 << part;
            }
        }
        sums.iter().map(|sum| sum / orders.len() as f64).collect()
    }
}

/// Shares of all outcomes over replications.
#[derive(Debug, Clone, Default)]
pub struct Decomposition(BTreeMap<(usize, Share), Pairs>);

impl Decomposition {
    /// Adds a replication: values under each subset, by outcome.
    pub fn add(&mut self, parts: &Parts, luck: (u64, u32), values: &BTreeMap<Subset, Vec<f64>>) {
        let outcomes = values.values().next().map_or(0, Vec::len);
        (0..outcomes).for_each(|outcome| {
            let under = |subset: Subset| values[&subset][outcome];
            for (share, value) in parts.shares(luck, under) {
                self.0.entry((outcome, share)).or_default().add(0.0, value);
            }
        });
    }

    /// Every share with its interval: by outcome.
    pub fn rows(&self) -> impl Iterator<Item = (usize, Share, Effect)> + '_ {
        self.0
            .iter()
            .map(|((outcome, share), pairs)| (*outcome, *share, pairs.effect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(n: usize) -> Parts {
        Parts {
            parts: (0..n).map(|i| (format!("part {i}"), vec![i])).collect(),
        }
    }

    fn found(shares: &[(Share, f64)], share: Share) -> f64 {
        shares.iter().find(|(of, _)| *of == share).unwrap().1
    }

    /// Parts that add up: each share is the part's own worth, whichever way it is asked.
    #[test]
    fn an_additive_toy_is_taken_apart_exactly() {
        let worth = |i: usize| 0.5 * i as f64 - 1.0;
        for n in [4, 9] {
            let parts = parts(n);
            let value = |subset: Subset| {
                (0..n)
                    .filter(|i| subset >> i & 1 == 1)
                    .map(worth)
                    .sum::<f64>()
            };
            let shares = parts.shares((3, 0), value);
            for i in 0..n {
                assert!((found(&shares, Share::Shapley(i)) - worth(i)).abs() < 1e-12);
                assert!((found(&shares, Share::LeftOut(i)) - worth(i)).abs() < 1e-12);
            }
            assert!((found(&shares, Share::Alone(1)) - worth(1)).abs() < 1e-12);
            assert!(found(&shares, Share::Synergy(0, 3)).abs() < 1e-12);
        }
    }

    /// 15 parts: each alone and every two (120), nothing, 15 left out, two orders that begin with one
    /// and two parts and end with one left out: 2 x 11 more, and the whole.
    #[test]
    fn many_parts_are_taken_apart_in_pairs_too() {
        let parts = parts(15);
        let subsets = parts.subsets(3, 0);
        assert_eq!(subsets.len(), 120 + 1 + 15 + 2 * 11 + 1);
        let together = |subset: Subset| f64::from(subset & 0b101 == 0b101);
        assert_eq!(
            found(&parts.shares((3, 0), together), Share::Synergy(0, 2)),
            1.0
        );
        assert!(parts_alone_are_left_out(21));
    }

    fn parts_alone_are_left_out(n: usize) -> bool {
        let shares = parts(n).shares((3, 0), |_| 0.0);
        !shares.iter().any(|(of, _)| matches!(of, Share::Alone(_)))
    }

    /// The glove game: part 0 is worth something only with 1 or 2. Shapley values 2/3, 1/6, 1/6.
    #[test]
    fn the_glove_game() {
        let value = |subset: Subset| f64::from(subset & 1 == 1 && subset & 6 != 0);
        let shares = parts(3).shares((0, 0), value);
        for (i, expected) in [2.0 / 3.0, 1.0 / 6.0, 1.0 / 6.0].into_iter().enumerate() {
            assert!((found(&shares, Share::Shapley(i)) - expected).abs() < 1e-12);
        }
        assert_eq!(found(&shares, Share::Synergy(0, 1)), 1.0);
        assert_eq!(found(&shares, Share::LeftOut(1)), 0.0);
    }

    /// Sampled orders: values sum to the total in each replication, and the mean comes to the exact.
    #[test]
    fn sampled_shapley_values_sum_to_the_total_and_cover_the_exact_ones() {
        let n = 8;
        let parts = parts(n);
        let value = |subset: Subset| {
            let count = f64::from(subset.count_ones());
            count * count / 64.0 + f64::from(subset & 3 == 3)
        };
        let exact = parts.shapley(value);
        let mut decomposition = Decomposition::default();
        for replication in 0..200 {
            let needed = parts.subsets(7, replication);
            let values = needed
                .iter()
                .map(|subset| (*subset, vec![value(*subset)]))
                .collect();
            decomposition.add(&parts, (7, replication), &values);
        }
        let mut sum = 0.0;
        for (_, share, effect) in decomposition.rows() {
            if let Share::Shapley(i) = share {
                sum += effect.difference;
                let slack = 0.4 * (effect.high - effect.low) + 1e-12;
                assert!(
                    effect.low - slack <= exact[i] && exact[i] <= effect.high + slack,
                    "{i}: {effect:?}"
                );
            }
        }
        assert!((sum - value(parts.whole())).abs() < 1e-9);
    }
}
