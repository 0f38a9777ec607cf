//! Which runs a study needs: every policy in every replication at every design point or in every
//! plausible world, each with an identity.
//!
//! The identity is a hash of what determines the result: version of the model, scenario at the
//! design point or in the world, policy, replication, and how much is kept. Names, those of interventions too, the
//! question, the number of replications and the other policies are left out, so more replications or
//! another study can use runs that are there. Runs are listed one group at a time, so a plan takes no
//! more memory for more runs.

mod text;

use std::sync::Arc;

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::experiment::design;
use crate::experiment::runs::digest::{Detail, Kept, Reading};
use crate::intervention::{Intervention, Policy};
use crate::numeric::hex;
use crate::scenario::ensemble::{PlausibleWorld, WorldEnsemble};
use crate::scenario::input::{Input, contradiction};
use crate::scenario::presentation::Presentation;
use crate::scenario::reading::fault::Fault;
use crate::scenario::sweep::Sweep;
use crate::scenario::{EffectRows, Scenario, Series};

/// Changes whenever the same scenario gives other numbers; `tests/model/golden.rs` holds some of them.
pub const MODEL_VERSION: u32 = 4;

/// All runs of a study.
#[derive(Debug, Clone)]
pub struct Plan {
    scenario: Arc<Scenario>,
    inputs: Vec<Input>,
    points: Vec<Vec<f64>>,
    /// The worlds that the points are, where they are worlds.
    worlds: Vec<PlausibleWorld>,
    detail: Detail,
    wanted: Option<Vec<Vec<usize>>>,
    readings: Vec<Reading>,
}

/// A design point, ready to be run.
#[derive(Debug)]
pub struct Point {
    /// Number in the design.
    pub number: usize,
    /// Values of the inputs.
    pub values: Vec<f64>,
    /// How much it counts, where it is a plausible world.
    pub weight: Option<f64>,
    /// The scenario with these values.
    pub scenario: Arc<Scenario>,
    policies: Vec<Sha256>,
    fuller: Vec<Sha256>,
}

/// A run that a study needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Job {
    /// Number in the study, from 0: the order of every file.
    pub run_id: usize,
    /// Position of the policy in the scenario.
    pub policy: usize,
    /// Replication.
    pub replication: u32,
    /// What the result is stored under.
    pub identity: RunHash,
    /// What a result that holds more is stored under, if less is wanted.
    pub fuller: Option<RunHash>,
}

/// All policies in one replication at one design point or in one world, the baseline first.
#[derive(Debug, Clone)]
pub struct Group {
    /// The design point.
    pub point: Arc<Point>,
    /// The runs.
    pub jobs: Vec<Job>,
}

impl Plan {
    /// Every policy of `scenario` in every replication, and in each of its worlds if it has any.
    pub fn of(scenario: Arc<Scenario>) -> Self {
        let ensemble = scenario.ensemble.as_ref();
        let (inputs, worlds) = ensemble.map_or_else(Default::default, |of| laid(of, &scenario));
        Self {
            points: match worlds.is_empty() {
                true => vec![Vec::new()],
                false => worlds.iter().map(|world| world.values.clone()).collect(),
            },
            inputs,
            worlds,
            scenario,
            detail: Detail::Full,
            wanted: None,
            readings: Vec::new(),
        }
    }

    /// The same at every design point of `sweep`, and in no world but the scenario's own: design
    /// points share the luck of a replication.
    ///
    /// # Errors
    /// When an input is unknown or a design point makes no sense.
    pub fn swept(scenario: Arc<Scenario>, sweep: &Sweep, detail: Detail) -> Result<Self, Fault> {
        let scenario = Arc::new(Scenario {
            ensemble: None,
            ..Scenario::clone(&scenario)
        });
        let named = |varied: &crate::scenario::sweep::Varied| Input::named(&varied.path, &scenario);
        let inputs: Vec<Input> = sweep.vary.iter().map(named).collect::<Result<_, _>>()?;
        let points = design::points(sweep, &inputs, scenario.seed);
        let plan = Self {
            inputs,
            points,
            detail,
            ..Self::of(scenario)
        };
        let wrong = (0..plan.points.len())
            .find_map(|number| Some((number, contradiction(&plan.scenario_at(number))?)));
        match wrong {
            None => Ok(plan),
            Some((number, why)) => Err(Fault::error(format!("design point {number}: {why}"))
                .hint("narrow the ranges, or give the points as a table with --design")),
        }
    }

    /// The same, with so much kept of each run.
    pub fn keeping(self, detail: Detail) -> Self {
        Self { detail, ..self }
    }

    /// The same, but in each replication only these policies.
    pub fn only(self, wanted: Vec<Vec<usize>>) -> Self {
        Self {
            wanted: Some(wanted),
            ..self
        }
    }

    /// The same, but of each run only these numbers are kept.
    pub fn reading(self, readings: Vec<Reading>) -> Self {
        Self { readings, ..self }
    }

    /// The scenario before anything is varied.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// Whether its points are those of a sweep.
    pub fn is_sweep(&self) -> bool {
        !self.inputs.is_empty() && self.worlds.is_empty()
    }

    /// The plausible worlds that its points are; none where they are not.
    pub fn worlds(&self) -> &[PlausibleWorld] {
        &self.worlds
    }

    /// What the world that `point` is is called; empty where it is none.
    pub fn world_name(&self, point: &Point) -> &str {
        self.worlds.get(point.number).map_or("", |world| &world.id)
    }

    /// What is varied.
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// Values of the inputs, by design point.
    pub fn points(&self) -> &[Vec<f64>] {
        &self.points
    }

    /// What is kept of each run.
    pub fn kept(&self) -> Kept {
        Kept {
            readings: self.readings.clone(),
            ..Kept::of(&self.scenario, self.detail)
        }
    }

    /// Number of runs.
    pub fn runs(&self) -> usize {
        match &self.wanted {
            Some(wanted) => wanted.iter().map(Vec::len).sum::<usize>() * self.points.len(),
            None => self.replications() * self.points.len() * self.scenario.policies.len(),
        }
    }

    /// Number of replications.
    pub fn replications(&self) -> usize {
        self.scenario.replications as usize
    }

    /// All runs, by design point and replication.
    pub fn groups(&self) -> impl Iterator<Item = Group> + '_ {
        let points = (0..self.points.len()).map(|number| Arc::new(self.point(number)));
        points.flat_map(move |point| {
            (0..self.replications()).map(move |replication| self.group(&point, replication as u32))
        })
    }

    /// The group that holds the run with this number.
    pub fn group_of(&self, run_id: usize) -> Option<Group> {
        let number = run_id / self.scenario.policies.len();
        let (point, replication) = (number / self.replications(), number % self.replications());
        (point < self.points.len())
            .then(|| self.group(&Arc::new(self.point(point)), replication as u32))
    }

    /// Number of the design point of the run with this number.
    pub fn point_of(&self, run_id: usize) -> usize {
        run_id / self.scenario.policies.len() / self.replications()
    }

    fn group(&self, point: &Arc<Point>, replication: u32) -> Group {
        let policies = self.scenario.policies.len();
        let first = (point.number * self.replications() + replication as usize) * policies;
        let job = |policy: usize| Job {
            run_id: first + policy,
            policy,
            replication,
            identity: identity(&point.policies[policy], replication),
            fuller: point
                .fuller
                .get(policy)
                .map(|hash| identity(hash, replication)),
        };
        let jobs = match &self.wanted {
            Some(wanted) => wanted[replication as usize]
                .iter()
                .map(|&policy| job(policy))
                .collect(),
            None => (0..policies).map(job).collect(),
        };
        Group {
            point: Arc::clone(point),
            jobs,
        }
    }

    fn scenario_at(&self, number: usize) -> Scenario {
        let mut scenario = Scenario {
            ensemble: None,
            world: self.worlds.get(number).map_or(0, PlausibleWorld::key),
            ..Scenario::clone(&self.scenario)
        };
        for (input, value) in self.inputs.iter().zip(&self.points[number]) {
            input.set(&mut scenario, *value);
        }
        scenario
    }

    fn point(&self, number: usize) -> Point {
        let scenario = self.scenario_at(number);
        let hashes = |detail| {
            let mut world = world_hash(&scenario, detail);
            if !self.readings.is_empty() {
                world.update(canonical(&self.readings));
            }
            let policies = scenario.policies.iter();
            policies.map(|policy| policy_hash(&world, policy)).collect()
        };
        Point {
            number,
            values: self.points[number].clone(),
            weight: self.worlds.get(number).map(|world| world.weight),
            policies: hashes(self.detail),
            fuller: match self.detail {
                Detail::Judged if self.readings.is_empty() => hashes(Detail::Full),
                Detail::Judged | Detail::Full => Vec::new(),
            },
            scenario: Arc::new(scenario),
        }
    }
}

/// Inputs in which worlds differ, and the worlds.
fn laid(ensemble: &WorldEnsemble, scenario: &Scenario) -> (Vec<Input>, Vec<PlausibleWorld>) {
    let paths = ensemble.inputs.iter();
    let inputs = paths.map(|of| Input::named(&of.path, scenario).ok());
    // what was read from a file has been checked
    match inputs.collect::<Option<Vec<Input>>>() {
        Some(inputs) => (inputs, ensemble.worlds.clone()),
        None => Default::default(),
    }
}

fn identity(policy: &Sha256, replication: u32) -> RunHash {
    let mut hash = policy.clone();
    hash.update(u64::from(replication).to_le_bytes());
    RunHash(hash.finalize().into())
}

/// Hash of all that determines a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RunHash([u8; 32]);

impl RunHash {
    /// The hash of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The raw hash.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The hash in hexadecimal digits.
    pub fn hex(&self) -> String {
        hex(&self.0)
    }

    /// Whether `text` could be the hexadecimal digits of an identity.
    pub fn is_hex(text: &str) -> bool {
        text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
    }
}

/// `scenario` without what changes no number of a run: names, the number of replications, and other
/// worlds.
pub fn nameless(scenario: &Scenario) -> Scenario {
    Scenario {
        name: String::new(),
        question: String::new(),
        replications: 0,
        topics: Vec::new(),
        ensemble: None,
        report: Presentation::default(),
        effects: EffectRows::default(),
        ..scenario.clone()
    }
}

fn world_hash(scenario: &Scenario, detail: Detail) -> Sha256 {
    let bare = Scenario {
        policies: Vec::new(),
        // of what is judged no series is kept, so its scope makes no other run
        series: match detail {
            Detail::Judged => Series::Nation,
            Detail::Full => scenario.series,
        },
        ..nameless(scenario)
    };
    let mut hash = Sha256::new();
    hash.update(format!("cogov model {MODEL_VERSION}\n"));
    hash.update(canonical(&detail));
    hash.update(canonical(&bare));
    hash
}

fn policy_hash(world: &Sha256, policy: &Policy) -> Sha256 {
    let mut hash = world.clone();
    let nameless = policy.interventions.iter().map(|one| Intervention {
        name: String::new(),
        ..one.clone()
    });
    hash.update(canonical(&nameless.collect::<Vec<_>>()));
    hash
}

fn canonical(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("a scenario can be written down")
}

#[cfg(test)]
mod tests;
