//! A part of a study, for one machine of several; `merge` joins the parts.

use std::path::PathBuf;

use crate::study::runs::runner::RunShard;
use crate::study::underway::Asking;
use crate::study::{Error, Study};

/// What a part is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// The comparison of all policies.
    Compare,
    /// Runs of one policy.
    Policy(String),
    /// A sweep, with all that is kept of a run if `series`.
    Sweep {
        /// Whether series, years and provinces are kept.
        series: bool,
    },
}

/// A part that is finished.
#[derive(Debug, Clone)]
pub struct PartDone {
    /// Which part of how many.
    pub shard: RunShard,
    /// Where its runs are.
    pub folder: Option<PathBuf>,
}

impl Study {
    /// Runs one part of what `task` needs; it gives no results of its own.
    ///
    /// # Errors
    /// As of the whole task.
    pub fn run_part(&self, task: &Task, shard: RunShard) -> Result<PartDone, Error> {
        self.begin(self.asking(task)?)?.part(shard).run()?;
        Ok(PartDone {
            shard,
            folder: self.options.folder.clone(),
        })
    }

    /// What `task` asks of the study.
    pub(super) fn asking(&self, task: &Task) -> Result<Asking<'_>, Error> {
        match task {
            Task::Compare => self.comparison(),
            Task::Policy(name) => self.one_policy(name),
            Task::Sweep { series } => self.swept(*series),
        }
    }
}
