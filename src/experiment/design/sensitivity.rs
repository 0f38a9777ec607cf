//! Which inputs matter: Sobol indices and Morris' elementary effects, with bootstrap intervals.
//!
//! Over base points i with values `f(A)`, `f(AB_j)` (input j taken from B) and `f(B)`, and `V` the
//! variance of all `f(A)` and `f(B)`:
//!
//! ```text
//! first order  S_j  = mean( f(B) (f(AB_j) - f(A)) ) / V          (Saltelli et al. 2010)
//! total        ST_j = mean( (f(A) - f(AB_j))^2 ) / (2 V)         (Jansen 1999)
//! ```
//!
//! Morris (1991): `mu` is the mean elementary effect, `mu*` that of its size (Campolongo et al.
//! 2007), `sigma` its standard deviation. Effects are per step over the whole range of an input.
//! Intervals are percentiles of the same estimate over base points or trajectories drawn anew.

use crate::chance::Chance;
use crate::chance::draws::sensitivity::RESAMPLE;
use crate::experiment::design::UnitPoint;
use crate::numeric::{BySize as _, mean};

/// Times that the estimate is made anew.
const RESAMPLES: u32 = 500;

/// An estimate with the ends of its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// What is estimated: `first_order`, `total`, `mu_star`, `mu` or `sigma`.
    pub index: &'static str,
    /// Position of the input.
    pub input: usize,
    /// Value.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// First-order and total indices of `inputs` inputs; `values` in the order of Saltelli's design.
pub fn sobol(values: &[f64], inputs: usize, seed: u64) -> Vec<Estimate> {
    // the estimate of the first order is steadier when values lie round 0
    let middle = mean(values);
    let centred: Vec<f64> = values.iter().map(|value| value - middle).collect();
    let blocks: Vec<&[f64]> = centred.chunks_exact(inputs + 2).collect();
    let indices = |chosen: &[usize]| sobol_of(chosen.iter().map(|i| blocks[*i]), inputs);
    estimates(blocks.len(), seed, &["first_order", "total"], indices)
}

/// First-order indices of all inputs, then total ones.
fn sobol_of<'a>(blocks: impl Iterator<Item = &'a [f64]> + Clone, inputs: usize) -> Vec<f64> {
    let n = blocks.clone().count() as f64;
    let ends = || {
        blocks
            .clone()
            .flat_map(|block| [block[0], block[inputs + 1]])
    };
    let centre = ends().sum::<f64>() / (2.0 * n);
    let variance = ends().map(|f| (f - centre) * (f - centre)).sum::<f64>() / (2.0 * n);
    let (mut first, mut total) = (vec![0.0; inputs], vec![0.0; inputs]);
    for block in blocks {
        for j in 0..inputs {
            let change = block[1 + j] - block[0];
            first[j] += block[inputs + 1] * change;
            total[j] += 0.5 * change * change;
        }
    }
    let sums = first.into_iter().chain(total);
    sums.map(|sum| sum / n / variance).collect()
}

/// `mu_star`, `mu` and `sigma` of each input; `places` of the points in the inputs' ranges and `values`
/// in the order of Morris' design.
pub fn morris(places: &[UnitPoint], values: &[f64], inputs: usize, seed: u64) -> Vec<Estimate> {
    let paths = places
        .chunks_exact(inputs + 1)
        .zip(values.chunks_exact(inputs + 1));
    let effects: Vec<Vec<f64>> = paths.map(|(path, values)| effects(path, values)).collect();
    let measures = |chosen: &[usize]| {
        let of = |j: usize| chosen.iter().map(|&i| effects[i][j]).collect::<Vec<f64>>();
        let size = |j| mean(&of(j).iter().map(|effect| effect.abs()).collect::<Vec<_>>());
        let mu_star = (0..inputs).map(size);
        let mu = (0..inputs).map(|j| mean(&of(j)));
        let sigma = (0..inputs).map(|j| sample_sd(&of(j)));
        mu_star.chain(mu).chain(sigma).collect()
    };
    estimates(effects.len(), seed, &["mu_star", "mu", "sigma"], measures)
}

/// Smallest step that is a move: less is the last digits.
const MOVE: f64 = 1e-9;

/// Elementary effect of each input along a path, for a move over its whole range; 0 for an input
/// that has one value.
fn effects(path: &[UnitPoint], values: &[f64]) -> Vec<f64> {
    let mut effects = vec![0.0; path[0].len()];
    for (points, values) in path.windows(2).zip(values.windows(2)) {
        let moves = points[0].iter().zip(&points[1]).map(|(a, b)| b - a);
        if let Some((input, step)) = moves.enumerate().find(|(_, step)| step.abs() > MOVE) {
            effects[input] = (values[1] - values[0]) / step;
        }
    }
    effects
}

fn sample_sd(values: &[f64]) -> f64 {
    let centre = mean(values);
    let squares: f64 = values.iter().map(|x| (x - centre) * (x - centre)).sum();
    libm::sqrt(squares / (values.len() as f64 - 1.0))
}

/// What `of` says over all of `n` units, for each of `indices` all inputs, with the interval over
/// resampled units.
fn estimates(
    n: usize,
    seed: u64,
    indices: &[&'static str],
    of: impl Fn(&[usize]) -> Vec<f64>,
) -> Vec<Estimate> {
    let all: Vec<usize> = (0..n).collect();
    let values = of(&all);
    let chance = Chance::new(seed, 0);
    let again = |round| {
        let mut words = chance.words(RESAMPLE, round, 0);
        let one = |_| ((words.open_uniform() * n as f64) as usize).min(n - 1);
        of(&(0..n).map(one).collect::<Vec<usize>>())
    };
    let again: Vec<Vec<f64>> = (0..RESAMPLES).map(again).collect();
    let inputs = values.len() / indices.len();
    let estimate = |(at, value): (usize, &f64)| {
        // units drawn anew may all be alike: of what does not vary there is no index
        let known = again.iter().map(|values| values[at]);
        let mut sorted: Vec<f64> = known.filter(|index| !index.is_nan()).collect();
        sorted.sort_unstable_by(f64::by_size);
        let end = |share: f64| {
            let last = sorted.len().checked_sub(1);
            last.map_or(f64::NAN, |last| {
                sorted[(last as f64 * share).round() as usize]
            })
        };
        Estimate {
            index: indices[at / inputs],
            input: at % inputs,
            value: *value,
            low: end(0.025),
            high: end(0.975),
        }
    };
    values.iter().enumerate().map(estimate).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::design;
    use crate::scenario::sweep::{Method, Over, Sweep, Varied};
    use crate::world::by_hand::near;
    use std::f64::consts::PI;

    fn assert_covers(estimates: &[Estimate], index: &str, truth: &[f64], slack: f64) {
        let found = estimates.iter().filter(|estimate| estimate.index == index);
        for (estimate, truth) in found.zip(truth) {
            let inside = estimate.low - slack <= *truth && *truth <= estimate.high + slack;
            assert!(inside, "{estimate:?}, true value {truth}");
            assert!(
                estimate.high - estimate.low < 0.25,
                "{estimate:?} says little"
            );
        }
    }

    /// Ishigami and Homma (1990) with a = 7, b = 0.1.
    #[test]
    fn indices_of_the_ishigami_function() {
        let points = design::saltelli(1024, 3, 1);
        let value = |unit: &UnitPoint| {
            let [x, y, z] = [0, 1, 2].map(|i| PI * (2.0 * unit[i] - 1.0));
            let (sin_x, sin_y) = (libm::sin(x), libm::sin(y));
            sin_x + 7.0 * sin_y * sin_y + 0.1 * z * z * z * z * sin_x
        };
        let values: Vec<f64> = points.iter().map(value).collect();
        let estimates = sobol(&values, 3, 1);
        assert_covers(&estimates, "first_order", &[0.3139, 0.4424, 0.0], 0.005);
        assert_covers(&estimates, "total", &[0.5576, 0.4424, 0.2437], 0.005);
    }

    /// Sobol's G function; `S_j = V_j / V`, `V_j = 1 / (3 (1 + a_j)^2)`, `V = prod(1 + V_j) - 1`.
    #[test]
    fn indices_of_the_sobol_g_function() {
        let a = [0.0, 1.0, 4.5, 9.0];
        let partial = a.map(|a: f64| 1.0 / (3.0 * (1.0 + a) * (1.0 + a)));
        let whole: f64 = partial.iter().map(|v| 1.0 + v).product();
        let first = partial.map(|v| v / (whole - 1.0));
        let total = partial.map(|v| v * whole / (1.0 + v) / (whole - 1.0));
        let points = design::saltelli(2048, 4, 2);
        let value = |unit: &UnitPoint| {
            let factor = |(u, a): (&f64, f64)| ((4.0 * u - 2.0).abs() + a) / (1.0 + a);
            unit.iter().zip(a).map(factor).product()
        };
        let values: Vec<f64> = points.iter().map(value).collect();
        let estimates = sobol(&values, 4, 2);
        assert_covers(&estimates, "first_order", &first, 0.005);
        assert_covers(&estimates, "total", &total, 0.005);
    }

    /// Two base points, of which the second varies in nothing: drawn anew, a quarter of all pairs are the second
    /// twice, of which no index is known. Of the others it is the one of the first.
    #[test]
    fn what_does_not_vary_has_no_index_and_hides_none() {
        let values = [1.0, 3.0, 3.0, 2.0, 2.0, 2.0];
        let found = sobol(&values, 1, 3);
        let total = &found[1];
        assert_eq!(total.index, "total");
        near(total.low, total.value);
        let nothing = sobol(&[2.0; 6], 1, 3);
        assert!(
            nothing
                .iter()
                .all(|of| of.value.is_nan() && of.low.is_nan() && of.high.is_nan())
        );
    }

    /// Morris (1991), reduced: a strong straight effect, a curved one, a pair that interacts, none.
    #[test]
    fn elementary_effects_tell_straight_curved_and_idle_inputs() {
        let units = design::morris(60, 5, 4);
        let value = |u: &UnitPoint| 20.0 * u[0] - 6.0 * u[1] + 30.0 * (u[2] - 0.5) * (u[3] - 0.5);
        let values: Vec<f64> = units.iter().map(value).collect();
        let estimates = morris(&units, &values, 5, 4);
        let of = |index: &str, input: usize| {
            let found = estimates
                .iter()
                .find(|e| e.index == index && e.input == input);
            found.unwrap().value
        };
        assert!((of("mu_star", 0) - 20.0).abs() < 1e-9 && of("sigma", 0) < 1e-9);
        assert!((of("mu", 1) + 6.0).abs() < 1e-9 && (of("mu_star", 1) - 6.0).abs() < 1e-9);
        // an effect of 30 (u - 1/2) on levels 0, 1/3, 2/3, 1: sizes 15 and 5, mean 0
        assert!((of("mu_star", 2) - 10.0).abs() < 2.0 && of("mu", 2).abs() < 4.0);
        assert!(of("sigma", 3) > 8.0);
        assert_eq!(of("mu_star", 4), 0.0);
    }

    /// A list of two values and one of three: an effect is that of the step taken, over the whole range.
    #[test]
    fn steps_of_lists_are_those_really_taken() {
        let varied = |values: &[f64]| Varied {
            path: "x".into(),
            over: Over::Values(values.to_vec()),
            words: Vec::new(),
        };
        let sweep = Sweep {
            method: Method::Morris,
            points: 20,
            vary: vec![
                varied(&[0.0, 1.0]),
                varied(&[3.0, 1.0, 2.0]),
                varied(&[5.0]),
            ],
            table: Vec::new(),
        };
        let points = design::laid(&sweep, &[false; 3], 6);
        let values: Vec<f64> = points.iter().map(|x| 7.0 * x[0] + 2.0 * x[1]).collect();
        let found = morris(&design::places(&sweep, &points), &values, 3, 6);
        let mu_star: Vec<f64> = found[..3].iter().map(|of| of.value).collect();
        assert!((mu_star[0] - 7.0).abs() < 1e-9, "{mu_star:?}");
        assert!((mu_star[1] - 4.0).abs() < 1e-9, "{mu_star:?}");
        assert_eq!(mu_star[2], 0.0);
    }

    /// The twenty-input test function of Morris (1991): inputs 8 to 10 are straight and strong, 1 to
    /// 7 curved or interacting, 11 to 20 weak.
    #[test]
    fn the_test_function_of_morris() {
        let units = design::morris(40, 20, 9);
        let values: Vec<f64> = units.iter().map(morris_function).collect();
        let estimates = morris(&units, &values, 20, 9);
        let of = |index: &str, input: usize| {
            let found = estimates
                .iter()
                .find(|e| e.index == index && e.input == input - 1);
            found.unwrap().value
        };
        let weak = (11..=20).map(|i| of("mu_star", i)).fold(0.0, f64::max);
        for input in 1..=10 {
            assert!(of("mu_star", input) > 2.0 * weak, "input {input}");
        }
        let straight = (8..=10)
            .map(|i| of("sigma", i) / of("mu_star", i))
            .fold(0.0, f64::max);
        let bent = (1..=7)
            .map(|i| of("sigma", i) / of("mu_star", i))
            .fold(f64::INFINITY, f64::min);
        assert!(
            straight < 0.2 && bent > 0.3,
            "straight {straight}, bent {bent}"
        );
    }

    fn morris_function(unit: &UnitPoint) -> f64 {
        let w: Vec<f64> = unit
            .iter()
            .enumerate()
            .map(|(i, x)| match i {
                2 | 4 | 6 => 2.0 * (1.1 * x / (x + 0.1) - 0.5),
                _ => 2.0 * (x - 0.5),
            })
            .collect();
        let sign = |i: usize| if i.is_multiple_of(2) { 1.0 } else { -1.0 };
        let mut sum: f64 = (0..20)
            .map(|i| if i < 10 { 20.0 } else { sign(i + 1) } * w[i])
            .sum();
        for i in 0..20 {
            for j in i + 1..20 {
                let weight = if j < 6 { -15.0 } else { sign(i + j) };
                sum += weight * w[i] * w[j];
                for l in (j + 1..5).filter(|_| j < 5) {
                    sum -= 10.0 * w[i] * w[j] * w[l];
                    sum += if l < 4 {
                        5.0 * w[i] * w[j] * w[l] * (l + 1..4).map(|s| w[s]).sum::<f64>()
                    } else {
                        0.0
                    };
                }
            }
        }
        sum
    }

    /// One input, two base points: values 1 and 2 at A, 2 and 0 with the input of B, 3 and 4 at B. The
    /// variance of 1, 2, 3 and 4 is 5/4.
    #[test]
    fn hand_calculated_indices() {
        let blocks: [&[f64]; 2] = [&[1.0, 2.0, 3.0], &[2.0, 0.0, 4.0]];
        let [first, total] = sobol_of(blocks.into_iter(), 1).try_into().unwrap();
        near(first, (3.0 - 8.0) / 2.0 / 1.25);
        near(total, (0.5 + 2.0) / 2.0 / 1.25);
        let places = [vec![0.0, 0.2], vec![0.5, 0.2], vec![0.5, 0.6]];
        let found = effects(&places, &[1.0, 2.0, 1.0]);
        near(found[0], 2.0);
        near(found[1], -2.5);
        near(sample_sd(&[1.0, 2.0, 6.0]), libm::sqrt(7.0));
    }
}
