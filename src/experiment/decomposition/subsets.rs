//! The runs that taking a package apart needs: each subset of its parts is a policy.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::experiment::decomposition::{Decomposition, Parts, Subset};
use crate::experiment::runs::FinishedRuns;
use crate::experiment::runs::digest::Detail;
use crate::experiment::runs::plan::Plan;
use crate::experiment::statistics::compare::Missing;
use crate::intervention::Policy;
use crate::model::outcome::main_outcomes;
use crate::scenario::Scenario;

/// A package and the runs that take it apart.
#[derive(Debug, Clone)]
pub struct DecompositionPlan {
    /// Its parts.
    pub parts: Parts,
    /// The runs: policies are subsets of parts.
    pub plan: Plan,
    subsets: Vec<Subset>,
}

impl DecompositionPlan {
    /// `policy` of `scenario` in `parts`.
    pub fn new(scenario: &Scenario, policy: &Policy, parts: Parts) -> Self {
        let luck = 0..scenario.replications;
        let needed: Vec<Vec<Subset>> = luck
            .map(|replication| parts.subsets(scenario.seed, replication))
            .collect();
        let subsets: BTreeSet<Subset> = needed.iter().flatten().copied().collect();
        let subsets: Vec<Subset> = subsets.into_iter().collect();
        let position = |subset: &Subset| subsets.partition_point(|known| known < subset);
        let wanted = needed.iter().map(|of| of.iter().map(position).collect());
        let apart = Scenario {
            policies: subsets
                .iter()
                .map(|subset| parts.policy(policy, *subset))
                .collect(),
            // parts are told at the scenario's own values
            ensemble: None,
            ..scenario.clone()
        };
        let plan = Plan::of(Arc::new(apart)).keeping(Detail::Judged);
        Self {
            plan: plan.only(wanted.collect()),
            parts,
            subsets,
        }
    }

    /// What each part contributes, from the `finished` runs.
    ///
    /// # Errors
    /// Names the first run that is missing or damaged.
    pub fn decompose(&self, finished: &dyn FinishedRuns) -> Result<Decomposition, Missing> {
        let (outcomes, kept) = (main_outcomes(), self.plan.kept());
        let mut decomposition = Decomposition::default();
        for group in self.plan.groups() {
            let mut values = BTreeMap::new();
            for job in &group.jobs {
                let digest = finished.find(job, &kept).ok_or(Missing(*job))?;
                let judged = outcomes.iter().map(|outcome| digest.judged()[*outcome]);
                values.insert(self.subsets[job.policy], judged.collect());
            }
            let luck = (group.point.scenario.seed, group.jobs[0].replication);
            decomposition.add(&self.parts, luck, &values);
        }
        Ok(decomposition)
    }
}
