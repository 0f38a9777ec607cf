//! What went wrong, as exceptions that a modeller understands; their types are written in Python.

use cogov::factors::CorpusFault;
use cogov::scenario::reading::fault::{Fault, FaultKind, Faults};
use cogov::study::Error;
use pyo3::exceptions::PyKeyboardInterrupt;
use pyo3::prelude::*;

/// Module of the package in which the exceptions are defined.
const ERRORS: &str = "cogov.errors";

/// The exception called `name` with `arguments`.
pub fn exception<'py>(
    py: Python<'py>,
    name: &str,
    arguments: impl pyo3::call::PyCallArgs<'py>,
) -> PyErr {
    let made = py
        .import(ERRORS)
        .and_then(|module| module.getattr(name))
        .and_then(|kind| kind.call1(arguments));
    made.map_or_else(|fault| fault, PyErr::from_value)
}

/// The exception that tells what is wrong with a study.
pub fn raised(py: Python<'_>, error: &Error) -> PyErr {
    let said = error.to_string();
    let name = match error {
        Error::Interrupted | Error::Corpus(CorpusFault::Interrupted) => {
            return PyKeyboardInterrupt::new_err(said);
        }
        Error::Scenario(faults) => return of_scenario(py, faults),
        Error::Unanswerable(_) | Error::Derailed(_) => "QuestionError",
        Error::Folder { .. } | Error::Report(_) => "FolderError",
        Error::Corpus(CorpusFault::Input { .. }) => "CorpusError",
        Error::Corpus(_) | Error::Disk { .. } | Error::Lost { .. } => "StorageError",
    };
    exception(py, name, (said,))
}

/// The exception that holds all faults of a scenario.
pub fn of_scenario(py: Python<'_>, faults: &Faults) -> PyErr {
    let all: Vec<_> = faults.iter().map(parts).collect();
    exception(py, "ScenarioError", (faults.to_string(), all))
}

/// Kind, message, file, line, column and hint of a fault.
pub type FaultParts = (
    &'static str,
    String,
    Option<String>,
    Option<usize>,
    Option<usize>,
    Option<String>,
);

/// A fault as it crosses the border.
pub fn parts(fault: &Fault) -> FaultParts {
    let kind = match fault.kind {
        FaultKind::Error => "error",
        FaultKind::Warning => "warning",
    };
    let place = fault.place.as_ref();
    (
        kind,
        fault.message.clone(),
        place.map(|place| place.file.to_string()),
        place.and_then(|place| place.line),
        place.and_then(|place| place.column),
        fault.hint.clone(),
    )
}
