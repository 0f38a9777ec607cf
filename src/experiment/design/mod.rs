//! Design points: which values the inputs of a sweep take together.
//!
//! Points are first laid in the unit cube, one coordinate per input, and then stretched over the
//! inputs' ranges. The Sobol sequence is scrambled after Owen (crate `sobol_burley`: at most 65,536
//! points of 256 coordinates, which allows 128 inputs, as Sobol indices take two coordinates each).
//! All else is drawn from the study's seed.

pub mod responses;
pub mod sensitivity;
pub mod robustness;

use crate::chance::draws::design::{JITTER, SHUFFLE, TRAJECTORY};
use crate::chance::{Chance, Draw};
use crate::scenario::input::Input;
use crate::scenario::sweep::{Method, Over, Sweep, Varied};

/// Levels of Morris' grid.
const LEVELS: usize = 4;
/// Step of an elementary effect in the unit cube, `LEVELS / (2 (LEVELS - 1))`.
pub const STEP: f64 = LEVELS as f64 / (2 * (LEVELS - 1)) as f64;

/// A point of the unit cube.
pub type UnitPoint = Vec<f64>;

/// Values of the inputs at every design point of `sweep`.
pub fn points(sweep: &Sweep, inputs: &[Input], seed: u64) -> Vec<Vec<f64>> {
    let whole: Vec<bool> = inputs.iter().map(Input::is_whole).collect();
    laid(sweep, &whole, seed)
}

/// The same, where `whole` tells which inputs take whole numbers only.
pub fn laid(sweep: &Sweep, whole: &[bool], seed: u64) -> Vec<Vec<f64>> {
    let units = match sweep.method {
        Method::Table => return sweep.table.clone(),
        Method::Grid => grid(&levels(sweep, whole)),
        Method::Random => random(sweep.points, whole.len(), seed),
        Method::LatinHypercube => latin_hypercube(sweep.points, whole.len(), seed),
        Method::SobolSequence => sobol_sequence(sweep.points, whole.len(), seed),
        Method::Sobol => saltelli(sweep.points, whole.len(), seed),
        Method::Morris => morris(sweep.points, whole.len(), seed),
    };
    let stretch = |unit: UnitPoint| {
        let each = unit.into_iter().zip(&sweep.vary).zip(whole);
        each.map(|((u, varied), whole)| stretched(u, &varied.over, *whole))
            .collect()
    };
    units.into_iter().map(stretch).collect()
}

/// Where the values of each point lie in the ranges that `sweep` goes over, from 0 to 1. Lists and
/// whole numbers have steps of their own, so this need not be the point of the unit cube.
pub fn places(sweep: &Sweep, points: &[Vec<f64>]) -> Vec<UnitPoint> {
    let ends = sweep.vary.iter().map(|varied| varied.over.ends());
    let ends: Vec<(f64, f64)> = ends.collect();
    let place = |(x, (low, high)): (&f64, &(f64, f64))| match high > low {
        true => (x - low) / (high - low),
        false => 0.0,
    };
    let places = |point: &Vec<f64>| point.iter().zip(&ends).map(place).collect();
    points.iter().map(places).collect()
}

/// The value at `u` in [0, 1] of what is varied `over`.
fn stretched(u: f64, over: &Over, whole: bool) -> f64 {
    match over {
        Over::Values(values) => values[slice(u, values.len())],
        Over::Range(low, high) if whole => low + slice(u, whole_numbers(*low, *high)) as f64,
        // both ends as they were written: `low + (high - low)` need not be `high`
        Over::Range(_, high) if u == 1.0 => *high,
        Over::Range(low, high) => low + u * (high - low),
    }
}

/// How many whole numbers there are from `low` to `high`.
fn whole_numbers(low: f64, high: f64) -> usize {
    ((high - low) as usize).saturating_add(1)
}

/// Which of `n` equal slices of [0, 1] `u` lies in.
fn slice(u: f64, n: usize) -> usize {
    ((u * n as f64) as usize).min(n - 1)
}

/// Levels of each input; of whole numbers no more than there are.
fn levels(sweep: &Sweep, whole: &[bool]) -> Vec<usize> {
    let points = sweep.points as usize;
    let levels = |(varied, whole): (&Varied, &bool)| match &varied.over {
        Over::Range(low, high) if *whole => points.min(whole_numbers(*low, *high)),
        Over::Range(..) => points,
        Over::Values(values) => values.len(),
    };
    sweep.vary.iter().zip(whole).map(levels).collect()
}

/// Every combination of `levels`, from 0 to 1 evenly; the last input changes fastest.
pub fn grid(levels: &[usize]) -> Vec<UnitPoint> {
    let even = |i: usize, n: usize| {
        if n > 1 {
            i as f64 / (n - 1) as f64
        } else {
            0.5
        }
    };
    levels.iter().fold(vec![Vec::new()], |points, &n| {
        let extended = points.iter().flat_map(|point: &UnitPoint| {
            (0..n).map(move |i| point.iter().copied().chain([even(i, n)]).collect())
        });
        extended.collect()
    })
}

/// Independent uniform points.
pub fn random(points: u32, inputs: usize, seed: u64) -> Vec<UnitPoint> {
    let chance = Chance::new(seed, 0);
    let mut words = chance.words(JITTER, 0, 0);
    let point = |_| (0..inputs).map(|_| words.open_uniform()).collect();
    (0..points).map(point).collect()
}

/// One point in each of `points` equal slices of every input (McKay, Beckman and Conover 1979).
pub fn latin_hypercube(points: u32, inputs: usize, seed: u64) -> Vec<UnitPoint> {
    let chance = Chance::new(seed, 0);
    let mut within = random(points, inputs, seed);
    for input in 0..inputs {
        let order = shuffled(points as usize, &chance, (SHUFFLE, input as u32));
        for (point, slice) in within.iter_mut().zip(order) {
            point[input] = (slice as f64 + point[input]) / f64::from(points);
        }
    }
    within
}

/// 0 to `n` - 1 in random order.
pub fn shuffled(n: usize, chance: &Chance, (draw, of): (Draw, u32)) -> Vec<usize> {
    let mut words = chance.words(draw, of, 0);
    let mut order: Vec<usize> = (0..n).collect();
    for last in (1..n).rev() {
        order.swap(last, slice(words.open_uniform(), last + 1));
    }
    order
}

/// The scrambled Sobol sequence.
pub fn sobol_sequence(points: u32, inputs: usize, seed: u64) -> Vec<UnitPoint> {
    let point = |i| {
        let coordinate = |j| f64::from(sobol_burley::sample(i, j, seed as u32));
        (0..inputs as u32).map(coordinate).collect()
    };
    (0..points).map(point).collect()
}

/// Saltelli's design for Sobol indices: for each base point A; A with input 1, 2, ... taken from B;
/// B. The points A and B are the two halves of a point of the Sobol sequence.
pub fn saltelli(base: u32, inputs: usize, seed: u64) -> Vec<UnitPoint> {
    let pairs = sobol_sequence(base, 2 * inputs, seed).into_iter();
    pairs
        .flat_map(|pair| block(&pair[..inputs], &pair[inputs..]))
        .collect()
}

fn block(a: &[f64], b: &[f64]) -> Vec<UnitPoint> {
    let mixed = |j: usize| {
        let mut point = a.to_vec();
        point[j] = b[j];
        point
    };
    let mixed = (0..a.len()).map(mixed);
    std::iter::once(a.to_vec())
        .chain(mixed)
        .chain([b.to_vec()])
        .collect()
}

/// Morris' trajectories: from a random point of a grid of four levels, each input moves once by
/// [`STEP`], up or down, in random order. Levels are counted, so each has one value in all points.
pub fn morris(trajectories: u32, inputs: usize, seed: u64) -> Vec<UnitPoint> {
    let chance = Chance::new(seed, 0);
    let trajectory = |t: u32| {
        let mut words = chance.words(TRAJECTORY, t, 0);
        let mut levels: Vec<usize> = (0..inputs)
            .map(|_| slice(words.open_uniform(), LEVELS))
            .collect();
        let mut path = vec![on_grid(&levels)];
        for input in shuffled(inputs, &chance, (SHUFFLE, t)) {
            // of the four levels the lower two can only go up, the upper two only down
            levels[input] = (levels[input] + LEVELS / 2) % LEVELS;
            path.push(on_grid(&levels));
        }
        path
    };
    (0..trajectories).flat_map(trajectory).collect()
}

/// The point of the unit cube at these levels of Morris' grid.
fn on_grid(levels: &[usize]) -> UnitPoint {
    let place = |level: &usize| *level as f64 / (LEVELS - 1) as f64;
    levels.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::BySize as _;

    #[test]
    fn a_latin_hypercube_has_one_point_in_each_slice_of_each_input() {
        let n = 50;
        let points = latin_hypercube(n, 4, 7);
        for input in 0..4 {
            let mut slices: Vec<usize> = points
                .iter()
                .map(|point| slice(point[input], n as usize))
                .collect();
            slices.sort_unstable();
            assert!(slices.into_iter().eq(0..n as usize), "input {input}");
        }
        let same = |a: &UnitPoint| slice(a[0], n as usize) == slice(a[1], n as usize);
        assert!(points.iter().filter(|point| same(point)).count() < 10);
        assert_ne!(points, latin_hypercube(n, 4, 8));
    }

    #[test]
    fn the_sobol_sequence_fills_every_box_of_two_inputs_evenly() {
        let points = sobol_sequence(256, 6, 3);
        for input in 0..6 {
            let mut boxes = vec![0; 256];
            points
                .iter()
                .for_each(|point| boxes[slice(point[input], 256)] += 1);
            assert!(boxes.iter().all(|count| *count == 1), "input {input}");
        }
        let mut boxes = vec![0; 256];
        for point in &points {
            boxes[slice(point[0], 16) * 16 + slice(point[1], 16)] += 1;
        }
        assert!(boxes.iter().all(|count| *count == 1));
    }

    #[test]
    fn a_grid_holds_every_combination_once() {
        let mut points = grid(&[3, 1, 2]);
        assert_eq!(points.len(), 6);
        assert_eq!(points[1], [0.0, 0.5, 1.0]);
        points.dedup();
        assert_eq!(points.len(), 6);
    }

    #[test]
    fn a_grid_over_few_whole_numbers_has_no_point_twice() {
        let range = |path: &str, high| Varied {
            path: path.into(),
            over: Over::Range(0.0, high),
            words: Vec::new(),
        };
        let sweep = Sweep {
            method: Method::Grid,
            points: 5,
            vary: vec![range("months", 2.0), range("share", 1.0)],
            table: Vec::new(),
        };
        let points = laid(&sweep, &[true, false], 1);
        assert_eq!(points.len(), 3 * 5);
        let months: Vec<f64> = points.iter().step_by(5).map(|point| point[0]).collect();
        assert_eq!(months, [0.0, 1.0, 2.0]);
    }

    #[test]
    fn a_trajectory_moves_each_input_once_and_stays_inside() {
        for path in morris(20, 5, 1).chunks(6) {
            let mut moved = vec![0; 5];
            for pair in path.windows(2) {
                for (input, count) in moved.iter_mut().enumerate() {
                    let step = (pair[1][input] - pair[0][input]).abs();
                    assert!(step == 0.0 || (step - STEP).abs() < 1e-12);
                    *count += i32::from(step > 0.0);
                }
            }
            assert_eq!(moved, [1; 5]);
            assert!(
                path.iter()
                    .flatten()
                    .all(|u| (-1e-12..=1.0 + 1e-12).contains(u))
            );
        }
    }

    #[test]
    fn every_level_of_a_trajectory_has_one_value() {
        let sweep = Sweep {
            method: Method::Morris,
            points: 60,
            vary: vec![Varied {
                path: "benefit".into(),
                over: Over::Range(1.0, 6.0),
                words: Vec::new(),
            }],
            table: Vec::new(),
        };
        let mut values: Vec<f64> = laid(&sweep, &[false], 1).concat();
        values.sort_by(f64::by_size);
        values.dedup();
        assert_eq!(
            values,
            [1.0, 2.666_666_666_666_666_5, 4.333_333_333_333_333, 6.0]
        );
    }

    #[test]
    fn ends_of_a_range_are_what_was_written() {
        let (low, high) = (0.1, 0.7);
        let ends = [0.0, 1.0].map(|u| stretched(u, &Over::Range(low, high), false));
        assert_eq!(ends, [low, high]);
        let huge = stretched(1.0, &Over::Range(0.0, 1e308), true);
        assert!(huge.is_finite());
    }

    #[test]
    fn values_lists_and_whole_numbers_take_equal_shares() {
        let values = Over::Values(vec![1.0, 5.0]);
        let range = Over::Range(10.0, 12.0);
        assert_eq!(
            [0.0, 0.49, 0.5, 1.0].map(|u| stretched(u, &values, false)),
            [1.0, 1.0, 5.0, 5.0]
        );
        assert_eq!(
            [0.0, 0.34, 0.67, 1.0].map(|u| stretched(u, &range, true)),
            [10.0, 11.0, 12.0, 12.0]
        );
        assert_eq!(stretched(0.25, &range, false), 10.5);
    }

    #[test]
    fn a_place_is_where_a_value_lies_in_its_range() {
        let varied = |over| Varied {
            path: "sharing.benefit".into(),
            over,
            words: Vec::new(),
        };
        let sweep = Sweep {
            method: Method::Table,
            points: 2,
            vary: [
                Over::Range(10.0, 12.0),
                Over::Values(vec![5.0, 1.0]),
                Over::Values(vec![7.0]),
            ]
            .map(varied)
            .into(),
            table: Vec::new(),
        };
        let found = places(&sweep, &[vec![10.5, 5.0, 7.0], vec![12.0, 2.0, 7.0]]);
        assert_eq!(found, [[0.25, 1.0, 0.0], [1.0, 0.25, 0.0]]);
    }

    /// Of 1,200 shuffles of three, 200 are expected of each order, with a standard deviation of 13.
    #[test]
    fn every_order_of_a_shuffle_is_as_likely() {
        let chance = Chance::new(3, 0);
        let mut counts = std::collections::BTreeMap::new();
        for of in 0..1200 {
            *counts
                .entry(shuffled(3, &chance, (SHUFFLE, of)))
                .or_insert(0) += 1;
        }
        assert_eq!(counts.len(), 6, "{counts:?}");
        assert!(
            counts.values().all(|n| (140..260).contains(n)),
            "{counts:?}"
        );
    }
}
