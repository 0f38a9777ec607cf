//! Intervals that may be looked at as often as one likes: a confidence sequence for a mean of normal
//! values with unknown variance (Lai 1976; Wang and Ramdas 2024, theorem 4.1).
//!
//! For a mean `m` held against `n` values with mean `x` and sum of squares `s` around it,
//!
//! ```text
//! M(m) = sqrt(c / (n + c)) ((n + c) v / ((n + c) v - n^2 (x - m)^2))^(n / 2),   v = s + n (x - m)^2
//! ```
//!
//! is a martingale that starts at 1 if `m` is true, whatever the variance. By Ville's inequality it passes
//! `1 / miss` with probability `miss` at most, at any of all looks together. The interval holds the means
//! that it has not passed at.

use crate::experiment::statistics::paired::CONFIDENCE;

/// How wide effects are thought likely: as if one value with no effect had been seen.
const PRIOR: f64 = 1.0;

/// Half the interval of the mean of `n` values with this standard deviation, right at any of all looks
/// together with 95 % probability; infinite as long as nothing can be said.
pub fn half_width(n: u32, deviation: f64) -> f64 {
    half_width_at(n, deviation, 1.0 - CONFIDENCE)
}

fn half_width_at(n: u32, deviation: f64, miss: f64) -> f64 {
    if n < 2 || deviation.is_nan() {
        return f64::INFINITY;
    }
    let count = f64::from(n);
    let bound = libm::pow((count + PRIOR) / (PRIOR * miss * miss), 1.0 / count);
    let room = count + PRIOR - bound * PRIOR;
    if room <= 0.0 {
        return f64::INFINITY;
    }
    let squares = deviation * deviation * (count - 1.0);
    libm::sqrt((bound - 1.0) * (count + PRIOR) * squares / room / count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::{Chance, Draw};
    use crate::experiment::statistics::paired::{Pairs, student_quantile};

    /// The martingale as it is written above.
    fn martingale(values: &[f64], mean: f64) -> f64 {
        let n = values.len() as f64;
        let sum: f64 = values.iter().map(|x| x - mean).sum();
        let v: f64 = values.iter().map(|x| (x - mean) * (x - mean)).sum();
        let whole = (n + PRIOR) * v;
        libm::sqrt(PRIOR / (n + PRIOR)) * libm::pow(whole / (whole - sum * sum), n / 2.0)
    }

    #[test]
    fn the_ends_are_where_the_martingale_passes_its_bound() {
        let values = [0.3, 0.1, 0.4, 0.2, 0.35, 0.15, 0.28, 0.31];
        let mut pairs = Pairs::default();
        values.iter().for_each(|value| pairs.add(0.0, *value));
        let half = half_width(8, pairs.deviation());
        let mean = pairs.effect().difference;
        for end in [mean - half, mean + half] {
            assert!((martingale(&values, end) - 20.0).abs() < 1e-9);
        }
    }

    #[test]
    fn few_values_say_nothing_and_looking_has_a_price() {
        assert_eq!(half_width(1, 1.0), f64::INFINITY);
        assert_eq!(half_width(3, 1.0), f64::INFINITY);
        assert_eq!(half_width(9, f64::NAN), f64::INFINITY);
        for n in 5..200 {
            let once = student_quantile(n) / libm::sqrt(f64::from(n));
            assert!(half_width(n, 1.0) > once);
            assert!(half_width(n + 1, 1.0) < half_width(n, 1.0));
        }
    }

    /// With a true effect of nothing, looks after each of 100 pairs claim one in 5 % of studies or fewer.
    #[test]
    fn looking_after_every_pair_does_not_make_claims_of_nothing() {
        let chance = Chance::new(17, 0);
        let claimed = (0..1000).filter(|study| {
            let mut words = chance.words(Draw::new(951, 0), *study, 0);
            let mut pairs = Pairs::default();
            (0..100).any(|_| {
                let shared = words.normal();
                pairs.add(shared, shared + 0.5 * words.normal());
                let effect = pairs.effect();
                let half = half_width(effect.pairs, pairs.deviation());
                effect.difference.abs() > half
            })
        });
        let share = claimed.count() as f64 / 1000.0;
        assert!(share <= 0.05, "claimed in {share}");
    }
}
