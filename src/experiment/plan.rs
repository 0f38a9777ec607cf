//! Which runs a study needs: every policy in every replication, each with an identity.
//!
//! The identity is a hash of what determines the result: version of the model, scenario, policy and
//! replication. Names, the question, the number of replications and the other policies are left
//! out, so more replications or another study can use runs that are there.

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::intervention::Policy;
use crate::scenario::Scenario;

/// Changes whenever the same scenario gives other numbers.
pub const MODEL_VERSION: u32 = 1;

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
    pub identity: Identity,
}

/// Hash of all that determines a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Identity([u8; 32]);

impl Identity {
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
}

/// Bytes in hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Runs of `scenario`, replication by replication, the baseline first in each.
pub fn jobs(scenario: &Scenario) -> Vec<Job> {
    let policies = scenario.policies.len();
    let world = world_hash(scenario);
    let hashes: Vec<Sha256> = scenario
        .policies
        .iter()
        .map(|policy| policy_hash(&world, policy))
        .collect();
    let job = |run_id: usize| {
        let (replication, policy) = (run_id / policies, run_id % policies);
        let mut hash = hashes[policy].clone();
        hash.update((replication as u64).to_le_bytes());
        Job {
            run_id,
            policy,
            replication: replication as u32,
            identity: Identity(hash.finalize().into()),
        }
    };
    (0..policies * scenario.replications as usize)
        .map(job)
        .collect()
}

fn world_hash(scenario: &Scenario) -> Sha256 {
    let bare = Scenario {
        name: String::new(),
        question: String::new(),
        replications: 0,
        policies: Vec::new(),
        ..scenario.clone()
    };
    let mut hash = Sha256::new();
    hash.update(format!("cogov model {MODEL_VERSION}\n"));
    hash.update(canonical(&bare));
    hash
}

fn policy_hash(world: &Sha256, policy: &Policy) -> Sha256 {
    let mut hash = world.clone();
    hash.update(canonical(&policy.interventions));
    hash
}

fn canonical(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("a scenario can be written down")
}
