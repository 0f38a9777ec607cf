//! Runs of a study that are done by others: the driver's side and the worker's.

use std::sync::Arc;

use cogov::study::batches::{self as elsewhere, RunBatches};
use cogov::study::{Error, Task};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::faults::raised;
use crate::guard::{away, shielded};
use crate::scenario::Scenario;
use crate::studies::{Manner, prepared};

/// The driver's side: the folder is taken until it is closed.
#[pyclass(frozen, module = "cogov._cogov")]
pub struct Batches {
    inner: std::sync::Mutex<Option<RunBatches>>,
}

impl Batches {
    fn with<T: Send>(
        &self,
        py: Python<'_>,
        work: impl FnOnce(&RunBatches) -> Result<T, Error> + Send,
    ) -> PyResult<T> {
        let closed = || std::io::Error::other("the batches are closed");
        let done = shielded(py, || {
            let inner = self
                .inner
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            let open = inner.as_ref().ok_or_else(|| Error::Disk {
                what: "batches".into(),
                cause: closed(),
            });
            work(open?)
        })?;
        done.map_err(|error| raised(py, &error))
    }
}

#[pymethods]
impl Batches {
    /// Takes the folder of a comparison, or of a sweep where `sweep` is true.
    #[new]
    fn new(
        py: Python<'_>,
        scenario: &Scenario,
        manner: Manner,
        sweep: bool,
        series: bool,
    ) -> PyResult<Self> {
        let study = prepared(py, scenario, manner)?;
        let task = match sweep {
            true => Task::Sweep { series },
            false => Task::Compare,
        };
        let begun = shielded(py, || study.batches(&task))?;
        let begun = begun.map_err(|error| raised(py, &error))?;
        let inner = std::sync::Mutex::new(Some(begun));
        Ok(Self { inner })
    }

    /// What a worker needs to know.
    fn order<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let order = self.with(py, |batches| Ok(batches.order().to_vec()))?;
        Ok(PyBytes::new(py, &order))
    }

    /// Numbers of the groups of runs of which some are missing.
    fn missing(&self, py: Python<'_>) -> PyResult<Vec<usize>> {
        self.with(py, |batches| Ok(batches.missing()))
    }

    /// Keeps what a worker gave back for `groups`.
    fn keep(&self, py: Python<'_>, groups: Vec<usize>, packed: &[u8]) -> PyResult<()> {
        self.with(py, |batches| batches.keep(&groups, packed))
    }

    /// Lets go of the folder.
    fn close(&self, py: Python<'_>) -> PyResult<()> {
        shielded(py, || {
            let mut inner = self
                .inner
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            *inner = None;
        })
    }
}

/// The worker's side: a study as it was ordered.
#[pyclass(frozen, module = "cogov._cogov")]
pub struct WorkOrder {
    inner: Arc<elsewhere::WorkOrder>,
}

#[pymethods]
impl WorkOrder {
    /// Reads an order; it is refused where this program would give other bytes than the driver's.
    #[new]
    fn new(py: Python<'_>, order: &[u8]) -> PyResult<Self> {
        let read = shielded(py, || elsewhere::WorkOrder::read(order))?;
        let inner = Arc::new(read.map_err(|error| raised(py, &error))?);
        Ok(Self { inner })
    }

    /// Runs these groups and packs the results.
    fn run<'py>(
        &self,
        py: Python<'py>,
        groups: Vec<usize>,
        threads: usize,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let (order, stop) = (Arc::clone(&self.inner), Arc::default());
        let flag = Arc::clone(&stop);
        let work = move || order.run(&groups, threads, &flag);
        let packed = away(py, &stop, &mut |_| Ok(()), work)?;
        Ok(PyBytes::new(py, &packed))
    }
}

/// What this program computes, in a line; two that say the same give the same bytes.
#[pyfunction]
pub fn fingerprint(py: Python<'_>) -> PyResult<&'static str> {
    shielded(py, elsewhere::fingerprint)
}
