//! The border: work is done off Python's lock, signals are answered meanwhile, no panic gets across.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use cogov::study::Error;
use pyo3::prelude::*;

use crate::faults::{exception, raised};

/// Time between two looks for signals and at the progress.
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// Does `work` on a thread of its own, off Python's lock. Every tenth of a second `look` is called and
/// Python handles signals; if either raises, `stop` is set, and the work ends at the next month.
///
/// # Errors
/// What the signal raised, what went wrong with the work, or `InternalError` where it panicked.
pub fn away<T: Send + 'static>(
    py: Python<'_>,
    stop: &Arc<AtomicBool>,
    look: &mut dyn FnMut(Python<'_>) -> PyResult<()>,
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> PyResult<T> {
    let (sender, receiver) = channel();
    let started = thread::Builder::new().name("cogov".into()).spawn(move || {
        // nobody waits any more only where the process ends
        let _ = sender.send(catch_unwind(AssertUnwindSafe(work)));
    });
    started?;
    let receiver = Mutex::new(receiver);
    let mut interrupted = None;
    let ended = loop {
        let wait = || match receiver.lock() {
            Ok(from) => from.recv_timeout(LOOK_EVERY),
            Err(_) => Err(RecvTimeoutError::Disconnected),
        };
        match py.detach(wait) {
            Ok(ended) => break ended,
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => {
                return Err(internal(py, "the thread of the study is gone"));
            }
        }
        if interrupted.is_none()
            && let Err(raised) = look(py).and_then(|()| py.check_signals())
        {
            stop.store(true, Ordering::Relaxed);
            interrupted = Some(raised);
        }
    };
    look(py)?;
    match interrupted {
        Some(raised) => Err(raised),
        None => outcome(py, ended),
    }
}

/// What came of the work, or the exception that says why nothing did.
fn outcome<T>(py: Python<'_>, ended: Result<Result<T, Error>, Box<dyn Any + Send>>) -> PyResult<T> {
    match ended {
        Ok(done) => done.map_err(|error| raised(py, &error)),
        Err(panic) => Err(internal(py, &said(&*panic))),
    }
}

/// Does short `work` off Python's lock.
///
/// # Errors
/// `InternalError` where it panicked.
pub fn shielded<T: Send>(py: Python<'_>, work: impl FnOnce() -> T + Send) -> PyResult<T> {
    let done = py.detach(|| catch_unwind(AssertUnwindSafe(work)).map_err(|panic| said(&*panic)));
    done.map_err(|message| internal(py, &message))
}

fn internal(py: Python<'_>, message: &str) -> PyErr {
    exception(py, "InternalError", (message,))
}

/// What a panic says.
fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
    text.unwrap_or_else(|| "something failed inside, and did not say what".into())
}

/// Fails inside, so that tests see what becomes of it: at once, or in the midst of long work.
#[pyfunction]
#[pyo3(signature = (long = false))]
pub fn fail_inside(py: Python<'_>, long: bool) -> PyResult<()> {
    match long {
        false => shielded(py, || panic!("forced")),
        true => away(py, &Arc::default(), &mut |_| Ok(()), || panic!("forced")),
    }
}
