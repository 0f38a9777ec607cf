//! Which numbers are shown while runs go on, and what their band means.

use crate::experiment::statistics::paired::Effect;
use crate::lab::job::{LiveFindings, Progress};
use crate::lab::tally::{LiveTally, MeanSpread, TallyCell};
use crate::lab::view::Looking;
use crate::model::outcome::main_outcomes;
use crate::output::report::words::ReportWords;

/// Pairs of agents from which on they take the place of cohorts: with fewer, no band holds.
const ENOUGH: usize = 5;

/// What is shown.
pub struct LiveView<'a> {
    /// What was found.
    pub findings: &'a LiveFindings,
    /// What is looked at.
    pub looking: Looking,
    /// Words of the reader.
    pub words: &'a ReportWords,
}

/// A mean with half its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Banded {
    /// The mean.
    pub mean: f64,
    /// Half the band; infinite where nothing can be said.
    pub half: f64,
    /// Whether it is told from nothing, however often one has looked.
    pub clear: bool,
}

impl Banded {
    fn of(mean: f64, half: f64, claimed: f64) -> Self {
        Self {
            mean,
            half: if half.is_nan() { f64::INFINITY } else { half },
            clear: mean.abs() > claimed,
        }
    }
}

impl LiveView<'_> {
    /// Whether all that is wanted is finished.
    pub fn is_done(&self) -> bool {
        self.findings.compared.is_some() && self.findings.progress != Progress::Working
    }

    /// Whether agents are shown.
    pub fn are_agents(&self) -> bool {
        self.is_done() || self.findings.agents.pairs() >= ENOUGH
    }

    /// Who stands for citizens.
    pub fn actors_name(&self) -> &'static str {
        match (self.are_agents(), self.findings.cohorts.pairs()) {
            (true, _) => "agents",
            (false, 0) => "none",
            (false, _) => "cohorts",
        }
    }

    /// What the band means.
    pub fn band_name(&self) -> &'static str {
        match (self.is_done(), self.are_agents()) {
            (true, _) => "final",
            (false, true) => "anytime",
            (false, false) => "provisional",
        }
    }

    /// Pairs that are wanted.
    pub fn wanted(&self) -> usize {
        let scenario = &self.findings.scenario;
        let worlds = scenario.ensemble.as_ref().map_or(1, |of| of.worlds.len());
        scenario.replications as usize * worlds
    }

    /// What is shown of.
    pub fn tally(&self) -> &LiveTally {
        match self.are_agents() {
            true => &self.findings.agents,
            false => &self.findings.cohorts,
        }
    }

    fn banded(&self, estimate: MeanSpread) -> Banded {
        let (once, anytime) = (estimate.half(), estimate.anytime_half());
        match self.band_name() {
            "final" => Banded::of(estimate.mean, once, once),
            "anytime" => Banded::of(estimate.mean, anytime, anytime),
            _ => Banded::of(estimate.mean, once, anytime),
        }
    }

    /// The level under a policy.
    pub fn level(&self, policy: usize, cell: TallyCell) -> Banded {
        self.banded(self.tally().level(policy, cell))
    }

    /// The paired difference of `policy` from `against`.
    pub fn difference(&self, policy: usize, against: usize, cell: TallyCell) -> Banded {
        self.banded(self.tally().difference(policy, against, cell))
    }

    /// National difference over the last 12 months; when all is done, as the comparison has it.
    pub fn judged(&self, policy: usize, against: usize, outcome: usize) -> Banded {
        let main = main_outcomes().into_iter().position(|main| main == outcome);
        if let (Some(compared), Some(main), true) = (
            &self.findings.compared,
            main,
            self.is_done() && policy != against,
        ) {
            let Effect {
                difference,
                low,
                high,
                ..
            } = compared.contest().difference(policy, against, main);
            let half = (high - low) / 2.0;
            return Banded::of(difference, half, half);
        }
        self.difference(policy, against, TallyCell::Period(0, 0, outcome))
    }
}
