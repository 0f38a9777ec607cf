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
//! that lie inside) and density (share of points inside that are failures) is taken, and inputs whose
//! limits do no more than chance would (binomial test, Bryant and Lempert 2010) are freed again.

use statrs::distribution::{Binomial, DiscreteCDF};

use crate::experiment::design::responses::Responses;
use crate::numeric::{BySize as _, six_digits};

/// Share of the points in a box that is peeled off at once.
const PEEL: f64 = 0.05;
/// Smallest share of all points that a box may hold.
const SMALLEST: f64 = 0.05;
/// Chance at which limits on an input are taken to tell something.
const SIGNIFICANT: f64 = 0.05;
/// Bounds that do not bind.
const FREE: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

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
    /// Share of design points in which it betters the baseline.
    pub betters: f64,
    /// Where it fails, if it fails in some points and not in others, and inputs tell them apart.
    pub failure: Option<FailureBox>,
}

/// A box of inputs in which a policy fails.
#[derive(Debug, Clone, PartialEq)]
pub struct FailureBox {
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
        let bettered = own.iter().filter(|gain| **gain > 0.0).count();
        Robustness {
            best: won.fold(0.0, |sum, point| sum + 1.0 / winners(point)) / points as f64,
            mean_regret: (0..points).map(regret).sum::<f64>() / points as f64,
            max_regret: (0..points).map(regret).fold(0.0, f64::max),
            fails: failed as f64 / points as f64,
            betters: bettered as f64 / points as f64,
            failure: (failed > 0 && failed < points)
                .then(|| prim(inputs, &fails))
                .flatten(),
        }
    };
    gains.iter().map(of).collect()
}

/// Bounds of a box by input; infinite where nothing binds.
type Bounds = Vec<(f64, f64)>;

/// A design, with the points that are failures.
struct Trials<'a> {
    inputs: &'a [Vec<f64>],
    fails: &'a [bool],
}

/// The box of `inputs` that holds the failures best; `None` when no input tells them apart.
pub fn prim(inputs: &[Vec<f64>], fails: &[bool]) -> Option<FailureBox> {
    let trials = Trials { inputs, fails };
    let mut bounds = vec![FREE; inputs[0].len()];
    let all = trials.inside(&bounds);
    let whole = trials.failures(&all);
    let worth = |of: &[usize]| 2.0 * trials.failures(of) / (whole + of.len() as f64);
    let mut best = (worth(&all), bounds.clone());
    while let Some(smaller) = trials.peeled(&bounds) {
        let inside = trials.inside(&smaller);
        if (inside.len() as f64) < SMALLEST * all.len() as f64 || trials.failures(&inside) == 0.0 {
            break;
        }
        if worth(&inside) > best.0 {
            best = (worth(&inside), smaller.clone());
        }
        bounds = smaller;
    }
    let bounds = trials.told_apart(best.1);
    let inside = trials.inside(&bounds);
    let limits = limits(&bounds);
    (!limits.is_empty()).then(|| FailureBox {
        coverage: trials.failures(&inside) / whole,
        density: trials.density(&inside),
        limits,
    })
}

impl Trials<'_> {
    fn inside(&self, bounds: &Bounds) -> Vec<usize> {
        let holds = |point: &[f64]| {
            let mut sides = point.iter().zip(bounds);
            sides.all(|(x, (low, high))| (*low..=*high).contains(x))
        };
        let points = 0..self.inputs.len();
        points.filter(|i| holds(&self.inputs[*i])).collect()
    }

    fn failures(&self, of: &[usize]) -> f64 {
        of.iter().filter(|i| self.fails[**i]).count() as f64
    }

    fn density(&self, of: &[usize]) -> f64 {
        self.failures(of) / of.len() as f64
    }

    /// `bounds` without the slice whose removal leaves the highest density; `None` when no slice can
    /// go. Of equally dense boxes the larger is kept, of equally large ones the first.
    fn peeled(&self, bounds: &Bounds) -> Option<Bounds> {
        let inside = self.inside(bounds);
        let slice = ((inside.len() as f64 * PEEL) as usize).max(1);
        let cuts = (0..bounds.len()).flat_map(|input| {
            let mut sorted: Vec<f64> = inside.iter().map(|i| self.inputs[*i][input]).collect();
            sorted.sort_unstable_by(f64::by_size);
            let (low, high) = (sorted[slice - 1], sorted[sorted.len() - slice]);
            let above = sorted.iter().copied().find(|x| *x > low);
            let below = sorted.iter().copied().rfind(|x| *x < high);
            let cut = |low: Option<f64>, high: Option<f64>| {
                let mut cut = bounds.clone();
                cut[input] = (low.unwrap_or(cut[input].0), high.unwrap_or(cut[input].1));
                cut
            };
            [
                above.map(|x| cut(Some(x), None)),
                below.map(|x| cut(None, Some(x))),
            ]
        });
        let ranked = cuts.flatten().map(|cut| {
            let left = self.inside(&cut);
            (self.density(&left), left.len(), cut)
        });
        let best = ranked.reduce(|best, other| {
            let better = other.0.by_size(&best.0).then(other.1.cmp(&best.1));
            if better.is_gt() { other } else { best }
        });
        best.map(|(_, _, cut)| cut)
    }

    /// Frees every input whose limits do no more for the density than chance would.
    fn told_apart(&self, mut bounds: Bounds) -> Bounds {
        loop {
            let bound = (0..bounds.len()).filter(|input| bounds[*input] != FREE);
            let chances = bound.map(|input| (self.chance_of(&bounds, input), input));
            match chances.max_by(|a, b| a.0.by_size(&b.0)) {
                // shared out, since the most telling of all inputs were sought
                Some((chance, input)) if chance > SIGNIFICANT / bounds.len() as f64 => {
                    bounds[input] = FREE;
                }
                _ => return bounds,
            }
        }
    }

    /// How likely so many failures lie in the box if the limits on `input` told nothing.
    fn chance_of(&self, bounds: &Bounds, input: usize) -> f64 {
        let mut freed = bounds.clone();
        freed[input] = FREE;
        let (inside, without) = (self.inside(bounds), self.inside(&freed));
        let binomial = Binomial::new(self.density(&without), inside.len() as u64);
        let failures = self.failures(&inside) as u64;
        match (binomial, failures) {
            (Ok(_), 0) => 1.0,
            // rounded, so that no platform's last digit decides
            (Ok(binomial), failures) => six_digits(binomial.sf(failures - 1)),
            (Err(_), _) => 1.0,
        }
    }
}

fn limits(bounds: &Bounds) -> Vec<(usize, Option<f64>, Option<f64>)> {
    let finite = |x: f64| x.is_finite().then_some(x);
    let limit = |(input, (low, high)): (usize, &(f64, f64))| (input, finite(*low), finite(*high));
    let all = bounds.iter().enumerate().map(limit);
    all.filter(|(_, low, high)| low.is_some() || high.is_some())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::design;
    use crate::world::by_hand::near;

    #[test]
    fn prim_finds_a_box_that_was_put_there() {
        let points = design::latin_hypercube(800, 4, 3);
        let within = |point: &Vec<f64>| point[1] > 0.6 && point[3] < 0.4;
        let fails: Vec<bool> = points.iter().map(within).collect();
        let found = prim(&points, &fails).unwrap();
        assert_eq!(found.limits.len(), 2, "{found:?}");
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
        assert_eq!((first.betters, second.betters), (1.0, 0.5));
        assert!((second.max_regret - 0.2).abs() < 1e-12);
        // two of four points are too few to tell where it fails
        assert_eq!(second.failure, None);
    }

    #[test]
    fn a_failure_by_chance_gets_no_box() {
        let points = design::latin_hypercube(400, 6, 9);
        let lone: Vec<bool> = (0..400).map(|i| i == 17).collect();
        assert_eq!(prim(&points, &lone), None);
    }

    /// A policy that gains nothing fails, and does not better the baseline.
    #[test]
    fn hand_calculated_regrets() {
        let inputs = vec![vec![0.0], vec![1.0], vec![2.0], vec![3.0]];
        let gains = [
            vec![0.0; 4],
            vec![0.0, 0.4, -0.2, 0.1],
            vec![0.3, 0.0, 0.2, 0.1],
        ];
        let [baseline, first, second] = judge(&gains, &inputs).try_into().unwrap();
        near(first.mean_regret, (0.3 + 0.4) / 4.0);
        near(first.max_regret, 0.4);
        assert_eq!((first.fails, first.betters, first.best), (0.5, 0.5, 0.375));
        assert_eq!(
            (second.fails, second.betters, second.best),
            (0.25, 0.75, 0.625)
        );
        near(second.mean_regret, 0.1);
        near(baseline.mean_regret, 1.0 / 4.0);
        assert_eq!((baseline.fails, baseline.betters), (1.0, 0.0));
    }

    /// Forty points in a row of which the last ten fail: two are peeled off at the low end each time.
    #[test]
    fn a_hand_calculated_peeling() {
        let inputs: Vec<Vec<f64>> = (0..40).map(|i| vec![f64::from(i), 7.0]).collect();
        let fails: Vec<bool> = (0..40).map(|i| i >= 30).collect();
        let trials = Trials {
            inputs: &inputs,
            fails: &fails,
        };
        let all = vec![FREE; 2];
        let once = trials.peeled(&all).expect("a slice can go");
        assert_eq!(once, [(2.0, f64::INFINITY), FREE]);
        let twice = trials.peeled(&once).expect("another");
        assert_eq!(twice[0].0, 3.0);
        near(trials.density(&trials.inside(&twice)), 10.0 / 37.0);
        // ten failures among ten, where one in four fails: 1 / 4^10
        let row = vec![(30.0, f64::INFINITY), FREE];
        assert!((trials.chance_of(&row, 0) - 9.536_74e-7).abs() < 1e-12);
        // and all ten among twelve: less likely than eleven or twelve are to be added, by the binomial
        let wide = vec![(28.0, f64::INFINITY), FREE];
        let right = 66.0 * 9.0 / 16_777_216.0 + 12.0 * 3.0 / 16_777_216.0 + 1.0 / 16_777_216.0;
        assert!((trials.chance_of(&wide, 0) - right).abs() < 1e-9);
        assert_eq!(trials.chance_of(&vec![(0.0, 9.0), FREE], 0), 1.0);
        let found = prim(&inputs, &fails).expect("the last ten");
        assert_eq!(found.limits, [(0, Some(30.0), None)]);
        assert_eq!((found.coverage, found.density), (1.0, 1.0));
        // limits that tell nothing are freed
        let both = vec![(30.0, f64::INFINITY), (6.0, 8.0)];
        assert_eq!(trials.told_apart(both), [(30.0, f64::INFINITY), FREE]);
    }
}
