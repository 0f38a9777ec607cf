//! Comparing: every policy with the baseline, pair by pair over the replications.

use std::sync::Arc;

use crate::experiment::runs::FinishedRuns;
use crate::experiment::runs::digest::{Digest, JUDGED, Kept, Period, ScopeName};
use crate::experiment::runs::plan::{Group, Job, Plan, Point};
use crate::experiment::statistics::contest::{Contest, Score};
use crate::experiment::statistics::paired::{Effect, holm};
use crate::experiment::statistics::worlds::differences::Differences;
use crate::experiment::statistics::worlds::spread::WorldSpread;
use crate::model::outcome::{OUTCOMES, Outcome};
use crate::numeric::Interval;
use crate::scenario::{EffectRows, Scenario};

/// Effects of all policies of a scenario.
///
/// A pair is a replication. All design points of a sweep share the luck of a replication, so they
/// are no pairs of their own: each replication counts once, with its mean over the points. Plausible
/// worlds share no luck, so of each world every replication is a pair.
#[derive(Debug, Clone)]
pub struct Comparison {
    policies: usize,
    kept: Kept,
    /// Numbers of a digest that are compared: all of the last 12 months, then those of years.
    compared: Vec<usize>,
    pairs: Differences,
    contest: Contest,
    costs: Vec<Vec<[f64; 3]>>,
    paid_months: Vec<f64>,
    /// Groups, each with the weight of its world.
    groups: f64,
}

/// What one replication gave at all design points of a sweep: by policy and cell, the sums under the
/// baseline and the policy, and the number of points at which both are known.
#[derive(Debug, Clone, Default)]
struct Replication {
    sums: Vec<[f64; 3]>,
    scores: Vec<Score>,
    points: f64,
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
    /// How far worlds lie apart in it, where there are worlds.
    pub spread: Option<WorldSpread>,
}

impl Row<'_> {
    /// Whether policies are judged by it: a main outcome, the nation, the last 12 months.
    pub fn judges(&self) -> bool {
        self.outcome.main && self.scope.kind == "nation" && self.period.name == JUDGED
    }
}

/// A run that should be there and is not, or is damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing(pub Job);

impl Comparison {
    /// Takes the runs of `plan` from the `finished` ones and compares; `each` sees every run in order.
    ///
    /// # Errors
    /// Names the first run that is missing or damaged, or passes on what `each` returned.
    pub fn new<E: From<Missing>>(
        plan: &Plan,
        finished: &dyn FinishedRuns,
        mut each: impl FnMut(&Group, &Job, &Digest) -> Result<(), E>,
    ) -> Result<Self, E> {
        let mut comparison = Self::empty(plan.scenario(), plan.kept());
        // only design points share the luck of a replication
        let shared = match plan.is_sweep() {
            true => plan.replications(),
            false => 0,
        };
        let mut replications = vec![Replication::default(); shared];
        let mut last: Option<Arc<Point>> = None;
        for group in plan.groups() {
            let before = last.replace(Arc::clone(&group.point));
            if let Some(before) = before.filter(|point| point.number != group.point.number) {
                comparison.end_world(&before);
            }
            let replication = replications.get_mut(group.jobs[0].replication as usize);
            comparison.add_group(&group, (finished, replication), &mut each)?;
        }
        if let Some(before) = last {
            comparison.end_world(&before);
        }
        for replication in &replications {
            comparison.settle(replication);
        }
        Ok(comparison)
    }

    /// Adds a group of runs; one of a sweep to its `replication`.
    fn add_group<E: From<Missing>>(
        &mut self,
        group: &Group,
        (finished, replication): (&dyn FinishedRuns, Option<&mut Replication>),
        each: &mut impl FnMut(&Group, &Job, &Digest) -> Result<(), E>,
    ) -> Result<(), E> {
        let weight = group.point.weight.unwrap_or(1.0);
        let swept = replication.is_some();
        let mut alone = Replication::default();
        let replication = replication.unwrap_or(&mut alone);
        let mut baseline: Option<Vec<f64>> = None;
        for job in &group.jobs {
            let digest = finished.find(job, &self.kept).ok_or(Missing(*job))?;
            each(group, job, &digest)?;
            self.add_costs(job.policy, weight, &digest);
            replication.add_score(job.policy, Score::of(&digest));
            let Some(baseline) = &baseline else {
                baseline = Some(digest.means);
                continue;
            };
            let pair = |i: &usize| (baseline[*i], digest.means[*i]);
            match swept {
                true => replication.add(job.policy, self.compared.iter().map(pair)),
                false => add_pairs(&mut self.pairs, job.policy, self.compared.iter().map(pair)),
            }
        }
        replication.points += 1.0;
        self.groups += weight;
        if !swept {
            self.contest.add(&alone.mean_scores());
        }
        Ok(())
    }

    /// Takes what was added since the last world as one, if `point` is a world.
    fn end_world(&mut self, point: &Point) {
        if let Some(weight) = point.weight {
            self.pairs.end_world(weight);
            self.contest.end_world(weight);
        }
    }

    fn empty(scenario: &Scenario, kept: Kept) -> Self {
        let compared = compared(scenario, &kept);
        let policies = scenario.policies.len();
        let interventions = |policy: usize| scenario.policies[policy].interventions.len();
        Self {
            policies,
            pairs: Differences::of(compared.len() * (policies - 1)),
            compared,
            contest: Contest::of(policies),
            costs: (0..policies)
                .map(|p| vec![[0.0; 3]; interventions(p)])
                .collect(),
            paid_months: vec![0.0; policies],
            kept,
            groups: 0.0,
        }
    }

    /// Counts a replication of which all runs were seen.
    fn settle(&mut self, replication: &Replication) {
        self.contest.add(&replication.mean_scores());
        for (i, sums) in replication.sums.chunks(self.compared.len()).enumerate() {
            let means = sums
                .iter()
                .map(|[before, after, n]| (before / n, after / n));
            add_pairs(&mut self.pairs, i + 1, means);
        }
    }

    fn add_costs(&mut self, policy: usize, weight: f64, digest: &Digest) {
        self.paid_months[policy] += weight * digest.paid_months;
        for (sum, cost) in self.costs[policy].iter_mut().zip(&digest.costs) {
            for (total, value) in sum.iter_mut().zip(cost) {
                *total += weight * value;
            }
        }
    }

    /// Effects of every policy: by policy, period, scope and outcome, as far as they are told.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let compared = move |policy| self.compared.iter().enumerate().map(move |of| (policy, of));
        (1..self.policies)
            .flat_map(compared)
            .map(|(policy, (at, number))| {
                let cell = (policy - 1) * self.compared.len() + at;
                let (place, outcome) = (number / OUTCOMES.len(), number % OUTCOMES.len());
                let scopes = &self.kept.scopes;
                Row {
                    policy,
                    outcome: &OUTCOMES[outcome],
                    position: outcome,
                    scope: &scopes[place % scopes.len()],
                    period: &self.kept.periods[place / scopes.len()],
                    effect: self.pairs.effect(cell),
                    spread: self.pairs.spread(cell),
                }
            })
    }

    /// Number of policies, with the baseline.
    pub fn policies(&self) -> usize {
        self.policies
    }

    /// National effect of `policy` on the outcome at `outcome` over the last 12 months.
    pub fn judged(&self, policy: usize, outcome: usize) -> Effect {
        self.pairs.effect(self.cell(policy, outcome))
    }

    /// How far worlds lie apart in it, where there are worlds; the baseline does not differ from itself.
    pub fn spread(&self, policy: usize, outcome: usize) -> Option<WorldSpread> {
        let policy = Some(policy).filter(|policy| *policy > 0)?;
        self.pairs.spread(self.cell(policy, outcome))
    }

    /// 5th, 50th and 95th percentile over worlds of it, with their intervals.
    pub fn percentiles(&self, policy: usize, outcome: usize) -> Option<[Interval; 3]> {
        let policy = Some(policy).filter(|policy| *policy > 0)?;
        self.pairs.percentiles(self.cell(policy, outcome))
    }

    /// By policy and world, the national gain over the last 12 months on the outcome at `outcome`, with
    /// a sign that makes more better; NaN where it is not known. Empty without worlds.
    pub fn world_gains(&self, outcome: usize) -> Vec<Vec<f64>> {
        let sign = OUTCOMES[outcome].direction.sign();
        let gains = |policy: usize| {
            let means = self.pairs.world_means(self.cell(policy, outcome));
            means.iter().map(|mean| sign * mean).collect()
        };
        let baseline = vec![0.0; self.weights().len()];
        let policies = (1..self.policies).map(gains);
        std::iter::once(baseline).chain(policies).collect()
    }

    /// Weights of the worlds, in their order; none without worlds.
    pub fn weights(&self) -> &[f64] {
        self.pairs.weights()
    }

    /// Standard deviation over pairs of the national difference over the last 12 months.
    pub fn deviation(&self, policy: usize, outcome: usize) -> f64 {
        self.pairs.deviation(self.cell(policy, outcome))
    }

    /// P values of the national effects over the last 12 months on the outcome at `outcome`, by
    /// policy, as they are and corrected for the number of policies.
    pub fn p_values(&self, outcome: usize) -> Vec<(f64, f64)> {
        let single: Vec<f64> = (1..self.policies)
            .map(|policy| self.pairs.p_value(self.cell(policy, outcome)))
            .collect();
        let corrected = holm(&single);
        single.into_iter().zip(corrected).collect()
    }

    /// The cell of a national outcome over the last 12 months.
    fn cell(&self, policy: usize, outcome: usize) -> usize {
        (policy - 1) * self.compared.len() + outcome
    }

    /// The main outcomes of all policies against each other, and against their costs.
    pub fn contest(&self) -> &Contest {
        &self.contest
    }

    /// Months in which `policy` pays for anything, mean over replications.
    pub fn paid_months(&self, policy: usize) -> f64 {
        self.paid_months[policy] / self.groups.max(f64::MIN_POSITIVE)
    }

    /// For each intervention of `policy`, means over replications: money spent, residents reached,
    /// months paid for.
    pub fn costs(&self, policy: usize) -> Vec<[f64; 3]> {
        let n = self.groups.max(f64::MIN_POSITIVE);
        let mean = |sum: &[f64; 3]| sum.map(|total| total / n);
        self.costs[policy].iter().map(mean).collect()
    }
}

/// Which numbers of a digest of `scenario` are compared: of years, those of provinces are not, unless the
/// outcome is one that is shown first or all are asked for.
fn compared(scenario: &Scenario, kept: &Kept) -> Vec<usize> {
    let shown = scenario.report.outcomes();
    let told = |number: &usize| {
        let (place, outcome) = (number / OUTCOMES.len(), number % OUTCOMES.len());
        let (period, scope) = (place / kept.scopes.len(), place % kept.scopes.len());
        let province = kept.scopes[scope].kind == "province";
        period == 0 || !province || scenario.effects == EffectRows::All || shown.contains(&outcome)
    };
    let all = 0..kept.periods.len() * kept.scopes.len() * OUTCOMES.len();
    all.filter(told).collect()
}

/// Adds a pair to every cell of `policy`.
fn add_pairs(
    pairs: &mut Differences,
    policy: usize,
    values: impl ExactSizeIterator<Item = (f64, f64)>,
) {
    let first = (policy - 1) * values.len();
    for (cell, (before, after)) in values.enumerate() {
        pairs.add(first + cell, before, after);
    }
}

impl Replication {
    /// Adds what `policy` gave at a design point, beside what the baseline gave there.
    fn add(&mut self, policy: usize, values: impl ExactSizeIterator<Item = (f64, f64)>) {
        let cells = values.len();
        self.sums
            .resize(self.sums.len().max(policy * cells), [0.0; 3]);
        let sums = &mut self.sums[(policy - 1) * cells..policy * cells];
        for (sum, (before, after)) in sums.iter_mut().zip(values) {
            if !before.is_nan() && !after.is_nan() {
                *sum = [sum[0] + before, sum[1] + after, sum[2] + 1.0];
            }
        }
    }

    fn add_score(&mut self, policy: usize, score: Score) {
        match self.scores.get_mut(policy) {
            None => self.scores.push(score),
            Some(sum) => sum.add(&score),
        }
    }

    fn mean_scores(&self) -> Vec<Score> {
        let scores = self.scores.iter();
        scores.map(|sum| sum.over(self.points)).collect()
    }
}

#[cfg(test)]
mod tests;
