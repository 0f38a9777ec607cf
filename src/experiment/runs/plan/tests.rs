use super::*;
use crate::experiment::by_hand::{scenario, table};
use crate::scenario::ensemble::WorldInput;

/// Three policies in two replications at each of three points.
#[test]
fn runs_are_numbered_by_point_replication_and_policy() {
    let plan = Plan::swept(
        Arc::new(scenario()),
        &table(&[1.0, 2.0, 4.0]),
        Detail::Judged,
    )
    .unwrap();
    assert_eq!(
        (plan.runs(), plan.replications(), plan.points().len()),
        (18, 2, 3)
    );
    let mut next = 0;
    for group in plan.groups() {
        assert_eq!(group.jobs.len(), 3);
        for (policy, job) in group.jobs.iter().enumerate() {
            assert_eq!((job.run_id, job.policy), (next, policy));
            assert_eq!(job.run_id / 6, group.point.number);
            assert_eq!(job.run_id / 3 % 2, job.replication as usize);
            assert_eq!(plan.point_of(next), group.point.number);
            let found = plan.group_of(next).expect("a group");
            assert_eq!(found.jobs, group.jobs);
            assert_eq!(
                found.point.values,
                [1.0, 2.0, 4.0][group.point.number..=group.point.number]
            );
            next += 1;
        }
    }
    assert_eq!(next, 18);
    assert!(plan.group_of(18).is_none() && plan.is_sweep() && plan.worlds().is_empty());
    let few = plan.only(vec![vec![0, 2], vec![1]]);
    assert_eq!(few.runs(), 9);
    let second = few.groups().nth(1).expect("the second replication");
    assert_eq!((second.jobs.len(), second.jobs[0].run_id), (1, 4));
}

/// What changes a number has another identity; names do not.
#[test]
fn a_run_is_known_by_what_determines_it() {
    let identity = |change: &dyn Fn(&mut Scenario)| {
        let mut asked = scenario();
        change(&mut asked);
        let group = Plan::of(Arc::new(asked)).groups().next().expect("a group");
        group.jobs[1].identity
    };
    let own = identity(&|_| ());
    assert_eq!(own, identity(&|of| of.name = "other".into()));
    assert_eq!(own, identity(&|of| of.replications = 9));
    assert_ne!(own, identity(&|of| of.seed = 6));
    assert_ne!(
        own,
        identity(&|of| of.policies[1].interventions[0].course.dose = 2.0)
    );
    assert_ne!(own, identity(&|of| of.months = 25));
    assert!(RunHash::is_hex(&own.hex()));
    assert!(!RunHash::is_hex(&own.hex()[1..]) && !RunHash::is_hex(&"g".repeat(64)));
}

#[test]
fn worlds_are_points_with_weights_and_names_and_no_sweep() {
    let world = |id: &str, weight| PlausibleWorld {
        id: id.into(),
        weight,
        values: vec![weight],
    };
    let ensemble = WorldEnsemble {
        inputs: vec![WorldInput {
            path: crate::experiment::by_hand::VARIED.into(),
            words: Vec::new(),
        }],
        worlds: vec![world("a", 1.0), world("b", 3.0)],
    };
    let plan = Plan::of(Arc::new(Scenario {
        ensemble: Some(ensemble),
        ..scenario()
    }));
    assert_eq!(
        (plan.runs(), plan.is_sweep(), plan.worlds().len()),
        (12, false, 2)
    );
    let last = plan.groups().last().expect("a group");
    assert_eq!(
        (last.point.weight, plan.world_name(&last.point)),
        (Some(3.0), "b")
    );
    assert_eq!(last.point.scenario.world, plan.worlds()[1].key());
    let alone = Plan::of(Arc::new(scenario()));
    assert!(!alone.is_sweep() && alone.world_name(&last.point).is_empty());
}
