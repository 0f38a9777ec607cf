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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::by_hand::{MadeUp, calibration, scenario};
    use crate::experiment::calibration::matching;
    use crate::world::by_hand::{geography, near};

    /// Two points of two histories each, with two targets.
    fn seen() -> Ensemble {
        Ensemble {
            runs: vec![
                vec![vec![0.0, 2.0], vec![2.0, 6.0]],
                vec![vec![1.0, 3.0], vec![1.0, 1.0]],
            ],
        }
    }

    /// Variances 2 and 0 of the first target, 8 and 2 of the second, covariances 4 and 0.
    #[test]
    fn hand_calculated_scatter() {
        let seen = seen();
        assert_eq!(
            (seen.means(0), seen.means(1)),
            (vec![1.0, 1.0], vec![4.0, 2.0])
        );
        near(seen.scatter(0), 1.0);
        near(seen.scatter(1), 5.0);
        // of two histories half as much again, and half of it for the kernel
        assert_eq!(seen.chance(2), [1.5, 7.5]);
        assert_eq!(seen.kernel_chance(2), [vec![0.5, 1.0], vec![1.0, 2.5]]);
        let alone = Ensemble {
            runs: vec![vec![vec![1.0]]],
        };
        assert_eq!(
            (alone.chance(1), alone.kernel_chance(1)),
            (vec![0.0], vec![vec![0.0]])
        );
    }

    /// What was seen is .5 and 2, with a variance of .3^2 + .4^2.
    #[test]
    fn hand_calculated_distances() {
        let targets = Targets::of(&calibration(), &geography());
        let seen = seen();
        assert_eq!(seen.distances(&targets), [vec![0.5, 2.0], vec![0.5, 0.0]]);
        let implausible = seen.implausibilities(&targets, &[0.0, 0.75]);
        for (found, right) in implausible.concat().into_iter().zip([1.0, 2.0, 1.0, 0.0]) {
            near(found, right);
        }
        assert_eq!(left(&implausible, 0, 2.0), [false, true]);
        assert_eq!(left(&implausible, 1, 2.0), [true, true]);
        assert_eq!(left(&implausible, 0, 1.0), [false, false]);
    }

    #[test]
    fn runs_are_read_by_point_and_replication() {
        let (scenario, calibration) = (scenario(), calibration());
        let targets = Targets::of(&calibration, &scenario.geography);
        let rows = vec![vec![1.0], vec![2.0]];
        let plan = matching::history(&scenario, &calibration, &targets, rows).unwrap();
        let runs = MadeUp {
            rule: |_, replication, point| 10.0 * point + replication,
            policies: 1,
            replications: 2,
        };
        let read = Ensemble::read(&plan, &runs, &targets).expect("no run is missing");
        assert_eq!(read.runs.len(), 2);
        assert_eq!(read.runs[1], [vec![10.0, 11.0], vec![11.0, 12.0]]);
    }
}
