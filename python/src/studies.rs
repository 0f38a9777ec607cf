//! The questions that are put to a scenario: each parses, calls a study, and tells what came of it.

use std::num::{NonZeroU32, NonZeroUsize};
use std::path::PathBuf;
use std::sync::Arc;

use cogov::experiment::statistics::precision::WantedWidth;
use cogov::model::outcome::{OUTCOMES, position};
use cogov::output::formats::Format;
use cogov::study::decompose::{Decompose, PartsBy};
use cogov::study::narrow::Until;
use cogov::study::replay::{self as again};
use cogov::study::{CalibrationSize, Compared, Error, Finished, Options, Questions, Study};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::faults::{exception, raised};
use crate::guard::away;
use crate::progress::Counter;
use crate::scenario::Scenario;
use crate::workers::HandOut;

/// How a study is done, by the names that the command line has for it.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub struct Manner {
    out: Option<PathBuf>,
    store: Option<PathBuf>,
    threads: Option<NonZeroUsize>,
    checkpoint_every: Option<NonZeroU32>,
    resume: bool,
    force: bool,
    formats: Vec<String>,
    report: bool,
    command: Vec<String>,
    progress: Option<Py<PyAny>>,
    workers: Option<Py<PyAny>>,
}

/// A study that is about to be done, and what it is told through.
pub struct Prepared {
    /// The study.
    pub study: Study,
    /// How far it is.
    pub counter: Arc<Counter>,
    options: Options,
    progress: Option<Py<PyAny>>,
    hand_out: Option<HandOut>,
}

impl Prepared {
    /// The study of `scenario` in this manner.
    pub fn new(py: Python<'_>, scenario: &Scenario, of: Manner) -> PyResult<Self> {
        let counter = Arc::new(Counter::default());
        let format = |name: &String| {
            let known = || Format::ALL.map(Format::name).join(", ");
            let unknown = || format!("there is no format `{name}`; there are {}", known());
            Format::named(name).ok_or_else(|| exception(py, "QuestionError", (unknown(),)))
        };
        let (hand_out, workers) = of.workers.map(HandOut::by).unzip();
        let options = Options {
            workers,
            folder: of.out,
            store: of.store,
            threads: of.threads,
            checkpoint_every: of.checkpoint_every,
            resume: of.resume,
            force: of.force,
            formats: of.formats.iter().map(format).collect::<PyResult<_>>()?,
            report: of.report,
            command: of.command,
            observer: Arc::clone(&counter) as Arc<_>,
            stop: Arc::default(),
            pool: None,
        };
        let opened = Study::open(scenario.loaded.clone(), options.clone());
        Ok(Self {
            study: opened.map_err(|error| raised(py, &error))?,
            counter,
            options,
            progress: of.progress,
            hand_out,
        })
    }

    /// Puts a question to it, off Python's lock.
    pub fn ask<T: Send + 'static>(
        self,
        py: Python<'_>,
        question: impl FnOnce(&Study) -> Result<T, Error> + Send + 'static,
    ) -> PyResult<T> {
        let Self {
            study,
            counter,
            options,
            progress,
            hand_out,
        } = self;
        let mut tell = |py: Python<'_>| counter.tell(py, progress.as_ref());
        let mut look = |py: Python<'_>| match &hand_out {
            Some(hand_out) => hand_out.look(py, &mut tell).and_then(|()| tell(py)),
            None => tell(py),
        };
        away(py, &options.stop, &mut look, move || question(&study))
    }
}

/// What is asked of a comparison beside effects.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub struct Asked {
    until: Vec<(String, f64)>,
    most: u32,
    decompose: Option<String>,
    by: String,
    budget: Option<f64>,
}

impl Asked {
    fn questions(&self, py: Python<'_>) -> PyResult<Questions> {
        let wrong = |said: String| exception(py, "QuestionError", (said,));
        let by = match self.by.as_str() {
            "intervention" => PartsBy::Intervention,
            "dimension" => PartsBy::Dimension,
            other => {
                let said = format!("parts are by `intervention` or `dimension`, found `{other}`");
                return Err(wrong(said));
            }
        };
        let no_money = |budget: &f64| !(budget.is_finite() && *budget > 0.0);
        if let Some(budget) = self.budget.filter(no_money) {
            let said = format!("a budget is money above 0 over the run, found {budget}");
            return Err(wrong(said));
        }
        let wanted = self.until.iter().map(wanted);
        let wanted = wanted.collect::<Result<Vec<_>, _>>().map_err(wrong)?;
        let most = self.most;
        let until = (!wanted.is_empty()).then_some(Until { wanted, most });
        let decompose = self.decompose.clone();
        let decompose = decompose.map(|policy| Decompose { policy, by });
        Ok(Questions { until, decompose })
    }
}

/// An interval that is to be narrow, or what is wrong with it.
fn wanted((name, half_width): &(String, f64)) -> Result<WantedWidth, String> {
    let unknown = || format!("there is no outcome `{name}`; cogov.explain('outcomes') lists them");
    let outcome = position(name).ok_or_else(unknown)?;
    let half_width = *half_width;
    match half_width > 0.0 && half_width.is_finite() {
        true => Ok(WantedWidth {
            outcome,
            half_width,
        }),
        false => Err(format!(
            "the half-width of `{name}` must be a number above 0, found {half_width}"
        )),
    }
}

/// Compares the policies of `scenario` with its baseline.
#[pyfunction]
pub fn compare<'py>(
    py: Python<'py>,
    scenario: &Scenario,
    manner: Manner,
    asked: Asked,
) -> PyResult<Bound<'py, PyDict>> {
    let questions = asked.questions(py)?;
    let prepared = Prepared::new(py, scenario, manner)?;
    let compared = prepared.ask(py, move |study| study.compare_and(&questions))?;
    let told = finished(py, &compared.study)?;
    if let Some(of) = &compared.narrowing {
        told.set_item("precision", (of.is_reached(), of.replications, of.needed))?;
    }
    if let Some(budget) = asked.budget {
        told.set_item("within_budget", bought(&compared, budget))?;
    }
    Ok(told)
}

/// By main outcome the best policy within `budget`, its cost, its gain, and those it is not told apart from.
fn bought(compared: &Compared, budget: f64) -> Vec<(&'static str, String, f64, f64, Vec<String>)> {
    let policies = &compared.study.scenario.policies;
    let name = |policy: usize| policies[policy].name.clone();
    let best = compared.within(budget).best.into_iter();
    let told = best.map(|of| {
        let close = of.close.iter().map(|policy| name(*policy)).collect();
        (
            OUTCOMES[of.outcome].name,
            name(of.policy),
            of.offer.cost,
            of.offer.gain,
            close,
        )
    });
    told.collect()
}

/// Runs one policy of `scenario`.
#[pyfunction]
pub fn run<'py>(
    py: Python<'py>,
    scenario: &Scenario,
    manner: Manner,
    policy: String,
) -> PyResult<Bound<'py, PyDict>> {
    let prepared = Prepared::new(py, scenario, manner)?;
    let course = prepared.ask(py, move |study| study.run_policy(&policy))?;
    let told = finished(py, &course.study)?;
    let periods = course.periods.iter().map(|period| period.name.clone());
    told.set_item("periods", periods.collect::<Vec<_>>())?;
    told.set_item("means", course.means)?;
    Ok(told)
}

/// Runs the policies of `scenario` at every point of its sweep.
#[pyfunction]
pub fn sweep<'py>(
    py: Python<'py>,
    scenario: &Scenario,
    manner: Manner,
    series: bool,
) -> PyResult<Bound<'py, PyDict>> {
    let prepared = Prepared::new(py, scenario, manner)?;
    let swept = prepared.ask(py, move |study| study.sweep(series))?;
    let told = finished(py, &swept.study)?;
    told.set_item("inputs", swept.inputs)?;
    told.set_item("points", swept.points.len())?;
    Ok(told)
}

/// Calibrates `scenario`; waves, points and claims replace its own.
#[pyfunction]
pub fn calibrate<'py>(
    py: Python<'py>,
    scenario: &Scenario,
    manner: Manner,
    size: (Option<u32>, Option<u32>, Option<u32>),
) -> PyResult<Bound<'py, PyDict>> {
    let (waves, points, claims) = size;
    let prepared = Prepared::new(py, scenario, manner)?;
    let size = CalibrationSize {
        waves,
        points,
        claims,
    };
    let found = prepared.ask(py, move |study| study.calibrate(size))?;
    let told = finished(py, &found.study)?;
    told.set_item("own_implausibility", found.own_implausibility())?;
    Ok(told)
}

/// What every policy of `scenario` comes to where inputs have these `values`, without a file: by policy, the
/// baseline first, the mean of every outcome over the last 12 months, and its difference from the baseline.
#[pyfunction]
pub fn evaluate(
    py: Python<'_>,
    scenario: &Scenario,
    manner: Manner,
    values: Vec<(String, String)>,
) -> PyResult<Vec<(String, Vec<f64>, Vec<f64>)>> {
    let prepared = Prepared::new(py, scenario, manner)?;
    let compared = prepared.ask(py, move |study| study.at(&values)?.compare())?;
    let policies = compared.study.scenario.policies.iter().enumerate();
    let told = policies.map(|(policy, of)| {
        let effects = (0..OUTCOMES.len()).map(|o| compared.comparison().judged(policy.max(1), o));
        let pair = effects.map(|of| match policy {
            0 => (of.baseline, 0.0),
            _ => (of.policy, of.difference),
        });
        let (levels, differences) = pair.unzip();
        (of.name.clone(), levels, differences)
    });
    Ok(told.collect())
}

/// What every study tells of itself.
fn finished<'py>(py: Python<'py>, of: &Finished) -> PyResult<Bound<'py, PyDict>> {
    let told = PyDict::new(py);
    told.set_item("runs", of.runs)?;
    told.set_item("replications", of.scenario.replications)?;
    told.set_item("folder", of.folder.as_ref())?;
    told.set_item("report", of.report.as_ref())?;
    told.set_item("result_sha256", of.result_sha256.as_ref())?;
    Ok(told)
}

/// Computes the run of this number of the study in `folder` again: its policy, its replication, how many
/// columns were compared, and those that differ (name, as recorded, as computed).
#[pyfunction]
pub fn replay(
    py: Python<'_>,
    folder: PathBuf,
    run_id: usize,
) -> PyResult<(String, u32, usize, Vec<(String, String, String)>)> {
    let done = away(py, &Arc::default(), &mut |_| Ok(()), move || {
        again::replay(&folder, run_id)
    })?;
    let differences = done.differences.into_iter();
    let differences = differences.map(|of| (of.column, of.recorded, of.computed));
    Ok((
        done.policy,
        done.replication,
        done.columns,
        differences.collect(),
    ))
}
