//! What the runs of a wave say of each target at each of its points.

use crate::experiment::calibration::targets::{Targets, deciding, implausibility};
use crate::experiment::runs::FinishedRuns;
use crate::experiment::runs::plan::Plan;
use crate::experiment::statistics::compare::Missing;
use crate::numeric::mean;

/// Simulated points.
#[derive(Debug, Clone, Default)]
pub struct Ensemble {
    /// Values of each target: `[point][replication][target]`.
    pub runs: Vec<Vec<Vec<f64>>>,
}

impl Ensemble {
    /// The runs of `plan` among the `finished` ones.
    ///
    /// # Errors
    /// Names the first run that is missing or damaged.
    pub fn read(
        plan: &Plan,
        finished: &dyn FinishedRuns,
        targets: &Targets,
    ) -> Result<Self, Missing> {
        let mut runs = vec![Vec::new(); plan.points().len()];
        let kept = plan.kept();
        for group in plan.groups() {
            for job in &group.jobs {
                let digest = finished.find(job, &kept).ok_or(Missing(*job))?;
                runs[group.point.number].push(targets.values(&digest.means));
            }
        }
        Ok(Self { runs })
    }

    /// Means of a target over replications, by point.
    pub fn means(&self, target: usize) -> Vec<f64> {
        let mean = |runs: &Vec<Vec<f64>>| mean(&column(runs, target));
        self.runs.iter().map(mean).collect()
    }

    /// Variance of a target between histories of one point, the mean over the points of the wave;
    /// 0 for a single replication.
    pub fn scatter(&self, target: usize) -> f64 {
        let variance = |runs: &Vec<Vec<f64>>| {
            let values = column(runs, target);
            let centre = mean(&values);
            let squares = values.iter().map(|x| (x - centre) * (x - centre));
            squares.sum::<f64>() / (values.len() as f64 - 1.0).max(1.0)
        };
        mean(&self.runs.iter().map(variance).collect::<Vec<f64>>())
    }

    /// What chance adds to the variance of each target: what was seen is one history, and the mean
    /// of `n` replications has an error, so the scatter counts `1 + 1/n` times.
    pub fn chance(&self, targets: usize) -> Vec<f64> {
        let n = self.runs.first().map_or(1, Vec::len) as f64;
        let chance = |target| self.scatter(target) * (1.0 + 1.0 / n);
        (0..targets).map(chance).collect()
    }

    /// What chance adds to the variance of the kernel of the posterior: the mean of `n` replications
    /// already scatters by `1/n` of it, so only `1 - 1/n` is drawn in addition (Wilkinson 2013).
    pub fn kernel_chance(&self, targets: usize) -> Vec<f64> {
        let n = self.runs.first().map_or(1, Vec::len) as f64;
        let chance = |target| self.scatter(target) * (1.0 - 1.0 / n);
        (0..targets).map(chance).collect()
    }

    /// Implausibility of each target at each point, with `chance` as the variance that chance adds.
    pub fn implausibilities(&self, targets: &Targets, chance: &[f64]) -> Vec<Vec<f64>> {
        let variances = targets.variances();
        let at = |runs: &Vec<Vec<f64>>| {
            let of = |(t, target): (usize, &crate::scenario::calibration::CalibrationTarget)| {
                let model = mean(&column(runs, t));
                implausibility(model, target.value, variances[t] + chance[t])
            };
            targets.all.iter().enumerate().map(of).collect()
        };
        self.runs.iter().map(at).collect()
    }
}

fn column(runs: &[Vec<f64>], target: usize) -> Vec<f64> {
    runs.iter().map(|run| run[target]).collect()
}

/// Which points are not ruled out.
pub fn left(implausibilities: &[Vec<f64>], misses: u32, cutoff: f64) -> Vec<bool> {
    let left = |of: &Vec<f64>| deciding(of, misses) < cutoff;
    implausibilities.iter().map(left).collect()
}
