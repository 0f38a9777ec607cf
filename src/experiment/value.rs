//! Value for money: which policies another one beats on cost and effect, and what a budget buys.

/// A policy's cost and gain on one outcome; the baseline costs and gains nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Offer {
    /// RMB per resident of the country and year.
    pub cost: f64,
    /// Mean difference from the baseline, with a sign that makes more better.
    pub gain: f64,
}

/// For each offer the one that dominates it, if any: costs no more and gains no less, and betters it
/// in one of the two. Of several, the one that gains most.
pub fn dominated_by(offers: &[Offer]) -> Vec<Option<usize>> {
    let beats = |a: &Offer, b: &Offer| {
        a.cost <= b.cost && a.gain >= b.gain && (a.cost < b.cost || a.gain > b.gain)
    };
    let dominant = |offer: &Offer| {
        let better = (0..offers.len()).filter(|i| beats(&offers[*i], offer));
        better.max_by(|a, b| offers[*a].gain.total_cmp(&offers[*b].gain))
    };
    offers.iter().map(dominant).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dear_and_weak_policies_are_dominated() {
        let offer = |cost, gain| Offer { cost, gain };
        let offers = [
            offer(0.0, 0.0),
            offer(2.0, 0.3),
            offer(3.0, 0.2),
            offer(9.0, 0.9),
            offer(1.0, -0.1),
        ];
        assert_eq!(dominated_by(&offers), [None, None, Some(1), None, Some(0)]);
        let best = [0.5, 2.0, 8.9, 9.0].map(|budget| best_within(&offers, budget));
        assert_eq!(best, [Some(0), Some(1), Some(1), Some(3)]);
    }
}
