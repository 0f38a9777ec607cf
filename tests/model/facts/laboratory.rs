//! A laboratory for facts: a policy of a study with some values set is a case; its runs are made
//! once, however many facts ask for them.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex, OnceLock};

use cogov::experiment::statistics::paired::{Effect, Pairs};
use cogov::intervention::Policy;
use cogov::model::outcome::{OUTCOMES, position};
use cogov::numeric::BySize as _;
use cogov::scenario::{Overrides, Scenario, load};
use cogov::simulation::{Onward, Simulation};
use rayon::prelude::*;

/// A policy of a study, with some values set.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Case {
    study: &'static str,
    policy: &'static str,
    set: Vec<&'static str>,
    replications: Option<u32>,
}

impl Case {
    /// `policy` of the scenario file `study`.
    pub fn new(study: &'static str, policy: &'static str) -> Self {
        Self {
            study,
            policy,
            set: Vec::new(),
            replications: None,
        }
    }

    /// The same with these values, each `path=value`.
    pub fn with(&self, set: &[&'static str]) -> Self {
        let mut case = self.clone();
        case.set.extend(set);
        case
    }

    /// The same with another number of replications.
    pub fn replicated(&self, replications: u32) -> Self {
        Self {
            replications: Some(replications),
            ..self.clone()
        }
    }

    /// Its runs.
    pub fn runs(&self) -> Arc<Runs> {
        let shared = Arc::clone(CACHE.lock().unwrap().entry(self.clone()).or_default());
        Arc::clone(shared.get_or_init(|| Arc::new(Runs::of(self))))
    }

    fn scenario(&self) -> Scenario {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(self.study);
        let overrides = Overrides {
            set: self.set.iter().map(ToString::to_string).collect(),
            replications: self.replications,
            worlds: Some(0),
            ..Overrides::default()
        };
        let loaded = load(&path, &overrides);
        loaded.unwrap_or_else(|faults| panic!("{faults}")).scenario
    }
}

type Shared = Arc<OnceLock<Arc<Runs>>>;
static CACHE: LazyLock<Mutex<BTreeMap<Case, Shared>>> = LazyLock::new(Mutex::default);

/// Outcomes of the nation in every month of each replication.
#[derive(Debug)]
pub struct Runs(Vec<Vec<f64>>);

impl Runs {
    fn of(case: &Case) -> Self {
        let scenario = case.scenario();
        let named = |policy: &&Policy| policy.name == case.policy;
        let policy = scenario.policies.iter().find(named).cloned();
        let policy = policy.unwrap_or_else(|| panic!("no policy {}", case.policy));
        let replications = scenario.replications;
        let simulation = Simulation::new(Arc::new(scenario));
        let nation = |replication| {
            let run = simulation.run(&policy, replication, false, |_| Onward::Continue);
            let record = run.expect("nobody stops it").record;
            let months = 0..record.months();
            months.flat_map(|t| record.row(t, 0).to_vec()).collect()
        };
        Self((0..replications).into_par_iter().map(nation).collect())
    }

    /// Months of a run.
    pub fn months(&self) -> usize {
        self.0[0].len() / OUTCOMES.len()
    }

    /// Mean of `outcome` over `months`, in each replication.
    pub fn over(&self, outcome: &str, months: Range<usize>) -> Vec<f64> {
        let column = position(outcome).expect("a known outcome");
        let value = |run: &[f64], month: usize| run[month * OUTCOMES.len() + column];
        let mean = |run: &Vec<f64>| {
            let sum: f64 = months.clone().map(|month| value(run, month)).sum();
            sum / months.len() as f64
        };
        self.0.iter().map(mean).collect()
    }

    /// `outcome` in a month, in each replication.
    pub fn at(&self, outcome: &str, month: usize) -> Vec<f64> {
        self.over(outcome, month..month + 1)
    }

    /// `outcome` at the end of the run, in each replication.
    pub fn last(&self, outcome: &str) -> Vec<f64> {
        self.at(outcome, self.months() - 1)
    }
}

/// `a - b`, replication by replication.
pub fn less(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}

/// Mean of `values` with its 95 % interval; paired where they are differences.
pub fn mean_of(values: &[f64]) -> Effect {
    let mut pairs = Pairs::default();
    for value in values {
        pairs.add(0.0, *value);
    }
    pairs.effect()
}

/// Position of the largest value.
pub fn highest(values: &[f64]) -> usize {
    let indexed = values.iter().enumerate();
    let best = indexed.max_by(|a, b| a.1.by_size(b.1));
    best.expect("there are values").0
}
