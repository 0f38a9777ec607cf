//! Which policy is best for each main outcome: of all, and of those within a budget.

use crate::experiment::statistics::value::{Offer, best_within, not_told_apart};
use crate::model::outcome::main_outcomes;
use crate::numeric::BySize as _;
use crate::output::tables::costs;
use crate::study::Compared;

/// Smallest gain that three places show.
const VISIBLE: f64 = 0.0005;

/// The policy that improves a main outcome most.
#[derive(Debug, Clone, PartialEq)]
pub struct BestPolicy {
    /// Position of the outcome.
    pub outcome: usize,
    /// Position of the policy; 0 where none improves it.
    pub policy: usize,
    /// Its cost and gain.
    pub offer: Offer,
    /// Policies that it is not told apart from.
    pub close: Vec<usize>,
}

/// What a budget buys.
#[derive(Debug, Clone, PartialEq)]
pub struct Bought {
    /// The budget over the run, in the country's currency.
    pub budget: f64,
    /// What each policy but the baseline costs over the run.
    pub costs: Vec<f64>,
    /// The best policy within it for each main outcome.
    pub best: Vec<BestPolicy>,
}

impl Bought {
    /// Whether the budget rules out any policy.
    pub fn binds(&self) -> bool {
        self.costs.iter().any(|cost| *cost > self.budget)
    }

    /// What the cheapest policy costs, if even that is beyond the budget.
    pub fn beyond_reach(&self) -> Option<f64> {
        let least = self.costs.iter().copied().fold(f64::INFINITY, f64::min);
        (least > self.budget).then_some(least)
    }
}

impl Compared {
    /// For each main outcome the policy that improves it most, if one surely does.
    pub fn best(&self) -> Vec<BestPolicy> {
        let mains = main_outcomes().into_iter().enumerate();
        mains
            .filter_map(|(main, outcome)| self.best_for(main, outcome))
            .collect()
    }

    fn best_for(&self, main: usize, outcome: usize) -> Option<BestPolicy> {
        let policies = || 1..self.study.scenario.policies.len();
        let offers = costs::offers(&self.study.scenario, self.comparison(), main);
        let lead = |a, b| self.comparison().contest().lead(a, b, main);
        let gain = |policy: &usize| offers[*policy].gain;
        let best = policies().max_by(|a, b| gain(a).by_size(&gain(b)))?;
        (lead(best, 0).0 > VISIBLE).then(|| BestPolicy {
            outcome,
            policy: best,
            offer: offers[best],
            close: not_told_apart(best, policies(), lead),
        })
    }

    /// The best policy for each main outcome of those that cost no more than `budget` over the run.
    pub fn within(&self, budget: f64) -> Bought {
        let (scenario, comparison) = (&*self.study.scenario, self.comparison());
        let of = |(main, outcome): (usize, usize)| {
            let offers = costs::offers(scenario, comparison, main);
            let policy = best_within(&offers, budget)?;
            let within = (0..offers.len()).filter(|p| offers[*p].cost <= budget);
            let lead = |a, b| comparison.contest().lead(a, b, main);
            Some(BestPolicy {
                outcome,
                policy,
                offer: offers[policy],
                close: not_told_apart(policy, within, lead),
            })
        };
        let cost = |policy| self.cost(policy).money;
        Bought {
            budget,
            costs: (1..scenario.policies.len()).map(cost).collect(),
            best: main_outcomes()
                .into_iter()
                .enumerate()
                .filter_map(of)
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::by_hand::{loaded, study};

    fn bought(budget: f64) -> Bought {
        Bought {
            budget,
            costs: vec![5.0, 3.0],
            best: Vec::new(),
        }
    }

    #[test]
    fn a_budget_binds_below_the_dearest_and_reaches_from_the_cheapest() {
        assert_eq!(
            [2.0, 3.0, 4.9, 5.0].map(|of| bought(of).binds()),
            [true, true, true, false]
        );
        let beyond = [2.9, 3.0, 9.0].map(|of| bought(of).beyond_reach());
        assert_eq!(beyond, [Some(3.0), None, None]);
    }

    /// Of a mandate and a dose of nothing, the mandate is best wherever it surely gains what can be shown,
    /// and it is not within a budget of nothing.
    #[test]
    fn the_best_policy_surely_gains_and_can_be_paid() {
        let found = study(loaded()).compare().unwrap();
        let best = found.best();
        assert_eq!((best[0].policy, best[0].outcome), (1, main_outcomes()[0]));
        assert!(best[0].close.is_empty() && best[0].offer.gain > VISIBLE);
        for (main, outcome) in main_outcomes().into_iter().enumerate() {
            let surely = found.comparison().contest().lead(1, 0, main).0 > VISIBLE;
            let told = best.iter().any(|of| of.outcome == outcome);
            assert_eq!(told, surely, "outcome {outcome}");
        }
        let cost = found.cost(1).money;
        let [none, all] = [cost - 1.0, cost].map(|budget| found.within(budget));
        assert_eq!(
            (none.costs.clone(), none.best.len()),
            (vec![cost, 0.0], main_outcomes().len())
        );
        assert!(none.binds() && !all.binds() && none.beyond_reach().is_none());
        assert_eq!((none.best[0].policy, all.best[0].policy), (0, 1));
        assert_eq!(none.best[0].close, [2]);
    }
}
