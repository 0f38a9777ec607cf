//! What the first screen is told from: of one outcome every policy's effect with both its intervals,
//! and its cost.

use serde::Serialize;

use crate::experiment::statistics::paired::Effect;
use crate::numeric::{BySize as _, Interval};
use crate::output::report::data::ReportData;
use crate::output::report::read::effects::{PlausibleWorlds, ShownOutcome};
use crate::output::report::say::round::is_little;

/// What a policy changes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fact {
    /// Position of the policy, the baseline 0.
    pub policy: usize,
    /// Its name.
    pub name: String,
    /// Mean under the reference.
    pub base: f64,
    /// Mean under the policy.
    pub level: f64,
    /// Mean paired difference.
    pub difference: f64,
    /// Its 95 % interval by chance.
    pub chance: Option<[f64; 2]>,
    /// What plausible worlds say, where there are some.
    pub worlds: Option<PlausibleWorlds>,
    /// Money over the run.
    pub cost: f64,
    /// Money per head and year.
    pub per_head_year: f64,
}

/// What is known of one outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// The outcome.
    pub outcome: ShownOutcome,
    /// Name of the policy that all are compared with.
    pub against: String,
    /// By policy, the best first.
    pub all: Vec<Fact>,
    /// By positions in `all`: the 95 % interval of how much more the first gains than the second.
    pub leads: Vec<Vec<[f64; 2]>>,
}

impl Facts {
    /// More is better, as a sign.
    pub fn sign(&self) -> f64 {
        self.outcome.direction.sign()
    }

    /// What a policy gains, more being better.
    pub fn gain(&self, fact: &Fact) -> f64 {
        self.sign() * fact.difference
    }

    /// Whether it surely moves the outcome the way of `sign` (1 better, -1 worse): its interval by chance
    /// lies there, not all of it within what is not worth stating; and so does the range over worlds.
    fn surely(&self, fact: &Fact, sign: f64) -> bool {
        let way = sign * self.sign();
        let beyond = |[low, high]: [f64; 2]| low * way > 0.0 && high * way > 0.0;
        let chance = fact
            .chance
            .is_some_and(|ends| beyond(ends) && !is_little(ends, self.outcome.least));
        chance
            && fact
                .worlds
                .is_none_or(|worlds| beyond([worlds.low, worlds.high]))
    }

    /// Policies that surely gain, the best first.
    pub fn gainers(&self) -> impl Iterator<Item = usize> {
        (0..self.all.len()).filter(|at| self.surely(&self.all[*at], 1.0))
    }

    /// Policies that surely lose, the worst first.
    pub fn losers(&self) -> impl Iterator<Item = usize> {
        (0..self.all.len())
            .rev()
            .filter(|at| self.surely(&self.all[*at], -1.0))
    }

    /// Whether worlds are told of.
    pub fn has_worlds(&self) -> bool {
        self.all.iter().any(|fact| fact.worlds.is_some())
    }
}

/// The facts of the main outcome number `main`, against the page's reference in its window.
pub fn facts(report: &ReportData, main: usize) -> Option<Facts> {
    let (outcome, measured) = report.effects.main().nth(main)?;
    let against = report.against;
    let mut all: Vec<Fact> = (0..report.study.scenario.policies.len())
        .filter(|policy| *policy != against)
        .filter_map(|policy| fact(report, policy, (main, outcome)))
        .collect();
    let sign = measured.direction.sign();
    all.sort_by(|a, b| (sign * b.difference).by_size(&(sign * a.difference)));
    let lead = |a: &Fact, b: &Fact| report.more((main, measured), a.policy, b.policy);
    Some(Facts {
        outcome: measured.clone(),
        against: report.study.scenario.policies[against].name.clone(),
        leads: all
            .iter()
            .map(|a| all.iter().map(|b| lead(a, b)).collect())
            .collect(),
        all,
    })
}

fn fact(report: &ReportData, policy: usize, (main, outcome): (usize, usize)) -> Option<Fact> {
    let measured = &report.effects.outcomes[outcome];
    let (levels, difference, worlds) = match report.in_window((main, measured), policy) {
        Some((effect, worlds)) => {
            let Effect {
                difference,
                low,
                high,
                ..
            } = effect;
            let found = Interval {
                value: difference,
                low,
                high,
            };
            ([effect.baseline, effect.policy], found, worlds)
        }
        None => {
            let cell = report.verdict(policy.checked_sub(1)?, outcome)?;
            ([cell.baseline, cell.level], cell.difference, cell.worlds)
        }
    };
    let Interval { value, low, high } = difference;
    let cost = policy.checked_sub(1).map(|p| &report.costs[p]);
    value.is_finite().then(|| Fact {
        policy,
        name: report.study.scenario.policies[policy].name.clone(),
        base: levels[0],
        level: levels[1],
        difference: value,
        chance: (low.is_finite() && high.is_finite()).then_some([low, high]),
        worlds,
        cost: cost.map_or(0.0, |cost| cost.money),
        per_head_year: cost.map_or(0.0, |cost| cost.per_head_year),
    })
}
