//! Which parameter values what was seen does not rule out, how likely the rest are, and what holds there.

use rayon::ThreadPool;

use crate::experiment::calibration::ensemble::Ensemble;
use crate::experiment::calibration::matching::{self, Findings};
use crate::experiment::calibration::region::Region;
use crate::experiment::calibration::search::{HistoryMatching, Laboratory, NothingLeft};
use crate::experiment::calibration::summary::Calibrated;
use crate::experiment::calibration::targets::{Targets, deciding};
use crate::experiment::design::responses::Responses;
use crate::experiment::runs::digest::Detail;
use crate::experiment::runs::plan::Plan;
use crate::output::calibration;
use crate::output::folder::Kind;
use crate::output::report::ReaderLanguage;
use crate::scenario::calibration::Calibration;
use crate::scenario::reading::fault::Fault;
use crate::study::error::Unanswerable;
use crate::study::observer::Stage;
use crate::study::underway::{Asking, Underway};
use crate::study::{Error, Finished, Study, pool};

/// What replaces numbers of the scenario's calibration.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CalibrationSize {
    /// Waves of history matching.
    pub waves: Option<u32>,
    /// Points that are simulated in each wave, and in each round of the posterior.
    pub points: Option<u32>,
    /// Points of the region at which all policies are compared; 0: none.
    pub claims: Option<u32>,
}

/// What a calibration found.
#[derive(Debug)]
pub struct CalibrationFound {
    /// The study.
    pub study: Finished,
    /// What was asked.
    pub calibration: Calibration,
    /// What was seen.
    pub targets: Targets,
    /// What the emulators say.
    pub region: Region,
    /// Waves, posterior and claims.
    pub findings: Findings,
}

impl CalibrationFound {
    /// Parameters and targets before and after.
    pub fn summary(&self) -> Calibrated<'_> {
        Calibrated {
            scenario: &self.study.scenario,
            calibration: &self.calibration,
            targets: &self.targets,
            region: &self.region,
            findings: &self.findings,
        }
    }

    /// Implausibility that decides on the scenario's own values.
    pub fn own_implausibility(&self) -> f64 {
        let checks = self.summary().checks().into_iter();
        let each: Vec<f64> = checks.map(|check| check.own_implausibility).collect();
        deciding(&each, self.calibration.misses)
    }
}

impl Study {
    /// Calibrates the scenario in waves, and writes the files of the calibration.
    ///
    /// # Errors
    /// When nothing says what to calibrate, every point is ruled out, the folder cannot serve, or
    /// somebody stops it.
    pub fn calibrate(&self, size: CalibrationSize) -> Result<CalibrationFound, Error> {
        let calibration = self.calibration(size)?;
        let searched = matching::searched(&calibration);
        let mut underway = self.begin(Asking {
            scenario: self.scenario().clone(),
            sweep: Some(&searched),
            detail: Detail::Judged,
            kind: Kind::Calibration,
        })?;
        let targets = Targets::of(&calibration, &underway.scenario.geography);
        let (region, findings) = {
            let work = Work {
                study: &underway,
                calibration: &calibration,
                targets: &targets,
                threads: pool(self.options.threads())?,
            };
            let matching = HistoryMatching {
                scenario: &underway.scenario,
                calibration: &calibration,
                targets: &targets,
            };
            matching.carry_out(&work)?
        };
        let mut found = CalibrationFound {
            study: underway.finished(false),
            calibration,
            targets,
            region,
            findings,
        };
        self.write_calibration(&mut underway, &mut found)?;
        Ok(found)
    }

    /// The calibration that is asked for.
    fn calibration(&self, size: CalibrationSize) -> Result<Calibration, Error> {
        if !self.options.formats.is_empty() {
            return Err(Unanswerable::Undivided.into());
        }
        let asked = self.loaded.calibration.clone();
        let asked = asked.ok_or(Unanswerable::NothingToCalibrate)?;
        let found = self.scenario().replications;
        if found < 2 {
            let what = "a calibration";
            return Err(Unanswerable::FewReplications { what, found }.into());
        }
        Ok(Calibration {
            waves: size.waves.unwrap_or(asked.waves),
            points: size.points.unwrap_or(asked.points),
            claims: size.claims.unwrap_or(asked.claims),
            ..asked
        })
    }

    /// Writes the files, if there is a folder; none is left where one cannot be written.
    fn write_calibration(
        &self,
        underway: &mut Underway<'_>,
        found: &mut CalibrationFound,
    ) -> Result<(), Error> {
        let Some(folder) = &self.options.folder else {
            return Ok(());
        };
        let written = calibration::write(folder, &found.summary())
            .and_then(|()| underway.manifest.prove(folder));
        if let Err(fault) = written {
            underway.clear_tables(folder);
            return Err(Error::disk(folder, fault));
        }
        let (reported, name) = (self.options.report, &underway.scenario.name);
        let language = ReaderLanguage::default();
        let page = reported.then(|| calibration::write_page(folder, name, language));
        found.study = underway.complete(folder, reported)?;
        page.transpose()?;
        Ok(())
    }
}

/// A calibration at work.
struct Work<'a> {
    study: &'a Underway<'a>,
    calibration: &'a Calibration,
    targets: &'a Targets,
    threads: ThreadPool,
}

impl From<NothingLeft> for Error {
    fn from(NothingLeft { wave, target }: NothingLeft) -> Self {
        Unanswerable::RuledOut { wave, target }.into()
    }
}

impl Laboratory for Work<'_> {
    type Error = Error;

    fn history(&self, rows: Vec<Vec<f64>>) -> Result<Ensemble, Error> {
        let scenario = &self.study.scenario;
        let plan = matching::history(scenario, self.calibration, self.targets, rows);
        let plan = self.run(plan, Stage::History)?;
        Ok(Ensemble::read(&plan, &self.study.store, self.targets)?)
    }

    fn policies(&self, rows: Vec<Vec<f64>>) -> Result<Responses, Error> {
        let plan = matching::comparison(&self.study.scenario, self.calibration, rows);
        let plan = self.run(plan, Stage::Region)?;
        Ok(Responses::read(&plan, &self.study.store)?)
    }

    fn on_all_threads<R: Send>(&self, work: impl FnOnce() -> R + Send) -> R {
        self.threads.install(work)
    }

    fn wave_begins(&self, number: u32) {
        let observer = &self.study.options.observer;
        observer.wave_begins(number, self.calibration.waves);
    }

    fn note(&self, line: &str) {
        self.study.options.observer.note(line);
    }
}

impl Work<'_> {
    /// Runs what is missing of `plan`.
    fn run(&self, plan: Result<Plan, Fault>, stage: Stage) -> Result<Plan, Error> {
        let plan = plan?;
        self.study.run_plan(&plan, stage)?;
        Ok(plan)
    }
}
