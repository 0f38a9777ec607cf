//! A comparison in characters: what every policy does to one outcome, with both of its intervals.

use crate::cli::shared::terminal::length;
use crate::numeric::Interval;

/// Fewest and most characters of a bar.
const BARS: [usize; 2] = [16, 48];

/// A row of the picture.
#[derive(Debug, Clone, Copy)]
pub struct Bar {
    /// Mean difference with its interval by chance.
    pub chance: Interval,
    /// 5th and 95th percentile over plausible worlds; none where only chance is shown.
    pub worlds: Option<[f64; 2]>,
}

impl Bar {
    fn ends(&self) -> [f64; 2] {
        let [low, high] = self.worlds.unwrap_or([self.chance.value; 2]);
        let known = |x: f64, or: f64| if x.is_finite() { x } else { or };
        let value = known(self.chance.value, 0.0);
        [
            known(low, value).min(known(self.chance.low, value)),
            known(high, value).max(known(self.chance.high, value)),
        ]
    }
}

/// Characters that are left for bars beside these `rows` on a terminal of this `width`; none where that is
/// too little.
pub fn room(rows: &[Vec<String>], width: usize) -> Option<usize> {
    let columns = rows.first().map_or(0, Vec::len);
    let widest = |column: usize| rows.iter().map(|row| length(&row[column])).max();
    let used: usize = (0..columns).map(|c| widest(c).unwrap_or(0) + 2).sum();
    let left = width.saturating_sub(used);
    (left >= BARS[0]).then(|| left.min(BARS[1]))
}

/// The bars on one scale that holds zero: `-` the range of plausible worlds, `#` the interval by chance, `|`
/// zero.
pub fn drawn(bars: &[Bar], room: usize) -> Vec<String> {
    let ends = bars.iter().map(Bar::ends);
    let [low, high] = ends.fold([0.0_f64; 2], |[low, high], [a, b]| {
        [low.min(a), high.max(b)]
    });
    let step = (high - low) / (room - 1) as f64;
    let column = |x: f64| match step > 0.0 {
        true => (((x - low) / step).round() as usize).min(room - 1),
        false => 0,
    };
    let line = |bar: &Bar| {
        let mut cells = vec![' '; room];
        let mut fill = |from: f64, to: f64, with: char| {
            if from.is_finite() && to.is_finite() {
                cells[column(from)..=column(to)].fill(with);
            }
        };
        let value = bar.chance.value;
        let [from, to] = bar.worlds.unwrap_or([f64::NAN; 2]);
        fill(from, to, '─');
        fill(0.0, 0.0, '│');
        fill(value, value, '█');
        fill(bar.chance.low, bar.chance.high, '█');
        cells.into_iter().collect::<String>()
    };
    bars.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(value: f64, half: f64, worlds: Option<[f64; 2]>) -> Bar {
        Bar {
            chance: Interval {
                value,
                low: value - half,
                high: value + half,
            },
            worlds,
        }
    }

    #[test]
    fn bars_stand_on_one_scale_round_zero() {
        let bars = [
            bar(1.0, 0.0, Some([0.0, 1.5])),
            bar(-0.5, 0.25, None),
            bar(f64::NAN, 0.0, None),
        ];
        // a step is an eighth: -.5 less .25 is the left end, 1.5 the right one
        assert_eq!(
            drawn(&bars, 19),
            [
                "      │───────█────",
                "█████ │            ",
                "      │            "
            ]
        );
    }

    #[test]
    fn without_any_difference_all_stand_on_zero() {
        assert_eq!(drawn(&[bar(0.0, 0.0, None)], 16), ["█               "]);
    }

    #[test]
    fn there_must_be_room_for_them() {
        let rows = [vec!["mandate".to_owned(), "+0.125 ±.114".to_owned()]];
        assert_eq!(room(&rows, 30), None);
        assert_eq!(room(&rows, 45), Some(22));
        assert_eq!(room(&rows, 200), Some(48));
    }
}
