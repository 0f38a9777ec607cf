//! How a study is done; nothing of it changes a number of the results.

use std::fmt;
use std::num::{NonZeroU32, NonZeroUsize};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread::available_parallelism;

use crate::output::formats::Format;
use crate::study::batches::Workers;
use crate::study::observer::{Observer, Unobserved};

/// How a study is done; the default leaves nothing on disk, works on all threads and tells nobody.
#[derive(Clone)]
pub struct Options {
    /// Folder of the results; without one, runs are kept in memory and no file is written.
    pub folder: Option<PathBuf>,
    /// Folder of finished runs to reuse and add to, in place of the result folder's own.
    pub store: Option<PathBuf>,
    /// Threads; all of the machine when nothing is said.
    pub threads: Option<NonZeroUsize>,
    /// Who does the runs in place of these threads, if they are done elsewhere.
    pub workers: Option<Arc<dyn Workers>>,
    /// Threads that are kept from one study to the next, in place of new ones for each.
    pub pool: Option<Arc<rayon::ThreadPool>>,
    /// Months between checkpoints of a run, if it is to have any; they need a folder.
    pub checkpoint_every: Option<NonZeroU32>,
    /// The study must have been begun in the folder.
    pub resume: bool,
    /// What is in the folder gives way, whatever it is; finished runs are kept.
    pub force: bool,
    /// Forms in which runs are written besides.
    pub formats: Vec<Format>,
    /// Whether `report.html` is made.
    pub report: bool,
    /// The command that the manifest records, after the name of the program, word by word.
    pub command: Vec<String>,
    /// Who is told how far it is.
    pub observer: Arc<dyn Observer>,
    /// Set from outside to end the study; what is finished is kept.
    pub stop: Arc<AtomicBool>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            folder: None,
            store: None,
            threads: None,
            workers: None,
            pool: None,
            checkpoint_every: None,
            resume: false,
            force: false,
            formats: Vec::new(),
            report: true,
            command: Vec::new(),
            observer: Arc::new(Unobserved),
            stop: Arc::default(),
        }
    }
}

impl Options {
    /// Threads to work on.
    pub fn threads(&self) -> usize {
        if let Some(pool) = &self.pool {
            return pool.current_num_threads();
        }
        let threads = self.threads.or_else(|| available_parallelism().ok());
        threads.map_or(1, NonZeroUsize::get)
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("folder", &self.folder)
            .field("store", &self.store)
            .field("threads", &self.threads)
            .field("checkpoint_every", &self.checkpoint_every)
            .field("resume", &self.resume)
            .field("force", &self.force)
            .field("formats", &self.formats)
            .field("report", &self.report)
            .field("command", &self.command)
            .finish_non_exhaustive()
    }
}
