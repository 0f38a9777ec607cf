//! A plan as text, for those who do a part of it elsewhere.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Plan;
use crate::experiment::runs::digest::{Detail, Reading};
use crate::scenario::Scenario;
use crate::scenario::ensemble::PlausibleWorld;
use crate::scenario::input::Input;

/// A plan, with its inputs by their paths.
#[derive(Serialize, Deserialize)]
struct PlanText {
    scenario: Scenario,
    inputs: Vec<String>,
    points: Vec<Vec<f64>>,
    worlds: Vec<PlausibleWorld>,
    detail: Detail,
    wanted: Option<Vec<Vec<usize>>>,
    readings: Vec<Reading>,
}

impl Plan {
    /// The plan as text.
    pub fn to_text(&self) -> Vec<u8> {
        let text = PlanText {
            scenario: Scenario::clone(&self.scenario),
            inputs: self.inputs.iter().map(|of| of.path.clone()).collect(),
            points: self.points.clone(),
            worlds: self.worlds.clone(),
            detail: self.detail,
            wanted: self.wanted.clone(),
            readings: self.readings.clone(),
        };
        serde_json::to_vec(&text).expect("a plan can be written down")
    }

    /// The plan that [`Plan::to_text`] wrote down; none where it is no such text.
    pub fn of_text(text: &[u8]) -> Option<Self> {
        let told: PlanText = serde_json::from_slice(text).ok()?;
        let named = |path: &String| Input::named(path, &told.scenario).ok();
        Some(Self {
            inputs: told.inputs.iter().map(named).collect::<Option<_>>()?,
            points: told.points,
            worlds: told.worlds,
            detail: told.detail,
            wanted: told.wanted,
            readings: told.readings,
            scenario: Arc::new(told.scenario),
        })
    }
}
