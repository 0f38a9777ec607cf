use super::*;
use crate::experiment::by_hand::{MadeUp, VARIED, scenario, table};
use crate::experiment::runs::digest::Detail;
use crate::scenario::ensemble::{PlausibleWorld, WorldEnsemble, WorldInput};
use crate::world::by_hand::near;

/// Policy p has 1 p more than the baseline in the first replication and 3 p in the second, and p more
/// for each point of a design: 2 p on average in one country, 3 p over three points.
fn compared_by(plan: &Plan) -> Comparison {
    let runs = MadeUp {
        rule: |policy, replication, point| {
            10.0 + replication + point + policy as f64 * (1.0 + 2.0 * replication + point)
        },
        policies: 3,
        replications: 2,
    };
    let each = |_: &Group, _: &Job, _: &Digest| Ok::<(), Missing>(());
    Comparison::new(plan, &runs, each).expect("no run is missing")
}

#[test]
fn a_hand_calculated_comparison() {
    let comparison = compared_by(&Plan::of(Arc::new(scenario())));
    for (policy, mean) in [(1, 2.0), (2, 4.0)] {
        let effect = comparison.judged(policy, 7);
        assert_eq!(effect.pairs, 2);
        near(effect.baseline, 17.5);
        near(effect.difference, mean);
        near(comparison.deviation(policy, 7), mean / libm::sqrt(2.0));
        // t = 2 with one degree of freedom: 1 - 2 atan(2) / pi, twice that after Holm
        let (single, corrected) = comparison.p_values(7)[policy - 1];
        assert!((single - 0.295_167).abs() < 1e-6 && (corrected - 0.590_334).abs() < 1e-6);
        assert!(comparison.spread(policy, 7).is_none());
        near(comparison.paid_months(policy), 5.5);
        let costs = vec![[125.0 * policy as f64, 50.0, 12.0]; policy];
        assert_eq!(comparison.costs(policy), costs);
    }
    assert_eq!((comparison.policies(), comparison.costs(0).len()), (3, 0));
    assert!(comparison.spread(0, 7).is_none() && comparison.world_gains(7)[0].is_empty());
}

/// Each number of a digest is one more than the one before, so a row shows which one it tells.
#[test]
fn rows_tell_what_they_say_they_tell() {
    let comparison = compared_by(&Plan::of(Arc::new(scenario())));
    let kept = &comparison.kept;
    let mut rows = 0;
    for row in comparison.rows() {
        let period = kept.periods.iter().position(|of| of == row.period).unwrap();
        let scope = kept.scopes.iter().position(|of| of == row.scope).unwrap();
        let number = (period * kept.scopes.len() + scope) * OUTCOMES.len() + row.position;
        near(row.effect.baseline, 10.5 + number as f64);
        near(row.effect.difference, 2.0 * row.policy as f64);
        // of years, provinces are told in main outcomes only
        assert!(period == 0 || scope < 3 || row.outcome.main);
        assert_eq!(row.judges(), period == 0 && scope == 0 && row.outcome.main);
        rows += 1;
    }
    let (all, main) = (OUTCOMES.len(), crate::model::outcome::main_outcomes().len());
    assert_eq!(rows, 2 * (6 * all + 2 * (3 * all + 3 * main)));
}

#[test]
fn a_replication_of_a_sweep_counts_once_with_its_mean_over_the_points() {
    let scenario = Arc::new(scenario());
    let plan = Plan::swept(scenario, &table(&[2.0, 3.0, 4.0]), Detail::Judged).unwrap();
    let comparison = compared_by(&plan);
    let effect = comparison.judged(2, 7);
    assert_eq!(effect.pairs, 2);
    near(effect.baseline, 18.5);
    near(effect.difference, 6.0);
    near(comparison.contest().difference(2, 1, 0).difference, 3.0);
    near(comparison.paid_months(1), 5.5);
    near(comparison.costs(2)[1][0], 250.0);
}

#[test]
fn what_is_not_known_at_a_point_is_left_out_of_its_mean() {
    let mut replication = Replication::default();
    for (before, after) in [(1.0, 3.0), (f64::NAN, 9.0), (5.0, f64::NAN), (3.0, 6.0)] {
        replication.add(2, [(0.0, 1.0), (before, after)].into_iter());
    }
    assert_eq!(replication.sums[..2], [[0.0; 3]; 2]);
    assert_eq!(replication.sums[2..], [[0.0, 4.0, 4.0], [4.0, 9.0, 2.0]]);
}

/// Worlds of weight 1 and 3, in which policy p gains 2 p and 3 p.
#[test]
fn worlds_count_by_their_weight() {
    let world = |id: &str, weight, value| PlausibleWorld {
        id: id.into(),
        weight,
        values: vec![value],
    };
    let path = VARIED.into();
    let ensemble = WorldEnsemble {
        inputs: vec![WorldInput {
            path,
            words: Vec::new(),
        }],
        worlds: vec![world("a", 1.0, 2.0), world("b", 3.0, 4.0)],
    };
    let scenario = Scenario {
        ensemble: Some(ensemble),
        ..scenario()
    };
    let comparison = compared_by(&Plan::of(Arc::new(scenario)));
    let effect = comparison.judged(2, 7);
    assert_eq!(effect.pairs, 4);
    near(effect.difference, 2.0 * (2.0 + 9.0) / 4.0);
    near(effect.baseline, 17.5 + 0.75);
    assert_eq!(comparison.weights(), [1.0, 3.0]);
    let spread = comparison.spread(2, 7).expect("there are worlds");
    near(spread.effective, 1.6);
    near(spread.variance_chance, 8.0);
    let trust = crate::model::outcome::position("trust").unwrap();
    assert_eq!(comparison.world_gains(trust)[1..], [[2.0, 3.0], [4.0, 6.0]]);
    let backlog = crate::model::outcome::position("backlog").unwrap();
    assert_eq!(comparison.world_gains(backlog)[1], [-2.0, -3.0]);
    near(comparison.contest().difference(1, 2, 3).difference, -2.75);
    near(comparison.paid_months(1), 5.5);
    near(comparison.costs(1)[0][0], 125.0);
}
