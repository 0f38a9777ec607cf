//! A policy is taken apart: what each of its parts contributes.

use std::collections::BTreeMap;

use crate::experiment::decomposition::subsets::DecompositionPlan;
use crate::experiment::decomposition::{Decomposition, Parts, Share};
use crate::experiment::statistics::paired::Effect;
use crate::intervention::Policy;
use crate::output::tables::decomposition;
use crate::scenario::Scenario;
use crate::scenario::policy::catalogue;
use crate::study::error::Unanswerable;
use crate::study::observer::Stage;
use crate::study::underway::Underway;
use crate::study::{Error, position};

/// Parts of a policy that can be told apart.
const PARTS: std::ops::RangeInclusive<usize> = 2..=63;

/// What a part of a policy is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartsBy {
    /// Every intervention.
    Intervention,
    /// Environment, institution, technology, as in the catalogue.
    Dimension,
}

/// A policy that is to be taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decompose {
    /// Its name.
    pub policy: String,
    /// What a part is.
    pub by: PartsBy,
}

/// What the parts of a policy contribute.
#[derive(Debug)]
pub struct Contributions {
    /// Name of the policy.
    pub policy: String,
    /// Its parts.
    pub parts: Parts,
    /// Runs of subsets of its parts.
    pub runs: usize,
    /// What each contributes.
    pub shares: Decomposition,
}

impl Contributions {
    /// A share in the main outcome number `main`, if it was asked for.
    pub fn share(&self, main: usize, wanted: Share) -> Option<Effect> {
        let mut rows = self.shares.rows();
        let found = rows.find(|(outcome, share, _)| *outcome == main && *share == wanted);
        found.map(|(.., effect)| effect)
    }
}

impl Decompose {
    /// The policy and what it is taken apart into.
    pub(super) fn parts<'a>(&self, scenario: &'a Scenario) -> Result<(&'a Policy, Parts), Error> {
        let position = match position(scenario, &self.policy, "to decompose")? {
            0 => return Err(self.refused(0)),
            position => position,
        };
        let policy = &scenario.policies[position];
        let parts = match self.by {
            PartsBy::Intervention => Parts::each(policy),
            PartsBy::Dimension => by_dimension(policy),
        };
        match parts.parts.len() {
            count if PARTS.contains(&count) => Ok((policy, parts)),
            count => Err(self.refused(count)),
        }
    }

    fn refused(&self, parts: usize) -> Error {
        let policy = self.policy.clone();
        Unanswerable::Parts { policy, parts }.into()
    }

    /// Runs subsets of the parts, and writes `decomposition.csv`.
    pub(super) fn take_apart(&self, study: &Underway<'_>) -> Result<Contributions, Error> {
        let (policy, parts) = self.parts(&study.scenario)?;
        let apart = DecompositionPlan::new(&study.scenario, policy, parts);
        study.run_plan(&apart.plan, Stage::Parts)?;
        let shares = apart.decompose(&study.store)?;
        study.write(|folder| {
            let rows = decomposition::rows(&self.policy, &apart.parts, &shares);
            decomposition::LAYOUT.write(folder, rows)
        })?;
        Ok(Contributions {
            policy: self.policy.clone(),
            runs: apart.plan.runs(),
            parts: apart.parts,
            shares,
        })
    }
}

fn by_dimension(policy: &Policy) -> Parts {
    let shipped = catalogue::shipped().into_iter();
    let known: BTreeMap<String, String> =
        shipped.map(|entry| (entry.name, entry.dimension)).collect();
    let other = || "other".to_owned();
    Parts::by(policy, |name| {
        known.get(name).cloned().unwrap_or_else(other)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::Questions;
    use crate::study::by_hand::{loaded, study};

    fn asked(policy: &str, by: PartsBy) -> Decompose {
        Decompose {
            policy: policy.into(),
            by,
        }
    }

    /// A mandate in two halves: what both contribute is the whole, and four subsets are run in each of
    /// three replications.
    #[test]
    fn a_policy_in_two_parts_is_taken_apart() {
        let mut loaded = loaded();
        let halves = &mut loaded.scenario.policies[1].interventions;
        halves[0].course.dose = 0.5;
        halves.push(halves[0].clone());
        halves[1].name = "second duty".into();
        let questions = Questions {
            decompose: Some(asked("mandate", PartsBy::Intervention)),
            ..Questions::default()
        };
        let found = study(loaded).compare_and(&questions).unwrap();
        let apart = found.contributions.as_ref().expect("it was asked for");
        assert_eq!((apart.runs, apart.parts.parts.len()), (12, 2));
        let share = |main, share| apart.share(main, share).expect("a share").difference;
        for main in [0, 3] {
            let outcome = crate::model::outcome::main_outcomes()[main];
            let total = found.comparison().judged(1, outcome).difference;
            assert!((share(main, Share::Total) - total).abs() < 1e-12);
            let [first, second] = [0, 1].map(|part| share(main, Share::Shapley(part)));
            assert!((first + second - total).abs() < 1e-12);
        }
        assert!(share(0, Share::Total) > share(0, Share::Alone(0)));
        assert!(
            apart.share(0, Share::Alone(2)).is_none() && apart.share(99, Share::Total).is_none()
        );
    }

    #[test]
    fn what_has_one_part_or_none_is_not_taken_apart() {
        let scenario = loaded().scenario;
        let parts = |policy, by| asked(policy, by).parts(&scenario).map(|(_, parts)| parts);
        for (policy, count) in [("mandate", 1), ("baseline", 0)] {
            let refused = parts(policy, PartsBy::Intervention);
            let right = matches!(
                refused,
                Err(Error::Unanswerable(Unanswerable::Parts { parts, .. })) if parts == count
            );
            assert!(right, "{policy}");
        }
        assert!(parts("unknown", PartsBy::Dimension).is_err());
    }
}
