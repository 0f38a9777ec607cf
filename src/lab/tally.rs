//! What finished pairs say so far: means and spreads of every outcome under every policy, and of the
//! difference between any two policies on the same pairs, month by month and by period and place.
//!
//! Sums only are kept, so a page that is open for a day takes no more memory than one that was opened now.
//! A pair counts once, when the runs of all policies in it are finished. Without worlds pairs count in the
//! order of the replications, so that `n` of them say what a study of `n` replications says.

use std::collections::{BTreeMap, BTreeSet};

use crate::experiment::runs::digest::{Detail, Digest, Kept};
use crate::experiment::statistics::anytime;
use crate::experiment::statistics::paired::student_quantile;
use crate::model::outcome::OUTCOMES;
use crate::scenario::Scenario;
use crate::study::observer::FinishedRun;

/// Design point and replication.
type PairAt = (usize, u32);

/// A number that is kept of every run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TallyCell {
    /// The nation in a month: month and outcome.
    Month(usize, usize),
    /// A scope in a period: period, scope and outcome, by their positions.
    Period(usize, usize, usize),
    /// Money that the policy spends over the run.
    Money,
}

/// Mean of so many values and how they spread.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanSpread {
    /// How many.
    pub n: u32,
    /// Their mean; NaN for none.
    pub mean: f64,
    /// Their standard deviation; NaN for fewer than two.
    pub deviation: f64,
}

impl MeanSpread {
    /// Of no values.
    const NONE: Self = Self {
        n: 0,
        mean: f64::NAN,
        deviation: f64::NAN,
    };

    /// Half of Student's 95 % interval: right for one look, at a number of pairs that was fixed before.
    pub fn half(&self) -> f64 {
        student_quantile(self.n) * self.deviation / libm::sqrt(f64::from(self.n))
    }

    /// Half the interval that holds however often one looks; infinite for few values.
    pub fn anytime_half(&self) -> f64 {
        anytime::half_width(self.n, self.deviation)
    }
}

/// Means and sums of squares by cell, updated value by value (Welford 1962).
#[derive(Debug, Clone)]
struct Moments {
    counts: Vec<u32>,
    means: Vec<f64>,
    squares: Vec<f64>,
}

impl Moments {
    fn of(cells: usize) -> Self {
        Self {
            counts: vec![0; cells],
            means: vec![0.0; cells],
            squares: vec![0.0; cells],
        }
    }

    fn add(&mut self, cell: usize, value: f64) {
        if value.is_nan() {
            return;
        }
        self.counts[cell] += 1;
        let off = value - self.means[cell];
        self.means[cell] += off / f64::from(self.counts[cell]);
        self.squares[cell] += off * (value - self.means[cell]);
    }

    fn estimate(&self, cell: usize) -> MeanSpread {
        let n = self.counts[cell];
        MeanSpread {
            n,
            mean: if n > 0 { self.means[cell] } else { f64::NAN },
            deviation: match n {
                0 | 1 => f64::NAN,
                n => libm::sqrt(self.squares[cell] / (f64::from(n) - 1.0)),
            },
        }
    }
}

/// What finished pairs say so far.
#[derive(Debug, Clone)]
pub struct LiveTally {
    policies: usize,
    months: usize,
    kept: Kept,
    cells: usize,
    /// By policy; there is none before a pair counts.
    levels: Vec<Moments>,
    /// By pair of policies, the first being the smaller.
    differences: Vec<Moments>,
    /// Whether replications of one world are all there is.
    ordered: bool,
    waiting: BTreeMap<PairAt, Vec<Option<Vec<f64>>>>,
    /// Pairs that are complete before one that goes before them.
    early: BTreeMap<PairAt, Vec<Vec<f64>>>,
    seen: BTreeSet<PairAt>,
}

impl LiveTally {
    /// Nothing seen yet of `scenario`.
    pub fn of(scenario: &Scenario) -> Self {
        let kept = Kept::of(scenario, Detail::Full);
        let policies = scenario.policies.len();
        let months = scenario.months as usize;
        let places = kept.periods.len() * kept.scopes.len();
        let cells = (months + places) * OUTCOMES.len() + 1;
        Self {
            policies,
            months,
            kept,
            cells,
            levels: Vec::new(),
            differences: Vec::new(),
            ordered: scenario.ensemble.is_none(),
            waiting: BTreeMap::new(),
            early: BTreeMap::new(),
            seen: BTreeSet::new(),
        }
    }

    /// Pairs that count.
    pub fn pairs(&self) -> usize {
        self.seen.len()
    }

    /// What is kept of a run.
    pub fn kept(&self) -> &Kept {
        &self.kept
    }

    /// Notes a finished run; true if pairs count now that did not before.
    pub fn add(&mut self, run: &FinishedRun<'_>) -> bool {
        let at = (run.point, run.replication);
        if self.seen.contains(&at) || self.early.contains_key(&at) || run.policy >= self.policies {
            return false;
        }
        let policies = self.policies;
        let values = self.values(run.digest);
        let waiting = self
            .waiting
            .entry(at)
            .or_insert_with(|| vec![None; policies]);
        waiting[run.policy] = Some(values);
        if waiting.iter().any(Option::is_none) {
            return false;
        }
        let all = self.waiting.remove(&at).into_iter().flatten().flatten();
        self.early.insert(at, all.collect());
        let before = self.seen.len();
        while let Some(first) = self.early.first_entry() {
            if self.ordered && first.key().1 as usize != self.seen.len() {
                break;
            }
            let (at, all) = first.remove_entry();
            self.seen.insert(at);
            self.count(&all);
        }
        self.seen.len() > before
    }

    /// The cells of a run, in order.
    fn values(&self, digest: &Digest) -> Vec<f64> {
        let (outcomes, scopes) = (OUTCOMES.len(), self.kept.series);
        let months = digest.series.chunks(scopes.max(1) * outcomes);
        let nation = months.flat_map(|month| &month[..outcomes]);
        let places = nation.chain(&digest.means).copied();
        places.chain([digest.money()]).collect()
    }

    fn count(&mut self, all: &[Vec<f64>]) {
        if self.levels.is_empty() {
            let pairs = self.policies * self.policies.saturating_sub(1) / 2;
            self.levels = vec![Moments::of(self.cells); self.policies];
            self.differences = vec![Moments::of(self.cells); pairs];
        }
        for (policy, own) in all.iter().enumerate() {
            for (cell, value) in own.iter().enumerate() {
                self.levels[policy].add(cell, *value);
            }
            for (against, other) in all[..policy].iter().enumerate() {
                let moments = &mut self.differences[pair(against, policy)];
                for (cell, (a, b)) in other.iter().zip(own).enumerate() {
                    moments.add(cell, b - a);
                }
            }
        }
    }

    fn position(&self, cell: TallyCell) -> usize {
        let outcomes = OUTCOMES.len();
        let places = self.kept.periods.len() * self.kept.scopes.len();
        match cell {
            TallyCell::Month(month, outcome) => month * outcomes + outcome,
            TallyCell::Period(period, scope, outcome) => {
                (self.months + period * self.kept.scopes.len() + scope) * outcomes + outcome
            }
            TallyCell::Money => (self.months + places) * outcomes,
        }
    }

    /// The level under a policy.
    pub fn level(&self, policy: usize, cell: TallyCell) -> MeanSpread {
        let moments = self.levels.get(policy);
        moments.map_or(MeanSpread::NONE, |of| of.estimate(self.position(cell)))
    }

    /// Paired difference of `policy` from `against`; nothing but zeros where they are the same.
    pub fn difference(&self, policy: usize, against: usize, cell: TallyCell) -> MeanSpread {
        let (low, high) = (policy.min(against), policy.max(against));
        if low == high {
            let n = self.level(policy, cell).n;
            let deviation = if n > 1 { 0.0 } else { f64::NAN };
            return MeanSpread {
                n,
                mean: 0.0,
                deviation,
            };
        }
        let moments = self.differences.get(pair(low, high));
        let estimate = moments.map_or(MeanSpread::NONE, |of| of.estimate(self.position(cell)));
        match policy > against {
            true => estimate,
            false => MeanSpread {
                mean: 0.0 - estimate.mean,
                ..estimate
            },
        }
    }
}

/// Number of the pair of `low` and `high`, the first being smaller.
fn pair(low: usize, high: usize) -> usize {
    high * (high - 1) / 2 + low
}
