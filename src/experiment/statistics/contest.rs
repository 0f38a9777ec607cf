//! Policies against each other: paired differences of the main outcomes between any two of them, and
//! what a policy pays for its gains. All of the nation, over the last 12 months.

use crate::experiment::runs::digest::Digest;
use crate::experiment::statistics::paired::Effect;
use crate::experiment::statistics::worlds::differences::Differences;
use crate::experiment::statistics::worlds::spread::WorldSpread;
use crate::model::outcome::{OUTCOMES, main_outcomes};

/// What a policy reached in one replication, and what it spent.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    mains: Vec<f64>,
    money: f64,
}

impl Score {
    /// The score of a run.
    pub fn of(digest: &Digest) -> Self {
        let mains = main_outcomes().into_iter();
        Self {
            mains: mains.map(|outcome| digest.judged()[outcome]).collect(),
            money: digest.money(),
        }
    }

    /// Adds another score to this one.
    pub fn add(&mut self, other: &Self) {
        for (sum, value) in self.mains.iter_mut().zip(&other.mains) {
            *sum += value;
        }
        self.money += other.money;
    }

    /// The score divided by `n`.
    pub fn over(&self, n: f64) -> Self {
        Self {
            mains: self.mains.iter().map(|sum| sum / n).collect(),
            money: self.money / n,
        }
    }
}

/// Every policy against every other, over replications.
#[derive(Debug, Clone)]
pub struct Contest {
    policies: usize,
    outcomes: Vec<usize>,
    /// By policy, the one it is held against, and main outcome.
    differences: Differences,
    /// Cost and gain against the baseline, by policy and main outcome.
    prices: Differences,
}

impl Contest {
    /// Between so many policies, with nothing seen yet.
    pub fn of(policies: usize) -> Self {
        let outcomes = main_outcomes();
        Self {
            differences: Differences::of(policies * policies * outcomes.len()),
            prices: Differences::of(policies * outcomes.len()),
            policies,
            outcomes,
        }
    }

    /// Adds a replication: the score of every policy, the baseline first.
    pub fn add(&mut self, scores: &[Score]) {
        for (policy, own) in scores.iter().enumerate() {
            for (o, &outcome) in self.outcomes.iter().enumerate() {
                for (against, other) in scores.iter().enumerate() {
                    let row = policy * self.policies + against;
                    let cell = row * self.outcomes.len() + o;
                    self.differences.add(cell, other.mains[o], own.mains[o]);
                }
                let sign = OUTCOMES[outcome].direction.sign();
                let gain = sign * (own.mains[o] - scores[0].mains[o]);
                let cell = policy * self.outcomes.len() + o;
                self.prices.add(cell, own.money, gain);
            }
        }
    }

    /// Paired difference of `policy` from `against` in the main outcome number `outcome`.
    pub fn difference(&self, policy: usize, against: usize, outcome: usize) -> Effect {
        self.differences.effect(self.cell(policy, against, outcome))
    }

    /// How far worlds lie apart in it, where there are worlds.
    pub fn spread(&self, policy: usize, against: usize, outcome: usize) -> Option<WorldSpread> {
        self.differences.spread(self.cell(policy, against, outcome))
    }

    /// Takes what was added since the last world as a world of this `weight`.
    pub fn end_world(&mut self, weight: f64) {
        self.differences.end_world(weight);
        self.prices.end_world(weight);
    }

    fn cell(&self, policy: usize, against: usize, outcome: usize) -> usize {
        (policy * self.policies + against) * self.outcomes.len() + outcome
    }

    /// By how much `policy` is better than `against`: ends of the 95 % interval, with a sign that
    /// makes more better.
    pub fn lead(&self, policy: usize, against: usize, outcome: usize) -> (f64, f64) {
        let Effect { low, high, .. } = self.difference(policy, against, outcome);
        match OUTCOMES[self.outcomes[outcome]].direction.sign() {
            sign if sign < 0.0 => (-high, -low),
            _ => (low, high),
        }
    }

    /// Money that `policy` spends for one unit of the main outcome number `outcome`, with the ends of
    /// its 95 % interval; where it surely gains something.
    pub fn price(&self, policy: usize, outcome: usize) -> Option<[f64; 3]> {
        self.prices.price(policy * self.outcomes.len() + outcome)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::outcome::position;
    use crate::world::by_hand::near;

    fn score(first: f64, money: f64) -> Score {
        let mains = 0..main_outcomes().len();
        Score {
            mains: mains.map(|o| first * (1.0 + o as f64)).collect(),
            money,
        }
    }

    /// Two replications of three policies: the second gains 2 and 4 for 100 and 140, the third 3 and 3.
    #[test]
    fn a_hand_calculated_contest() {
        let mut contest = Contest::of(3);
        contest.add(&[score(1.0, 0.0), score(3.0, 100.0), score(4.0, 50.0)]);
        contest.add(&[score(2.0, 0.0), score(6.0, 140.0), score(5.0, 50.0)]);
        for (policy, against, right) in [
            (1, 0, 3.0),
            (2, 0, 3.0),
            (1, 2, 0.0),
            (2, 1, 0.0),
            (0, 1, -3.0),
        ] {
            near(contest.difference(policy, against, 0).difference, right);
            near(
                contest.difference(policy, against, 4).difference,
                5.0 * right,
            );
            let effect = contest.difference(policy, against, 4);
            assert_eq!(contest.lead(policy, against, 4), (effect.low, effect.high));
        }
        let [price, low, high] = contest.price(2, 0).expect("it surely gains 3");
        near(price, 50.0 / 3.0);
        near(low, price);
        near(high, price);
        assert_eq!(contest.price(1, 0), None);
        assert!(contest.spread(1, 0, 0).is_none());
        let (mut sum, other) = (score(1.0, 10.0), score(2.0, 30.0));
        sum.add(&other);
        assert_eq!(sum.over(2.0), score(1.5, 20.0));
    }

    /// Of what is better when it is less, falls of 2, 3 and 1: mean 2, standard
    /// error `1 / sqrt(3)`, Student's quantile at two degrees of freedom.
    #[test]
    fn a_fall_of_what_is_bad_is_a_lead() {
        let backlog = position("backlog").expect("an outcome");
        let mut contest = Contest {
            outcomes: vec![backlog],
            ..Contest::of(2)
        };
        let left = |mains| Score { mains, money: 0.0 };
        for (before, after) in [(3.0, 1.0), (4.0, 1.0), (5.0, 4.0)] {
            contest.add(&[left(vec![before]), left(vec![after])]);
        }
        let half = 4.302_652_729_749_464 / libm::sqrt(3.0);
        let (low, high) = contest.lead(1, 0, 0);
        near(0.5 * (low + high), 2.0);
        // the library's quantile holds nine digits
        assert!((0.5 * (high - low) - half).abs() < 1e-9, "{low} to {high}");
    }
}
