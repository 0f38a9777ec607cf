//! How people fare at the end of a run: trust of every cell, and of the same few thousand citizens
//! in every run, so that each can be compared with the very same one under another policy.
//!
//! Trust is a running mean of satisfaction over about ten months, less what incidents cost.

use bevy_ecs::prelude::World;

use crate::world::cohort::Cohort;
use crate::world::community::{Cell, Community, ONLINE};
use crate::world::country::Country;

/// Most citizens that are kept.
const KEPT: u64 = 4096;

/// A cell or a citizen at the end of a run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Member {
    /// Trust; of a cell, the mean of its citizens.
    pub trust: f32,
    /// Region, by its position.
    pub region: u8,
    /// Quarter of literacy, 0 to 3; 0 for a cell.
    pub literacy: u8,
    /// Whether online; false for a cell.
    pub online: bool,
}

/// Cells and citizens at the end of a run, each in the order of the country.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct People {
    /// Every cell.
    pub cells: Vec<Member>,
    /// Every so-many-th citizen.
    pub citizens: Vec<Member>,
}

impl People {
    /// The people of `world`, a world of `country`.
    pub fn of(world: &mut World, country: &Country) -> Self {
        let cohorts = cohorts(world, country);
        if !cohorts.is_empty() {
            return Self {
                cells: cohorts,
                citizens: Vec::new(),
            };
        }
        let mut query = world.query::<&Community>();
        let mut communities: Vec<&Community> = query.iter(world).collect();
        communities.sort_unstable_by_key(|community| (community.cell, community.first_slot));
        let stride = country.citizens().div_ceil(KEPT).max(1) as usize;
        let regions = regions(country);
        let mut people = Self::default();
        let mut next = 0;
        let cells = communities.chunk_by(|a, b| a.cell == b.cell);
        for (blocks, &region) in cells.zip(&regions) {
            let (mut sum, mut count) = (0.0, 0);
            for block in blocks {
                sum += block
                    .trust
                    .iter()
                    .map(|trust| f64::from(*trust))
                    .sum::<f64>();
                count += block.trust.len();
                let chosen = (next..block.trust.len()).step_by(stride);
                next = next + chosen.len() * stride - block.trust.len();
                people
                    .citizens
                    .extend(chosen.map(|i| citizen(block, i, region)));
            }
            people.cells.push(Member {
                trust: (sum / count as f64) as f32,
                region,
                literacy: 0,
                online: false,
            });
        }
        people
    }
}

/// Every cell where a cohort stands for its citizens, who then have no fortunes of their own.
fn cohorts(world: &mut World, country: &Country) -> Vec<Member> {
    let mut query = world.query::<(&Cell, &Cohort)>();
    let mut cells: Vec<(u32, f32)> = query
        .iter(world)
        .map(|(cell, cohort)| (cell.index, cohort.trust))
        .collect();
    cells.sort_unstable_by_key(|(index, _)| *index);
    let member = |((_, trust), region)| Member {
        trust,
        region,
        literacy: 0,
        online: false,
    };
    cells
        .into_iter()
        .zip(regions(country))
        .map(member)
        .collect()
}

fn citizen(block: &Community, i: usize, region: u8) -> Member {
    Member {
        trust: block.trust[i],
        region,
        literacy: (block.literacy[i] >> 14) as u8,
        online: u32::from(block.situation[i]) & ONLINE != 0,
    }
}

/// Region of each cell.
fn regions(country: &Country) -> Vec<u8> {
    let region = |government: u32| {
        let province = country.governments[government as usize].province;
        province.map_or(0, |province| country.geography.region_of(province) as u8)
    };
    country
        .cells
        .iter()
        .map(|cell| region(cell.government))
        .collect()
}
