//! Levels of one policy that is compared with nothing: mean and Student's 95 % interval over replications of
//! the outcomes that a page looks at, by period and scope.

use crate::experiment::runs::digest::{Detail, Digest, Kept, Period, ScopeName};
use crate::experiment::statistics::paired::{Effect, Pairs};
use crate::model::outcome::OUTCOMES;
use crate::scenario::Scenario;

/// Levels by outcome, scope and period.
#[derive(Debug, Clone)]
pub struct PolicyLevels {
    kept: Kept,
    outcomes: Vec<usize>,
    /// Each run paired with nothing: the difference is the level.
    cells: Vec<Pairs>,
}

/// One level with where it belongs.
#[derive(Debug, Clone, Copy)]
pub struct PolicyLevel<'a> {
    /// Position of the outcome.
    pub outcome: usize,
    /// Where.
    pub scope: &'a ScopeName,
    /// When.
    pub period: &'a Period,
    /// Its difference from nothing.
    pub effect: Effect,
}

impl PolicyLevels {
    /// Nothing seen yet of the policy of `scenario`.
    pub fn of(scenario: &Scenario) -> Self {
        let kept = Kept::of(scenario, Detail::Full);
        let outcomes = scenario.report.outcomes();
        let cells = kept.periods.len() * kept.scopes.len() * outcomes.len();
        Self {
            cells: vec![Pairs::default(); cells],
            kept,
            outcomes,
        }
    }

    /// Counts a finished run.
    pub fn add(&mut self, digest: &Digest) {
        let places = digest.means.chunks(OUTCOMES.len());
        let levels = places.flat_map(|of| self.outcomes.iter().map(|outcome| of[*outcome]));
        for (cell, level) in self.cells.iter_mut().zip(levels) {
            cell.add(0.0, level);
        }
    }

    /// All levels, by outcome, scope and period.
    pub fn all(&self) -> impl Iterator<Item = PolicyLevel<'_>> {
        let (scopes, outcomes) = (self.kept.scopes.len(), self.outcomes.len());
        let row = move |at: [usize; 3]| PolicyLevel {
            outcome: self.outcomes[at[0]],
            scope: &self.kept.scopes[at[1]],
            period: &self.kept.periods[at[2]],
            effect: self.cells[(at[2] * scopes + at[1]) * outcomes + at[0]].effect(),
        };
        let periods = self.kept.periods.len();
        let places = (0..outcomes).flat_map(move |o| (0..scopes).map(move |s| (o, s)));
        places.flat_map(move |(o, s)| (0..periods).map(move |p| row([o, s, p])))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::by_hand::scenario;

    /// Each number of a digest is one more than the one before, and half a one more in the second run.
    #[test]
    fn a_level_is_that_of_its_own_outcome_scope_and_period() {
        let mut levels = PolicyLevels::of(&scenario());
        let kept = Kept::of(&scenario(), Detail::Full);
        let numbers = kept.periods.len() * kept.scopes.len() * OUTCOMES.len();
        for more in [0.0, 0.5] {
            levels.add(&Digest {
                means: (0..numbers).map(|i| i as f64 + more).collect(),
                ..Digest::default()
            });
        }
        let mut told = 0;
        for level in levels.all() {
            let period = kept
                .periods
                .iter()
                .position(|of| of == level.period)
                .unwrap();
            let scope = kept.scopes.iter().position(|of| of == level.scope).unwrap();
            let number = (period * kept.scopes.len() + scope) * OUTCOMES.len() + level.outcome;
            assert_eq!(level.effect.difference, number as f64 + 0.25);
            assert_eq!(level.effect.pairs, 2);
            told += 1;
        }
        assert_eq!(told, 3 * 6 * crate::model::outcome::main_outcomes().len());
    }
}
