//! Assumptions: the parameters that decide most, with the range that is plausible and the one in which the
//! scenario's plausible worlds lie.

use serde::Serialize;

use crate::model::GROUPS;
use crate::scenario::Loaded;
use crate::world::parameter::{Limits, Parameter};

/// The ten that matter most in the sensitivity analysis of the shipped policies.
const DECIDING: [&str; 10] = [
    "sharing.benefit",
    "sharing.mandate_weight",
    "sharing.noise",
    "security.fear_per_incident",
    "experience.spillover",
    "service.capacity",
    "service.coproduction",
    "capability.effort",
    "participation.enterprise_threshold",
    "participation.organisation_threshold",
];

/// A parameter that can be moved.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Assumption {
    /// Full name.
    pub path: String,
    /// Value of the scenario.
    pub value: f64,
    /// Plausible range.
    pub plausible: [f64; 2],
    /// Lowest and highest value among the scenario's plausible worlds, where it varies there.
    pub left: Option<[f64; 2]>,
    /// The lowest value that makes sense, if there is one.
    pub least: Option<f64>,
    /// The highest.
    pub most: Option<f64>,
    /// Unit.
    pub unit: &'static str,
    /// Meaning.
    pub meaning: &'static str,
    /// Source of default and range.
    pub source: String,
}

/// The assumptions of a scenario: those in which its worlds differ, then the deciding ones.
pub fn assumptions(loaded: &Loaded) -> Vec<Assumption> {
    let ensemble = loaded.scenario.ensemble.as_ref();
    let varied = ensemble.map_or(&[][..], |of| &of.inputs);
    let varied = varied.iter().map(|input| input.path.as_str());
    let mut paths: Vec<&str> = varied.chain(DECIDING).collect();
    let mut seen = std::collections::BTreeSet::new();
    paths.retain(|path| seen.insert(*path));
    let all = paths
        .into_iter()
        .filter_map(|path| assumption(path, loaded));
    all.take(DECIDING.len().max(seen.len())).collect()
}

fn assumption(path: &str, loaded: &Loaded) -> Option<Assumption> {
    let row = parameter(path)?;
    let (least, most) = match row.limits {
        Limits::Any => (None, None),
        Limits::Positive | Limits::NonNegative => (Some(0.0), None),
        Limits::Share => (Some(0.0), Some(1.0)),
        Limits::AtMost(most) => (None, Some(most)),
        Limits::Within(least, most) => (Some(least), Some(most)),
    };
    Some(Assumption {
        value: loaded.scenario.values.get(path)?,
        plausible: [row.plausible.0, row.plausible.1],
        left: left(path, loaded),
        least,
        most,
        unit: row.unit,
        meaning: row.meaning,
        source: row.source.words(),
        path: path.into(),
    })
}

fn parameter(path: &str) -> Option<&'static Parameter> {
    let (group, name) = path.split_once('.')?;
    let group = GROUPS.iter().find(|of| of.name == group)?;
    group.parameters.iter().find(|row| row.name == name)
}

/// Lowest and highest value among worlds.
fn left(path: &str, loaded: &Loaded) -> Option<[f64; 2]> {
    let ensemble = loaded.scenario.ensemble.as_ref()?;
    let at = ensemble.inputs.iter().position(|of| of.path == path)?;
    let values = ensemble.worlds.iter().map(|world| world.values[at]);
    let ends = values.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], value| {
        [low.min(value), high.max(value)]
    });
    (ends[0] <= ends[1]).then_some(ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_deciding_parameter_is_one_of_the_model() {
        for path in DECIDING {
            assert!(parameter(path).is_some(), "{path}");
        }
    }
}
