//! Comparing: every policy with the baseline, pair by pair over the replications.

use crate::experiment::digest::{Digest, JUDGED, Kept, Period, ScopeName};
use crate::experiment::plan::{Group, Job, Plan};
use crate::experiment::statistics::{Effect, Pairs, holm};
use crate::experiment::store::Store;
use crate::model::outcome::{OUTCOMES, Outcome};
use crate::scenario::Scenario;

/// Effects of all policies of a scenario.
#[derive(Debug, Clone)]
pub struct Comparison {
    policies: usize,
    periods: Vec<Period>,
    scopes: Vec<ScopeName>,
    pairs: Vec<Pairs>,
    costs: Vec<Vec<[f64; 3]>>,
    groups: u32,
}

/// One effect with where it belongs.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// Position of the policy in the scenario.
    pub policy: usize,
    /// What is measured.
    pub outcome: &'static Outcome,
    /// Position of the outcome.
    pub position: usize,
    /// Where.
    pub scope: &'a ScopeName,
    /// When.
    pub period: &'a Period,
    /// The effect.
    pub effect: Effect,
}

impl Row<'_> {
    /// Whether policies are judged by it: a main outcome, the nation, the last 12 months.
    pub fn judges(&self) -> bool {
        self.outcome.main && self.scope.kind == "nation" && self.period.name == JUDGED
    }
}

/// A run that should be on disk and is not, or is damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing(pub Job);

impl Comparison {
    /// Reads the runs of `plan` from `store` and compares; `each` sees every run in order.
    ///
    /// # Errors
    /// Names the first run that is missing or damaged, or passes on what `each` returned.
    pub fn new<E: From<Missing>>(
        plan: &Plan,
        store: &Store,
        mut each: impl FnMut(&Group, &Job, &Digest) -> Result<(), E>,
    ) -> Result<Self, E> {
        let mut comparison = Self::empty(plan.scenario(), plan.kept());
        let kept = plan.kept();
        for group in plan.groups() {
            let mut baseline: Option<Digest> = None;
            for job in &group.jobs {
                let digest = store.find(job, &kept).ok_or(Missing(*job))?;
                each(&group, job, &digest)?;
                comparison.add_costs(job.policy, &digest);
                match &baseline {
                    None => baseline = Some(digest),
                    Some(baseline) => comparison.add_pair(job.policy, baseline, &digest),
                }
            }
            comparison.groups += 1;
        }
        Ok(comparison)
    }

    fn empty(scenario: &Scenario, kept: Kept) -> Self {
        let cells = kept.periods.len() * kept.scopes.len() * OUTCOMES.len();
        let policies = scenario.policies.len();
        let interventions = |policy: usize| scenario.policies[policy].interventions.len();
        Self {
            policies,
            pairs: vec![Pairs::default(); cells * (policies - 1)],
            costs: (0..policies)
                .map(|p| vec![[0.0; 3]; interventions(p)])
                .collect(),
            periods: kept.periods,
            scopes: kept.scopes,
            groups: 0,
        }
    }

    fn add_pair(&mut self, policy: usize, baseline: &Digest, digest: &Digest) {
        let cells = baseline.means.len();
        let pairs = &mut self.pairs[(policy - 1) * cells..policy * cells];
        for (pair, (before, after)) in pairs
            .iter_mut()
            .zip(baseline.means.iter().zip(&digest.means))
        {
            pair.add(*before, *after);
        }
    }

    fn add_costs(&mut self, policy: usize, digest: &Digest) {
        for (sum, cost) in self.costs[policy].iter_mut().zip(&digest.costs) {
            for (total, value) in sum.iter_mut().zip(cost) {
                *total += value;
            }
        }
    }

    /// Effects of every policy: by policy, period, scope and outcome.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (1..self.policies).flat_map(move |policy| {
            self.periods
                .iter()
                .enumerate()
                .flat_map(move |(t, period)| {
                    self.scopes.iter().enumerate().flat_map(move |(s, scope)| {
                        OUTCOMES.iter().enumerate().map(move |(o, outcome)| Row {
                            policy,
                            outcome,
                            position: o,
                            scope,
                            period,
                            effect: self.pair(policy, t, s, o).effect(),
                        })
                    })
                })
        })
    }

    /// National effect of `policy` on the outcome at `outcome` over the last 12 months.
    pub fn judged(&self, policy: usize, outcome: usize) -> Effect {
        self.pair(policy, 0, 0, outcome).effect()
    }

    /// Standard deviation over pairs of the national difference over the last 12 months.
    pub fn deviation(&self, policy: usize, outcome: usize) -> f64 {
        self.pair(policy, 0, 0, outcome).deviation()
    }

    /// P values of the national effects over the last 12 months on the outcome at `outcome`, by
    /// policy, as they are and corrected for the number of policies.
    pub fn p_values(&self, outcome: usize) -> Vec<(f64, f64)> {
        let single: Vec<f64> = (1..self.policies)
            .map(|policy| self.pair(policy, 0, 0, outcome).p_value())
            .collect();
        let corrected = holm(&single);
        single.into_iter().zip(corrected).collect()
    }

    fn pair(&self, policy: usize, period: usize, scope: usize, outcome: usize) -> &Pairs {
        let block = (policy - 1) * self.periods.len() + period;
        let row = block * self.scopes.len() + scope;
        &self.pairs[row * OUTCOMES.len() + outcome]
    }

    /// For each intervention of `policy`, means over replications: RMB spent, residents reached,
    /// months paid for.
    pub fn costs(&self, policy: usize) -> Vec<[f64; 3]> {
        let n = f64::from(self.groups.max(1));
        let mean = |sum: &[f64; 3]| sum.map(|total| total / n);
        self.costs[policy].iter().map(mean).collect()
    }
}
