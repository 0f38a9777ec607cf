//! Looking at what is finished of a comparison: it is told as while it was run, and nothing is run.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use crate::experiment::runs::FinishedRuns as _;
use crate::experiment::runs::plan::Plan;
use crate::study::observer::{FinishedRun, Stage};
use crate::study::runs::store::RunStore;
use crate::study::{Error, Study};

impl Study {
    /// Tells the observer of every finished run of the comparison in the store of the options; how many runs
    /// are missing there. Nothing is run and nothing written.
    ///
    /// # Errors
    /// When there is nothing to compare, the store cannot be read, or somebody stops it.
    pub fn look(&self) -> Result<usize, Error> {
        let plan = Plan::of(Arc::new(self.comparison()?.scenario));
        let place = self.options.store.as_ref();
        let Some(place) = place.filter(|place| place.is_dir()) else {
            return Ok(plan.runs());
        };
        let store = RunStore::open(place).map_err(|fault| Error::disk(place, fault))?;
        let (kept, mut missing) = (plan.kept(), 0);
        for group in plan.groups() {
            if self.options.stop.load(Ordering::Relaxed) {
                return Err(Error::Interrupted);
            }
            for job in &group.jobs {
                let Some(digest) = store.find(job, &kept) else {
                    missing += 1;
                    continue;
                };
                self.options.observer.run_finished(&FinishedRun {
                    stage: Stage::Policies,
                    point: plan.point_of(job.run_id),
                    policy: job.policy,
                    replication: job.replication,
                    digest: &digest,
                });
            }
        }
        Ok(missing)
    }
}
