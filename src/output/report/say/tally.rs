//! WinCounts over replications, or over the design points of a sweep: how often a policy is better than
//! the baseline, which rank it has, and by how much it differs from every other.

use crate::experiment::statistics::paired::{Effect, Pairs};

/// For an outcome, by policy (the baseline first) and rank: how often.
pub type Ranks = Vec<Vec<u32>>;

/// How often a policy is better than the baseline, equal, and worse.
pub type WinCounts = [u32; 3];

/// The counts.
#[derive(Debug, Clone, PartialEq)]
pub struct ReplicationTally {
    policies: usize,
    signs: Vec<f64>,
    ranks: Vec<Ranks>,
    counts: Vec<WinCounts>,
    apart: Vec<Pairs>,
}

impl ReplicationTally {
    /// Nothing counted yet of `policies`; `signs` make more of an outcome better.
    pub fn of(policies: usize, signs: Vec<f64>) -> Self {
        Self {
            ranks: vec![vec![vec![0; policies]; policies]; signs.len()],
            counts: vec![[0; 3]; policies * signs.len()],
            apart: vec![Pairs::default(); policies * policies * signs.len()],
            policies,
            signs,
        }
    }

    /// Number of outcomes.
    pub fn outcomes(&self) -> usize {
        self.signs.len()
    }

    /// Numbers of one replication or design point.
    pub fn levels(&self) -> usize {
        self.policies * self.signs.len()
    }

    /// Adds a replication or design point: `levels` by policy and outcome.
    pub fn add(&mut self, levels: &[f64]) {
        for outcome in 0..self.signs.len() {
            let gain = |policy| self.signs[outcome] * levels[policy * self.signs.len() + outcome];
            let gains: Vec<f64> = (0..self.policies).map(gain).collect();
            self.add_outcome(outcome, &gains);
        }
    }

    fn add_outcome(&mut self, outcome: usize, gains: &[f64]) {
        for (policy, own) in gains.iter().enumerate() {
            let which = match own.partial_cmp(&gains[0]) {
                Some(order) => 1 - order as i8,
                None => continue,
            };
            let at = policy * self.signs.len() + outcome;
            self.counts[at][which as usize] += 1;
            let better = gains.iter().filter(|other| *other > own).count();
            self.ranks[outcome][policy][better] += 1;
            for (other, gain) in gains.iter().enumerate() {
                let at = self.position(outcome, other, policy);
                self.apart[at].add(*gain, *own);
            }
        }
    }

    fn position(&self, outcome: usize, other: usize, policy: usize) -> usize {
        (outcome * self.policies + other) * self.policies + policy
    }

    /// Ranks by outcome.
    pub fn ranks(&self) -> &[Ranks] {
        &self.ranks
    }

    /// How often `policy` is better than the baseline, equal, and worse.
    pub fn counts(&self, policy: usize, outcome: usize) -> WinCounts {
        self.counts[policy * self.signs.len() + outcome]
    }

    /// What `policy` gains more than `other`, pair by pair.
    pub fn gained(&self, other: usize, policy: usize, outcome: usize) -> Effect {
        self.apart[self.position(outcome, other, policy)].effect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally() -> ReplicationTally {
        let mut tally = ReplicationTally::of(3, vec![1.0]);
        tally.add(&[0.1, 0.3, 0.3]);
        tally.add(&[0.2, 0.1, 0.2]);
        tally.add(&[0.2, f64::NAN, 0.5]);
        tally
    }

    #[test]
    fn equal_policies_share_the_better_rank() {
        let tally = tally();
        let ranks = &tally.ranks()[0];
        assert_eq!(ranks[0], [1, 1, 1]);
        assert_eq!(ranks[1], [1, 0, 1]);
        assert_eq!(ranks[2], [3, 0, 0]);
    }

    #[test]
    fn better_equal_and_worse_are_told_apart() {
        let tally = tally();
        assert_eq!(tally.counts(1, 0), [1, 0, 1]);
        assert_eq!(tally.counts(2, 0), [2, 1, 0]);
        let less = ReplicationTally::of(2, vec![-1.0]);
        let less = [[0.3, 0.1], [0.3, 0.3]].iter().fold(less, |mut all, one| {
            all.add(one);
            all
        });
        assert_eq!(less.counts(1, 0), [1, 1, 0]);
        assert!((less.gained(0, 1, 0).difference - 0.1).abs() < 1e-12);
        assert_eq!(less.gained(0, 1, 0).pairs, 2);
    }
}
