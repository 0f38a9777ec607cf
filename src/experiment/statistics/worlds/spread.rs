//! How far worlds lie apart: percentiles and shares of worlds, each with an interval of its own.
//!
//! The mean of few replications scatters round the truth of its world, so means of worlds lie further
//! apart than worlds do. They are drawn together round their mean until their variance is that of the
//! worlds (Louis 1984), before percentiles are taken. Worlds are counted by the means as they were seen:
//! drawn towards a large mean, a world without any effect would count as one with. With no more than
//! chance between them, all worlds say the same.

use std::collections::BTreeMap;

use statrs::function::beta::{beta_reg, checked_beta_reg};

use crate::model::outcome::Direction;
use crate::numeric::{BySize as _, Interval};

/// Risk at each end of the interval of a percentile: 59 worlds are the fewest of which the outermost
/// lies beyond the 5th percentile with so little risk of the contrary (Wilks 1941).
pub const PERCENTILE_RISK: f64 = 0.05;
/// Risk at each end of the interval of a share of worlds.
pub const SHARE_RISK: f64 = 0.025;
/// Percentiles over worlds that are told.
const PERCENTILES: [f64; 3] = [0.05, 0.5, 0.95];
/// Fewer worlds than these, counted by their weights, tell little of their range.
pub const FEW_WORLDS: f64 = 30.0;

/// How far worlds lie apart in one difference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WorldSpread {
    /// Worlds in which it is known.
    pub worlds: u32,
    /// As many equally weighted worlds would say as much (Kish 1965).
    pub effective: f64,
    /// 5th percentile.
    pub low: f64,
    /// Median.
    pub median: f64,
    /// 95th percentile.
    pub high: f64,
    /// Share of worlds in which the policy is higher, equal ones counted half.
    pub higher: f64,
    /// Worlds that the share tells as much as: where chance decides on which side of 0 the mean of a
    /// world lies, only the part of `effective` that the worlds have in the variance.
    pub share_worlds: f64,
    /// Variance between replications of a world; NaN where no world has two.
    pub variance_chance: f64,
    /// Variance between worlds, less what chance adds to it; NaN where that is not known.
    pub variance_worlds: f64,
}

impl WorldSpread {
    /// Share of worlds in which the policy is better; NaN for a neutral outcome.
    pub fn better(&self, direction: Direction) -> f64 {
        match direction {
            Direction::Up => self.higher,
            Direction::Down => 1.0 - self.higher,
            Direction::Neutral => f64::NAN,
        }
    }

    /// Standard error of the mean, were `worlds` drawn anew with `replications` in each.
    pub fn standard_error(&self, worlds: f64, replications: f64) -> f64 {
        let between = self.variance_worlds.max(0.0);
        libm::sqrt((between + self.variance_chance / replications) / worlds)
    }

    /// Whether the worlds are too few to tell their range.
    pub fn is_thin(&self) -> bool {
        self.effective < FEW_WORLDS
    }
}

/// What worlds say, in the order of what they say.
#[derive(Debug, Clone)]
pub(super) struct Ranked {
    /// As they were seen, with weights that sum to 1.
    values: Vec<(f64, f64)>,
    mean: f64,
    /// By how much they are to be drawn together.
    narrower: f64,
    effective: f64,
    variance_worlds: f64,
}

impl Ranked {
    /// Of worlds with these means and weights that sum to 1, which say as much as `effective` of equal
    /// weight; chance adds `added` to the variance between the means, times `1 - sum w^2`.
    pub fn of(mut values: Vec<(f64, f64)>, effective: f64, added: f64) -> Self {
        let squares = 1.0 / effective;
        let mean: f64 = values.iter().map(|(mean, weight)| mean * weight).sum();
        let apart = values.iter().map(|(m, w)| w * (m - mean) * (m - mean));
        let between = match values.len() {
            0 | 1 => f64::NAN,
            _ => apart.sum::<f64>() / (1.0 - squares),
        };
        let variance_worlds = between - added / (1.0 - squares);
        values.sort_by(|a, b| a.0.by_size(&b.0));
        Self {
            narrower: drawn_together(variance_worlds, between),
            values,
            mean,
            effective,
            variance_worlds,
        }
    }

    /// Where a world with the mean `seen` lies.
    fn drawn(&self, seen: f64) -> f64 {
        self.mean + self.narrower * (seen - self.mean)
    }

    /// How far they lie apart.
    pub fn spread(&self, variance_chance: f64) -> WorldSpread {
        let value = |share| self.drawn(between_neighbours(&self.values, share));
        let [low, median, high] = PERCENTILES.map(value);
        let [seen, drawn] = [
            self.higher(|seen| seen),
            self.higher(|seen| self.drawn(seen)),
        ];
        let decided = seen == drawn;
        let higher = if self.narrower > 0.0 { seen } else { drawn };
        WorldSpread {
            worlds: self.values.len() as u32,
            effective: self.effective,
            low,
            median,
            high,
            higher,
            share_worlds: match decided {
                true => self.effective,
                false => self.effective * self.narrower * self.narrower,
            },
            variance_chance,
            variance_worlds: self.variance_worlds,
        }
    }

    /// The percentiles with their 90 % intervals; an end that so few worlds do not give is NaN.
    pub fn percentiles(&self) -> [Interval; 3] {
        PERCENTILES.map(|share| self.percentile(share))
    }

    /// Its interval runs between two of the values (David and Nagaraja 2003, 7.1), of which each lies on
    /// the wrong side with a risk of 5 % at most, whatever the distribution. Chance makes it wider, so it
    /// is moved with the percentile and not drawn together.
    fn percentile(&self, share: f64) -> Interval {
        let n = (self.effective + 1e-9).floor();
        let rank = |rank: u32| at_weight(&self.values, (f64::from(rank) - 0.5) / n);
        let (below, above) = outer_ranks(n as u32, share);
        let seen = between_neighbours(&self.values, share);
        let value = self.drawn(seen);
        let end = |at: Option<u32>| at.map_or(f64::NAN, |r| value + (rank(r) - seen));
        Interval {
            value,
            low: end(below),
            high: end(above),
        }
    }

    /// Share of the weight that lies above 0, what lies on it counted half; worlds lie `at` a place.
    fn higher(&self, at: impl Fn(f64) -> f64) -> f64 {
        let part = |(seen, weight): &(f64, f64)| match at(*seen) {
            0.0 => 0.5 * weight,
            mean if mean > 0.0 => *weight,
            _ => 0.0,
        };
        if self.values.is_empty() {
            return f64::NAN;
        }
        let share: f64 = self.values.iter().map(part).sum();
        share.min(1.0)
    }
}

/// By how much the means of worlds are drawn together.
fn drawn_together(variance_worlds: f64, between: f64) -> f64 {
    match between > 0.0 && !variance_worlds.is_nan() {
        true => libm::sqrt((variance_worlds / between).clamp(0.0, 1.0)),
        false => 1.0,
    }
}

/// The value below which `share` of the weight lies, straight between neighbours: with equal weights
/// as in pandas and R.
fn between_neighbours(ranked: &[(f64, f64)], share: f64) -> f64 {
    let Some(last) = ranked.last() else {
        return f64::NAN;
    };
    let step = |pair: &[(f64, f64)]| 0.5 * (pair[0].1 + pair[1].1);
    let whole: f64 = ranked.windows(2).map(step).sum();
    let mut left = share * whole;
    for pair in ranked.windows(2) {
        let step = step(pair);
        if left <= step {
            return pair[0].0 + left / step * (pair[1].0 - pair[0].0);
        }
        left -= step;
    }
    last.0
}

/// The first value up to which `share` of the weight lies.
fn at_weight(ranked: &[(f64, f64)], share: f64) -> f64 {
    let mut below = 0.0;
    for (value, weight) in ranked {
        below += weight;
        if below >= share {
            return *value;
        }
    }
    ranked.last().map_or(f64::NAN, |last| last.0)
}

/// Of `n` values in order, the last that lies above the percentile `share` with a risk of 5 % at most,
/// and the first that lies below it with such a risk; counted from 1.
fn outer_ranks(n: u32, share: f64) -> (Option<u32>, Option<u32>) {
    // the r-th value lies above the percentile if fewer than r values lie below it
    let below = (1..=n)
        .take_while(|r| fewer(*r, n, share) <= PERCENTILE_RISK)
        .last();
    let above = (1..=n).find(|r| 1.0 - fewer(*r, n, share) <= PERCENTILE_RISK);
    (below, above)
}

/// Probability that fewer than `r` of `n` values lie below the percentile `share`; rounded to nine places,
/// so that no platform's last digit decides.
fn fewer(r: u32, n: u32, share: f64) -> f64 {
    let chance = beta_reg(f64::from(n - r + 1), f64::from(r), 1.0 - share);
    (chance * 1e9).round() / 1e9
}

/// Interval of a `share` of `n` worlds after Clopper and Pearson (1934): it holds with 95 % or more.
/// Rounded to six digits, so that no platform's last digit reaches a file.
pub fn share_interval(share: f64, n: f64) -> Interval {
    let (yes, no) = (share * n, (1.0 - share) * n);
    let low = match yes > 0.0 {
        true => root(|p| checked_beta_reg(yes, no + 1.0, p).unwrap_or(f64::NAN) - SHARE_RISK),
        false => 0.0,
    };
    let high = match no > 0.0 {
        true => root(|p| checked_beta_reg(yes + 1.0, no, p).unwrap_or(f64::NAN) - 1.0 + SHARE_RISK),
        false => 1.0,
    };
    let rounded = |end: f64| (end * 1e6).round() / 1e6;
    let known = |end: f64| {
        if share.is_nan() {
            f64::NAN
        } else {
            rounded(end)
        }
    };
    Interval {
        value: share,
        low: known(low),
        high: known(high),
    }
}

/// Where the rising function `of` passes 0 between 0 and 1.
fn root(of: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..40 {
        let middle = 0.5 * (low + high);
        match of(middle) < 0.0 {
            true => low = middle,
            false => high = middle,
        }
    }
    0.5 * (low + high)
}

/// Intervals of shares, each reckoned once: of few worlds there are few shares.
#[derive(Debug, Default)]
pub struct ShareIntervals(BTreeMap<(u64, u64), Interval>);

impl ShareIntervals {
    /// As of [`share_interval`].
    pub fn of(&mut self, share: f64, n: f64) -> Interval {
        let key = (share.to_bits(), n.to_bits());
        *self
            .0
            .entry(key)
            .or_insert_with(|| share_interval(share, n))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::by_hand::near;

    /// Worlds at 1 and 5, half each, and chance that has `added` of the variance between them.
    fn two(added: f64) -> WorldSpread {
        Ranked::of(vec![(5.0, 0.5), (1.0, 0.5)], 2.0, added).spread(0.1)
    }

    /// Between them lies 4 / (1 - 1/2) = 8; chance takes 6 of it, so they are drawn together by a half.
    #[test]
    fn worlds_are_drawn_together_by_what_chance_has_of_their_variance() {
        let plain = two(0.0);
        assert_eq!((plain.worlds, plain.variance_worlds), (2, 8.0));
        near(plain.low, 1.2);
        near(plain.high, 4.8);
        let half = two(3.0);
        near(half.variance_worlds, 2.0);
        near(half.low, 3.0 - 0.5 * 1.8);
        near(half.high, 3.0 + 0.5 * 1.8);
        assert_eq!((half.higher, half.share_worlds), (1.0, 2.0));
        // with no more than chance between them all say the same
        let none = two(4.5);
        assert_eq!((none.low, none.high), (3.0, 3.0));
        assert!(
            Ranked::of(vec![(1.0, 1.0)], 1.0, 0.0)
                .spread(0.1)
                .variance_worlds
                .is_nan()
        );
    }

    /// Worlds at -1, 0 and 4 of weights .25, .25 and .5: half of the second counts.
    #[test]
    fn a_world_at_nothing_counts_half() {
        let worlds = vec![(-1.0, 0.25), (0.0, 0.25), (4.0, 0.5)];
        let effective = 1.0 / 0.375;
        let seen = Ranked::of(worlds.clone(), effective, 0.0).spread(0.1);
        near(seen.higher, 0.625);
        near(seen.share_worlds, effective);
        let better = [Direction::Up, Direction::Down].map(|direction| seen.better(direction));
        assert_eq!(better, [0.625, 0.375]);
        assert!(seen.better(Direction::Neutral).is_nan());
        // mean 1.75, variance 8.78: drawn together by a half, 0 and -1 come to lie above nothing, so the
        // share tells as much as a quarter of the worlds
        let apart = 0.25 * (2.75 * 2.75 + 1.75 * 1.75) + 0.5 * 2.25 * 2.25;
        let drawn = Ranked::of(worlds, effective, 0.75 * apart).spread(0.1);
        near(drawn.higher, 0.625);
        near(drawn.share_worlds, effective / 4.0);
    }

    #[test]
    fn more_worlds_and_more_replications_narrow_the_mean() {
        let spread = WorldSpread {
            variance_worlds: 0.04,
            variance_chance: 0.02,
            ..two(0.0)
        };
        near(spread.standard_error(10.0, 4.0), libm::sqrt(0.0045));
        let none = WorldSpread {
            variance_worlds: -0.04,
            ..spread
        };
        near(none.standard_error(10.0, 4.0), libm::sqrt(0.0005));
        let thin = |effective| {
            WorldSpread {
                effective,
                ..spread
            }
            .is_thin()
        };
        assert_eq!([29.9, 30.0].map(thin), [true, false]);
    }

    #[test]
    fn places_in_the_order_of_worlds() {
        let worlds = [(1.0, 0.25), (3.0, 0.25), (7.0, 0.5)];
        let at = |share| at_weight(&worlds, share);
        assert_eq!(
            [0.25, 0.26, 0.5, 0.51, 1.0].map(at),
            [1.0, 3.0, 3.0, 7.0, 7.0]
        );
        // steps of .25 and .375
        let between = |share| between_neighbours(&worlds, share);
        near(between(0.2), 2.0);
        near(between(0.4), 3.0);
        near(between(0.7), 5.0);
        near(between(1.0), 7.0);
        // of four values none lies beyond the median with so little risk of the contrary, of five the outer ones do
        assert_eq!(outer_ranks(4, 0.5), (None, None));
        assert_eq!(outer_ranks(5, 0.5), (Some(1), Some(5)));
        assert_eq!(outer_ranks(8, 0.5), (Some(2), Some(7)));
    }

    /// 2.5 % of nothing is `1 - .025^(1/10)`; all of them is the other side.
    #[test]
    fn a_share_of_none_is_not_certain_either() {
        let none = share_interval(0.0, 10.0);
        assert_eq!((none.low, none.high), (0.0, 0.308_497));
        let all = share_interval(1.0, 10.0);
        assert_eq!((all.low, all.high), (0.691_503, 1.0));
        let mut kept = ShareIntervals::default();
        let found = [kept.of(0.0, 10.0), kept.of(1.0, 10.0), kept.of(0.0, 10.0)];
        assert_eq!(found, [none, all, none]);
        assert!(share_interval(f64::NAN, 10.0).low.is_nan());
    }
}
