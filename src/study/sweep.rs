//! The same policies over a design of parameters, doses and dates.

use crate::experiment::design::robustness::{Robustness, robustness};
use crate::experiment::runs::digest::Detail;
use crate::model::outcome::main_outcomes;
use crate::output::folder::Kind;
use crate::output::folder::results::Results;
use crate::scenario::Scenario;
use crate::study::error::Unanswerable;
use crate::study::underway::Asking;
use crate::study::{Error, Finished, Study};

/// What a sweep found.
#[derive(Debug)]
pub struct Swept {
    /// The study.
    pub study: Finished,
    /// Paths of what was varied.
    pub inputs: Vec<String>,
    /// Values of the inputs, by design point.
    pub points: Vec<Vec<f64>>,
    /// Effects over replications, and responses by design point.
    pub results: Results,
    /// By main outcome and policy, how it holds up over the design points.
    pub robustness: Vec<Vec<Robustness>>,
}

impl Study {
    /// Runs every policy at every design point of the scenario's sweep, and writes the files of the
    /// sweep; with `series` all that a comparison keeps of a run is kept too.
    ///
    /// # Errors
    /// When nothing says what to vary, the folder cannot serve, or somebody stops it.
    pub fn sweep(&self, series: bool) -> Result<Swept, Error> {
        let underway = self.begin(self.swept(series)?)?;
        underway.run()?;
        let inputs = underway.plan.inputs().iter();
        let inputs = inputs.map(|input| input.path.clone()).collect();
        let points = underway.plan.points().to_vec();
        let (study, results) = underway.finish()?;
        let responses = results.responses.as_ref();
        let of = |main| responses.map(|responses| robustness(responses, main, &points));
        Ok(Swept {
            robustness: (0..main_outcomes().len()).filter_map(of).collect(),
            study,
            inputs,
            points,
            results,
        })
    }

    pub(super) fn swept(&self, series: bool) -> Result<Asking<'_>, Error> {
        let sweep = self.loaded.sweep.as_ref();
        Ok(Asking {
            scenario: Scenario {
                ensemble: None,
                ..self.scenario().clone()
            },
            sweep: Some(sweep.ok_or(Unanswerable::NothingToVary)?),
            detail: match series {
                true => Detail::Full,
                false => Detail::Judged,
            },
            kind: Kind::Policies,
        })
    }
}

impl Swept {
    /// 5th, 50th and 95th percentile over design points of the mean difference of `policy` from the
    /// baseline in the main outcome number `main`; none without a design.
    pub fn quantiles(&self, policy: usize, main: usize) -> Option<[f64; 3]> {
        let responses = self.results.responses.as_ref()?;
        Some(responses.quantiles(policy, main))
    }
}
