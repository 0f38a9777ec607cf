//! What happened to the country from outside, dated in months of the run.

use bevy_ecs::prelude::Resource;
use serde::{Deserialize, Serialize};

/// Something that rises evenly to its full height.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize)]
pub struct Ramp {
    /// Month in which it begins to rise.
    pub from: i32,
    /// Months until it is full.
    pub months: u32,
}

impl Ramp {
    /// How much of the full height is reached in `month`, 0 to 1.
    fn reached_in(self, month: u32) -> f64 {
        ((month as i32 - self.from) as f64 / f64::from(self.months.max(1))).clamp(0.0, 1.0)
    }
}

/// A factor that holds for some months.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize)]
pub struct Pulse {
    /// First month.
    pub first: i32,
    /// Last month.
    pub last: i32,
    /// The factor.
    pub factor: f64,
}

/// Something that strikes many at once.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize)]
pub struct IncidentWave {
    /// Month in which it strikes.
    pub month: i32,
    /// Share that it strikes.
    pub share: f64,
}

/// Dated events of a scenario that no policy controls.
#[derive(Resource, Debug, Clone, PartialEq, Default, Deserialize, Serialize)]
pub struct History {
    /// Month in which the centre has platform and institution.
    pub centre_adopts: i32,
    /// Pressure from the centre.
    pub pressure: Option<Ramp>,
    /// Provinces that have the open-data platform in month 0.
    pub first_platforms: Vec<usize>,
    /// What multiplies going online for some months.
    pub online_pulse: Option<Pulse>,
    /// Hotlines of departments that are merged into one number.
    #[serde(default)]
    pub consolidation: Option<Ramp>,
    /// Incidents that strike a random share of all governments.
    pub incident_wave: Option<IncidentWave>,
}

impl History {
    /// Pressure from the centre in `month`, 0 to 1.
    pub fn pressure_in(&self, month: u32) -> f64 {
        self.pressure.map_or(0.0, |ramp| ramp.reached_in(month))
    }

    /// Share of hotlines that have been merged into one number in `month`.
    pub fn merged_in(&self, month: u32) -> f64 {
        self.consolidation
            .map_or(0.0, |ramp| ramp.reached_in(month))
    }

    /// Factor on going online in `month`.
    pub fn pulse_in(&self, month: u32) -> f64 {
        match self.online_pulse {
            Some(pulse) if (pulse.first..=pulse.last).contains(&(month as i32)) => pulse.factor,
            _ => 1.0,
        }
    }

    /// Share of governments that a wave of incidents strikes in `month`.
    pub fn wave_in(&self, month: u32) -> f64 {
        match self.incident_wave {
            Some(wave) if wave.month == month as i32 => wave.share,
            _ => 0.0,
        }
    }
}
