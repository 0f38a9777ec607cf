//! One policy, without a comparison: how its outcomes unfold at the scenario's own values.

use crate::experiment::runs::digest::{Detail, Period, periods, scopes};
use crate::model::outcome::OUTCOMES;
use crate::output::folder::Kind;
use crate::scenario::Scenario;
use crate::scenario::reading::fault::{Fault, Place};
use crate::study::underway::Asking;
use crate::study::{Error, Finished, Study};

/// How the outcomes of one policy unfold: means over replications.
#[derive(Debug, Clone)]
pub struct PolicyCourse {
    /// The study; its scenario has this policy alone.
    pub study: Finished,
    /// Periods: the last 12 months, then the calendar years.
    pub periods: Vec<Period>,
    /// By period, the national mean of every outcome.
    pub means: Vec<Vec<f64>>,
}

impl Study {
    /// Runs the policy called `name` and tells how its outcomes unfold.
    ///
    /// # Errors
    /// When there is no such policy, the folder cannot serve, or somebody stops it.
    pub fn run_policy(&self, name: &str) -> Result<PolicyCourse, Error> {
        let underway = self.begin(self.one_policy(name)?)?;
        underway.run()?;
        let (study, results) = underway.finish()?;
        let scenario = &study.scenario;
        let periods = periods(scenario.start, scenario.months);
        // of each period the nation's outcomes come first
        let all = scopes(&scenario.geography).len() * OUTCOMES.len();
        let national = results
            .means
            .chunks(all)
            .map(|of| of[..OUTCOMES.len()].to_vec());
        Ok(PolicyCourse {
            means: national.collect(),
            periods,
            study,
        })
    }

    pub(super) fn one_policy(&self, name: &str) -> Result<Asking<'_>, Error> {
        let names = || self.scenario().policies.iter().map(|of| of.name.as_str());
        if !names().any(|known| known == name) {
            let fault = Fault::error(format!("there is no policy `{name}`"));
            let fault = fault.at(&Place::whole(&"--policy".into()));
            return Err(fault.nearest(name, names()).into());
        }
        let mut scenario = Scenario::clone(self.scenario());
        scenario.policies.retain(|policy| policy.name == name);
        scenario.ensemble = None;
        Ok(Asking {
            scenario,
            sweep: None,
            detail: Detail::Full,
            kind: Kind::Policies,
        })
    }
}
