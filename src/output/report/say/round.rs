//! Numbers short enough to be read, and no longer than they are sure.

/// `value` with so many significant digits.
pub fn short(value: f64, digits: usize) -> f64 {
    format!("{value:.*e}", digits - 1)
        .parse()
        .expect("a printed number is a number")
}

/// `value` to the second digit of its interval's half-width: what comes after says nothing. Four significant digits
/// where there is no such width.
pub fn sure(value: f64, half: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    let first = |of: f64| libm::floor(libm::log10(of.abs()));
    let digits = match half.is_finite() && half > 0.0 {
        true => (first(value) - first(half) + 2.0).clamp(1.0, 5.0) as usize,
        false => 4,
    };
    short(value, digits)
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
    fn a_difference_goes_as_far_as_its_interval() {
        assert_eq!(sure(0.016526, 0.0031), 0.0165);
        assert_eq!(sure(-0.016526, 0.00031), -0.01653);
        assert_eq!(sure(0.23762, 0.12), 0.24);
        assert_eq!(sure(0.0003, 0.12), 0.0003);
        assert_eq!(sure(123_456.7, 0.0), 123_500.0);
        assert!(sure(f64::NAN, 0.1).is_nan());
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
    fn short_numbers_keep_their_size() {
        assert_eq!(short(0.123_456, 4), 0.1235);
        assert_eq!(short(-123_456.0, 4), -123_500.0);
        assert!(short(f64::NAN, 4).is_nan());
        assert_eq!(short(0.0, 4), 0.0);
    }

    #[test]
    fn numbers_have_true_signs() {
        assert_eq!(number(-0.0312, 2, true), "\u{2212}0.03");
        assert_eq!(number(0.0312, 2, true), "+0.03");
        assert_eq!(number(-0.001, 2, true), "0.00");
    }
}
