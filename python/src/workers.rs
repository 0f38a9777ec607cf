//! Runs that are done by others: the driver's side and the worker's.

use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex};

use cogov::study::Error;
use cogov::study::batches::{self, Keep, Workers};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::faults::raised;
use crate::guard::{away, shielded};

/// What came back that is not kept yet.
const WAITING: usize = 8;

/// What a worker gave back: of which groups, the runs, and who it was.
type Given = (Vec<usize>, Vec<u8>, String);

/// Runs that are to be handed out.
struct Request {
    order: Vec<u8>,
    groups: Vec<usize>,
    /// Takes what comes back, and nothing when that is all.
    answers: SyncSender<Option<Given>>,
}

/// Asks for runs on the thread of the study; Python hands them out on its own, in [`HandOut::look`].
struct Asking(Mutex<Sender<Request>>);

impl Workers for Asking {
    fn run(&self, order: &[u8], groups: &[usize], keep: &mut Keep<'_>) -> Result<(), Error> {
        let (answers, given) = sync_channel(WAITING);
        let request = Request {
            order: order.to_vec(),
            groups: groups.to_vec(),
            answers,
        };
        let asked = self.0.lock().is_ok_and(|to| to.send(request).is_ok());
        // nobody answers any more where Python was interrupted
        while let (true, Ok(given)) = (asked, given.recv()) {
            let Some((groups, packed, who)) = given else {
                return Ok(());
            };
            keep(&groups, &packed, &who)?;
        }
        Err(Error::Interrupted)
    }
}

/// Python's side of runs that are done elsewhere: a function that takes an order and numbers of groups, and
/// gives back what workers packed, one after the other.
pub struct HandOut {
    function: Py<PyAny>,
    requests: Mutex<Receiver<Request>>,
}

impl HandOut {
    /// What hands out by `function`, and what a study asks.
    pub fn by(function: Py<PyAny>) -> (Self, Arc<dyn Workers>) {
        let (ask, requests) = channel();
        let requests = Mutex::new(requests);
        (
            Self { function, requests },
            Arc::new(Asking(Mutex::new(ask))),
        )
    }

    /// Hands out what is asked for, if anything is; `each` is called whenever something came back.
    ///
    /// # Errors
    /// What the function, a signal or `each` raises.
    pub fn look(
        &self,
        py: Python<'_>,
        each: &mut dyn FnMut(Python<'_>) -> PyResult<()>,
    ) -> PyResult<()> {
        let asked = self.requests.lock().ok().and_then(|of| of.try_recv().ok());
        let Some(Request {
            order,
            groups,
            answers,
        }) = asked
        else {
            return Ok(());
        };
        let given = self
            .function
            .call1(py, (PyBytes::new(py, &order), groups))?;
        for one in given.bind(py).try_iter()? {
            let given: Given = one?.extract()?;
            // the study has ended where it does not take it
            if py.detach(|| answers.send(Some(given))).is_err() {
                return Ok(());
            }
            each(py)?;
        }
        let _ = py.detach(|| answers.send(None));
        Ok(())
    }
}

/// The worker's side: a study as it was ordered.
#[pyclass(frozen, module = "cogov._cogov")]
pub struct WorkOrder {
    inner: Arc<batches::WorkOrder>,
}

#[pymethods]
impl WorkOrder {
    /// Reads an order; it is refused where this program would give other bytes than the driver's.
    #[new]
    fn new(py: Python<'_>, order: &[u8]) -> PyResult<Self> {
        let read = shielded(py, || batches::WorkOrder::read(order))?;
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
    shielded(py, batches::fingerprint)
}
