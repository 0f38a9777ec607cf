//! A study whose runs are made up, so that what follows of them can be calculated by hand; only tests
//! live here.

use crate::experiment::runs::FinishedRuns;
use crate::experiment::runs::digest::{Digest, Kept};
use crate::experiment::runs::plan::Job;
use crate::intervention::cost::Cost;
use crate::intervention::strength::Course;
use crate::intervention::targeting::Target;
use crate::intervention::{BASELINE, Intervention, Policy};
use crate::model::GROUPS;
use crate::model::outcome::OUTCOMES;
use crate::scenario::calibration::{Calibration, CalibrationTarget, Reckoning, Scope};
use crate::scenario::presentation::Presentation;
use crate::scenario::sweep::{Method, Over, Sweep, Varied};
use crate::scenario::{EffectRows, Scenario, Series};
use crate::world::alternative::Choices;
use crate::world::by_hand::{START, geography};
use crate::world::geography::{Frontline, Population};
use crate::world::history::History;
use crate::world::parameter::Values;
use crate::world::people::People;

/// What is varied in its sweeps.
pub const VARIED: &str = "sharing.benefit";

fn policy(name: &str, interventions: usize) -> Policy {
    let measure = |i| Intervention {
        name: format!("measure {i}"),
        changes: Vec::new(),
        course: Course {
            start: START.plus(6),
            ramp_months: 0,
            dose: 1.0,
            stop: None,
            half_life_months: 0.0,
        },
        target: Target::default(),
        cost: Cost::default(),
    };
    Policy {
        name: name.into(),
        describe: String::new(),
        interventions: (0..interventions).map(measure).collect(),
    }
}

/// Two years of the country of six scopes, from January on: the baseline and two policies of one and
/// of two measures, in two replications.
pub fn scenario() -> Scenario {
    Scenario {
        name: "by hand".into(),
        question: String::new(),
        start: START,
        months: 24,
        seed: 5,
        replications: 2,
        series: Series::Nation,
        effects: EffectRows::default(),
        geography: geography(),
        population: Population {
            frontline: Frontline::Prefecture,
            citizens_per_million: 100_000.0,
            mean_field: false,
        },
        values: Values::defaults(GROUPS),
        choices: Choices::default(),
        couplings: Vec::new(),
        topics: Vec::new(),
        report: Presentation::default(),
        history: History::default(),
        ensemble: None,
        world: 0,
        policies: vec![policy(BASELINE, 0), policy("one", 1), policy("two", 2)],
    }
}

/// Something varied over these values.
pub fn varied(values: &[f64]) -> Varied {
    Varied {
        path: VARIED.into(),
        over: Over::Values(values.to_vec()),
        words: Vec::new(),
    }
}

/// A design of these points.
pub fn table(values: &[f64]) -> Sweep {
    Sweep {
        method: Method::Table,
        points: values.len() as u32,
        vary: vec![varied(values)],
        table: values.iter().map(|value| vec![*value]).collect(),
    }
}

/// A mean of the nation's trust over the last year that was seen, with errors of .3 and .4.
pub fn target(name: &str, value: f64) -> CalibrationTarget {
    CalibrationTarget {
        name: name.into(),
        measure: Reckoning::Mean,
        outcome: "trust".into(),
        scope: Scope::Nation,
        months: (12, 24),
        value,
        observation_sd: 0.3,
        discrepancy_sd: 0.4,
        errs_with: String::new(),
        source: "made up".into(),
    }
}

/// A calibration of the benefit from 1 to 5 by two targets.
pub fn calibration() -> Calibration {
    Calibration {
        vary: vec![Varied {
            over: Over::Range(1.0, 5.0),
            ..varied(&[])
        }],
        history: BASELINE.into(),
        targets: vec![target("first", 0.5), target("second", 2.0)],
        waves: 1,
        points: 4,
        draws: 2,
        rounds: 1,
        worlds: 10,
        correlation: 0.5,
        claims: 2,
        cutoff: 3.0,
        misses: 0,
    }
}

/// A run by policy, replication and design point: the first number of its digest, from which each
/// other one is one more than the one before.
pub type Rule = fn(usize, f64, f64) -> f64;

/// Runs by a rule. Each measure costs 100 times the number of its policy, half as much again in the
/// second replication, reaches 50 residents and is paid for in 12 months; the policy pays in 5 months,
/// or 6 in the second replication.
pub struct MadeUp {
    /// The rule.
    pub rule: Rule,
    /// Policies of the study.
    pub policies: usize,
    /// Replications of the study.
    pub replications: usize,
}

impl FinishedRuns for MadeUp {
    fn find(&self, job: &Job, kept: &Kept) -> Option<Digest> {
        let point = job.run_id / self.policies / self.replications;
        let replication = f64::from(job.replication);
        let first = (self.rule)(job.policy, replication, point as f64);
        let numbers = match kept.readings.len() {
            0 => kept.periods.len() * kept.scopes.len() * OUTCOMES.len(),
            read => read,
        };
        let money = 100.0 * job.policy as f64 * (1.0 + 0.5 * replication);
        Some(Digest {
            means: (0..numbers).map(|i| first + i as f64).collect(),
            series: Vec::new(),
            costs: vec![[money, 50.0, 12.0]; job.policy],
            paid_months: 5.0 + replication,
            people: People::default(),
        })
    }
}
