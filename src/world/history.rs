//! What happened to the country from outside, dated in months of the run.

use bevy_ecs::prelude::Resource;
use serde::{Deserialize, Serialize};

/// Dated events of a scenario that no policy controls.
#[derive(Resource, Debug, Clone, PartialEq, Default, Deserialize, Serialize)]
pub struct History {
    /// Month in which the centre has platform and institution.
    pub centre_adopts: i32,
    /// Month in which pressure from the centre begins to rise, and months until it is full.
    pub pressure: Option<(i32, u32)>,
    /// Provinces that have the open-data platform in month 0.
    pub first_platforms: Vec<usize>,
    /// First and last month of a pulse that multiplies going online, and its factor.
    pub online_pulse: Option<(i32, i32, f64)>,
    /// Month in which incidents strike a random share of all governments, and that share.
    pub incident_wave: Option<(i32, f64)>,
}

impl History {
    /// Pressure from the centre in `month`, 0 to 1.
    pub fn pressure_in(&self, month: u32) -> f64 {
        self.pressure.map_or(0.0, |(from, ramp)| {
            ((month as i32 - from) as f64 / f64::from(ramp.max(1))).clamp(0.0, 1.0)
        })
    }

    /// Factor on going online in `month`.
    pub fn pulse_in(&self, month: u32) -> f64 {
        match self.online_pulse {
            Some((first, last, factor)) if (first..=last).contains(&(month as i32)) => factor,
            _ => 1.0,
        }
    }

    /// Share of governments that a wave of incidents strikes in `month`.
    pub fn wave_in(&self, month: u32) -> f64 {
        match self.incident_wave {
            Some((when, share)) if when == month as i32 => share,
            _ => 0.0,
        }
    }
}
