//! What was asked: a scenario as validated.
//!
//! `file` reads what was written, with the place of every value; `check` applies every rule and
//! reports all faults at once; what comes out is a [`Scenario`], in which nothing can be wrong.

use serde::Serialize;

use crate::intervention::Policy;
use crate::model::policy::Coupling;
use crate::model::sharing::Rule;
use crate::world::clock::Date;
use crate::world::geography::{Geography, Population};
use crate::world::history::History;
use crate::world::parameter::Values;

/// A question, ready to be run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scenario {
    /// Title.
    pub name: String,
    /// The question it answers; may be empty.
    pub question: String,
    /// Calendar month of month 0.
    pub start: Date,
    /// Months to run.
    pub months: u32,
    /// Seed of the study.
    pub seed: u64,
    /// Replications of every policy.
    pub replications: u32,
    /// Finest scope that `series.csv` holds.
    pub series: Series,
    /// The country's tables.
    pub geography: Geography,
    /// How agents are made from them.
    pub population: Population,
    /// Every parameter by name.
    pub values: Values,
    /// How ties are decided.
    pub rule: Rule,
    /// Which factor acts on which lever.
    pub couplings: Vec<Coupling>,
    /// Dated events from outside.
    pub history: History,
    /// All policies, the baseline first.
    pub policies: Vec<Policy>,
}

/// Finest scope that `series.csv` holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Series {
    /// The nation only.
    Nation,
    /// And regions.
    Region,
    /// And provinces.
    Province,
}
