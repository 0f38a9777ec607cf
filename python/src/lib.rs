//! The Python face of cogov: what `import cogov` calls.
//!
//! It parses, calls a study, and hands values over; every procedure lives in `cogov::study` and below.
//! Long work is done off Python's lock, and Python is asked for signals meanwhile; a panic becomes
//! `cogov.InternalError`. The package around it, in Python, gives these functions their defaults.

mod factors;
mod faults;
mod guard;
mod progress;
mod scenario;
mod studies;
mod tables;
mod words;
mod workers;

use pyo3::prelude::*;

/// The compiled part of the package `cogov`.
#[pymodule]
mod _cogov {
    use super::*;
    #[pymodule_export]
    use crate::factors::factors;
    #[pymodule_export]
    use crate::guard::fail_inside;
    #[pymodule_export]
    use crate::scenario::Scenario;
    #[pymodule_export]
    use crate::studies::{calibrate, compare, evaluate, replay, run, sweep};
    #[pymodule_export]
    use crate::tables::{figure, figure_names, read_table, report, table_names};
    #[pymodule_export]
    use crate::words::{document, explain, outcomes};
    #[pymodule_export]
    use crate::workers::{WorkOrder, fingerprint};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
