//! Levers: numbers per government that policies may move.
//!
//! Policy and the processes of the month meet only here. Before the run, policies are compiled to
//! a [`Timetable`]; each month the policy step writes the levers in force, and processes read them.

use bevy_ecs::prelude::Resource;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A number per government that policies may move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the table below explains each")]
pub enum Lever {
    VerticalPressure,
    AppraisalWeight,
    InstitutionGrowth,
    PlatformGrowth,
    InstitutionSupport,
    PlatformSupport,
    InstitutionAdopted,
    PlatformAdopted,
    Equalisation,
    RevisionRate,
    BeliefRate,
    IntegrationCost,
    PlatformSaving,
    Mandate,
    OpeningRate,
    RepeatRate,
    CapacityFactor,
    FearPerIncident,
    FearDecay,
    Protection,
    Spillover,
    OnlineImitation,
    Excluded,
    EnterpriseBenefit,
    OrganisationBenefit,
    EnterpriseSupport,
    OrganisationSpace,
    LineStrength,
}

/// What a lever is called, starts from and means.
#[derive(Debug, Clone, Copy)]
pub struct LeverRow {
    /// The lever.
    pub lever: Lever,
    /// Name in scenario files; where a parameter has the same name, the lever starts from it.
    pub name: &'static str,
    /// Start where there is no parameter of that name.
    pub rest: f64,
    /// Lowest and highest value it can be moved to.
    pub bounds: (f64, f64),
    /// Unit.
    pub unit: &'static str,
    /// Meaning, in a few words.
    pub meaning: &'static str,
}

const ANY: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);
const UP: (f64, f64) = (0.0, f64::INFINITY);
const SHARE: (f64, f64) = (0.0, 1.0);

/// All levers, in the order of [`Lever`].
#[rustfmt::skip]
pub const LEVERS: &[LeverRow] = &[
    row(Lever::VerticalPressure, "diffusion.vertical_pressure", 0.0, ANY, "0 to 1, added to the national ramp", "pressure from above to adopt, V"),
    row(Lever::AppraisalWeight, "attention.appraisal_weight", 0.0, SHARE, "weight, 0 to 1", "weight of nominal closure in appraisal, A"),
    row(Lever::InstitutionGrowth, "capability.institution_growth", 0.0, UP, "per month", "speed at which effort becomes institution, aN"),
    row(Lever::PlatformGrowth, "capability.platform_growth", 0.0, UP, "per month", "speed at which effort becomes platform, aD"),
    row(Lever::InstitutionSupport, "capability.institution_support", 0.0, UP, "effort", "effort on institution paid from elsewhere, L_N"),
    row(Lever::PlatformSupport, "capability.platform_support", 0.0, UP, "effort", "effort on platform paid from elsewhere, L_D"),
    row(Lever::InstitutionAdopted, "diffusion.institution", 0.0, UP, "share of full effect", "institution put in place by decree"),
    row(Lever::PlatformAdopted, "diffusion.platform", 0.0, UP, "share of full effect", "open-data platform put in place by decree; no launch, does not spread"),
    row(Lever::Equalisation, "capability.equalisation", 0.0, UP, "share of the gap", "transfer that closes the gap of poorer places to average effort"),
    row(Lever::RevisionRate, "sharing.revision_rate", 0.0, SHARE, "probability per month", "chance that a tie is reconsidered, r"),
    row(Lever::BeliefRate, "sharing.belief_rate", 0.0, SHARE, "per month", "speed at which beliefs follow the partner's acts, at"),
    row(Lever::IntegrationCost, "sharing.integration_cost", 0.0, UP, "cost of integration = 1", "cost of sharing over a tie, k"),
    row(Lever::PlatformSaving, "sharing.platform_saving", 0.0, SHARE, "share of the cost", "part of the cost that a full platform saves, kappa"),
    row(Lever::Mandate, "sharing.mandate", 0.0, UP, "mandate, 1 = full duty", "duty to share, M"),
    row(Lever::OpeningRate, "opening.rate", 0.0, UP, "per month", "speed at which data is opened, ao"),
    row(Lever::RepeatRate, "demand.repeat_rate", 0.0, SHARE, "probability", "chance that a request closed without substance is raised again, rep"),
    row(Lever::CapacityFactor, "service.capacity_factor", 1.0, UP, "factor", "service capacity per head relative to now, L_cap"),
    row(Lever::FearPerIncident, "security.fear_per_incident", 0.0, UP, "fear", "fear that an incident adds, phi0"),
    row(Lever::FearDecay, "security.fear_decay", 0.0, SHARE, "per month", "share of fear that fades, dphi"),
    row(Lever::Protection, "security.protection", 0.0, (0.0, 4.0), "Gordon-Loeb spending", "protection of data, z"),
    row(Lever::Spillover, "experience.spillover", 0.0, UP, "weight", "how far closing letters raise what people expect, zeta"),
    row(Lever::OnlineImitation, "online.imitation", 0.0, UP, "per month", "pull of citizens who are online, qu"),
    row(Lever::Excluded, "online.excluded", 0.0, SHARE, "share of citizens", "citizens whose literacy is too low to go online"),
    row(Lever::EnterpriseBenefit, "participation.enterprise_benefit", 0.0, UP, "threshold units", "benefit of taking part for enterprises, bV"),
    row(Lever::OrganisationBenefit, "participation.organisation_benefit", 0.0, UP, "threshold units", "benefit of taking part for social organisations, bS"),
    row(Lever::EnterpriseSupport, "participation.enterprise_support", 0.0, ANY, "threshold units", "support of enterprises, L_sub"),
    row(Lever::OrganisationSpace, "participation.organisation_space", 0.0, ANY, "threshold units", "room and service purchase for social organisations, L_space"),
    row(Lever::LineStrength, "departments.line_strength", 0.0, SHARE, "share", "how far departments answer to their ministry above, L"),
];

const fn row(
    lever: Lever,
    name: &'static str,
    rest: f64,
    bounds: (f64, f64),
    unit: &'static str,
    meaning: &'static str,
) -> LeverRow {
    LeverRow {
        lever,
        name,
        rest,
        bounds,
        unit,
        meaning,
    }
}

impl Lever {
    /// The lever with this name in scenario files.
    pub fn named(name: &str) -> Option<Self> {
        let found = LEVERS.iter().find(|row| row.name == name);
        found.map(|row| row.lever)
    }

    /// The lever's row in [`LEVERS`].
    pub fn row(self) -> &'static LeverRow {
        &LEVERS[self as usize]
    }
}

impl Serialize for Lever {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.row().name)
    }
}

impl<'de> Deserialize<'de> for Lever {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        let unknown = || D::Error::custom(format!("no lever is called `{name}`"));
        Self::named(&name).ok_or_else(unknown)
    }
}

/// How a change moves a lever; `x` is dose times ramp.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// `v + a x`
    Add(f64),
    /// `v (1 + (a - 1) x)`
    Multiply(f64),
    /// `v + (a - v) min(x, 1)`
    Set(f64),
}

impl Change {
    /// The lever's value `v` after the change at strength `x`.
    pub fn applied(self, v: f64, x: f64) -> f64 {
        match self {
            Self::Add(a) => v + a * x,
            Self::Multiply(a) => v * (1.0 + (a - 1.0) * x),
            Self::Set(a) => v + (a - v) * x.min(1.0),
        }
    }
}

/// Levers in force this month and at rest: a column over governments for each lever.
#[derive(Resource, Debug, Clone, PartialEq)]
pub struct Levers {
    governments: usize,
    rest: Vec<f64>,
    now: Vec<f64>,
}

impl Levers {
    /// Levers at rest; `rest_of(lever, government)` gives each value before it is kept in bounds.
    pub fn at_rest(governments: usize, rest_of: impl Fn(Lever, usize) -> f64) -> Self {
        let column = |row: &LeverRow| {
            let (low, high) = row.bounds;
            let value = |government| rest_of(row.lever, government).clamp(low, high);
            (0..governments).map(value).collect::<Vec<f64>>()
        };
        let rest: Vec<f64> = LEVERS.iter().flat_map(column).collect();
        Self {
            governments,
            now: rest.clone(),
            rest,
        }
    }

    /// Value of `lever` for `government` this month.
    pub fn get(&self, lever: Lever, government: u32) -> f64 {
        self.now[lever as usize * self.governments + government as usize]
    }

    /// Value of `lever` for `government` without any intervention.
    pub fn at_rest_of(&self, lever: Lever, government: u32) -> f64 {
        self.rest[lever as usize * self.governments + government as usize]
    }

    /// The first lever in force that is infinite or no number, and its government.
    pub fn first_beyond(&self) -> Option<(Lever, usize)> {
        let at = self.now.iter().position(|value| !value.is_finite())?;
        Some((LEVERS[at / self.governments].lever, at % self.governments))
    }

    /// The same levers at rest.
    pub fn rested(&self) -> Self {
        Self {
            now: self.rest.clone(),
            ..self.clone()
        }
    }

    /// Puts every lever back to rest.
    pub fn reset(&mut self) {
        self.now.copy_from_slice(&self.rest);
    }

    /// Moves `lever` of `government` by `change` at strength `x`, within the lever's bounds.
    pub fn apply(&mut self, lever: Lever, government: u32, change: Change, x: f64) {
        let slot = &mut self.now[lever as usize * self.governments + government as usize];
        let (low, high) = lever.row().bounds;
        *slot = change.applied(*slot, x).clamp(low, high);
    }
}

/// A state or a leaning by which governments can be ranked for a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Criterion {
    /// Institution stock.
    Institution,
    /// Platform stock.
    Platform,
    /// Collaborative capacity.
    Capacity,
    /// Share of data opened.
    Openness,
    /// Fiscal z-score.
    Fiscal,
    /// Attention to a policy factor, by its position.
    Attention(usize),
}

/// Whom an intervention reaches.
#[derive(Debug, Clone, PartialEq)]
pub enum Reach {
    /// These governments.
    Fixed(Vec<u32>),
    /// Of `among`, the `count` lowest on `by` in the month in which the intervention starts.
    Lowest {
        /// Candidates.
        among: Vec<u32>,
        /// What they are ranked by.
        by: Criterion,
        /// How many are reached.
        count: usize,
    },
}

/// One intervention, laid out over the months of the run.
#[derive(Debug, Clone, PartialEq)]
pub struct TimetableEntry {
    /// Name of the intervention.
    pub name: String,
    /// First month.
    pub start: u32,
    /// Dose times ramp in each month of the run; 0 before the start.
    pub strength: Vec<f64>,
    /// What it does to the levers of those it reaches, in order.
    pub changes: Vec<(Lever, Change)>,
    /// Whom it reaches.
    pub reach: Reach,
    /// Running cost in each month, in money per resident reached.
    pub cost_per_head: Vec<f64>,
    /// One-off cost in the first month, in money.
    pub setup_cost: f64,
}

/// The interventions of a policy, in the order of the scenario file.
#[derive(Resource, Debug, Clone, PartialEq, Default)]
pub struct Timetable(pub Vec<TimetableEntry>);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_levers() {
        for (i, row) in LEVERS.iter().enumerate() {
            assert_eq!(row.lever as usize, i, "{}", row.name);
        }
    }

    #[test]
    fn a_change_at_strength_zero_changes_no_bit() {
        for change in [Change::Add(0.3), Change::Multiply(0.7), Change::Set(2.0)] {
            for v in [0.0, 0.1, 1.0 / 3.0, 7.0] {
                assert_eq!(change.applied(v, 0.0).to_bits(), f64::to_bits(v));
            }
        }
    }

    #[test]
    fn changes_at_full_and_double_strength() {
        assert_eq!(Change::Add(0.5).applied(0.2, 2.0), 1.2);
        assert_eq!(Change::Multiply(3.0).applied(0.5, 1.0), 1.5);
        assert_eq!(Change::Set(1.0).applied(0.3, 2.0), 1.0);
    }

    #[test]
    fn levers_stay_in_bounds_and_go_back_to_rest() {
        let mut levers = Levers::at_rest(2, |_, _| 0.5);
        levers.apply(Lever::RevisionRate, 1, Change::Multiply(9.0), 1.0);
        assert_eq!(levers.get(Lever::RevisionRate, 1), 1.0);
        assert_eq!(levers.get(Lever::RevisionRate, 0), 0.5);
        levers.reset();
        assert_eq!(levers.get(Lever::RevisionRate, 1), 0.5);
    }
}
