//! Governments: what one is, what it has, and what others can see of it.

use bevy_ecs::prelude::{Component, Resource};
use serde::{Deserialize, Serialize};

use crate::numeric;
use crate::world::factor::FACTOR_COUNT;

/// Level of a government in the hierarchy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// The national government.
    Centre,
    /// Provinces, autonomous regions and municipalities.
    Province,
    /// Prefectures, and districts of municipalities.
    Prefecture,
    /// Counties.
    County,
}

impl Level {
    /// All levels from the top.
    pub const ALL: [Self; 4] = [Self::Centre, Self::Province, Self::Prefecture, Self::County];

    /// The level's name in scenario files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Centre => "centre",
            Self::Province => "province",
            Self::Prefecture => "prefecture",
            Self::County => "county",
        }
    }
}

/// Who a government is. Fixed.
#[derive(Component, Debug, Clone, Copy, PartialEq)]
pub struct Government {
    /// Number among all governments; the centre is 0, provinces follow.
    pub id: u32,
    /// Level in the hierarchy.
    pub level: Level,
    /// Its province (position in the table); `None` for the centre.
    pub province: Option<usize>,
    /// Whether its platform counts as a launch: not for districts and counties.
    pub counted: bool,
}

impl Government {
    /// Position in columns over governments.
    pub fn index(&self) -> usize {
        self.id as usize
    }
}

/// What a government was dealt at the start. Fixed.
#[derive(Component, Debug, Clone, Copy, PartialEq)]
pub struct Endowment {
    /// Fiscal z-score: of ln(product per head) over the provinces, with scatter below.
    pub fiscal: f64,
    /// Unseen readiness to adopt, shared by platform and institution.
    pub frailty: f64,
    /// It never launches an open-data platform of its own.
    pub never_launches: bool,
    /// Attention to each factor relative to its mean over the provinces.
    pub attention: [f64; FACTOR_COUNT],
    /// Logarithm of attention to the institution dimension relative to its mean.
    pub institution_attention: f64,
    /// Logarithm of attention to the technology dimension relative to its mean.
    pub technology_attention: f64,
}

/// What a government has built.
#[derive(Component, Debug, Clone, Copy, PartialEq)]
pub struct Stocks {
    /// Institution stock `N` in [0, 1]: rules, bodies and routines of collaboration.
    pub institution: f64,
    /// Platform stock `D` in [0, 1]: shared technical means.
    pub platform: f64,
    /// Collaborative capacity `Q` that the two give together.
    pub capacity: f64,
}

/// What a government has adopted.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Adoption {
    /// It has launched an open-data platform.
    pub platform: bool,
    /// It has set up the institution: a bureau and rules.
    pub institution: bool,
    /// It never launches an own platform, and its province's serves it.
    pub served: bool,
}

/// How a government divides its effort.
#[derive(Component, Debug, Clone, Copy, PartialEq)]
pub struct Effort {
    /// Share that goes into responding to requests, `w`.
    pub responding: f64,
    /// What is left for building, relative to a quiet month, `m`.
    pub building: f64,
}

/// Share of its data that a government has opened, `o`, in [0, 1].
#[derive(Component, Debug, Clone, Copy, PartialEq, Default)]
pub struct Openness(pub f64);

/// What incidents have done to a government.
#[derive(Component, Debug, Clone, Copy, PartialEq, Default)]
pub struct Exposure {
    /// Fear of blame for the next leak, `phi`, from 0 to 2.
    pub fear: f64,
    /// An incident happened this month.
    pub incident: bool,
    /// Incidents of the last twelve months, the newest in the lowest bit.
    pub history: u16,
}

/// Shares of enterprises and social organisations that take part.
///
/// Of the own cell at the frontline, the population mean of the cells below above it.
#[derive(Component, Debug, Clone, Copy, PartialEq, Default)]
pub struct Participation {
    /// Share of enterprises, `xE`.
    pub enterprises: f64,
    /// Share of social organisations, `xS`.
    pub organisations: f64,
}

impl Participation {
    /// Mean of both shares.
    pub fn mean(&self) -> f64 {
        0.5 * (self.enterprises + self.organisations)
    }
}

/// What governments could see of each other at the end of last month, by government.
#[derive(Resource, Debug, Clone, Default)]
pub struct Standing {
    /// What each had adopted.
    pub adoption: Vec<Adoption>,
    /// Collaborative capacity `Q` of each.
    pub capacity: Vec<f64>,
    /// Median capacity of each level.
    pub median_capacity: [f64; 4],
}

impl Standing {
    /// Standing of governments that were seen with these adoptions and capacities.
    pub fn new(
        adoption: Vec<Adoption>,
        capacity: Vec<f64>,
        level_of: impl Fn(usize) -> Level,
    ) -> Self {
        let mut levels = Level::ALL.map(|_| Vec::with_capacity(capacity.len()));
        for (i, capacity) in capacity.iter().enumerate() {
            levels[level_of(i) as usize].push(*capacity);
        }
        Self {
            median_capacity: levels.map(|mut values| numeric::median(&mut values)),
            adoption,
            capacity,
        }
    }
}
