//! Plain mathematics that several parts share. No word of the model stands here.
//!
//! Transcendental functions come from `libm`, so results have the same bits on every platform.

use std::cmp::Ordering;

use serde::Serialize;

/// A value with the ends of its interval; NaN where one is not known.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interval {
    /// The value.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// The interval from `low` to `high` round `value`.
    pub fn of(value: Option<f64>, low: Option<f64>, high: Option<f64>) -> Self {
        let [value, low, high] = [value, low, high].map(|x| x.unwrap_or(f64::NAN));
        Self { value, low, high }
    }

    /// Half its width.
    pub fn half(&self) -> f64 {
        (self.high - self.low) / 2.0
    }
}

/// Numbers in the order of their size.
pub trait BySize {
    /// The order of two numbers. What is no number comes before all others: it has a sign of its own, which
    /// the processor that made it chooses, and by which a total order would put it before or behind them.
    fn by_size(&self, other: &Self) -> Ordering;
}

impl BySize for f64 {
    #[allow(
        clippy::disallowed_methods,
        reason = "the one place that knows of no numbers"
    )]
    fn by_size(&self, other: &Self) -> Ordering {
        match (self.is_nan(), other.is_nan()) {
            (false, false) => self.total_cmp(other),
            (own, theirs) => theirs.cmp(&own),
        }
    }
}

/// `x`; what is no number always with the same bits, whatever the processor.
pub fn same_bits(x: f64) -> f64 {
    if x.is_nan() { f64::NAN } else { x }
}

/// `1 / (1 + exp(-x))`.
pub fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}

/// Mean of `values`; NaN when there are none.
pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// `x` with so many significant digits.
pub fn short(x: f64, digits: usize) -> f64 {
    format!("{x:.*e}", digits - 1).parse().unwrap_or(x)
}

/// `x` to six significant digits: as tables that people read hold it.
pub fn six_digits(x: f64) -> f64 {
    short(x, 6)
}

/// A share in the making: so much of so much.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Fraction {
    /// What is counted.
    pub part: f64,
    /// What it is a part of.
    pub whole: f64,
}

impl Fraction {
    /// Adds `part` of `whole`.
    pub fn add(&mut self, part: f64, whole: f64) {
        self.part += part;
        self.whole += whole;
    }

    /// Part by whole; 0 where there is nothing.
    pub fn share(self) -> f64 {
        if self.whole > 0.0 {
            self.part / self.whole
        } else {
            0.0
        }
    }
}

/// Standard deviation of `values` taken as the whole population.
pub fn population_sd(values: &[f64]) -> f64 {
    let mean = mean(values);
    let squares: f64 = values.iter().map(|x| (x - mean) * (x - mean)).sum();
    libm::sqrt(squares / values.len() as f64)
}

/// Median of `values`, the mean of the middle two for an even number; NaN when there are none.
pub fn median(values: &mut [f64]) -> f64 {
    let n = values.len();
    if n == 0 {
        return f64::NAN;
    }
    let (below, &mut middle, _) = values.select_nth_unstable_by(n / 2, f64::by_size);
    if n % 2 == 1 {
        return middle;
    }
    let before = below.iter().copied().max_by(f64::by_size);
    0.5 * (before.unwrap_or(middle) + middle)
}

/// The value below which the share `share` of `values` lies, straight between neighbours as in
/// pandas and R; values that are no numbers are left out, NaN when none is left.
pub fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|x| !x.is_nan()).collect();
    sorted.sort_unstable_by(f64::by_size);
    let Some(last) = sorted.len().checked_sub(1) else {
        return f64::NAN;
    };
    let place = share * last as f64;
    let (below, above) = (place as usize, (place as usize + 1).min(last));
    sorted[below] + (place - below as f64) * (sorted[above] - sorted[below])
}

/// The [`quantile`] of `values` below which each of the `shares` lies.
pub fn quantiles<const N: usize>(values: &[f64], shares: [f64; N]) -> [f64; N] {
    shares.map(|share| quantile(values, share))
}

/// The value below which a share `q` of the weight of `values` lies; NaN without values.
pub fn weighted_quantile(values: &[f64], weights: &[f64], q: f64) -> f64 {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].by_size(&values[*b]));
    let whole: f64 = weights.iter().sum();
    let mut below = 0.0;
    for i in &order {
        below += weights[*i];
        if below >= q * whole {
            return values[*i];
        }
    }
    order.last().map_or(f64::NAN, |last| values[*last])
}

/// Wilson's (1927) 95 % interval of a share of `part` in `whole`.
pub fn share_interval(part: u64, whole: u64) -> (f64, f64) {
    const Z: f64 = 1.959_963_984_540_054;
    let (n, p) = (whole as f64, part as f64 / whole as f64);
    let centre = p + Z * Z / (2.0 * n);
    let half = Z * libm::sqrt(p * (1.0 - p) / n + Z * Z / (4.0 * n * n));
    let scale = 1.0 + Z * Z / n;
    (
        ((centre - half) / scale).max(0.0),
        ((centre + half) / scale).min(1.0),
    )
}

/// Gini coefficient of `values` (0 when all are equal); 0 when their sum is 0.
pub fn gini(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::by_size);
    let n = sorted.len() as f64;
    let total: f64 = sorted.iter().sum();
    if total <= 0.0 {
        return 0.0;
    }
    let ranked: f64 = sorted
        .iter()
        .enumerate()
        .map(|(i, x)| (i + 1) as f64 * x)
        .sum();
    2.0 * ranked / (n * total) - (n + 1.0) / n
}

/// Coefficient of variation of `values`; 0 when their mean is 0.
pub fn variation(values: &[f64]) -> f64 {
    let mean = mean(values);
    if mean == 0.0 {
        0.0
    } else {
        population_sd(values) / mean
    }
}

/// Pearson's correlation; NaN when either list does not vary.
pub fn pearson(x: &[f64], y: &[f64]) -> f64 {
    let (mx, my) = (mean(x), mean(y));
    let cross: f64 = x.iter().zip(y).map(|(a, b)| (a - mx) * (b - my)).sum();
    let square = |v: &[f64], m: f64| v.iter().map(|a| (a - m) * (a - m)).sum::<f64>();
    cross / libm::sqrt(square(x, mx) * square(y, my))
}

/// Spearman's (1904) correlation of ranks, ties sharing their mean rank; NaN when either list does not vary.
pub fn spearman(x: &[f64], y: &[f64]) -> f64 {
    pearson(&ranks(x), &ranks(y))
}

fn ranks(values: &[f64]) -> Vec<f64> {
    let below = |x: f64| values.iter().filter(|v| **v < x).count() as f64;
    let same = |x: f64| values.iter().filter(|v| **v == x).count() as f64;
    let rank = |x: &f64| below(*x) + (same(*x) + 1.0) / 2.0;
    values.iter().map(rank).collect()
}

/// Steps of a fixed-point number in one unit: sums of such numbers do not depend on their order.
pub const FIXED_ONE: f32 = 65_536.0;

/// Adding 2^23 leaves the rounded value in the low bits of the mantissa: one addition instead of a
/// conversion with its checks.
const SHIFT: f32 = 8_388_608.0;

/// `x` from 0 to 1 as a fixed-point number with 16 binary places, rounded to the nearest.
#[inline(always)]
pub fn to_fixed(x: f32) -> i32 {
    unshifted(to_shifted(x), 1)
}

/// The same with a shift that [`unshifted`] takes from a whole sum of them at once.
#[inline(always)]
pub fn to_shifted(x: f32) -> u32 {
    (x * FIXED_ONE + SHIFT).to_bits()
}

/// What the sum of `count` shifted numbers, itself from 0 to 32,767, is without the shifts.
#[inline(always)]
pub fn unshifted(sum: u32, count: usize) -> i32 {
    sum.wrapping_sub((count as u32).wrapping_mul(SHIFT.to_bits())) as i32
}

/// A sum of fixed-point numbers as a float.
pub fn from_fixed(sum: i64) -> f64 {
    sum as f64 / f64::from(FIXED_ONE)
}

/// Bytes in hexadecimal digits, two a byte.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_number_comes_first_and_has_the_same_bits_whatever_its_sign() {
        let mut values = [2.0, f64::NAN, -1.0, -f64::NAN, f64::NEG_INFINITY];
        values.sort_by(f64::by_size);
        assert!(values[..2].iter().all(|value| value.is_nan()));
        assert_eq!(values[2..], [f64::NEG_INFINITY, -1.0, 2.0]);
        assert_eq!(f64::NAN.by_size(&-f64::NAN), Ordering::Equal);
        let bits = [f64::NAN, -f64::NAN].map(|none| same_bits(none).to_bits());
        assert_eq!(bits, [f64::NAN.to_bits(); 2]);
        assert_eq!(same_bits(-0.0).to_bits(), f64::to_bits(-0.0));
    }

    #[test]
    fn fixed_point_rounds_to_the_nearest() {
        for (x, fixed) in [(0.0, 0), (1.0, 65_536), (0.5, 32_768), (1.6 / 65_536.0, 2)] {
            assert_eq!(to_fixed(x), fixed);
        }
        assert_eq!(from_fixed(32_768), 0.5);
    }

    #[test]
    fn short_numbers_keep_their_size() {
        assert_eq!(short(0.123_456, 4), 0.1235);
        assert_eq!(short(-123_456.0, 4), -123_500.0);
        assert!(short(f64::NAN, 4).is_nan());
        assert_eq!(short(0.0, 4), 0.0);
    }

    #[test]
    fn bytes_have_two_digits_each() {
        assert_eq!(hex(&[0x00, 0x0a, 0xff]), "000aff");
    }

    #[test]
    fn median_of_odd_even_and_none() {
        assert_eq!(median(&mut [3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&mut [4.0, 1.0, 2.0, 3.0]), 2.5);
        assert!(median(&mut []).is_nan());
    }

    #[test]
    fn quantiles_follow_the_weights() {
        let values = [3.0, 1.0, 2.0];
        assert_eq!(weighted_quantile(&values, &[0.2, 0.2, 0.6], 0.5), 2.0);
        assert_eq!(weighted_quantile(&values, &[0.9, 0.05, 0.05], 0.5), 3.0);
    }

    #[test]
    fn an_interval_of_a_share_holds_it() {
        let (low, high) = share_interval(0, 100);
        assert!(low < 1e-12 && high > 0.02 && high < 0.05);
        let (low, high) = share_interval(50, 100);
        assert!((low - 0.4038).abs() < 1e-3 && (high - 0.5962).abs() < 1e-3);
    }

    #[test]
    fn gini_of_known_cases() {
        assert!(gini(&[2.0, 2.0, 2.0]).abs() < 1e-15);
        assert!((gini(&[0.0, 0.0, 0.0, 1.0]) - 0.75).abs() < 1e-15);
        assert_eq!(gini(&[0.0, 0.0]), 0.0);
    }

    #[test]
    fn variation_of_equal_values_is_zero() {
        assert_eq!(variation(&[0.5; 31]), 0.0);
        assert!((variation(&[1.0, 3.0]) - 0.5).abs() < 1e-15);
    }

    #[test]
    fn known_correlations() {
        assert!((pearson(&[1.0, 2.0, 3.0], &[2.0, 4.0, 6.0]) - 1.0).abs() < 1e-12);
        assert!((spearman(&[1.0, 2.0, 9.0], &[5.0, 0.0, -7.0]) + 1.0).abs() < 1e-12);
        assert_eq!(ranks(&[3.0, 1.0, 3.0]), [2.5, 1.0, 2.5]);
        assert!(pearson(&[1.0, 1.0], &[0.0, 1.0]).is_nan());
    }

    #[test]
    fn logistic_is_symmetric() {
        assert_eq!(logistic(0.0), 0.5);
        assert!((logistic(2.0) + logistic(-2.0) - 1.0).abs() < 1e-15);
    }
}
