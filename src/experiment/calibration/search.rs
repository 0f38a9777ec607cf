//! The course of a calibration: waves of history matching, the posterior, and claims over the region.

use crate::experiment::calibration::ensemble::Ensemble;
use crate::experiment::calibration::matching::{self, Findings, Matched};
use crate::experiment::calibration::region::{Region, Search, Wave};
use crate::experiment::calibration::rounds::{Proposal, Rounds};
use crate::experiment::calibration::targets::Targets;
use crate::experiment::design::responses::Responses;
use crate::experiment::design::{UnitPoint, latin_hypercube};
use crate::numeric::BySize as _;
use crate::scenario::Scenario;
use crate::scenario::calibration::Calibration;

/// Who runs what a calibration asks for.
pub trait Laboratory {
    /// Why it could not.
    type Error: From<NothingLeft>;

    /// Runs of the past at these values of the parameters.
    ///
    /// # Errors
    /// When they cannot be run.
    fn history(&self, rows: Vec<Vec<f64>>) -> Result<Ensemble, Self::Error>;

    /// Runs of all policies at these values of the parameters.
    ///
    /// # Errors
    /// When they cannot be run.
    fn policies(&self, rows: Vec<Vec<f64>>) -> Result<Responses, Self::Error>;

    /// Does `work` on all threads that there are.
    fn on_all_threads<R: Send>(&self, work: impl FnOnce() -> R + Send) -> R;

    /// Is told that a wave begins, from 1.
    fn wave_begins(&self, number: u32);

    /// Is told what comes after the waves.
    fn note(&self, line: &str);
}

/// Every point is ruled out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NothingLeft {
    /// The wave that found no point.
    pub wave: u32,
    /// The target that rules out most points of the wave before.
    pub target: Option<String>,
}

/// What is calibrated, and against what.
#[derive(Debug, Clone, Copy)]
pub struct HistoryMatching<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// What is asked.
    pub calibration: &'a Calibration,
    /// What was seen.
    pub targets: &'a Targets,
}

impl HistoryMatching<'_> {
    /// Carries it out: what the emulators say, and all that was found.
    ///
    /// # Errors
    /// When every point is ruled out, or runs cannot be had.
    pub fn carry_out<L: Laboratory>(&self, lab: &L) -> Result<(Region, Findings), L::Error> {
        let of = self.calibration;
        let own = lab.history(vec![self.own_values()])?;
        let mut region = Region::whole(self.targets, of.vary.len(), (of.cutoff, of.misses));
        let mut waves: Vec<Matched> = Vec::new();
        for number in 1..=of.waves {
            lab.wave_begins(number);
            let search = self.search(&region, lab);
            if search.points.is_empty() {
                return Err(self.nothing_left(number, waves.last()).into());
            }
            let ensemble = self.history(lab, &search.points)?;
            let wave = self.emulate(lab, &search.points, &ensemble);
            let chance = (self.targets, &wave.chance[..]);
            waves.push(Matched::new(search, ensemble, chance, of));
            region.waves.push(wave);
        }
        let rounds = self.posterior(lab, &region, &waves)?;
        let findings = Findings {
            own,
            claims: self.claims(lab, &waves)?,
            waves,
            proposals: rounds.points,
            predictive: rounds.runs,
            posterior: rounds.posterior,
        };
        Ok((region, findings))
    }

    fn own_values(&self) -> Vec<f64> {
        matching::own_values(self.scenario, self.calibration)
    }

    fn history<L: Laboratory>(&self, lab: &L, units: &[UnitPoint]) -> Result<Ensemble, L::Error> {
        let values = |unit: &UnitPoint| matching::values(self.calibration, unit);
        lab.history(units.iter().map(values).collect())
    }

    /// Points of the next wave.
    fn search<L: Laboratory>(&self, region: &Region, lab: &L) -> Search {
        let (of, seed) = (self.calibration, self.scenario.seed);
        if region.waves.is_empty() {
            return Search {
                points: latin_hypercube(of.points, of.vary.len(), seed),
                ..Search::default()
            };
        }
        lab.on_all_threads(|| region.search(of.points as usize, seed))
    }

    fn emulate<L: Laboratory>(&self, lab: &L, points: &[UnitPoint], ensemble: &Ensemble) -> Wave {
        let targets = self.targets.all.len();
        Wave {
            emulators: lab.on_all_threads(|| ensemble.emulators(points, targets)),
            chance: ensemble.chance(targets),
        }
    }

    /// Points that the emulators hold for likely, their runs, and their weights, round by round until they
    /// are as good as the draws that are wanted.
    fn posterior<L: Laboratory>(
        &self,
        lab: &L,
        region: &Region,
        waves: &[Matched],
    ) -> Result<Rounds, L::Error> {
        let of = (self.calibration, self.targets);
        let last = waves.last().expect("there was a wave");
        let mut rounds = Rounds::default();
        while rounds.number() < of.0.rounds && !self.is_enough(&rounds) {
            lab.note(&format!("posterior, round {}", rounds.number() + 1));
            let proposal = lab.on_all_threads(|| Proposal::fitted(of, last, &rounds));
            let likely = |unit: &[f64]| proposal.log_likelihood(unit, region);
            let all = waves.iter().rev().flat_map(|wave| &wave.search.points);
            let start = all.max_by(|a, b| likely(a).by_size(&likely(b)));
            let start = start.filter(|unit| likely(unit).is_finite());
            let next = waves.len() as u32 + 1;
            let start = start.ok_or_else(|| self.nothing_left(next, waves.last()))?;
            let place = (self.scenario.seed, rounds.number());
            let wanted = of.0.points as usize;
            let points = lab.on_all_threads(|| region.likely((start, likely), wanted, place));
            let proposed = points.iter().map(|unit| likely(unit)).collect();
            let runs = self.history(lab, &points)?;
            rounds.add(of, (points, proposed), runs);
        }
        Ok(rounds)
    }

    fn is_enough(&self, rounds: &Rounds) -> bool {
        let draws = f64::from(self.calibration.draws);
        rounds.number() > 0 && rounds.posterior.effective_points() >= draws
    }

    /// Responses of all policies at the own values and at points that are not ruled out.
    fn claims<L: Laboratory>(
        &self,
        lab: &L,
        waves: &[Matched],
    ) -> Result<Option<Responses>, L::Error> {
        let left = waves.last().map(Matched::region).unwrap_or_default();
        let chosen = left.iter().take(self.calibration.claims as usize);
        if chosen.len() == 0 || self.scenario.policies.len() < 2 {
            return Ok(None);
        }
        lab.note("policies over the region");
        let mut rows = vec![self.own_values()];
        rows.extend(chosen.map(|unit| matching::values(self.calibration, unit)));
        lab.policies(rows).map(Some)
    }

    /// Every point is ruled out: the target that does it most often.
    fn nothing_left(&self, wave: u32, last: Option<&Matched>) -> NothingLeft {
        let worst = last.and_then(|last| {
            let worst = |of: &Vec<f64>| (0..of.len()).max_by(|a, b| of[*a].by_size(&of[*b]));
            let mut counts = vec![0; self.targets.all.len()];
            let all = last.implausibilities.iter().filter_map(worst);
            all.for_each(|t| counts[t] += 1);
            (0..counts.len()).max_by_key(|t| counts[*t])
        });
        let target = worst.map(|t| self.targets.all[t].name.clone());
        NothingLeft { wave, target }
    }
}

#[cfg(test)]
mod tests;
