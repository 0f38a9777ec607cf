//! How far a study is, counted on its threads and told to Python from its own.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use cogov::study::factors::ChainObserver;
use cogov::study::observer::{Observer, RunsNeeded};
use pyo3::prelude::*;

/// Months done and to be done, and lines that are worth reading.
#[derive(Debug, Default)]
pub struct Counter {
    done: AtomicU64,
    total: AtomicU64,
    months: AtomicU64,
    notes: Mutex<Vec<String>>,
}

impl Counter {
    fn note(&self, line: String) {
        if let Ok(mut notes) = self.notes.lock() {
            notes.push(line);
        }
    }

    /// Calls `told` with the months that are done, all months, the months of a run, and new lines.
    ///
    /// # Errors
    /// What `told` raises.
    pub fn tell(&self, py: Python<'_>, told: Option<&Py<PyAny>>) -> PyResult<()> {
        let Some(told) = told else { return Ok(()) };
        let notes = self
            .notes
            .lock()
            .map(|mut notes| std::mem::take(&mut *notes));
        let numbers = [&self.done, &self.total, &self.months];
        let [done, total, months] = numbers.map(|number| number.load(Ordering::Relaxed));
        told.call1(py, (done, total, months, notes.unwrap_or_default()))?;
        Ok(())
    }
}

impl Observer for Counter {
    fn runs_begin(&self, needed: &RunsNeeded) {
        let months = u64::from(needed.months);
        self.done.store(0, Ordering::Relaxed);
        self.months.store(months, Ordering::Relaxed);
        self.total
            .store(needed.missing as u64 * months, Ordering::Relaxed);
    }

    fn months_done(&self, months: u32) {
        self.done.fetch_add(u64::from(months), Ordering::Relaxed);
    }

    fn wave_begins(&self, number: u32, waves: u32) {
        self.note(format!("wave {number} of {waves}"));
    }

    fn note(&self, line: &str) {
        self.note(line.to_owned());
    }
}

/// Words that a chain sweeps stand for months; a million of them for a run.
impl ChainObserver for Counter {
    fn chains_begin(&self, words: u64) {
        self.months.store(1_000_000, Ordering::Relaxed);
        self.total.store(words, Ordering::Relaxed);
    }

    fn taken_up(&self, words: u64) {
        self.done.fetch_add(words, Ordering::Relaxed);
    }

    fn swept(&self, words: u64) {
        self.done.fetch_add(words, Ordering::Relaxed);
    }

    fn chain_note(&self, line: &str) {
        self.note(line.to_owned());
    }
}
