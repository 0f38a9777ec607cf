//! Runs that are done elsewhere come back to the same bytes; what would give others is refused.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use cogov::scenario::{Overrides, load, load_texts};
use cogov::study::batches::WorkOrder;
use cogov::study::error::Unanswerable;
use cogov::study::{Error, Options, Study, Task};

use crate::command::{files, folder, small};

fn study(folder: &Path) -> Study {
    let options = Options {
        folder: Some(folder.into()),
        ..Options::default()
    };
    Study::open(load(small(), &Overrides::default()).unwrap(), options).unwrap()
}

#[test]
fn what_others_ran_is_what_one_machine_runs() {
    let [here, there] = ["here", "there"].map(|name| folder("batches", name));
    study(&here).compare().unwrap();
    let far = study(&there);
    let batches = far.batches(&Task::Compare).unwrap();
    let missing = batches.missing();
    assert_eq!(missing, [0, 1, 2]);
    for part in missing.chunks(2) {
        let worker = WorkOrder::read(batches.order()).unwrap();
        let packed = worker.run(part, 1, &AtomicBool::new(false)).unwrap();
        batches.keep(part, &packed).unwrap();
    }
    assert!(batches.missing().is_empty());
    drop(batches);
    far.compare().unwrap();
    assert_eq!(files(&here), files(&there));
}

#[test]
fn others_and_damaged_ones_are_refused() {
    let study = study(&folder("batches", "refused"));
    let batches = study.batches(&Task::Compare).unwrap();
    let worker = WorkOrder::read(batches.order()).unwrap();
    let packed = worker.run(&[0], 1, &AtomicBool::new(false)).unwrap();
    let damaged = |groups: &[usize], packed: &[u8]| match batches.keep(groups, packed) {
        Err(Error::Unanswerable(Unanswerable::DamagedBatch { run_id })) => run_id,
        other => panic!("{other:?}"),
    };
    assert_eq!(damaged(&[1], &packed), 3, "runs of another group");
    assert_eq!(damaged(&[0], &packed[..packed.len() - 1]), 2, "cut off");
    let mut order = batches.order().to_vec();
    order[0] ^= 1;
    let refused = WorkOrder::read(&order).err().expect("another program");
    assert!(matches!(
        refused,
        Error::Unanswerable(Unanswerable::OtherWorker { .. })
    ));
    let stopped = worker.run(&[0], 1, &AtomicBool::new(true));
    assert!(matches!(stopped, Err(Error::Interrupted)));
}

#[test]
fn texts_stand_for_files_and_name_their_faults() {
    let path = small();
    let home = Path::new(&path).parent().unwrap();
    let read = |text: &str| {
        let texts = BTreeMap::from([("over".to_owned(), text.to_owned())]);
        load_texts("over", texts, home, &Overrides::default())
    };
    let same = read("extends = \"small.toml\"").unwrap();
    let file = load(&path, &Overrides::default()).unwrap();
    assert_eq!(same.scenario, file.scenario);
    let faults = read("extends = \"small.toml\"\n[sharing]\nnoise = -1\n").unwrap_err();
    assert!(faults.to_string().contains("--> over:3:9"), "{faults}");
}
