//! Policy texts to a factor table.

use std::path::PathBuf;
use std::sync::Arc;

use cogov::factors::chain::Settings;
use cogov::scenario::country::texts::TextLists;
use cogov::study::factors::{ChainObserver, Chains, CorpusInput, FactorStudy};
use pyo3::prelude::*;

use crate::guard::away;
use crate::progress::Counter;

/// What texts are read by, by the names that the command line has for it.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub struct Reading {
    scenario: Option<PathBuf>,
    lists: Option<PathBuf>,
    keywords: Option<PathBuf>,
    terms: Option<PathBuf>,
    stop_words: Option<PathBuf>,
    provinces: Option<PathBuf>,
    index: Option<String>,
    min_clauses: usize,
    min_regions: usize,
}

/// How chains run, and where the table goes.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub struct Chaining {
    out: PathBuf,
    counts: Option<PathBuf>,
    topics: u16,
    chains: u64,
    burn_in: u32,
    samples: u32,
    spacing: u32,
    shards: u16,
    seed: u64,
    threads: Option<usize>,
    resume: bool,
    force: bool,
    progress: Option<Py<PyAny>>,
}

impl From<Reading> for CorpusInput {
    fn from(of: Reading) -> Self {
        Self {
            scenario: of.scenario,
            folder: of.lists,
            named: TextLists {
                keywords: of.keywords,
                terms: of.terms,
                stop_words: of.stop_words,
                provinces: of.provinces,
                index: of.index,
            },
            min_clauses: of.min_clauses,
            min_regions: of.min_regions,
        }
    }
}

/// Makes the factor table of the texts, or counts, in the folder `corpus`.
#[pyfunction]
pub fn factors(
    py: Python<'_>,
    corpus: PathBuf,
    reading: Reading,
    chaining: Chaining,
) -> PyResult<()> {
    let counter = Arc::new(Counter::default());
    let study = FactorStudy {
        corpus,
        out: chaining.out,
        counts: chaining.counts,
        input: reading.into(),
        chains: Chains {
            number: chaining.chains,
            settings: Settings {
                seed: chaining.seed,
                burn_in: chaining.burn_in,
                samples: chaining.samples,
                spacing: chaining.spacing,
                shards: chaining.shards.into(),
                alpha: 0.1,
            },
            threads: chaining.threads,
            resume: chaining.resume,
        },
        force: chaining.force,
        observer: Arc::clone(&counter) as Arc<dyn ChainObserver>,
        stop: Arc::default(),
    };
    let stop = Arc::clone(&study.stop);
    let mut look = |py: Python<'_>| counter.tell(py, chaining.progress.as_ref());
    away(py, &stop, &mut look, move || {
        study.table(chaining.topics.into())
    })
}
