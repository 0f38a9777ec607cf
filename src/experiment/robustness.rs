//! How well policies hold up over a design: how often each is best, what choosing it can cost, and
//! in which box of the inputs it fails.
//!
//! Regret at a design point is the gain of the best policy there (the baseline is one, with gain 0)
//! less the policy's own (Savage 1951; Lempert, Popper and Bankes 2003). A policy fails where it does
//! not better the baseline.
//!
//! The box is found by PRIM (Friedman and Fisher 1999): from the whole design, the slice at the end
//! of one input whose removal leaves the highest share of failures is peeled off, again and again.
//! Of the boxes on the way, the one with the highest harmonic mean of coverage (share of all failures
//! that lie inside) and density (share of points inside that are failures) is given.

use crate::experiment::responses::Responses;

/// Share of the points in a box that is peeled off at once.
const PEEL: f64 = 0.05;
/// Smallest share of all points that a box may hold.
const SMALLEST: f64 = 0.05;

/// How a policy holds up.
#[derive(Debug, Clone, PartialEq)]
pub struct Robustness {
    /// Share of design points in which it is best; points with several best are shared out.
    pub best: f64,
    /// Mean regret.
    pub mean_regret: f64,
    /// Largest regret.
    pub max_regret: f64,
    /// Share of design points in which it fails.
    pub fails: f64,
    /// Where it fails, if it fails in some points and not in others.
    pub failure: Option<Failure>,
}

/// A box of inputs in which a policy fails.
#[derive(Debug, Clone, PartialEq)]
pub struct Failure {
    /// Share of all failures that lie inside.
    pub coverage: f64,
    /// Share of points inside that are failures.
    pub density: f64,
    /// Limits of the box: the input, and its lowest and highest value where they bind.
    pub limits: Vec<(usize, Option<f64>, Option<f64>)>,
}

/// How each policy holds up on one main outcome, over design points with these `inputs`.
pub fn robustness(responses: &Responses, outcome: usize, inputs: &[Vec<f64>]) -> Vec<Robustness> {
    let policies = 0..responses.policies();
    let gains: Vec<Vec<f64>> = policies.map(|p| responses.gains(p, outcome)).collect();
    judge(&gains, inputs)
}

fn judge(gains: &[Vec<f64>], inputs: &[Vec<f64>]) -> Vec<Robustness> {
    let points = inputs.len();
    let highest = |point: usize| {
        gains
            .iter()
            .map(|of| of[point])
            .fold(f64::NEG_INFINITY, f64::max)
    };
    let top: Vec<f64> = (0..points).map(highest).collect();
    let winners = |point: usize| gains.iter().filter(|of| of[point] == top[point]).count() as f64;
    let of = |own: &Vec<f64>| {
        let won = (0..points).filter(|&point| own[point] == top[point]);
        let regret = |point: usize| top[point] - own[point];
        let fails: Vec<bool> = own.iter().map(|gain| *gain <= 0.0).collect();
        let failed = fails.iter().filter(|fails| **fails).count();
        Robustness {
            best: won.fold(0.0, |sum, point| sum + 1.0 / winners(point)) / points as f64,
            mean_regret: (0..points).map(regret).sum::<f64>() / points as f64,
            max_regret: (0..points).map(regret).fold(0.0, f64::max),
            fails: failed as f64 / points as f64,
            failure: (failed > 0 && failed < points).then(|| prim(inputs, &fails)),
        }
    };
    gains.iter().map(of).collect()
}

/// The box of `inputs` that holds the failures best.
pub fn prim(inputs: &[Vec<f64>], fails: &[bool]) -> Failure {
    let all: Vec<usize> = (0..inputs.len()).collect();
    let (mut inside, mut best) = (all.clone(), all.clone());
    let failures = |of: &[usize]| of.iter().filter(|i| fails[**i]).count() as f64;
    let whole = failures(&all);
    let worth = |of: &[usize]| 2.0 * failures(of) / (whole + of.len() as f64);
    while let Some(smaller) = peeled(inputs, &inside, |of| failures(of) / of.len() as f64) {
        if (smaller.len() as f64) < SMALLEST * all.len() as f64 || failures(&smaller) == 0.0 {
            break;
        }
        if worth(&smaller) > worth(&best) {
            best.clone_from(&smaller);
        }
        inside = smaller;
    }
    Failure {
        coverage: failures(&best) / whole,
        density: failures(&best) / best.len() as f64,
        limits: limits(inputs, &best),
    }
}

/// `inside` without the slice whose removal leaves the highest `density`; `None` when no slice can go.
fn peeled(
    inputs: &[Vec<f64>],
    inside: &[usize],
    density: impl Fn(&[usize]) -> f64,
) -> Option<Vec<usize>> {
    let slice = ((inside.len() as f64 * PEEL) as usize).max(1);
    let cuts = (0..inputs[0].len()).flat_map(|input| {
        let value = move |i: &usize| inputs[*i][input];
        let mut sorted: Vec<f64> = inside.iter().map(value).collect();
        sorted.sort_unstable_by(f64::total_cmp);
        let (low, high) = (sorted[slice - 1], sorted[sorted.len() - slice]);
        let above = inside.iter().copied().filter(|i| value(i) > low);
        let below = inside.iter().copied().filter(|i| value(i) < high);
        [above.collect::<Vec<usize>>(), below.collect()]
    });
    let candidates = cuts.filter(|left| !left.is_empty());
    // of equally dense ones the larger is kept, of equally large ones the first
    candidates.reduce(|best, other| {
        let better = density(&other).total_cmp(&density(&best));
        if better.then(other.len().cmp(&best.len())).is_gt() {
            other
        } else {
            best
        }
    })
}

/// Limits of the smallest box round the points `inside`, where it is smaller than the design.
fn limits(inputs: &[Vec<f64>], inside: &[usize]) -> Vec<(usize, Option<f64>, Option<f64>)> {
    let limit = |input: usize| {
        let range = |mut values: Box<dyn Iterator<Item = f64> + '_>| {
            let first = values.next().unwrap_or(f64::NAN);
            values.fold((first, first), |(low, high), x| (low.min(x), high.max(x)))
        };
        let whole = range(Box::new(inputs.iter().map(move |point| point[input])));
        let of = range(Box::new(inside.iter().map(move |i| inputs[*i][input])));
        let low = (of.0 > whole.0).then_some(of.0);
        let high = (of.1 < whole.1).then_some(of.1);
        (low.is_some() || high.is_some()).then_some((input, low, high))
    };
    (0..inputs[0].len()).filter_map(limit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::design;

    #[test]
    fn prim_finds_a_box_that_was_put_there() {
        let points = design::latin_hypercube(800, 4, 3);
        let within = |point: &Vec<f64>| point[1] > 0.6 && point[3] < 0.4;
        let fails: Vec<bool> = points.iter().map(within).collect();
        let found = prim(&points, &fails);
        assert!(found.coverage > 0.85 && found.density > 0.85, "{found:?}");
        let limit = |input| found.limits.iter().find(|(of, ..)| *of == input).unwrap();
        assert!((limit(1).1.unwrap() - 0.6).abs() < 0.06, "{found:?}");
        assert!((limit(3).2.unwrap() - 0.4).abs() < 0.06, "{found:?}");
    }

    #[test]
    fn a_policy_that_is_always_best_is_never_regretted() {
        let inputs = vec![vec![0.0], vec![1.0], vec![2.0], vec![3.0]];
        let gains = [
            vec![0.0; 4],
            vec![0.2, 0.2, 0.1, 0.1],
            vec![0.1, 0.2, -0.1, 0.0],
        ];
        let [baseline, first, second] = judge(&gains, &inputs).try_into().unwrap();
        assert_eq!(
            (first.best, first.max_regret, first.failure),
            (0.875, 0.0, None)
        );
        assert_eq!(baseline.best, 0.0);
        assert_eq!((second.best, second.fails), (0.125, 0.5));
        assert!((second.max_regret - 0.2).abs() < 1e-12);
        let failure = second.failure.unwrap();
        assert_eq!((failure.coverage, failure.density), (1.0, 1.0));
        assert_eq!(failure.limits, [(0, Some(2.0), None)]);
    }
}
