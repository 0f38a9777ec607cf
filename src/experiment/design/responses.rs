//! What a sweep found at each design point: the national mean over the last 12 months of every main
//! outcome, by policy. Only these numbers grow with the design; they do not grow with replications.

use crate::experiment::runs::FinishedRuns;
use crate::experiment::runs::digest::Digest;
use crate::experiment::runs::plan::{Group, Job, Plan};
use crate::experiment::statistics::compare::Missing;
use crate::model::outcome::{OUTCOMES, main_outcomes};
use crate::numeric::quantile;

/// Sums over replications: `[point][policy][main outcome]`, flat.
#[derive(Debug, Clone)]
pub struct Responses {
    policies: usize,
    outcomes: Vec<usize>,
    replications: f64,
    sums: Vec<f64>,
}

impl Responses {
    /// No response yet to the runs of `plan`.
    pub fn to(plan: &Plan) -> Self {
        let outcomes = main_outcomes();
        let policies = plan.scenario().policies.len();
        Self {
            sums: vec![0.0; plan.points().len() * policies * outcomes.len()],
            replications: f64::from(plan.scenario().replications),
            policies,
            outcomes,
        }
    }

    /// The responses to `plan`, from its `finished` runs.
    ///
    /// # Errors
    /// Names the first run that is missing or damaged.
    pub fn read(plan: &Plan, finished: &dyn FinishedRuns) -> Result<Self, Missing> {
        let (mut responses, kept) = (Self::to(plan), plan.kept());
        for group in plan.groups() {
            for job in &group.jobs {
                let digest = finished.find(job, &kept).ok_or(Missing(*job))?;
                responses.add(&group, job, &digest);
            }
        }
        Ok(responses)
    }

    /// Adds a run.
    pub fn add(&mut self, group: &Group, job: &Job, digest: &Digest) {
        let first = (group.point.number * self.policies + job.policy) * self.outcomes.len();
        let row = &mut self.sums[first..first + self.outcomes.len()];
        for (sum, outcome) in row.iter_mut().zip(&self.outcomes) {
            *sum += digest.judged()[*outcome];
        }
    }

    /// Number of design points.
    pub fn points(&self) -> usize {
        self.sums.len() / (self.policies * self.outcomes.len())
    }

    /// Number of policies, with the baseline.
    pub fn policies(&self) -> usize {
        self.policies
    }

    /// Mean of the main outcome number `outcome` under `policy`, at every design point.
    pub fn levels(&self, policy: usize, outcome: usize) -> Vec<f64> {
        (0..self.points())
            .map(|point| self.level(point, policy, outcome))
            .collect()
    }

    /// Mean difference of `policy` from the baseline at every design point.
    pub fn effects(&self, policy: usize, outcome: usize) -> Vec<f64> {
        let effect = |point| self.level(point, policy, outcome) - self.level(point, 0, outcome);
        (0..self.points()).map(effect).collect()
    }

    /// The same, with a sign that makes more better.
    pub fn gains(&self, policy: usize, outcome: usize) -> Vec<f64> {
        let sign = OUTCOMES[self.outcomes[outcome]].direction.sign();
        let effects = self.effects(policy, outcome).into_iter();
        effects.map(|effect| sign * effect).collect()
    }

    /// 5th, 50th and 95th percentile over design points of the mean difference from the baseline.
    pub fn quantiles(&self, policy: usize, outcome: usize) -> [f64; 3] {
        let effects = self.effects(policy, outcome);
        [0.05, 0.5, 0.95].map(|share| quantile(&effects, share))
    }

    fn level(&self, point: usize, policy: usize, outcome: usize) -> f64 {
        let row = point * self.policies + policy;
        self.sums[row * self.outcomes.len() + outcome] / self.replications
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::by_hand::{MadeUp, scenario, table};
    use crate::experiment::runs::digest::Detail;
    use crate::model::outcome::position;
    use crate::world::by_hand::near;
    use std::sync::Arc;

    /// Three design points, the mean of two replications at each; policy p gains 2 p, and p more for each
    /// point.
    #[test]
    fn hand_calculated_responses() {
        let plan = Plan::swept(
            Arc::new(scenario()),
            &table(&[1.0, 2.0, 4.0]),
            Detail::Judged,
        )
        .unwrap();
        let runs = MadeUp {
            rule: |policy, replication, point| {
                10.0 + replication + point + policy as f64 * (1.0 + 2.0 * replication + point)
            },
            policies: 3,
            replications: 2,
        };
        let responses = Responses::read(&plan, &runs).expect("all runs");
        assert_eq!((responses.points(), responses.policies()), (3, 3));
        let last = main_outcomes().len() - 1;
        let first = position("data_sharing_rate").unwrap() as f64;
        for (point, level) in responses.levels(0, 0).into_iter().enumerate() {
            near(level, 10.5 + point as f64 + first);
        }
        assert_eq!(responses.effects(1, last), [2.0, 3.0, 4.0]);
        assert_eq!(responses.effects(2, 0), [4.0, 6.0, 8.0]);
        assert_eq!(responses.gains(2, 0), [4.0, 6.0, 8.0]);
        for (found, right) in responses.quantiles(2, 1).into_iter().zip([4.2, 6.0, 7.8]) {
            near(found, right);
        }
    }
}
