//! The main job: every policy with the baseline, on the same replications.

use crate::experiment::runs::digest::Detail;
use crate::experiment::statistics::compare::Comparison;
use crate::experiment::statistics::paired::Effect;
use crate::model::outcome::{main_outcomes, position};
use crate::output::folder::Kind;
use crate::output::folder::results::Results;
use crate::output::tables::costs::{self, PolicyCost};
use crate::scenario::{available_bytes, gigabytes};
use crate::study::decompose::{Contributions, Decompose};
use crate::study::error::Unanswerable;
use crate::study::narrow::{Narrowing, Until};
use crate::study::underway::Asking;
use crate::study::{Error, Finished, Study, refuse_nothing_to_compare};

/// What is asked beside the effects.
#[derive(Debug, Clone, Default)]
pub struct Questions {
    /// Intervals that are to be narrow.
    pub until: Option<Until>,
    /// A policy that is to be taken apart.
    pub decompose: Option<Decompose>,
}

/// What a comparison found.
#[derive(Debug)]
pub struct Compared {
    /// The study.
    pub study: Finished,
    /// Effects and costs.
    pub results: Results,
    /// What came of intervals that were to be narrow.
    pub narrowing: Option<Narrowing>,
    /// What the parts of a policy contribute.
    pub contributions: Option<Contributions>,
}

impl Study {
    /// Compares every policy of the scenario with its baseline, and writes the files of the comparison.
    ///
    /// # Errors
    /// When there is nothing to compare, the folder cannot serve, or somebody stops it.
    pub fn compare(&self) -> Result<Compared, Error> {
        self.compare_and(&Questions::default())
    }

    /// The same with further questions; what is wrong with them is told before anything is run.
    ///
    /// # Errors
    /// As [`Study::compare`], and when a question cannot be put to the scenario.
    pub fn compare_and(&self, questions: &Questions) -> Result<Compared, Error> {
        let asking = self.comparison()?;
        if let Some(until) = &questions.until {
            until.refuse_impossible(self.scenario())?;
        }
        if let Some(decompose) = &questions.decompose {
            decompose.parts(self.scenario())?;
        }
        let mut underway = self.begin(asking)?;
        underway.run()?;
        let until = questions.until.as_ref();
        let narrowing = until.map(|of| of.reach(&mut underway)).transpose()?;
        let decompose = questions.decompose.as_ref();
        let contributions = decompose.map(|of| of.take_apart(&underway)).transpose()?;
        let (study, results) = underway.finish()?;
        Ok(Compared {
            study,
            results,
            narrowing,
            contributions,
        })
    }

    pub(super) fn comparison(&self) -> Result<Asking<'_>, Error> {
        refuse_nothing_to_compare(self.scenario())?;
        self.refuse_too_many(available_bytes())?;
        Ok(Asking {
            scenario: self.scenario().clone(),
            sweep: None,
            detail: Detail::Full,
            kind: Kind::Policies,
        })
    }
}

/// Bytes for each pair of policies and main outcome: its sums, and with a page what that shows of it.
const PAIR_BYTES: [f64; 2] = [100.0, 700.0];

impl Study {
    /// Refuses more policies than can be held against each other in so much memory.
    fn refuse_too_many(&self, available: Option<f64>) -> Result<(), Unanswerable> {
        let policies = self.scenario().policies.len();
        let page = self.options.report && self.options.folder.is_some();
        let pairs = (policies * policies * main_outcomes().len()) as f64;
        let needed = pairs * PAIR_BYTES[usize::from(page)];
        match available {
            Some(available) if needed > available => Err(Unanswerable::ManyPolicies {
                policies,
                needed: gigabytes(needed),
                available: gigabytes(available),
            }),
            _ => Ok(()),
        }
    }
}

impl Compared {
    /// The statistics of the comparison.
    pub fn comparison(&self) -> &Comparison {
        &self.results.comparison
    }

    /// The national effect of the policy called `policy` on `outcome` over the last 12 months; none
    /// where one of the names is unknown or the policy is the baseline.
    pub fn effect(&self, policy: &str, outcome: &str) -> Option<Effect> {
        let policies = self.study.scenario.policies.iter();
        let policy = policies.skip(1).position(|known| known.name == policy)? + 1;
        Some(self.comparison().judged(policy, position(outcome)?))
    }

    /// What the policy at this position costs over the run.
    pub fn cost(&self, policy: usize) -> PolicyCost {
        costs::of_policy(&self.study.scenario, self.comparison(), policy)
    }

    /// Difference of `policy` from `against`, both by position, in the main outcome number `main`.
    pub fn difference(&self, policy: usize, against: usize, main: usize) -> Effect {
        self.comparison()
            .contest()
            .difference(policy, against, main)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Overrides, load};
    use crate::study::Options;
    use crate::study::by_hand::{self, Heard, folder, loaded, told_to};
    use std::sync::Arc;

    #[test]
    fn policies_that_no_memory_holds_are_refused_before_anything_is_run() {
        let loaded = load("tests/fixtures/small/small.toml", &Overrides::default()).unwrap();
        let study = Study::open(loaded, Options::default()).unwrap();
        let pairs = 9.0 * main_outcomes().len() as f64 * PAIR_BYTES[0];
        assert_eq!(study.refuse_too_many(None), Ok(()));
        assert_eq!(study.refuse_too_many(Some(pairs)), Ok(()));
        let refused = study.refuse_too_many(Some(pairs - 1.0));
        assert!(matches!(
            refused,
            Err(Unanswerable::ManyPolicies { policies: 3, .. })
        ));
    }

    /// 9 runs are missing, then there; a ninth of the months is shared: 30 of 270.
    #[test]
    fn what_is_there_is_not_run_again() {
        let (path, told) = (folder("store"), Arc::new(Heard::default()));
        let options = Options {
            store: Some(path.clone()),
            ..told_to(&told)
        };
        let study = Study::open(loaded(), options).unwrap();
        assert_eq!(study.look().unwrap(), 9);
        let first = study.compare().unwrap();
        let again = study.compare().unwrap();
        assert_eq!(*told.needed.lock().unwrap(), [[9, 0], [0, 9]]);
        let notes = told.notes.lock().unwrap();
        assert!(
            notes.len() == 1 && notes[0].contains(": 11 % of"),
            "{notes:?}"
        );
        assert_eq!(told.so_far(), [270, 18]);
        assert_eq!((study.look().unwrap(), told.so_far()), (0, [270, 27]));
        assert_eq!((first.study.runs, again.study.runs), (9, 9));
        let of = |found: &Compared| found.effect("mandate", "trust").unwrap();
        assert_eq!(of(&first), of(&again));
        std::fs::remove_dir_all(path).unwrap();
    }

    /// The mandate is paid 2 a head and year for 25 of 30 months; the dose of nothing is nothing.
    #[test]
    fn a_comparison_tells_effects_and_costs_by_name() {
        let found = by_hand::study(loaded()).compare().unwrap();
        let residents = found.study.scenario.geography.population() as f64;
        let cost = found.cost(1);
        assert!((cost.money / residents - 2.0 * 25.0 / 12.0).abs() < 1e-9);
        assert!((cost.per_head_year - 2.0).abs() < 1e-9);
        assert_eq!(
            (found.cost(2).money, found.cost(2).per_head_year),
            (0.0, 0.0)
        );
        let sharing = found.effect("mandate", "data_sharing_rate").unwrap();
        assert!(sharing.difference > 0.01 && sharing.pairs == 3);
        assert_eq!(
            found
                .effect("nothing", "data_sharing_rate")
                .unwrap()
                .difference,
            0.0
        );
        assert!(
            found.effect("baseline", "trust").is_none() && found.effect("x", "trust").is_none()
        );
        assert!(found.effect("mandate", "x").is_none());
        assert_eq!(found.difference(1, 2, 0).difference, sharing.difference);
        assert_eq!(found.difference(2, 1, 0).difference, -sharing.difference);
    }
}
