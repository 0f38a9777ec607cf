//! In how many worlds each policy is the best, and what choosing it can cost.

use crate::experiment::statistics::worlds::spread::share_interval;
use crate::numeric::Interval;

/// How a policy stands among the others over worlds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WorldStanding {
    /// Worlds in which all policies are known.
    pub worlds: u32,
    /// Share of worlds in which it is best, with its 95 % interval; worlds with several best are shared
    /// out.
    pub best: Interval,
    /// Mean over worlds of the best policy's gain less its own (Savage 1951).
    pub mean_regret: f64,
    /// The largest.
    pub max_regret: f64,
}

/// How every policy stands; `gains` by policy and world, NaN where one is not known.
pub fn standings(gains: &[Vec<f64>], weights: &[f64]) -> Vec<WorldStanding> {
    let known = |world: &usize| {
        let of_all = gains.iter().all(|of| !of[*world].is_nan());
        of_all && weights[*world] > 0.0
    };
    let worlds: Vec<usize> = (0..weights.len()).filter(known).collect();
    let whole: f64 = worlds.iter().map(|world| weights[*world]).sum();
    let squares = worlds.iter().map(|world| weights[*world] * weights[*world]);
    let effective = whole * whole / squares.sum::<f64>();
    let highest = |world: usize| {
        let all = gains.iter().map(|of| of[world]);
        all.fold(f64::NEG_INFINITY, f64::max)
    };
    let winners = |world: usize| {
        let top = highest(world);
        gains.iter().filter(|of| of[world] == top).count() as f64
    };
    let of = |own: &Vec<f64>| {
        let (mut best, mut regrets, mut largest) = (0.0, 0.0, 0.0_f64);
        for &world in &worlds {
            let regret = highest(world) - own[world];
            if regret == 0.0 {
                best += weights[world] / winners(world);
            }
            regrets += weights[world] * regret;
            largest = largest.max(regret);
        }
        WorldStanding {
            worlds: worlds.len() as u32,
            best: share_interval((best / whole).min(1.0), effective),
            mean_regret: regrets / whole,
            max_regret: if worlds.is_empty() { f64::NAN } else { largest },
        }
    };
    gains.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::by_hand::near;

    /// Worlds of weights 1, 2 and 1: the first policy is best in the second, alone; in the first both are,
    /// in the third the other is. As many as 16/6 equal worlds.
    #[test]
    fn a_hand_calculated_standing() {
        let gains = [vec![1.0, 4.0, 0.0], vec![1.0, 1.0, 2.0]];
        let [first, second] = standings(&gains, &[1.0, 2.0, 1.0]).try_into().unwrap();
        near(first.best.value, 0.625);
        assert_eq!(first.best, share_interval(0.625, 16.0 / 6.0));
        near(second.best.value, 0.375);
        near(first.mean_regret, 0.5);
        near(second.mean_regret, 1.5);
        assert_eq!((first.max_regret, second.max_regret), (2.0, 3.0));
        // a world that does not count, and one in which a policy is not known
        let gains = [vec![f64::NAN, 4.0, 0.0], vec![1.0, 1.0, 2.0]];
        let [first, _] = standings(&gains, &[1.0, 2.0, 0.0]).try_into().unwrap();
        assert_eq!(
            (first.worlds, first.best.value, first.max_regret),
            (1, 1.0, 0.0)
        );
        let none = standings(&gains, &[1.0, 0.0, 0.0])[0];
        assert!(none.worlds == 0 && none.max_regret.is_nan());
    }
}
