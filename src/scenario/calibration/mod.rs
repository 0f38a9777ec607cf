//! What a calibration varies and what it aims at, as validated.

pub(super) mod asked;

use serde::{Deserialize, Serialize};

use crate::intervention::{BASELINE, Policy};
use crate::scenario::sweep::Varied;
use crate::world::geography::Geography;

/// A calibration: ranges that are searched, and what was seen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// Parameters and the ranges over which each is taken as equally plausible.
    pub vary: Vec<Varied>,
    /// Policy that was in force when the targets were seen; the baseline if none is named.
    pub history: String,
    /// What was seen.
    pub targets: Vec<CalibrationTarget>,
    /// Waves of history matching.
    pub waves: u32,
    /// Points that are simulated in each wave, and in each round of the posterior.
    pub points: u32,
    /// Points of equal weight that the posterior shall be as good as: rounds follow until it is.
    pub draws: u32,
    /// Rounds after which it ends in any case.
    pub rounds: u32,
    /// Plausible worlds that are drawn from the posterior.
    pub worlds: u32,
    /// Correlation of the discrepancies of targets that err together: an assumption.
    pub correlation: f64,
    /// Points of the region at which all policies are compared.
    pub claims: u32,
    /// Implausibility from which on a point is ruled out.
    pub cutoff: f64,
    /// Targets that a point may miss without being ruled out: 1 judges by the second-largest
    /// implausibility.
    pub misses: u32,
}

/// Something that was seen, and how closely a model can be expected to meet it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CalibrationTarget {
    /// Name.
    pub name: String,
    /// How it is read off a run.
    pub measure: Reckoning,
    /// Name of the outcome.
    pub outcome: String,
    /// Where.
    pub scope: Scope,
    /// First month and the month after the last; the outcome is averaged over them.
    pub months: (u32, u32),
    /// What was seen.
    pub value: f64,
    /// Standard deviation of the error with which it was seen.
    pub observation_sd: f64,
    /// Standard deviation of what is seen round the best that the model can say: an assumption.
    pub discrepancy_sd: f64,
    /// Name of the group with whose targets it errs together; empty where it errs alone.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub errs_with: String,
    /// Where what was seen comes from.
    pub source: String,
}

/// How a target is read off a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reckoning {
    /// Mean of the outcome over the months.
    Mean,
    /// The same over the outcome in this month, less 1.
    Growth(u32),
    /// Rank correlation over provinces with these numbers (Spearman 1904).
    Rank(Vec<f64>),
}

/// Provinces that a target speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// All of them.
    Nation,
    /// A region, by its position.
    Region(usize),
    /// A province, by its position.
    Province(usize),
}

impl Scope {
    /// Position among the scopes of a record.
    pub fn row(self, geography: &Geography) -> usize {
        match self {
            Self::Nation => 0,
            Self::Region(region) => 1 + region,
            Self::Province(province) => 1 + geography.regions.len() + province,
        }
    }
}

impl Calibration {
    /// Months that a run must last to meet all targets.
    pub fn months(&self) -> u32 {
        let ends = self.targets.iter().map(|target| target.months.1);
        ends.max().unwrap_or(1)
    }

    /// Points at which the past is run at least and at most: the scenario's own values, all waves, and
    /// one round of the posterior or all.
    pub fn history_points(&self) -> [u32; 2] {
        [1, self.rounds].map(|rounds| 1 + (self.waves + rounds) * self.points)
    }

    /// Those of `policies` that are compared over the region: all but the one of the past.
    pub fn compared<'a>(&self, policies: &'a [Policy]) -> impl Iterator<Item = &'a Policy> {
        let past = |policy: &Policy| policy.name != BASELINE && policy.name == self.history;
        policies.iter().filter(move |policy| !past(policy))
    }
}
