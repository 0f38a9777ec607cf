//! Nested analysis of variance: replications inside worlds (Searle, Casella and McCulloch 1992, ch. 3).
//!
//! With weights `w_i` that sum to 1, world means `m_i` of `n_i` pairs and the variance `s_i^2` of the
//! pairs of a world:
//!
//! ```text
//! variance_chance = sum w_i s_i^2
//! variance_worlds = sum w_i (m_i - mean)^2 / (1 - sum w_i^2)
//!                   less what chance adds to it:  sum w_i (1 - w_i) s_i^2 / n_i / (1 - sum w_i^2)
//! ```
//!
//! Both are unbiased by the method of moments, whatever the distributions, from two replications on,
//! and with other numbers of replications, other weights and other chance in each world. So the second
//! lies below 0 now and then where worlds hardly differ. A world with one pair takes the chance of the
//! others.

use crate::experiment::statistics::paired::{Effect, Pairs, quotient, student_quantile, two_sided};
use crate::experiment::statistics::worlds::spread::{Ranked, WorldSpread};
use crate::numeric::Interval;

/// Pairs of (baseline, policy) in worlds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Nested {
    pairs: u32,
    /// Mean difference in each world, in their order; NaN where nothing is known.
    means: Vec<f64>,
    sums: Sums,
}

/// Sums over the worlds that are known, with weights as they were given.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Sums {
    weight: f64,
    squared_weight: f64,
    baseline: f64,
    policy: f64,
    difference: f64,
    higher: f64,
    /// Of worlds with two pairs or more.
    within: Within,
    /// Of worlds with one: weight, squared weight.
    single: [f64; 2],
}

/// Sums over worlds of what lies between their replications; of four, in the order of
/// [`Pairs::variances`].
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Within {
    weight: f64,
    /// Weight times variance.
    variances: [f64; 4],
    /// Squared weight times the variance of the world's mean.
    of_means: [f64; 4],
    /// Weight times the variance of the world's mean difference.
    of_difference: f64,
    /// What Satterthwaite's degrees of freedom divide by.
    squares: f64,
}

impl Nested {
    /// Adds the next world, with its weight; a world in which no pair is known counts for nothing.
    pub fn add(&mut self, weight: f64, world: &Pairs) {
        let effect = world.effect();
        let known = effect.pairs > 0 && weight > 0.0;
        self.means
            .push(if known { effect.difference } else { f64::NAN });
        if !known {
            return;
        }
        self.pairs += effect.pairs;
        let sums = &mut self.sums;
        sums.weight += weight;
        sums.squared_weight += weight * weight;
        sums.baseline += weight * effect.baseline;
        sums.policy += weight * effect.policy;
        sums.difference += weight * effect.difference;
        sums.higher += weight * effect.higher;
        match effect.pairs {
            1 => {
                sums.single[0] += weight;
                sums.single[1] += weight * weight;
            }
            n => sums.within.add(weight, f64::from(n), world.variances()),
        }
    }

    /// Mean over worlds, with its interval by chance while the worlds stay as they are.
    ///
    /// Degrees of freedom after Satterthwaite (1946), from unbiased estimates of the fourth powers;
    /// with one world they are those of Student's interval.
    pub fn effect(&self) -> Effect {
        let sums = &self.sums;
        let over = |sum: f64| sum / sums.weight;
        let [baseline, policy, _, difference] = sums.within.variances;
        let mean = over(sums.difference);
        let half = self.quantile() * self.error();
        let covariance = sums.within.variances[2];
        Effect {
            pairs: self.pairs,
            baseline: over(sums.baseline),
            policy: over(sums.policy),
            difference: mean,
            low: mean - half,
            high: mean + half,
            higher: over(sums.higher),
            correlation: quotient(covariance, libm::sqrt(baseline * policy)),
            variance_reduction: quotient(baseline + policy, difference),
        }
    }

    /// How far worlds lie apart; `weights` in their order.
    pub fn spread(&self, weights: &[f64]) -> WorldSpread {
        self.ranked(weights).spread(self.variance_chance())
    }

    /// 5th, 50th and 95th percentile over worlds, each with its 90 % interval; an end that so few
    /// worlds do not give is NaN.
    pub fn percentiles(&self, weights: &[f64]) -> [Interval; 3] {
        self.ranked(weights).percentiles()
    }

    fn ranked(&self, weights: &[f64]) -> Ranked {
        let known = self.means.iter().zip(weights);
        let known = known.filter(|(mean, _)| !mean.is_nan());
        let known = known.map(|(mean, weight)| (*mean, weight / self.sums.weight));
        let effective = self.sums.weight * self.sums.weight / self.sums.squared_weight;
        Ranked::of(known.collect(), effective, self.added())
    }

    /// Mean difference in each world, in their order; NaN where nothing is known.
    pub fn means(&self) -> &[f64] {
        &self.means
    }

    /// Variance between replications of a world, the mean over worlds; NaN where no world has two.
    pub fn variance_chance(&self) -> f64 {
        let within = &self.sums.within;
        match within.weight > 0.0 {
            true => within.variances[3] / within.weight,
            false => f64::NAN,
        }
    }

    /// Standard deviation of a pair by chance such that the error of the mean is that over the root
    /// of the number of pairs.
    pub fn deviation(&self) -> f64 {
        self.error() * libm::sqrt(f64::from(self.pairs))
    }

    /// Two-sided P value of there being no difference in the mean of these worlds.
    pub fn p_value(&self) -> f64 {
        let difference = self.effect().difference;
        two_sided(difference, self.error(), self.freedom())
    }

    /// Of pairs of a cost and a gain: mean cost over mean gain with the ends of its 95 % interval by
    /// chance, as of [`Pairs::price`].
    pub fn price(&self) -> Option<[f64; 3]> {
        let sums = &self.sums;
        let t = self.quantile();
        let [cost, gain, both, _] = self.errors().map(|square| t * t * square);
        let (mean_cost, mean_gain) = (sums.baseline / sums.weight, sums.policy / sums.weight);
        let a = mean_gain * mean_gain - gain;
        if !(a > 0.0 && mean_gain > 0.0) {
            return None;
        }
        let b = mean_cost * mean_gain - both;
        let c = mean_cost * mean_cost - cost;
        let root = libm::sqrt((b * b - a * c).max(0.0));
        Some([mean_cost / mean_gain, (b - root) / a, (b + root) / a])
    }

    /// Student's two-sided 95 % quantile.
    fn quantile(&self) -> f64 {
        student_quantile(self.freedom() as u32 + 1)
    }

    /// Degrees of freedom of the chance of the mean, in whole numbers; 0 where there are none.
    fn freedom(&self) -> f64 {
        let within = &self.sums.within;
        if within.weight == 0.0 {
            return 0.0;
        }
        let whole = within.of_means[3];
        // where nothing varies, any will do
        match within.squares > 0.0 {
            true => (whole * whole / within.squares - 2.0 + 1e-9)
                .max(1.0)
                .floor(),
            false => 1.0,
        }
    }

    /// Error of the mean difference by chance.
    fn error(&self) -> f64 {
        libm::sqrt(self.errors()[3])
    }

    /// Variances of the means over worlds by chance, and their covariance.
    fn errors(&self) -> [f64; 4] {
        let (sums, within) = (&self.sums, &self.sums.within);
        let of = |i: usize| {
            let own = within.variances[i] / within.weight;
            let single = if sums.single[1] > 0.0 {
                own * sums.single[1]
            } else {
                0.0
            };
            (within.of_means[i] + single) / (sums.weight * sums.weight)
        };
        match within.weight > 0.0 {
            true => [0, 1, 2, 3].map(of),
            false => [f64::NAN; 4],
        }
    }

    /// What chance adds to the variance between world means, times `1 - sum w^2`.
    fn added(&self) -> f64 {
        let (sums, within) = (&self.sums, &self.sums.within);
        let single = if sums.single[0] > 0.0 {
            sums.single[0] * self.variance_chance()
        } else {
            0.0
        };
        (within.of_difference + single) / sums.weight - self.errors()[3]
    }
}

impl Within {
    fn add(&mut self, weight: f64, n: f64, variances: [f64; 4]) {
        self.weight += weight;
        for (i, variance) in variances.into_iter().enumerate() {
            self.variances[i] += weight * variance;
            self.of_means[i] += weight * weight * variance / n;
        }
        let [.., difference] = variances;
        self.of_difference += weight * difference / n;
        let part = weight * weight * difference / n;
        self.squares += part * part / (n + 1.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::by_hand::near;

    fn nested(worlds: &[(f64, &[(f64, f64)])]) -> Nested {
        let mut nested = Nested::default();
        for (weight, seen) in worlds {
            let mut pairs = Pairs::default();
            seen.iter().for_each(|(a, b)| pairs.add(*a, *b));
            nested.add(*weight, &pairs);
        }
        nested
    }

    /// Worlds of weights 2, 1 and 1 with differences 1 and 3; 4, 5 and 9; and 10 alone.
    ///
    /// Means 2, 6 and 10, variances 2 and 7; the third takes 11/3, their weighted mean. The error of the
    /// mean is `(4 x 2/2 + 7/3 + 11/3) / 16`, with `(19/3)^2 / (16/3 + 49/36) - 2` degrees of freedom, 3 in
    /// whole numbers.
    #[test]
    fn a_hand_calculated_split_of_unequal_worlds() {
        let seen = nested(&[
            (2.0, &[(1.0, 2.0), (1.0, 4.0)]),
            (1.0, &[(1.0, 5.0), (1.0, 6.0), (1.0, 10.0)]),
            (1.0, &[(1.0, 11.0)]),
        ]);
        let effect = seen.effect();
        assert_eq!(effect.pairs, 6);
        near(effect.difference, 5.0);
        near(effect.policy, 6.0);
        near(effect.higher, 1.0);
        let error = libm::sqrt(10.0 / 16.0);
        // Student's quantile for 3 degrees of freedom
        assert!((effect.high - 5.0 - 3.182_446_305 * error).abs() < 1e-8);
        near(effect.high - 5.0, 5.0 - effect.low);
        near(seen.deviation(), error * libm::sqrt(6.0));
        near(seen.variance_chance(), 11.0 / 3.0);
        // by the closed form of Student's distribution with 3 degrees of freedom
        assert!((seen.p_value() - 0.007_991_21).abs() < 1e-8);
        // 17.6 between the means, of which chance has (2 + 7/3 + 11/3) / 4 - 10/16 over 1 - 3/8
        let spread = seen.spread(&[2.0, 1.0, 1.0]);
        near(spread.effective, 16.0 / 6.0);
        near(spread.variance_worlds, 17.6 - 2.2);
        // half a step of .375 and one of .25 between the worlds, drawn together by sqrt(.875)
        near(spread.low, 2.505_561_742_150_706);
        near(spread.median, 5.311_804_782_231_162);
        near(spread.high, 9.209_364_560_120_683);
    }

    /// Two worlds that cost 12 and 22 and gain 3 and 6: every end is a price at which cost less price times
    /// gain lies just as far from 0 as its error allows, with variances 2 and 1/2 and covariance 1.
    #[test]
    fn ends_of_a_price_are_where_the_test_turns() {
        let seen = nested(&[
            (1.0, &[(10.0, 2.0), (14.0, 4.0)]),
            (1.0, &[(20.0, 5.0), (24.0, 7.0)]),
        ]);
        let [price, low, high] = seen.price().expect("it surely gains");
        near(price, 17.0 / 4.5);
        // 4 degrees of freedom
        let t = 2.776_445_105;
        for end in [low, high] {
            let off = 17.0 - 4.5 * end;
            let error = 2.0 - 2.0 * end + 0.5 * end * end;
            assert!((off * off - t * t * error).abs() < 1e-6, "{end}");
        }
        assert!(low < price && price < high);
        let loses = nested(&[(1.0, &[(10.0, -2.0), (14.0, -2.1)])]);
        assert_eq!(loses.price(), None);
    }

    #[test]
    fn a_world_of_one_run_or_none_says_little() {
        let none = nested(&[(1.0, &[]), (2.0, &[(1.0, 4.0)])]);
        assert!(none.means()[0].is_nan() && none.means()[1] == 3.0);
        assert_eq!(none.effect().difference, 3.0);
        assert!(none.effect().low.is_nan() && none.variance_chance().is_nan());
        // where nothing varies, nothing is in doubt
        let sure = nested(&[
            (1.0, &[(1.0, 2.0), (1.0, 2.0)]),
            (1.0, &[(1.0, 4.0), (1.0, 4.0)]),
        ]);
        assert_eq!((sure.effect().low, sure.effect().high), (2.0, 2.0));
    }

    /// The policy is higher in a world of weight 3 and lower in one of weight 1.
    #[test]
    fn where_the_policy_is_higher_counts_by_weight() {
        let seen = nested(&[
            (3.0, &[(1.0, 2.0), (1.0, 3.0)]),
            (1.0, &[(1.0, 0.0), (1.0, 0.5)]),
        ]);
        near(seen.effect().higher, 0.75);
    }
}
