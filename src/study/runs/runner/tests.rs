use super::*;
use crate::study::by_hand::{Heard, folder, loaded};

fn plan() -> Plan {
    Plan::of(Arc::new(loaded().scenario))
}

fn run_with(plan: &Plan, store: &RunStore, every: Option<u32>, told: &Heard) -> Ended {
    let hands = Hands {
        threads: 1,
        pool: None,
        checkpoint_every: every,
    };
    let watch = Watched {
        stage: Stage::Policies,
        observer: told,
        stop: &AtomicBool::new(false),
    };
    run_missing(plan, plan.groups(), store, hands, watch)
}

#[track_caller]
fn shared(ended: &Ended) -> u64 {
    match ended {
        Ended::Complete { shared } => *shared,
        other => panic!("{other:?}"),
    }
}

/// Two policies begin after 5 months that are run once for both and the baseline, in three
/// replications; all 9 runs of 30 months are told.
#[test]
fn months_before_the_first_measure_are_run_once() {
    let (plan, store, told) = (plan(), RunStore::in_memory(), Heard::default());
    assert_eq!(shared(&run_with(&plan, &store, None, &told)), 30);
    assert_eq!(told.so_far(), [270, 9]);
    // what is there is told again and not run
    assert_eq!(shared(&run_with(&plan, &store, None, &told)), 0);
    assert_eq!(told.so_far(), [270, 18]);
}

/// Where the baseline is there already, its months are run for the two others: one of them gains.
#[test]
fn a_trunk_without_a_baseline_spares_one_policy_less() {
    let (plan, store) = (plan(), RunStore::in_memory());
    let alone = plan.clone().only(vec![vec![0]; 3]);
    assert_eq!(
        shared(&run_with(&alone, &store, None, &Heard::default())),
        0
    );
    let told = Heard::default();
    assert_eq!(shared(&run_with(&plan, &store, None, &told)), 15);
    assert_eq!(told.so_far(), [180, 9]);
}

#[test]
fn runs_are_the_same_from_a_trunk_alone_and_from_checkpoints() {
    let plan = plan();
    let (trunk, alone) = (RunStore::in_memory(), RunStore::in_memory());
    let path = folder("checkpoints");
    let kept = RunStore::open(&path).expect("a store");
    run_with(&plan, &trunk, None, &Heard::default());
    assert_eq!(
        shared(&run_with(&plan, &alone, Some(7), &Heard::default())),
        0
    );
    let told = Heard::default();
    assert_eq!(shared(&run_with(&plan, &kept, Some(7), &told)), 0);
    assert_eq!(told.so_far(), [270, 9]);
    for job in plan.groups().flat_map(|group| group.jobs) {
        let run = |store: &RunStore| store.packed(&job.identity).unwrap().expect("a run");
        assert!(run(&trunk) == run(&alone) && run(&trunk) == run(&kept));
    }
    std::fs::remove_dir_all(path).expect("it was there");
}

#[test]
fn parts_of_a_study_are_the_whole_and_nothing_twice() {
    let plan = plan();
    for of in 1..=4 {
        let part = |part| RunShard { part, of }.groups(&plan);
        let mut runs: Vec<usize> = (0..of)
            .flat_map(part)
            .flat_map(|group| group.jobs)
            .map(|job| job.run_id)
            .collect();
        runs.sort_unstable();
        assert!(runs.into_iter().eq(0..9), "{of} parts");
    }
}

#[test]
fn who_is_stopped_does_not_say_that_all_is_done() {
    let (plan, store) = (plan(), RunStore::in_memory());
    let hands = Hands {
        threads: 1,
        pool: None,
        checkpoint_every: None,
    };
    let watch = Watched {
        stage: Stage::Policies,
        observer: &Heard::default(),
        stop: &AtomicBool::new(true),
    };
    let ended = run_missing(&plan, plan.groups(), &store, hands, watch);
    assert!(matches!(ended, Ended::Interrupted));
    assert!(plan.groups().all(|group| !store.has(&group.jobs[0])));
}
