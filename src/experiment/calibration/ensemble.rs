//! What the runs of a wave say of each target at each of its points.

use rayon::prelude::*;

use crate::experiment::calibration::emulator::Emulator;
use crate::experiment::calibration::targets::{Targets, deciding, implausibility};
use crate::experiment::design::UnitPoint;
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
        self.joint_scatter(target, target)
    }

    /// Covariance of two targets between histories of one point, the mean over the points.
    fn joint_scatter(&self, one: usize, other: usize) -> f64 {
        let covariance = |runs: &Vec<Vec<f64>>| {
            let [a, b] = [one, other].map(|target| column(runs, target));
            let (of_a, of_b) = (mean(&a), mean(&b));
            let products = a.iter().zip(&b).map(|(x, y)| (x - of_a) * (y - of_b));
            products.sum::<f64>() / (runs.len() as f64 - 1.0).max(1.0)
        };
        mean(&self.runs.iter().map(covariance).collect::<Vec<f64>>())
    }

    /// What chance adds to the variance of each target: what was seen is one history, and the mean
    /// of `n` replications has an error, so the scatter counts `1 + 1/n` times.
    pub fn chance(&self, targets: usize) -> Vec<f64> {
        let n = self.runs.first().map_or(1, Vec::len) as f64;
        let chance = |target| self.scatter(target) * (1.0 + 1.0 / n);
        (0..targets).map(chance).collect()
    }

    /// What chance adds to the covariances of the kernel of the posterior: the mean of `n` replications
    /// already scatters by `1/n` of it, so only `1 - 1/n` is drawn in addition (Wilkinson 2013).
    pub fn kernel_chance(&self, targets: usize) -> Vec<Vec<f64>> {
        let n = self.runs.first().map_or(1, Vec::len) as f64;
        let chance = |one, other| self.joint_scatter(one, other) * (1.0 - 1.0 / n);
        let row = |one| (0..targets).map(|other| chance(one, other)).collect();
        (0..targets).map(row).collect()
    }

    /// An emulator of each target, fitted to the means at these `points`.
    pub fn emulators(&self, points: &[UnitPoint], targets: usize) -> Vec<Emulator> {
        let fit = |target| Emulator::fit(points, &self.means(target));
        (0..targets).into_par_iter().map(fit).collect()
    }

    /// How far the mean of each point lies from what was seen, for each target.
    pub fn distances(&self, targets: &Targets) -> Vec<Vec<f64>> {
        let at = |runs: &Vec<Vec<f64>>| {
            let each = targets.all.iter().enumerate();
            each.map(|(t, target)| mean(&column(runs, t)) - target.value)
                .collect()
        };
        self.runs.iter().map(at).collect()
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
