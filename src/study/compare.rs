//! The main job: every policy with the baseline, on the same replications.

use crate::experiment::runs::digest::Detail;
use crate::experiment::statistics::compare::Comparison;
use crate::experiment::statistics::paired::Effect;
use crate::model::outcome::position;
use crate::output::folder::Kind;
use crate::output::folder::results::Results;
use crate::output::tables::costs::{self, PolicyCost};
use crate::study::decompose::{Contributions, Decompose};
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
        Ok(Asking {
            scenario: self.scenario().clone(),
            sweep: None,
            detail: Detail::Full,
            kind: Kind::Policies,
        })
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
