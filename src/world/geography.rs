//! What the tables say of the country: provinces, who borders whom, alliances, pairings.

use serde::{Deserialize, Serialize};

use crate::numeric;
use crate::world::clock::Date;
use crate::world::departments::Department;
use crate::world::factor::FACTOR_COUNT;
use crate::world::nation::Nation;

/// One province-level unit.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Province {
    /// ISO 3166-2 code, as `CN-GD`, or another that is its own.
    pub iso: String,
    /// Name in the first language of the country's names.
    pub name: String,
    /// Name in the second language; empty where the table has none.
    pub second_name: String,
    /// Region that reports group it under.
    pub region: String,
    /// Whether it is a municipality: its districts have prefecture level.
    pub municipality: bool,
    /// Residents.
    pub population: u64,
    /// Yearly product per resident, in the country's currency.
    pub gdp_per_head: f64,
    /// Prefecture-level governments.
    pub prefectures: u32,
    /// County-level governments; the districts of a municipality.
    pub counties: u32,
    /// Column and row on the tile-grid map.
    pub tile: (i32, i32),
    /// Share of policy text on each factor; the six sum to 1.
    pub attention: [f64; FACTOR_COUNT],
}

/// Provinces that agreed to work together: a complete graph among them.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Alliance {
    /// Name as scenario files write it.
    pub name: String,
    /// Its members.
    pub members: Vec<Membership>,
}

/// A province in an alliance.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize)]
pub struct Membership {
    /// The province, by its position.
    pub province: usize,
    /// When it joined.
    pub joined: Date,
}

/// Two provinces of which one supports the other.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize)]
pub struct Pairing {
    /// The supporter, by its position.
    pub supporter: usize,
    /// Its partner, by its position.
    pub partner: usize,
    /// When they were paired.
    pub since: Date,
}

/// The country of a scenario, before any agent exists.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
pub struct Geography {
    /// Words and conventions of the country.
    #[serde(default)]
    pub nation: Nation,
    /// Province-level units; a scenario lays them out in the order of their codes.
    pub provinces: Vec<Province>,
    /// Regions in the order of their first province.
    pub regions: Vec<String>,
    /// Pairs of provinces with a common border.
    pub adjacency: Vec<(usize, usize)>,
    /// Alliances, by name.
    pub alliances: Vec<Alliance>,
    /// Provinces paired for support.
    pub pairings: Vec<Pairing>,
    /// Departments into which every government is divided; empty where governments act as one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub departments: Vec<Department>,
    /// What provinces are measured by where these are a part of a country; else they are measured
    /// by themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whole: Option<Yardstick>,
}

/// What a province is measured by: figures over all provinces of its country.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize)]
pub struct Yardstick {
    /// Mean of the logarithm of product per head.
    pub mean: f64,
    /// Its standard deviation.
    pub sd: f64,
    /// Mean share of policy text on each factor.
    pub attention: [f64; FACTOR_COUNT],
}

impl Yardstick {
    fn over(provinces: &[Province]) -> Self {
        let log = |province: &Province| libm::log(province.gdp_per_head);
        let logs: Vec<f64> = provinces.iter().map(log).collect();
        let n = provinces.len() as f64;
        let share = |k| provinces.iter().map(|p| p.attention[k]).sum::<f64>() / n;
        Self {
            mean: numeric::mean(&logs),
            sd: numeric::population_sd(&logs),
            attention: std::array::from_fn(share),
        }
    }
}

impl Geography {
    /// What its provinces are measured by.
    pub fn yardstick(&self) -> Yardstick {
        self.whole
            .unwrap_or_else(|| Yardstick::over(&self.provinces))
    }

    /// Puts ties in an order that does not hang on that of the tables.
    pub fn sort_ties(&mut self) {
        for pair in &mut self.adjacency {
            *pair = (pair.0.min(pair.1), pair.0.max(pair.1));
        }
        self.adjacency.sort_unstable();
        self.alliances.sort_by(|a, b| a.name.cmp(&b.name));
        for alliance in &mut self.alliances {
            alliance
                .members
                .sort_by_key(|one| (one.province, one.joined));
        }
        self.pairings
            .sort_by_key(|pair| (pair.supporter, pair.partner, pair.since));
    }

    /// Position of the region of `province` among the regions.
    pub fn region_of(&self, province: usize) -> usize {
        let name = &self.provinces[province].region;
        let found = self.regions.iter().position(|region| region == name);
        found.expect("regions are gathered from the provinces")
    }

    /// Provinces that border `province`.
    pub fn neighbours(&self, province: usize) -> Vec<usize> {
        let across = |&(a, b): &(usize, usize)| match province {
            p if p == a => Some(b),
            p if p == b => Some(a),
            _ => None,
        };
        self.adjacency.iter().filter_map(across).collect()
    }

    /// Residents of all provinces.
    pub fn population(&self) -> u64 {
        self.provinces.iter().map(|p| p.population).sum()
    }
}

/// How governments and citizens are made from the tables.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize)]
pub struct Population {
    /// Lowest level of government that is generated.
    pub frontline: Frontline,
    /// Simulated citizens per million residents.
    pub citizens_per_million: f64,
    /// Whether cohorts stand for the citizens of each cell.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub mean_field: bool,
}

/// The level of government that serves citizens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Frontline {
    /// Prefectures, and the districts of municipalities.
    Prefecture,
    /// Counties, and the districts of municipalities.
    County,
}
