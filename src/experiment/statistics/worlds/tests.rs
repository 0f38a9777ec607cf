//! Studies whose truth is known: how often intervals hold, and that the split of variance is right.

use super::nested::Nested;
use super::spread::{WorldSpread, share_interval};
use super::standing::standings;
use super::unknowns::{KnownWorlds, Unknown};
use crate::chance::{Chance, Draw, Stream};
use crate::experiment::statistics::paired::Pairs;
use crate::numeric::Interval;

/// A truth: how far worlds lie apart, and what chance adds in a world.
struct Truth {
    worlds: usize,
    replications: usize,
    mean: f64,
    between: f64,
    chance: f64,
}

const SHIPPED: Truth = Truth {
    worlds: 60,
    replications: 2,
    mean: 0.3,
    between: 0.2,
    chance: 0.1,
};

/// A study of worlds drawn anew: their true differences, and what was seen of them.
fn study(truth: &Truth, words: &mut Stream) -> (Vec<f64>, Nested) {
    let draw = |_| truth.mean + truth.between * words.normal();
    let worlds: Vec<f64> = (0..truth.worlds).map(draw).collect();
    let seen = seen(&worlds, &vec![1.0; truth.worlds], truth, words);
    (worlds, seen)
}

/// What is seen of these worlds. Chance is three times as strong in every other world.
fn seen(worlds: &[f64], weights: &[f64], truth: &Truth, words: &mut Stream) -> Nested {
    let mut nested = Nested::default();
    for (i, (world, weight)) in worlds.iter().zip(weights).enumerate() {
        let mut pairs = Pairs::default();
        let strength = if i % 2 == 0 { 0.5 } else { 1.5 };
        for _ in 0..truth.replications {
            let luck = words.normal();
            let chance = strength * truth.chance * words.normal();
            pairs.add(luck, luck + world + chance);
        }
        nested.add(*weight, &pairs);
    }
    nested
}

fn words(study: u32) -> Stream {
    Chance::new(41, 0).words(Draw::new(960, 0), study, 0)
}

/// Share of `studies` in which `holds`.
fn share(studies: u32, holds: impl Fn(&mut Stream) -> bool) -> f64 {
    let held = (0..studies).filter(|study| holds(&mut words(*study)));
    held.count() as f64 / f64::from(studies)
}

fn covers(interval: Interval, truth: f64) -> bool {
    let low = interval.low.is_nan() || interval.low <= truth;
    low && (interval.high.is_nan() || truth <= interval.high)
}

#[test]
fn the_interval_by_chance_holds_the_mean_of_the_worlds_there_are() {
    for (replications, worlds) in [(2, 60), (2, 20), (5, 12)] {
        let truth = Truth {
            replications,
            worlds,
            ..SHIPPED
        };
        let held = share(4000, |words| {
            let (worlds, seen) = study(&truth, words);
            let effect = seen.effect();
            let mean = worlds.iter().sum::<f64>() / worlds.len() as f64;
            effect.low <= mean && mean <= effect.high
        });
        assert!((held - 0.95).abs() < 0.015, "{worlds} worlds: {held}");
    }
}

#[test]
fn the_interval_by_chance_holds_with_weights_and_other_numbers_of_replications() {
    let held = share(4000, |words| {
        let worlds: Vec<f64> = (0..60).map(|_| words.normal()).collect();
        let weights: Vec<f64> = (0..60).map(|_| words.open_uniform()).collect();
        let mut nested = Nested::default();
        for (i, (world, weight)) in worlds.iter().zip(&weights).enumerate() {
            let mut pairs = Pairs::default();
            for _ in 0..2 + i % 3 {
                pairs.add(0.0, world + words.normal());
            }
            nested.add(*weight, &pairs);
        }
        let whole: f64 = weights.iter().sum();
        let weighed = worlds.iter().zip(&weights).map(|(m, w)| m * w);
        let mean = weighed.sum::<f64>() / whole;
        let effect = nested.effect();
        effect.low <= mean && mean <= effect.high
    });
    assert!((held - 0.95).abs() < 0.015, "{held}");
}

#[test]
fn percentiles_and_shares_hold_as_often_as_they_say_though_chance_is_strong() {
    // weak, half as strong as the worlds, and as strong: then intervals hold a little more rarely
    for (mean, between, chance, [least, least_share]) in [
        (0.3, 0.2, 0.02, [0.9, 0.95]),
        (0.3, 0.2, 0.1, [0.88, 0.94]),
        (0.05, 0.1, 0.1, [0.88, 0.93]),
    ] {
        let truth = Truth {
            mean,
            between,
            chance,
            ..SHIPPED
        };
        let percentile =
            |words: &mut Stream, i: usize| study(&truth, words).1.percentiles(&[1.0; 60])[i];
        let low = mean - 1.644_853_6 * between;
        let high = mean + 1.644_853_6 * between;
        let above = 1.0 - 0.5 * libm::erfc(mean / between / std::f64::consts::SQRT_2);
        let held = [
            share(2000, |words| covers(percentile(words, 0), low)),
            share(2000, |words| covers(percentile(words, 1), mean)),
            share(2000, |words| covers(percentile(words, 2), high)),
        ];
        assert!(
            held.iter().all(|held| *held > least - 0.01),
            "{mean}: {held:?}"
        );
        let held = share(2000, |words| {
            let spread = study(&truth, words).1.spread(&[1.0; 60]);
            covers(share_interval(spread.higher, spread.share_worlds), above)
        });
        assert!(held > least_share - 0.01, "{mean}: {held}");
    }
}

#[test]
fn the_split_of_variance_is_unbiased() {
    let unequal: Vec<f64> = (0..60).map(|i| 1.0 + f64::from(i % 4)).collect();
    for (weights, between) in [(vec![1.0; 60], 0.2), (unequal, 0.2), (vec![1.0; 60], 0.0)] {
        let truth = Truth { between, ..SHIPPED };
        let (mut worlds, mut chance) = (0.0, 0.0);
        for number in 0..4000 {
            let mut words = words(number);
            let drawn: Vec<f64> = (0..60).map(|_| between * words.normal()).collect();
            let spread = seen(&drawn, &weights, &truth, &mut words).spread(&weights);
            worlds += spread.variance_worlds / 4000.0;
            chance += spread.variance_chance / 4000.0;
        }
        let whole: f64 = weights.iter().sum();
        let strengths = weights.iter().zip([0.25, 2.25].into_iter().cycle());
        let strength = strengths.map(|(w, s)| w * s).sum::<f64>() / whole;
        assert!((chance - 0.01 * strength).abs() < 1e-4, "{chance}");
        assert!((worlds - between * between).abs() < 5e-4, "{worlds}");
    }
}

#[test]
fn a_hand_calculated_split() {
    let three = nested(&[&[1.0, 3.0], &[5.0, 7.0], &[9.0, 9.0]], &[1.0; 3]);
    let spread = three.spread(&[1.0; 3]);
    // variances 2, 2, 0; means 2, 6, 9 with variance 37/3; chance adds (1 + 1 + 0) / 3
    assert!((spread.variance_chance - 4.0 / 3.0).abs() < 1e-12);
    assert!((spread.variance_worlds - (37.0 / 3.0 - 2.0 / 3.0)).abs() < 1e-12);
    let [low, ..] = three.percentiles(&[1.0; 3]);
    assert!(low.low.is_nan(), "three worlds give no such end");
}

fn nested(worlds: &[&[f64]], weights: &[f64]) -> Nested {
    let mut nested = Nested::default();
    for (differences, weight) in worlds.iter().zip(weights) {
        let mut pairs = Pairs::default();
        differences.iter().for_each(|of| pairs.add(1.0, 1.0 + of));
        nested.add(*weight, &pairs);
    }
    nested
}

#[test]
fn what_is_blank_in_some_worlds_is_told_of_the_others() {
    let mut all: Vec<Vec<f64>> = (0..60).map(|i| vec![f64::from(i); 2]).collect();
    for blank in [3, 17, 18, 40, 59] {
        all[blank] = vec![f64::NAN; 2];
    }
    let known: Vec<Vec<f64>> = all.iter().filter(|of| !of[0].is_nan()).cloned().collect();
    let of = |worlds: &[Vec<f64>]| {
        let worlds: Vec<&[f64]> = worlds.iter().map(Vec::as_slice).collect();
        let weights = vec![1.0; worlds.len()];
        let nested = nested(&worlds, &weights);
        (nested.effect(), nested.spread(&weights))
    };
    let ((some, spread), (others, same)) = (of(&all), of(&known));
    assert_eq!((spread.worlds, some.pairs), (55, 110));
    assert_eq!(
        format!("{some:?} {spread:?}"),
        format!("{others:?} {same:?}")
    );
}

#[test]
fn a_world_without_weight_is_as_good_as_absent() {
    let worlds: [&[f64]; 3] = [&[1.0, 2.0], &[4.0, 6.0], &[90.0, 100.0]];
    let with = nested(&worlds, &[2.0, 1.0, 0.0]);
    let without = nested(&worlds[..2], &[2.0, 1.0]);
    let (same, other) = (with.effect(), without.effect());
    assert_eq!(format!("{same:?}"), format!("{other:?}"));
    let (with, without) = (with.spread(&[2.0, 1.0, 0.0]), without.spread(&[2.0, 1.0]));
    assert_eq!(with, without);
    assert!((with.effective - 9.0 / 5.0).abs() < 1e-12 && with.is_thin());
}

#[test]
fn one_world_is_student_s_interval() {
    let mut pairs = Pairs::default();
    for (baseline, policy) in [(1.0, 2.0), (2.0, 4.0), (3.0, 3.0), (0.0, 2.5)] {
        pairs.add(baseline, policy);
    }
    let mut nested = Nested::default();
    nested.add(7.0, &pairs);
    let (one, many) = (pairs.effect(), nested.effect());
    for (a, b) in [
        (one.difference, many.difference),
        (one.low, many.low),
        (one.high, many.high),
        (one.correlation, many.correlation),
        (one.variance_reduction, many.variance_reduction),
        (pairs.p_value(), nested.p_value()),
        (pairs.deviation(), nested.deviation()),
    ] {
        assert!((a - b).abs() < 1e-9, "{a} {b}");
    }
    assert!(nested.spread(&[7.0]).variance_worlds.is_nan());
}

#[test]
fn a_dose_of_nothing_is_nothing_in_every_world() {
    let nothing: [&[f64]; 60] = [&[0.0, 0.0]; 60];
    let nested = nested(&nothing, &[0.3; 60]);
    let (effect, spread) = (nested.effect(), nested.spread(&[0.3; 60]));
    assert_eq!([effect.difference, effect.low, effect.high], [0.0; 3]);
    assert_eq!([spread.low, spread.high], [0.0; 2]);
    assert!((spread.higher - 0.5).abs() < 1e-12);
    assert_eq!(nested.p_value(), 1.0);
}

#[test]
fn a_single_replication_tells_no_chance() {
    let nested = nested(&[&[1.0], &[2.0]], &[1.0; 2]);
    let spread = nested.spread(&[1.0; 2]);
    assert!(nested.effect().low.is_nan() && nested.effect().difference == 1.5);
    assert!(spread.variance_chance.is_nan() && spread.variance_worlds.is_nan());
    assert_eq!((spread.low, spread.high), (1.05, 1.95));
}

#[test]
fn fifty_nine_worlds_are_the_fewest_that_bound_the_fifth_percentile() {
    let of = |n: usize| {
        let each: Vec<Vec<f64>> = (0..n).map(|i| vec![i as f64; 2]).collect();
        let worlds: Vec<&[f64]> = each.iter().map(Vec::as_slice).collect();
        nested(&worlds, &vec![1.0; n]).percentiles(&vec![1.0; n])
    };
    let [low, _, high] = of(58);
    assert!(low.low.is_nan() && high.high.is_nan());
    let [low, _, high] = of(59);
    assert!(low.low.abs() < 1e-12 && (high.high - 58.0).abs() < 1e-12);
    assert!(low.value < low.high && high.low < high.value);
}

#[test]
fn a_share_of_all_worlds_is_not_certain() {
    let all = share_interval(1.0, 60.0);
    assert!((all.low - 0.940_370).abs() < 2e-6 && all.high == 1.0);
    let half = share_interval(0.5, 20.0);
    assert!((half.low - 0.271_96).abs() < 1e-5 && (half.high - 0.728_04).abs() < 1e-5);
}

#[test]
fn worlds_are_shared_out_between_the_best() {
    let gains = [
        vec![0.0; 4],
        vec![1.0, 2.0, f64::NAN, -1.0],
        vec![1.0, 5.0, 9.0, -3.0],
    ];
    let all = standings(&gains, &[1.0, 2.0, 1.0, 1.0]);
    assert!(all.iter().all(|of| of.worlds == 3));
    let best = all.iter().map(|of| of.best.value).collect::<Vec<f64>>();
    assert_eq!(best, [0.25, 0.125, 0.625]);
    assert_eq!((all[2].max_regret, all[1].max_regret), (3.0, 3.0));
    assert!((all[0].mean_regret - (1.0 + 10.0) / 4.0).abs() < 1e-12);
}

/// Worlds in which the first input explains 60 %, the second as a parabola 30 %, a word 10 %, and the
/// last nothing.
fn explained(words: &mut Stream, n: usize) -> (Vec<Unknown>, Vec<f64>) {
    let mut column = |is_word| {
        let draw = |_| {
            if is_word {
                (2.0 * words.uniform()).floor()
            } else {
                words.uniform()
            }
        };
        Unknown {
            values: (0..n).map(draw).collect(),
            is_word,
        }
    };
    let inputs = vec![column(false), column(false), column(true), column(false)];
    let centred = |input: usize, world: usize| 2.0 * inputs[input].values[world] - 1.0;
    let value = |w: usize| {
        let straight = centred(0, w) * libm::sqrt(3.0 * 0.6);
        let curved = centred(1, w);
        let curved = (curved * curved - 1.0 / 3.0) * libm::sqrt(0.3 * 45.0 / 4.0);
        straight + curved + centred(2, w) * libm::sqrt(0.1)
    };
    let values = (0..n).map(value).collect();
    (inputs, values)
}

#[test]
fn first_order_indices_are_right_on_average_and_their_intervals_hold() {
    let weights = [1.0; 60];
    let truths = [0.6, 0.3, 0.1, 0.0];
    let (mut means, mut held) = ([0.0; 4], [0.0; 4]);
    for number in 0..1000 {
        let (inputs, values) = explained(&mut words(number), 60);
        let known = KnownWorlds::of(&weights, &[&values]);
        for (i, input) in inputs.iter().enumerate() {
            let index = known.index(input, &values);
            means[i] += index.value / 1000.0;
            held[i] += f64::from(index.low <= truths[i] && truths[i] <= index.high) / 1000.0;
        }
    }
    for i in 0..4 {
        assert!((means[i] - truths[i]).abs() < 0.02, "{means:?}");
        assert!(held[i] > 0.89, "{held:?}");
    }
}

#[test]
fn learning_is_worth_something_where_the_best_policy_changes() {
    let (inputs, _) = explained(&mut words(0), 400);
    let weights = vec![1.0; 400];
    let rising: Vec<f64> = inputs[0].values.iter().map(|u| 2.0 * u - 1.0).collect();
    let (none, always) = (vec![0.0; 400], vec![2.0; 400]);
    let known = KnownWorlds::of(&weights, &[&rising]);
    // chosen where u > 1/2: gains E[max(2u - 1, 0)] = 1/4 over doing nothing
    let first = known.learning(&inputs[0], &[&none, &rising]);
    assert!((first.gain - 0.25).abs() < 0.03 && (first.changes - 0.5).abs() < 0.06);
    let other = known.learning(&inputs[3], &[&none, &rising]);
    assert_eq!((other.gain, other.changes), (0.0, 0.0));
    let sure = known.learning(&inputs[0], &[&none, &rising, &always]);
    assert_eq!((sure.gain, sure.changes), (0.0, 0.0));
}

#[test]
fn more_worlds_narrow_the_mean_more_than_more_replications() {
    let spread: WorldSpread = study(&SHIPPED, &mut words(3)).1.spread(&[1.0; 60]);
    let now = spread.standard_error(60.0, 2.0);
    let (worlds, replications) = (
        spread.standard_error(120.0, 2.0),
        spread.standard_error(60.0, 4.0),
    );
    assert!(worlds < replications && replications < now);
}

#[test]
fn a_world_without_any_effect_does_not_count_as_better() {
    // half of the worlds gain much, with luck; in the other half nothing happens, or a little is lost
    let worlds: Vec<Vec<f64>> = (0..60)
        .map(|i| match i % 4 {
            0 | 1 => vec![0.8, 0.9],
            2 => vec![0.0, 0.0],
            _ => vec![-1e-6, -1e-6],
        })
        .collect();
    let worlds: Vec<&[f64]> = worlds.iter().map(Vec::as_slice).collect();
    let weights = vec![1.0; 60];
    let spread = nested(&worlds, &weights).spread(&weights);
    // 30 are better, 15 alike and count half, 15 worse
    assert!(
        (spread.higher - 37.5 / 60.0).abs() < 1e-12,
        "{}",
        spread.higher
    );
}
