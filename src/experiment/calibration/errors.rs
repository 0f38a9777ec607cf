//! How far a model's numbers lie from what was seen where targets err together.
//!
//! Successive counts of one thing, and figures of one reform, do not err independently: what makes the
//! model too high for one makes it too high for the next. The covariance is that of observation (each by
//! itself), of the model's discrepancy (correlated within a group of targets), and of chance.

use crate::experiment::calibration::targets::Targets;

/// The covariance of all that sets means of a model apart from what was seen, as its lower root.
#[derive(Debug, Clone)]
pub struct JointErrors {
    root: Vec<Vec<f64>>,
}

impl JointErrors {
    /// The errors of `targets` whose discrepancies have this `correlation` within a group, with the
    /// covariances that chance adds and, for each target, the variance of an emulator (0 for a mean that
    /// was simulated).
    pub fn of(targets: &Targets, correlation: f64, chance: &[Vec<f64>], emulator: &[f64]) -> Self {
        let all = &targets.all;
        let covariance = |i: usize, j: usize| {
            let (one, other) = (&all[i], &all[j]);
            let apart = one.discrepancy_sd * other.discrepancy_sd;
            let together = !one.errs_with.is_empty() && one.errs_with == other.errs_with;
            let own = one.observation_sd * one.observation_sd + apart + emulator[i];
            chance[i][j]
                + match (i == j, together) {
                    (true, _) => own,
                    (false, true) => correlation * apart,
                    (false, false) => 0.0,
                }
        };
        Self {
            root: lower_root(all.len(), covariance),
        }
    }

    /// Logarithm of the normal density at these distances, less a constant: minus half of the square of
    /// their distance after Mahalanobis (1936). Minus infinity where one is no number.
    pub fn log_likelihood(&self, distances: &[f64]) -> f64 {
        let mut standard: Vec<f64> = Vec::with_capacity(distances.len());
        for (row, distance) in self.root.iter().zip(distances) {
            let explained: f64 = row.iter().zip(&standard).map(|(r, s)| r * s).sum();
            standard.push((distance - explained) / row[standard.len()]);
        }
        let squares: f64 = standard.iter().map(|s| s * s).sum();
        match squares.is_nan() {
            true => f64::NEG_INFINITY,
            false => -0.5 * squares,
        }
    }
}

/// The lower triangle whose product with its transpose is the matrix of `n` rows (Cholesky).
fn lower_root(n: usize, of: impl Fn(usize, usize) -> f64) -> Vec<Vec<f64>> {
    let mut root: Vec<Vec<f64>> = Vec::with_capacity(n);
    for i in 0..n {
        let mut row: Vec<f64> = Vec::with_capacity(i + 1);
        for j in 0..=i {
            let before = if j < i { &root[j][..j] } else { &row[..j] };
            let explained: f64 = row.iter().zip(before).map(|(a, b)| a * b).sum();
            let left = of(i, j) - explained;
            row.push(match j < i {
                true => left / root[j][j],
                false => libm::sqrt(left),
            });
        }
        root.push(row);
    }
    root
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::by_hand::calibration;
    use crate::world::by_hand::{geography, near};

    #[test]
    fn the_root_of_a_known_matrix() {
        let matrix = [[4.0, 2.0, -2.0], [2.0, 10.0, 5.0], [-2.0, 5.0, 6.25]];
        let root = lower_root(3, |i, j| matrix[i][j]);
        assert_eq!(
            root,
            [
                vec![2.0],
                vec![1.0, 3.0],
                vec![-1.0, 2.0, 1.118_033_988_749_895]
            ]
        );
    }

    #[test]
    fn what_errs_together_is_less_of_a_surprise_together() {
        let matrix = [[1.0, 0.5], [0.5, 1.0]];
        let errors = JointErrors {
            root: lower_root(2, |i, j| matrix[i][j]),
        };
        // by hand: (1, 1) has distance 4/3, (1, -1) has 4
        assert!((errors.log_likelihood(&[1.0, 1.0]) + 2.0 / 3.0).abs() < 1e-12);
        assert!((errors.log_likelihood(&[1.0, -1.0]) + 2.0).abs() < 1e-12);
        assert_eq!(errors.log_likelihood(&[f64::NAN, 0.0]), f64::NEG_INFINITY);
    }

    /// Variances of `.3^2 + .4^2` besides what emulators and chance add; within a group half of `.4^2` is in
    /// common.
    #[test]
    fn a_hand_calculated_covariance() {
        let root = |groups: [&str; 2]| {
            let mut of = calibration();
            for (target, group) in of.targets.iter_mut().zip(groups) {
                target.errs_with = group.into();
            }
            let targets = Targets::of(&of, &geography());
            let chance = [vec![0.1, 0.05], vec![0.05, 0.2]];
            JointErrors::of(&targets, 0.5, &chance, &[0.15, 0.05]).root
        };
        for (groups, common) in [(["a", "a"], 0.13), (["a", "b"], 0.05), (["", ""], 0.05)] {
            let root = root(groups);
            near(root[0][0], libm::sqrt(0.5));
            near(root[1][0] * root[0][0], common);
            near(root[1][0] * root[1][0] + root[1][1] * root[1][1], 0.5);
        }
    }

    /// A root of 2 and of 1 and 3: distances of 4 and 11 are 2 and 3 standard deviations.
    #[test]
    fn a_hand_calculated_likelihood() {
        let errors = JointErrors {
            root: vec![vec![2.0], vec![1.0, 3.0]],
        };
        near(errors.log_likelihood(&[4.0, 11.0]), -0.5 * (4.0 + 9.0));
    }
}
