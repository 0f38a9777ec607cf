//! What every word of a scenario or a result means.

use cogov::model::outcome::OUTCOMES;
use cogov::output::description;
use cogov::output::explanation::entries;
use pyo3::prelude::*;

use crate::guard::shielded;

/// All words: what each is, its name, what it means.
#[pyfunction]
pub fn explain(py: Python<'_>) -> PyResult<Vec<(&'static str, String, String)>> {
    let all = shielded(py, entries)?.into_iter();
    Ok(all.map(|of| (of.kind, of.name, of.text)).collect())
}

/// The description of the model as Markdown.
#[pyfunction]
pub fn document(py: Python<'_>) -> PyResult<String> {
    shielded(py, description::document)
}

/// Every outcome: name, unit, direction, and whether it is a main one.
#[pyfunction]
pub fn outcomes() -> Vec<(&'static str, &'static str, &'static str, bool)> {
    let all = OUTCOMES.iter();
    all.map(|of| (of.name, of.unit, of.direction.name(), of.main))
        .collect()
}
