//! Value for money: which policies another one beats on cost and effect, and what a budget buys.

use crate::numeric::BySize as _;

/// A policy's cost and gain on one outcome; the baseline costs and gains nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Offer {
    /// Money over the run.
    pub cost: f64,
    /// Mean difference from the baseline, with a sign that makes more better.
    pub gain: f64,
}

/// For each offer the one that dominates it, if any: costs no more, surely gains no less, and betters
/// it in one of the two. Of several, the one that gains most.
///
/// `lead` gives the interval of the paired difference of gains, first less second. None of it may
/// lie below 0: a policy is struck off on evidence, not because two point estimates happen to rank so.
pub fn dominated_by(
    offers: &[Offer],
    lead: impl Fn(usize, usize) -> (f64, f64),
) -> Vec<Option<usize>> {
    let beats = |a: usize, b: usize| {
        let cheaper = offers[a].cost < offers[b].cost;
        let (low, _) = lead(a, b);
        (low > 0.0 && offers[a].cost <= offers[b].cost) || (low == 0.0 && cheaper)
    };
    let dominant = |offer: usize| {
        // of equals the first: the baseline rather than a policy that does nothing
        let better = (0..offers.len()).rev().filter(|other| beats(*other, offer));
        better.max_by(|a, b| offers[*a].gain.by_size(&offers[*b].gain))
    };
    (0..offers.len()).map(dominant).collect()
}

/// The offer that gains most of those that cost no more than `budget`.
pub fn best_within(offers: &[Offer], budget: f64) -> Option<usize> {
    let affordable = (0..offers.len()).filter(|i| offers[*i].cost <= budget);
    affordable.reduce(|best, i| {
        if offers[i].gain > offers[best].gain {
            i
        } else {
            best
        }
    })
}

/// Those of `others` that `best` is not told apart from: its lead over them may be nothing.
pub fn not_told_apart(
    best: usize,
    others: impl Iterator<Item = usize>,
    lead: impl Fn(usize, usize) -> (f64, f64),
) -> Vec<usize> {
    let close = |other: &usize| {
        let (low, _) = lead(best, *other);
        *other != best && (low.is_nan() || low <= 0.0)
    };
    others.filter(close).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offers() -> [Offer; 5] {
        let offer = |cost, gain| Offer { cost, gain };
        [
            offer(0.0, 0.0),
            offer(2.0, 0.3),
            offer(3.0, 0.2),
            offer(9.0, 0.9),
            offer(1.0, -0.1),
        ]
    }

    /// Gains known to `half`.
    fn lead(half: f64) -> impl Fn(usize, usize) -> (f64, f64) {
        move |a, b| {
            let gain = offers()[a].gain - offers()[b].gain;
            (gain - half, gain + half)
        }
    }

    #[test]
    fn dear_and_weak_policies_are_dominated() {
        let sure = dominated_by(&offers(), lead(0.01));
        assert_eq!(sure, [None, None, Some(1), None, Some(0)]);
        let best = [0.5, 2.0, 8.9, 9.0].map(|budget| best_within(&offers(), budget));
        assert_eq!(best, [Some(0), Some(1), Some(1), Some(3)]);
    }

    #[test]
    fn chance_dominates_nobody() {
        assert_eq!(dominated_by(&offers(), lead(0.15)), [None; 5]);
        assert_eq!(dominated_by(&offers(), lead(f64::NAN)), [None; 5]);
        assert_eq!(not_told_apart(1, 0..5, lead(0.15)), [2, 3]);
        assert!(not_told_apart(3, 0..5, lead(0.15)).is_empty());
    }

    #[test]
    fn the_same_for_less_dominates() {
        let same = [3.0, 2.0].map(|cost| Offer { cost, gain: 0.2 });
        assert_eq!(dominated_by(&same, |_, _| (0.0, 0.0)), [Some(1), None]);
    }
}
