//! Emulators: what the mean of a target would be at a point that was not simulated.
//!
//! A polynomial of second degree in the inputs that matter. Its terms are chosen one by one, the one
//! next that explains most (orthogonal least squares: Chen, Billings and Luo 1989), until the extended
//! Bayesian information criterion (Chen and Chen 2008) does not fall any more; a square or product
//! enters the choice once its inputs are in. The emulator's variance is the mean square of what it
//! errs by at points left out of both choice and fit, a fifth of them at a time.

use crate::numeric::{BySize as _, mean};

/// A product of inputs on [-1, 1].
#[derive(Debug, Clone, PartialEq)]
struct Term(Vec<usize>);

impl Term {
    /// Its value at a point of the unit cube.
    fn at(&self, unit: &[f64]) -> f64 {
        self.0
            .iter()
            .map(|input| 2.0 * unit[*input] - 1.0)
            .product()
    }
}

/// A fitted polynomial.
#[derive(Debug, Clone)]
pub struct Emulator {
    terms: Vec<Term>,
    coefficients: Vec<f64>,
    /// Variance of the values that it was fitted to.
    pub total_variance: f64,
    /// Mean square of its error at points left out.
    pub variance: f64,
}

/// A term that may be chosen, with what of it no chosen term explains.
struct Candidate {
    term: Term,
    column: Vec<f64>,
}

/// Terms chosen so far: their columns, made orthonormal.
struct Fit {
    terms: Vec<Term>,
    columns: Vec<Vec<f64>>,
    basis: Vec<Vec<f64>>,
    residual: Vec<f64>,
    /// Values along the basis.
    coordinates: Vec<f64>,
    /// Variance of the values.
    total_variance: f64,
}

/// Square of a column's length below which it is taken as explained by others.
const EXPLAINED: f64 = 1e-9;

impl Emulator {
    /// Fits `values` at `points` of the unit cube.
    pub fn fit(points: &[Vec<f64>], values: &[f64]) -> Self {
        let errors = (0..FOLDS).flat_map(|fold| errors_left_out(points, values, fold));
        let squares: Vec<f64> = errors.map(|error| error * error).collect();
        Self {
            variance: mean(&squares),
            ..Fit::chosen(points, values).emulator()
        }
    }

    /// The mean that it expects at a point of the unit cube.
    pub fn mean(&self, unit: &[f64]) -> f64 {
        let terms = self.terms.iter().zip(&self.coefficients);
        terms.map(|(term, weight)| weight * term.at(unit)).sum()
    }

    /// Number of terms, the constant counted.
    pub fn terms(&self) -> usize {
        self.terms.len()
    }

    /// Share of the variance that it explains at points left out.
    pub fn explained(&self) -> f64 {
        1.0 - self.variance / self.total_variance
    }
}

/// Parts into which points are divided to tell how far the emulator errs elsewhere.
const FOLDS: usize = 5;

/// Errors at every fifth point, from the `fold`-th on, of what is chosen and fitted on the others.
fn errors_left_out(points: &[Vec<f64>], values: &[f64], fold: usize) -> Vec<f64> {
    let out = |i: &usize| i % FOLDS == fold;
    let (kept_points, kept_values): (Vec<Vec<f64>>, Vec<f64>) = (0..points.len())
        .filter(|i| !out(i))
        .map(|i| (points[i].clone(), values[i]))
        .unzip();
    let elsewhere = Fit::chosen(&kept_points, &kept_values).emulator();
    let error = |i: usize| values[i] - elsewhere.mean(&points[i]);
    (0..points.len()).filter(out).map(error).collect()
}

impl Fit {
    /// The terms that are worth their place, and their fit.
    fn chosen(points: &[Vec<f64>], values: &[f64]) -> Self {
        let mut fit = Self {
            terms: Vec::new(),
            columns: Vec::new(),
            basis: Vec::new(),
            residual: values.to_vec(),
            coordinates: Vec::new(),
            total_variance: 0.0,
        };
        fit.take(Term(Vec::new()), points);
        let n = values.len() as f64;
        fit.total_variance = dot(&fit.residual, &fit.residual) / n;
        let inputs = points.first().map_or(0, Vec::len);
        let mut pool: Vec<Candidate> = Vec::new();
        (0..inputs).for_each(|input| pool.push(fit.candidate(Term(vec![input]), points)));
        while fit.terms.len() < points.len() / 5 {
            let penalty = libm::log(n) + libm::log(pool.len().max(1) as f64);
            let Some(best) = fit.best(&pool, penalty) else {
                break;
            };
            let chosen = pool.swap_remove(best).term;
            if let [input] = chosen.0[..] {
                let with = fit.terms.iter().filter(|of| of.0.len() == 1);
                let with: Vec<usize> = with.map(|of| of.0[0]).chain([input]).collect();
                for other in with {
                    pool.push(fit.candidate(Term(vec![other, input]), points));
                }
            }
            fit.take(chosen, points);
            let newest = fit.basis.last().expect("a term was just taken");
            pool.iter_mut()
                .for_each(|of| remove(&mut of.column, newest));
        }
        fit
    }

    fn candidate(&self, term: Term, points: &[Vec<f64>]) -> Candidate {
        let mut column: Vec<f64> = points.iter().map(|point| term.at(point)).collect();
        self.basis.iter().for_each(|of| remove(&mut column, of));
        Candidate { term, column }
    }

    /// The candidate that explains most, if what it explains is worth the `penalty`.
    fn best(&self, pool: &[Candidate], penalty: f64) -> Option<usize> {
        let left = dot(&self.residual, &self.residual);
        let gain = |of: &Candidate| {
            let length = dot(&of.column, &of.column);
            let along = dot(&of.column, &self.residual);
            if length > EXPLAINED {
                along * along / length
            } else {
                0.0
            }
        };
        let gains = pool.iter().map(gain).enumerate();
        let (best, gain) = gains.max_by(|a, b| a.1.by_size(&b.1))?;
        let n = self.residual.len() as f64;
        // rounding can make what the last term of an exact polynomial explains more than what is left
        let left_then = (left - gain).max(f64::MIN_POSITIVE);
        let worth = gain > 0.0 && n * libm::log(left / left_then) > penalty;
        worth.then_some(best)
    }

    fn take(&mut self, term: Term, points: &[Vec<f64>]) {
        let column: Vec<f64> = points.iter().map(|point| term.at(point)).collect();
        let mut direction = column.clone();
        self.basis.iter().for_each(|of| remove(&mut direction, of));
        let length = libm::sqrt(dot(&direction, &direction));
        direction.iter_mut().for_each(|x| *x /= length);
        self.coordinates.push(dot(&self.residual, &direction));
        remove(&mut self.residual, &direction);
        self.terms.push(term);
        self.columns.push(column);
        self.basis.push(direction);
    }

    /// The emulator, its variance still to be told.
    fn emulator(self) -> Emulator {
        Emulator {
            coefficients: self.coefficients(),
            terms: self.terms,
            total_variance: self.total_variance,
            variance: f64::NAN,
        }
    }

    /// Weights of the terms as written, from those of the orthonormal ones: back substitution.
    fn coefficients(&self) -> Vec<f64> {
        let k = self.terms.len();
        let mut weights = self.coordinates.clone();
        for i in (0..k).rev() {
            for j in i + 1..k {
                let across = dot(&self.basis[i], &self.columns[j]);
                weights[i] -= across * weights[j];
            }
            weights[i] /= dot(&self.basis[i], &self.columns[i]);
        }
        weights
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// Takes the part along `direction`, which has length 1, out of `column`.
fn remove(column: &mut [f64], direction: &[f64]) {
    let along = dot(column, direction);
    let pairs = column.iter_mut().zip(direction);
    pairs.for_each(|(x, d)| *x -= along * d);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::{Chance, Draw};
    use crate::experiment::design::latin_hypercube;
    use crate::world::by_hand::near;

    #[test]
    fn a_polynomial_is_found_among_inputs_that_do_not_matter() {
        let truth = |u: &[f64]| {
            let z = |i: usize| 2.0 * u[i] - 1.0;
            2.0 + z(3) - 0.5 * z(7) + 0.8 * z(3) * z(7) + 0.6 * z(3) * z(3)
        };
        let points = latin_hypercube(120, 30, 1);
        let values: Vec<f64> = points.iter().map(|point| truth(point)).collect();
        let emulator = Emulator::fit(&points, &values);
        for other in latin_hypercube(50, 30, 2) {
            assert!((emulator.mean(&other) - truth(&other)).abs() < 1e-6);
        }
        assert!(emulator.terms() < 12 && emulator.variance < 1e-9);
    }

    #[test]
    fn its_variance_is_that_of_its_errors_elsewhere() {
        let luck = Chance::new(3, 0);
        let noise = |i: usize| 0.3 * luck.words(Draw::new(970, 0), 0, 4 * i as u64).normal();
        let truth = |u: &[f64]| u[0] - u[1];
        let points = latin_hypercube(400, 20, 1);
        let noisy = |(i, point): (usize, &Vec<f64>)| truth(point) + noise(i);
        let values: Vec<f64> = points.iter().enumerate().map(noisy).collect();
        let emulator = Emulator::fit(&points, &values);
        let sd = libm::sqrt(emulator.variance);
        assert!((sd - 0.3).abs() < 0.05, "{sd}");
        let others = latin_hypercube(200, 20, 2);
        let off = others.iter().map(|u| (emulator.mean(u) - truth(u)).abs());
        assert!(off.fold(0.0, f64::max) < 0.15);
        assert!(emulator.explained() > 0.5);
    }

    /// Of 24 points every fifth is left out; of a straight line nothing is missed there.
    #[test]
    fn every_fifth_point_is_left_out() {
        let points: Vec<Vec<f64>> = (0..24).map(|i| vec![f64::from(i) / 23.0]).collect();
        let values: Vec<f64> = points.iter().map(|u| 3.0 - 2.0 * u[0]).collect();
        for (fold, count) in [(0, 5), (1, 5), (3, 5), (4, 4)] {
            let errors = errors_left_out(&points, &values, fold);
            assert_eq!(errors.len(), count);
            assert!(errors.iter().all(|error| error.abs() < 1e-9), "{errors:?}");
        }
        // an error is what was seen less what is expected
        let mut off = values.clone();
        off[11] += 0.5;
        let errors = errors_left_out(&points, &off, 1);
        near(errors[2], 0.5);
        let emulator = Emulator::fit(&points, &values);
        near(emulator.mean(&[0.25]), 2.5);
        // the mean square of -1 to 1 in 24 even steps
        near(emulator.total_variance, 25.0 / 69.0);
        assert!((emulator.explained() - 1.0).abs() < 1e-9);
    }
}
