//! Runs that are done elsewhere come back to the same bytes; what would give others is refused.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use cogov::experiment::statistics::precision::WantedWidth;
use cogov::model::outcome::position;
use cogov::scenario::{Overrides, load, load_texts};
use cogov::study::batches::{Keep, WorkOrder, Workers};
use cogov::study::error::Unanswerable;
use cogov::study::narrow::Until;
use cogov::study::{Error, Options, Questions, Study};

use crate::command::{files, folder, small};

/// Workers in this process, and what they do with the runs of a group before they give them back.
struct Far {
    orders: AtomicUsize,
    give: fn(&[u8], &mut Keep<'_>, usize) -> Result<(), Error>,
}

impl Workers for Far {
    fn run(&self, order: &[u8], groups: &[usize], keep: &mut Keep<'_>) -> Result<(), Error> {
        self.orders.fetch_add(1, Ordering::Relaxed);
        let worker = WorkOrder::read(order)?;
        for group in groups.iter().rev() {
            let packed = worker.run(&[*group], 1, &AtomicBool::new(false))?;
            (self.give)(&packed, keep, *group)?;
        }
        Ok(())
    }
}

type Give = fn(&[u8], &mut Keep<'_>, usize) -> Result<(), Error>;

fn study(folder: &Path, give: Option<Give>) -> (Study, Arc<Far>) {
    let far = Arc::new(Far {
        orders: AtomicUsize::new(0),
        give: give.unwrap_or(|packed, keep, group| keep(&[group], packed, "one")),
    });
    let options = Options {
        folder: Some(folder.into()),
        workers: give.map(|_| Arc::clone(&far) as Arc<_>),
        ..Options::default()
    };
    let loaded = load(small(), &Overrides::default()).unwrap();
    (Study::open(loaded, options).unwrap(), far)
}

/// An interval so narrow that the study goes on to six replications.
fn questions() -> Questions {
    let outcome = position("trust").unwrap();
    let half_width = 1e-12;
    Questions {
        until: Some(Until {
            wanted: vec![WantedWidth {
                outcome,
                half_width,
            }],
            most: 6,
        }),
        ..Questions::default()
    }
}

#[test]
fn what_others_ran_is_what_one_machine_runs() {
    let [here, there] = ["here", "there"].map(|name| folder("batches", name));
    study(&here, None).0.compare_and(&questions()).unwrap();
    let (far, workers) = study(
        &there,
        Some(|packed, keep, group| {
            keep(&[group], packed, "one")?;
            keep(&[group], packed, "another")
        }),
    );
    far.compare_and(&questions()).unwrap();
    assert_eq!(files(&here), files(&there));
    assert!(workers.orders.load(Ordering::Relaxed) > 1);
}

/// Why a study ends whose workers give back so.
fn refused(give: Give) -> Unanswerable {
    match study(&folder("batches", "refused"), Some(give)).0.compare() {
        Err(Error::Unanswerable(why)) => why,
        other => panic!("{:?}", other.err()),
    }
}

#[test]
fn others_and_damaged_ones_are_refused() {
    let damaged = |why| match why {
        Unanswerable::DamagedBatch { run_id } => run_id,
        other => panic!("{other}"),
    };
    let of_another = refused(|packed, keep, group| keep(&[group - 1], packed, "one"));
    assert_eq!(damaged(of_another), 3, "runs of another group");
    let cut = refused(|packed, keep, group| keep(&[group], &packed[..packed.len() - 1], "one"));
    assert_eq!(damaged(cut), 8, "cut off");
    let twice = refused(|packed, keep, group| {
        keep(&[group], packed, "one")?;
        let mut other = packed.to_vec();
        *other.last_mut().unwrap() ^= 1;
        keep(&[group], &other, "another")
    });
    assert!(
        twice.to_string().contains("by one and by another"),
        "{twice}"
    );
    let (nothing, _) = study(&folder("batches", "nothing"), Some(|_, _, _| Ok(())));
    assert!(matches!(nothing.compare(), Err(Error::Lost { run_id: 0 })));
}

#[test]
fn a_worker_that_would_give_other_bytes_is_refused() {
    static ORDER: Mutex<Vec<u8>> = Mutex::new(Vec::new());
    struct Reading;
    impl Workers for Reading {
        fn run(&self, order: &[u8], _: &[usize], _: &mut Keep<'_>) -> Result<(), Error> {
            *ORDER.lock().unwrap() = order.to_vec();
            Err(Error::Interrupted)
        }
    }
    let options = Options {
        workers: Some(Arc::new(Reading)),
        ..Options::default()
    };
    let loaded = load(small(), &Overrides::default()).unwrap();
    let ended = Study::open(loaded, options).unwrap().compare();
    assert!(matches!(ended, Err(Error::Interrupted)));
    let mut order = ORDER.lock().unwrap().clone();
    let worker = WorkOrder::read(&order).unwrap();
    let stopped = worker.run(&[0], 1, &AtomicBool::new(true));
    assert!(matches!(stopped, Err(Error::Interrupted)));
    order[0] ^= 1;
    let refused = WorkOrder::read(&order).err().expect("another program");
    let other = matches!(
        refused,
        Error::Unanswerable(Unanswerable::OtherWorker { .. })
    );
    assert!(other);
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
