//! Paired differences: the same replication under a policy and under the baseline.
//!
//! Means, variances and the covariance are updated pair by pair (Welford 1962), in the order of the
//! replications. The interval is Student's; `correlation` and `variance_reduction` tell what
//! pairing gained against two independent sets of runs.

use std::sync::OnceLock;

use statrs::distribution::{ContinuousCDF, StudentsT};

use crate::model::outcome::Direction;
use crate::numeric::{BySize as _, six_digits};

/// Confidence of every interval.
pub const CONFIDENCE: f64 = 0.95;

/// Pairs of (baseline, policy) seen so far.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Pairs {
    n: u32,
    baseline_mean: f64,
    policy_mean: f64,
    baseline_squares: f64,
    policy_squares: f64,
    products: f64,
    difference_squares: f64,
    higher: u32,
    equal: u32,
}

impl Pairs {
    /// Adds a pair; pairs in which a value has no meaning are left out.
    pub fn add(&mut self, baseline: f64, policy: f64) {
        if baseline.is_nan() || policy.is_nan() {
            return;
        }
        self.n += 1;
        let n = f64::from(self.n);
        let (off_baseline, off_policy) = (baseline - self.baseline_mean, policy - self.policy_mean);
        let off_difference = off_policy - off_baseline;
        self.baseline_mean += off_baseline / n;
        self.policy_mean += off_policy / n;
        let left = (n - 1.0) / n;
        self.baseline_squares += off_baseline * off_baseline * left;
        self.policy_squares += off_policy * off_policy * left;
        self.products += off_baseline * off_policy * left;
        self.difference_squares += off_difference * off_difference * left;
        self.higher += u32::from(policy > baseline);
        self.equal += u32::from(policy == baseline);
    }

    /// What the pairs say.
    pub fn effect(&self) -> Effect {
        let n = f64::from(self.n);
        let variance = |squares: f64| {
            if self.n > 1 {
                squares / (n - 1.0)
            } else {
                f64::NAN
            }
        };
        let difference = variance(self.difference_squares);
        let half = student_quantile(self.n) * libm::sqrt(difference / n);
        let mean = if self.n > 0 {
            self.policy_mean - self.baseline_mean
        } else {
            f64::NAN
        };
        let apart = variance(self.baseline_squares) + variance(self.policy_squares);
        let spread = libm::sqrt(self.baseline_squares * self.policy_squares);
        Effect {
            pairs: self.n,
            baseline: if self.n > 0 {
                self.baseline_mean
            } else {
                f64::NAN
            },
            policy: if self.n > 0 {
                self.policy_mean
            } else {
                f64::NAN
            },
            difference: mean,
            low: mean - half,
            high: mean + half,
            higher: (f64::from(self.higher) + 0.5 * f64::from(self.equal)) / n,
            correlation: quotient(self.products, spread),
            variance_reduction: quotient(apart, difference),
        }
    }
}

impl Pairs {
    /// Standard deviation of the differences; NaN for fewer than two pairs.
    pub fn deviation(&self) -> f64 {
        match self.n {
            0 | 1 => f64::NAN,
            n => libm::sqrt(self.difference_squares / (f64::from(n) - 1.0)),
        }
    }

    /// Two-sided P value of Student's test that there is no difference; NaN for fewer than two
    /// pairs.
    pub fn p_value(&self) -> f64 {
        let n = f64::from(self.n);
        let difference = self.policy_mean - self.baseline_mean;
        two_sided(difference, self.deviation() / libm::sqrt(n), n - 1.0)
    }

    /// Variances of baseline, policy, of both together (the covariance) and of the difference; NaN
    /// for fewer than two pairs.
    pub fn variances(&self) -> [f64; 4] {
        let sums = [
            self.baseline_squares,
            self.policy_squares,
            self.products,
            self.difference_squares,
        ];
        match self.n {
            0 | 1 => [f64::NAN; 4],
            n => sums.map(|sum| sum / (f64::from(n) - 1.0)),
        }
    }
}

impl Pairs {
    /// Of pairs of a cost and a gain: mean cost over mean gain, with the ends of its 95 % interval,
    /// where the gain is surely above 0.
    ///
    /// The interval (Fieller 1954) holds every price at which Student's test finds no difference
    /// between cost and price times gain, so both may vary, and together.
    pub fn price(&self) -> Option<[f64; 3]> {
        let n = f64::from(self.n);
        let (cost, gain) = (self.baseline_mean, self.policy_mean);
        let t = student_quantile(self.n);
        let slack = |sum: f64| t * t * sum / (n - 1.0) / n;
        let a = gain * gain - slack(self.policy_squares);
        // also false where a is no number: fewer than two pairs
        if !(a > 0.0 && gain > 0.0) {
            return None;
        }
        let b = cost * gain - slack(self.products);
        let c = cost * cost - slack(self.baseline_squares);
        let root = libm::sqrt((b * b - a * c).max(0.0));
        Some([cost / gain, (b - root) / a, (b + root) / a])
    }
}

/// Two-sided P value of Student's test that a `difference` with this `error` is none; NaN without a
/// degree of freedom. Rounded to six digits, so that no platform's last digit reaches a file.
pub(super) fn two_sided(difference: f64, error: f64, freedom: f64) -> f64 {
    if freedom.is_nan() || freedom < 1.0 {
        return f64::NAN;
    }
    if error == 0.0 {
        return f64::from(difference == 0.0);
    }
    let ratio = (difference / error).abs();
    if ratio.is_nan() {
        return f64::NAN;
    }
    let student = StudentsT::new(0.0, 1.0, freedom).expect("degrees of freedom are positive");
    let tail = student.sf(ratio);
    six_digits(2.0 * tail)
}

/// P values corrected for their number (Holm 1979): the smallest times n, the next times n - 1, ...,
/// never below one before it, never above 1. NaN stays NaN and does not count.
pub fn holm(single: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..single.len()).filter(|i| !single[*i].is_nan()).collect();
    order.sort_by(|a, b| single[*a].by_size(&single[*b]));
    let mut corrected = vec![f64::NAN; single.len()];
    let mut last = 0.0_f64;
    for (rank, &i) in order.iter().enumerate() {
        last = last.max(single[i] * (order.len() - rank) as f64).min(1.0);
        corrected[i] = six_digits(last);
    }
    corrected
}

/// `a / b`; NaN where `b` is not above 0.
pub(super) fn quotient(a: f64, b: f64) -> f64 {
    if b > 0.0 { a / b } else { f64::NAN }
}

/// A paired difference with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// Pairs behind it.
    pub pairs: u32,
    /// Mean under the baseline.
    pub baseline: f64,
    /// Mean under the policy.
    pub policy: f64,
    /// Mean of policy less baseline.
    pub difference: f64,
    /// Lower end of the 95 % interval; NaN for fewer than two pairs.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Share of pairs in which the policy is higher; equal pairs count half.
    pub higher: f64,
    /// Correlation of baseline and policy over replications; NaN where one does not vary.
    pub correlation: f64,
    /// Variance of the difference of independent runs over that of the pairs.
    pub variance_reduction: f64,
}

impl Effect {
    /// Share of pairs in which the policy is better; NaN for a neutral outcome.
    pub fn better(&self, direction: Direction) -> f64 {
        match direction {
            Direction::Up => self.higher,
            Direction::Down => 1.0 - self.higher,
            Direction::Neutral => f64::NAN,
        }
    }
}

/// Two-sided 95 % quantile of Student's distribution for `n` values; NaN for fewer than two.
///
/// A study asks for few of them, and for each a hundred thousand times: they are kept.
pub fn student_quantile(n: u32) -> f64 {
    static KNOWN: [OnceLock<f64>; 1024] = [const { OnceLock::new() }; 1024];
    let quantile = || quantile_of(n, 1.0 - CONFIDENCE);
    match KNOWN.get(n as usize) {
        Some(known) => *known.get_or_init(quantile),
        None => quantile(),
    }
}

/// Two-sided quantile of Student's distribution for `n` values that misses with probability `miss`.
///
/// Rounded to nine places, so that no platform's last digit reaches a file.
pub fn quantile_of(n: u32, miss: f64) -> f64 {
    if n < 2 {
        return f64::NAN;
    }
    let student =
        StudentsT::new(0.0, 1.0, f64::from(n - 1)).expect("degrees of freedom are positive");
    let quantile = student.inverse_cdf(1.0 - miss / 2.0);
    (quantile * 1e9).round() / 1e9
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::{Chance, Draw};

    #[test]
    fn a_hand_calculated_case() {
        let mut pairs = Pairs::default();
        for (baseline, policy) in [(1.0, 2.0), (2.0, 4.0), (3.0, 3.0), (f64::NAN, 1.0)] {
            pairs.add(baseline, policy);
        }
        let effect = pairs.effect();
        assert_eq!(effect.pairs, 3);
        assert!((effect.baseline - 2.0).abs() < 1e-15 && (effect.policy - 3.0).abs() < 1e-15);
        assert!((effect.difference - 1.0).abs() < 1e-15);
        // differences 1, 2, 0: sd 1; t(2) = 4.303
        assert!((effect.high - (1.0 + 4.302_652_73 / libm::sqrt(3.0))).abs() < 1e-7);
        assert!((effect.higher - 2.5 / 3.0).abs() < 1e-15);
        assert!((effect.correlation - 0.5).abs() < 1e-12);
        assert!((effect.variance_reduction - 2.0).abs() < 1e-12);
    }

    #[test]
    fn p_values_of_a_known_case_and_their_correction() {
        let mut pairs = Pairs::default();
        for (baseline, policy) in [(1.0, 2.0), (2.0, 4.0), (3.0, 3.0)] {
            pairs.add(baseline, policy);
        }
        // t = sqrt(3) with 2 degrees of freedom: p = 1 - t / sqrt(2 + t^2)
        let p = 1.0 - libm::sqrt(3.0 / 5.0);
        assert!((pairs.p_value() - p).abs() < 1e-6);
        assert_eq!(holm(&[0.01, 0.04, f64::NAN, 0.03])[..2], [0.03, 0.06]);
        assert_eq!(holm(&[0.5, 0.9]), [1.0, 1.0]);
    }

    #[test]
    fn a_price_covers_as_often_as_it_says_though_cost_varies_with_the_gain() {
        let chance = Chance::new(13, 0);
        let covered = (0..4000).filter(|study| {
            let mut words = chance.words(Draw::new(950, 2), *study, 0);
            let mut pairs = Pairs::default();
            for _ in 0..10 {
                let reached = 1.0 + 0.2 * words.normal();
                pairs.add(100.0 * reached, 0.5 * reached + 0.05 * words.normal());
            }
            let [price, low, high] = pairs.price().unwrap();
            assert!(low <= price && price <= high);
            low <= 200.0 && 200.0 <= high
        });
        let share = covered.count() as f64 / 4000.0;
        assert!((share - CONFIDENCE).abs() < 0.014, "covered {share}");
    }

    #[test]
    fn what_is_not_surely_gained_has_no_price() {
        let of = |gains: [f64; 3]| {
            let mut pairs = Pairs::default();
            gains.iter().for_each(|gain| pairs.add(20.0, *gain));
            pairs.price()
        };
        let [price, low, high] = of([0.2, 0.21, 0.19]).unwrap();
        assert!((price - 100.0).abs() < 1e-9 && low < 100.0 && high > 100.0);
        assert_eq!(of([0.2, -0.1, 0.1]), None);
        assert_eq!(of([-0.2, -0.21, -0.19]), None);
        let mut one = Pairs::default();
        one.add(20.0, 0.2);
        assert_eq!(one.price(), None);
    }

    #[test]
    fn few_pairs_give_no_interval() {
        let none = Pairs::default().effect();
        assert!(none.difference.is_nan() && none.low.is_nan());
        let mut one = Pairs::default();
        one.add(1.0, 2.0);
        assert_eq!(one.effect().difference, 1.0);
        assert!(one.effect().low.is_nan());
    }

    #[test]
    fn the_interval_covers_as_often_as_it_says() {
        let chance = Chance::new(11, 0);
        let truth = 0.3;
        let covered = (0..4000).filter(|study| {
            let mut words = chance.words(Draw::new(950, 0), *study, 0);
            let mut pairs = Pairs::default();
            for _ in 0..8 {
                let shared = words.normal();
                pairs.add(shared, shared + truth + 0.5 * words.normal());
            }
            let effect = pairs.effect();
            effect.low <= truth && truth <= effect.high
        });
        let share = covered.count() as f64 / 4000.0;
        assert!((share - CONFIDENCE).abs() < 0.014, "covered {share}");
    }

    /// Higher in two of three pairs, alike in one.
    #[test]
    fn what_is_better_depends_on_the_direction() {
        let mut pairs = Pairs::default();
        for (baseline, policy) in [(1.0, 2.0), (2.0, 4.0), (3.0, 3.0)] {
            pairs.add(baseline, policy);
        }
        let better = |direction| pairs.effect().better(direction);
        assert!((better(Direction::Up) - 2.5 / 3.0).abs() < 1e-12);
        assert!((better(Direction::Down) - 0.5 / 3.0).abs() < 1e-12);
        assert!(better(Direction::Neutral).is_nan());
    }
}
