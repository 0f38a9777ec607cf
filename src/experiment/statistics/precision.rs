//! How many replications make an interval as narrow as is wanted: Stein's two-stage procedure.
//!
//! From the standard deviation `s` of `n0` pairs of a first stage follows `n = (t s / h)^2`, with
//! `t` Student's quantile of `n0 - 1` degrees of freedom; the mean of all `n` pairs (and at least
//! `n0`) then lies within `h` of the true difference with the confidence stated, whatever the true
//! variance (Stein 1945). The data are looked at once only, so nothing is lost to looking often. The
//! risk is divided by the number of differences (Bonferroni), so that all intervals hold together.
//!
//! Stein's theorem takes differences to be normal. `s` of a short first stage is too small rather
//! often where they are skewed, so the interval that is given is never narrower than `h`, nor than
//! Student's over all `n` pairs with the same risk, which the mean of many pairs makes nearly true
//! whatever they look like.
//!
//! Over plausible worlds the interval is that of chance, and more replications in each world narrow it;
//! every world takes a degree of freedom.

use crate::experiment::statistics::compare::Comparison;
use crate::experiment::statistics::paired::{CONFIDENCE, Effect, quantile_of};

/// A half-width that is wanted of an outcome.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WantedWidth {
    /// Position of the outcome.
    pub outcome: usize,
    /// Largest half-width of the interval.
    pub half_width: f64,
}

/// The first stage: pairs behind it, and differences whose intervals must hold together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FirstStage {
    /// Pairs, of all worlds.
    pub pairs: u32,
    /// Worlds that they lie in, each with a mean of its own; 1 without plausible worlds.
    pub worlds: u32,
    /// Differences.
    pub differences: usize,
}

impl FirstStage {
    /// Student's quantile over so many pairs, with the risk divided.
    fn quantile(self, pairs: u32) -> f64 {
        let risk = (1.0 - CONFIDENCE) / self.differences as f64;
        quantile_of((pairs + 1).saturating_sub(self.worlds), risk)
    }

    /// Pairs that a difference with this standard deviation needs for `half_width`.
    pub fn needed(self, deviation: f64, half_width: f64) -> u32 {
        let root = self.quantile(self.pairs) * deviation / half_width;
        let pairs = (root * root).ceil().min(f64::from(u32::MAX));
        self.pairs.max(pairs as u32)
    }

    /// Half-width of the interval round the mean of all `pairs`, with this standard deviation, where
    /// `wanted` was asked for.
    pub fn half_width(self, wanted: f64, deviation: f64, pairs: u32) -> f64 {
        wanted.max(self.quantile(pairs) * deviation / libm::sqrt(f64::from(pairs)))
    }
}

/// A difference that was to be narrow, and how narrow it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Narrowed {
    /// Position of the policy.
    pub policy: usize,
    /// What was asked for.
    pub wish: WantedWidth,
    /// Standard deviation in the first stage.
    pub first_deviation: f64,
    /// Pairs that it needs.
    pub needed: u32,
    /// The difference over all pairs, with the interval that holds for itself alone.
    pub effect: Effect,
    /// Half-width of the interval; those of all differences hold together.
    pub half_width: f64,
}

/// What came of `wishes` for every policy, from the `first` stage and all pairs.
pub fn narrowed(
    wishes: &[WantedWidth],
    stage: FirstStage,
    (first, whole): (&Comparison, &Comparison),
) -> Vec<Narrowed> {
    let of = |(policy, wish): (usize, &WantedWidth)| {
        let first_deviation = first.deviation(policy, wish.outcome);
        let effect = whole.judged(policy, wish.outcome);
        let deviation = whole.deviation(policy, wish.outcome);
        Narrowed {
            policy,
            wish: *wish,
            first_deviation,
            needed: stage.needed(first_deviation, wish.half_width),
            half_width: stage.half_width(wish.half_width, deviation, effect.pairs),
            effect,
        }
    };
    let policies = 1..first.policies();
    let each = policies.flat_map(|policy| wishes.iter().map(move |wish| (policy, wish)));
    each.map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::{Chance, Draw};
    use crate::experiment::statistics::paired::Pairs;
    use crate::world::by_hand::near;

    /// 2,000 studies of 3 policies each: all three intervals hold in 95 % of studies or more.
    #[test]
    fn all_intervals_hold_together_as_often_as_is_said() {
        let chance = Chance::new(21, 0);
        let truths = [0.0, 0.2, -0.4];
        let stage = FirstStage {
            pairs: 10,
            worlds: 1,
            differences: 3,
        };
        let (mut held, mut largest) = (0, 0);
        for study in 0..2000 {
            let mut words = chance.words(Draw::new(950, 1), study, 0);
            let mut draw = |truth: f64, deviation: f64| truth + deviation * words.normal();
            let all = truths
                .iter()
                .zip([0.2, 0.5, 1.0])
                .all(|(truth, deviation)| {
                    let mut pairs = Pairs::default();
                    (0..stage.pairs).for_each(|_| pairs.add(0.0, draw(*truth, deviation)));
                    let first = pairs.deviation();
                    let n = stage.needed(first, 0.3);
                    (stage.pairs..n).for_each(|_| pairs.add(0.0, draw(*truth, deviation)));
                    largest = largest.max(n);
                    let half = stage.half_width(0.3, pairs.deviation(), n);
                    assert!(half < 0.6, "{half}");
                    (pairs.effect().difference - truth).abs() <= half
                });
            held += i32::from(all);
        }
        let share = f64::from(held) / 2000.0;
        assert!(share >= 0.94, "held in {share}");
        assert!(largest > 100, "the widest needs many pairs, not {largest}");
    }

    /// The same where differences are as skewed as an exponential, and all policies get the pairs
    /// that the widest needs.
    #[test]
    fn intervals_of_skewed_differences_hold_too() {
        let chance = Chance::new(22, 0);
        let stage = FirstStage {
            pairs: 10,
            worlds: 1,
            differences: 3,
        };
        for wanted in [0.05, 0.2] {
            let mut held = 0;
            for study in 0..1000 {
                let mut words = chance.words(Draw::new(950, 3), study, 0);
                let mut pairs = [Pairs::default(); 3];
                let mut draw = |pairs: &mut [Pairs; 3]| {
                    for (pairs, scale) in pairs.iter_mut().zip([0.05, 0.1, 0.3]) {
                        pairs.add(0.0, -scale * libm::log(words.open_uniform()));
                    }
                };
                (0..stage.pairs).for_each(|_| draw(&mut pairs));
                let needed = pairs.map(|of| stage.needed(of.deviation(), wanted));
                let n = needed.into_iter().max().unwrap();
                (stage.pairs..n).for_each(|_| draw(&mut pairs));
                held += i32::from(pairs.iter().zip([0.05, 0.1, 0.3]).all(|(of, truth)| {
                    let half = stage.half_width(wanted, of.deviation(), n);
                    (of.effect().difference - truth).abs() <= half
                }));
            }
            assert!(held >= 950, "held in {held} of 1000 for {wanted}");
        }
    }

    #[test]
    fn a_narrow_difference_needs_no_second_stage() {
        let stage = FirstStage {
            pairs: 8,
            worlds: 1,
            differences: 1,
        };
        assert_eq!(stage.needed(0.01, 0.1), 8);
        assert_eq!(stage.needed(0.0, 0.1), 8);
    }

    /// With a deviation of 1 for a half-width of .5: `(2 t)^2` pairs, with t = 2.262 for 9 degrees of
    /// freedom, 2.365 for 7, 2.685 where the risk is shared by two.
    #[test]
    fn a_hand_calculated_second_stage() {
        let stage = |worlds, differences| FirstStage {
            pairs: 10,
            worlds,
            differences,
        };
        assert_eq!(stage(1, 1).needed(1.0, 0.5), 21);
        assert_eq!(stage(3, 1).needed(1.0, 0.5), 23);
        assert_eq!(stage(1, 2).needed(1.0, 0.5), 29);
        assert_eq!(stage(1, 1).needed(2.0, 0.5), 82);
        // t = 2.131 over the root of 16
        assert!((stage(1, 1).half_width(0.1, 1.0, 16) - 0.532_862_386).abs() < 1e-8);
        near(stage(1, 1).half_width(0.7, 1.0, 16), 0.7);
    }
}
