use super::*;
use crate::study::Options;
use crate::study::Study;
use crate::study::by_hand::{Heard, loaded, study, told_to};

/// Workers in this process, who give each group back as it is said.
struct Near(fn(&[u8], usize, &mut Keep<'_>) -> Result<(), Error>);

impl Workers for Near {
    fn run(&self, order: &[u8], groups: &[usize], keep: &mut Keep<'_>) -> Result<(), Error> {
        let worker = WorkOrder::read(order)?;
        for group in groups {
            let packed = worker.run(&[*group], 1, &AtomicBool::new(false))?;
            (self.0)(&packed, *group, keep)?;
        }
        Ok(())
    }
}

fn handed_out(workers: Near, told: &Arc<Heard>) -> Result<crate::study::Compared, Error> {
    let options = Options {
        workers: Some(Arc::new(workers)),
        ..told_to(told)
    };
    Study::open(loaded(), options)?.compare()
}

#[test]
fn runs_of_others_are_taken_once_and_are_the_same() {
    let told = Arc::new(Heard::default());
    let twice = Near(|packed, group, keep| {
        keep(&[group], packed, "one")?;
        keep(&[group], packed, "two")
    });
    let there = handed_out(twice, &told).unwrap();
    let here = study(loaded()).compare().unwrap();
    for policy in ["mandate", "nothing"] {
        let [there, here] = [&there, &here].map(|found| found.effect(policy, "trust"));
        assert_eq!(format!("{there:?}"), format!("{here:?}"));
    }
    assert_eq!(told.so_far(), [270, 9]);
}

/// Runs of policy 1 begin behind those of policy 0; another group has other runs.
#[test]
fn what_is_cut_off_or_of_another_group_or_missing_is_refused() {
    let told = Arc::new(Heard::default());
    let why = |near| match handed_out(near, &told) {
        Err(Error::Unanswerable(Unanswerable::DamagedBatch { run_id })) => run_id,
        Err(Error::Lost { run_id }) => 100 + run_id,
        other => panic!("{:?}", other.err()),
    };
    let cut = Near(|packed, group, keep| keep(&[group], &packed[..packed.len() - 1], "one"));
    assert_eq!(why(cut), 2);
    let empty = Near(|_, group, keep| keep(&[group], &[], "one"));
    assert_eq!(why(empty), 0);
    let other = Near(|packed, group, keep| keep(&[(group + 1) % 3], packed, "one"));
    assert_eq!(why(other), 3);
    let lost = Near(|packed, group, keep| match group {
        1 => Ok(()),
        _ => keep(&[group], packed, "one"),
    });
    assert_eq!(why(lost), 103);
}

#[test]
fn an_order_of_another_program_is_refused() {
    let order = order(&Plan::of(Arc::new(loaded().scenario)));
    assert!(WorkOrder::read(&order).is_ok());
    let mut other = order.clone();
    other[7] ^= 1;
    let refused = WorkOrder::read(&other).map(|_| ());
    assert!(matches!(
        refused,
        Err(Error::Unanswerable(Unanswerable::OtherWorker { .. }))
    ));
    let cut = WorkOrder::read(&order[..order.len() - 1]).map(|_| ());
    assert!(matches!(
        cut,
        Err(Error::Unanswerable(Unanswerable::DamagedBatch {
            run_id: 0
        }))
    ));
}
