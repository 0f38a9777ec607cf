//! Numbers and names as people read them in a table.

/// An outcome as the head of a column.
pub fn short_name(outcome: &str) -> String {
    outcome.replace("_collaboration", "_collab.")
}

/// A number with three places, or a dash where it has no meaning.
pub fn decimal(value: f64) -> String {
    if value.is_finite() {
        format!("{value:.3}")
    } else {
        "-".into()
    }
}

/// A difference with its half-width, as `+0.231 ±.012`; what rounds to nothing has no sign.
pub fn difference(value: f64, half_width: f64) -> String {
    if !value.is_finite() || !half_width.is_finite() {
        return signed(value);
    }
    let half = match half_width {
        0.0 => ".000".to_owned(),
        half if half < VISIBLE => "<.001".to_owned(),
        half => format!("{half:.3}").trim_start_matches('0').to_owned(),
    };
    format!("{} ±{half}", signed(value))
}

/// What rounds to a number other than 0 with three places.
const VISIBLE: f64 = 0.0005;

/// A number with its sign and three places, or a dash where it has no meaning.
pub fn signed(value: f64) -> String {
    match value {
        x if !x.is_finite() => "-".into(),
        x if x.abs() < VISIBLE => "0.000".into(),
        x => format!("{x:+.3}"),
    }
}

/// A large number in the unit that people say: thousand, million, billion.
pub fn amount(value: f64) -> String {
    let (divided, unit) = match value {
        v if v >= 1e9 => (v / 1e9, " bn"),
        v if v >= 1e6 => (v / 1e6, " m"),
        v => (v, ""),
    };
    format!("{divided:.1}{unit}")
}

/// A size in memory or on disk.
pub fn bytes(value: f64) -> String {
    match value {
        v if v >= 1e9 => format!("{:.1} GB", v / 1e9),
        v => format!("{:.1} MB", v / 1e6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_read_them() {
        assert_eq!(difference(0.2312, 0.0119), "+0.231 ±.012");
        assert_eq!(difference(-0.5, f64::NAN), "-0.500");
        assert_eq!(difference(f64::NAN, 0.1), "-");
        assert_eq!(difference(-0.0001, 0.0002), "0.000 ±<.001");
        assert_eq!(difference(0.0, 0.0), "0.000 ±.000");
        assert_eq!(amount(2.5e9), "2.5 bn");
        assert_eq!(amount(12.0), "12.0");
        assert_eq!(bytes(528_662.5), "0.5 MB");
        assert_eq!(bytes(1.67e10), "16.7 GB");
    }
}
