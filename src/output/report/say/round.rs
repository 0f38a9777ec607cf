//! Numbers short enough to be read, and no longer than they are sure.

use crate::numeric::short;

/// A difference in four and its half-width in two significant digits, or in so many more that both still say whether
/// the interval holds nothing.
pub fn as_clear(difference: f64, half: f64) -> [f64; 2] {
    let exact = [difference, half];
    let is_clear = |[difference, half]: [f64; 2]| difference.abs() > half;
    let with_more = |more: usize| [short(difference, 4 + more), short(half, 2 + more)];
    let mut told = (0..14).map(with_more);
    let found = told.find(|told| is_clear(*told) == is_clear(exact));
    found.unwrap_or(exact)
}

/// Decimal places that a value with this half-width of its interval deserves.
pub fn places(value: f64, half: f64) -> usize {
    let least = match value.abs() {
        large if large >= 100.0 => 0,
        middling if middling >= 10.0 => 1,
        _ => 2,
    };
    // A tenth of a percentage point is enough, except for what is smaller than ten of them.
    let most = if value.abs() < 0.01 { 4 } else { 3 };
    if half == 0.0 && least == 2 {
        most
    } else if half.is_finite() && half > 0.0 {
        let sure = -libm::floor(libm::log10(half));
        (sure.max(0.0) as usize).clamp(least, most)
    } else {
        least
    }
}

/// Whether an interval of this half-width could not be told from its middle in so many places.
pub fn is_narrow(half: f64, places: usize) -> bool {
    half < 0.5 * libm::pow(10.0, -(places as f64))
}

/// Whether a difference is too small to be worth stating: its whole interval lies within `least` of
/// nothing.
pub fn is_little([low, high]: [f64; 2], least: f64) -> bool {
    low > -least && high < least
}

/// A number with so many places and a true minus sign; with a plus sign when `signed`.
pub fn number(value: f64, places: usize, signed: bool) -> String {
    // Half goes up, as in the page's script.
    let scale = libm::pow(10.0, places as f64);
    let digits = format!("{:.places$}", (value.abs() * scale).round() / scale);
    let zero = digits.chars().all(|c| c == '0' || c == '.');
    match (value < 0.0 && !zero, signed && !zero) {
        (true, _) => format!("\u{2212}{digits}"),
        (false, true) => format!("+{digits}"),
        (false, false) => digits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_clear_stays_clear_and_what_is_not_does_not_become_so() {
        assert_eq!(as_clear(0.016_526, 0.003_149), [0.01653, 0.0031]);
        assert_eq!(as_clear(0.0, 0.0), [0.0, 0.0]);
        // in two digits the half-width would fall below the difference, or rise above it
        assert_eq!(as_clear(0.115_12, 0.115_1), [0.11512, 0.115]);
        assert_eq!(as_clear(0.115_12, 0.115_44), [0.1151, 0.12]);
        assert_eq!(as_clear(-0.115_64, 0.115_56), [-0.11564, 0.1156]);
        assert_eq!(as_clear(0.115_2, 0.115_2), [0.1152, 0.12]);
        assert!(as_clear(f64::NAN, 0.1)[0].is_nan());
        assert!(as_clear(0.1, f64::NAN)[1].is_nan());
    }

    #[test]
    fn as_many_places_as_are_sure() {
        assert_eq!(places(0.2312, 0.02), 2);
        assert_eq!(places(0.2312, 0.0025), 3);
        assert_eq!(places(0.2312, 0.000_25), 3);
        assert_eq!(places(0.0046, 0.0009), 4);
        assert_eq!(places(312.0, 4.0), 0);
        assert_eq!(places(0.3, 0.0), 3);
        assert_eq!(places(312.0, 0.0), 0);
        assert_eq!(places(0.3, f64::NAN), 2);
    }

    #[test]
    fn numbers_have_true_signs() {
        assert_eq!(number(-0.0312, 2, true), "\u{2212}0.03");
        assert_eq!(number(0.0312, 2, true), "+0.03");
        assert_eq!(number(-0.001, 2, true), "0.00");
    }
}
