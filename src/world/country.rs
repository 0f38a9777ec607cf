//! The country: all governments, cells and ties of a scenario, the same in every run of it.

use bevy_ecs::prelude::Resource;
use std::sync::Arc;

use crate::chance::{BLOCK_WORDS, Chance, Identity};
use crate::world::clock::Date;
use crate::world::departments::Departments;
use crate::world::geography::{Frontline, Geography, Population, Province, Yardstick};
use crate::world::government::{Government, Level};
use crate::world::network::{Network, Tie, TieKind};
use crate::world::organisation::bodies_among;
use crate::world::wiring::{Wiring, wired};

/// Siblings on each side in the ring of a province's frontline governments.
const SIBLINGS_EACH_SIDE: usize = 2;

/// A frontline government and the people it serves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Jurisdiction {
    /// The frontline government.
    pub government: u32,
    /// Residents.
    pub residents: u64,
    /// Simulated citizens.
    pub citizens: u64,
    /// Province in which they live, as draws know it.
    pub home: Identity,
    /// Number of the first citizen among those of the province: a multiple of [`BLOCK_WORDS`].
    pub first_citizen: u64,
    /// Number of the first enterprise among the bodies of the province; social organisations of
    /// the cell follow its enterprises.
    pub first_body: u64,
}

/// All that is fixed before the first draw.
#[derive(Debug, Clone)]
pub struct Country {
    /// What the tables say.
    pub geography: Geography,
    /// Every government, by number.
    pub governments: Vec<Government>,
    /// Who each government is, as draws know it.
    pub identities: Vec<Identity>,
    /// The government above each; `None` for the centre.
    pub superiors: Vec<Option<u32>>,
    /// The cells, in the order of their governments.
    pub cells: Vec<Jurisdiction>,
    /// The intergovernmental network.
    pub network: Network,
    /// Whether the network is the one that was seen, or another.
    pub wiring: Wiring,
    /// What governments are divided into, and the ties inside and along the lines.
    pub departments: Departments,
    /// Fiscal z-score of each province.
    pub fiscal: Vec<f64>,
}

/// The country as every system of a world reads it.
#[derive(Resource, Debug, Clone)]
pub struct Setting(pub Arc<Country>);

impl Country {
    /// Lays out the governments, cells and ties of `geography`; ties count months from `start`.
    pub fn new(geography: Geography, population: Population, start: Date) -> Self {
        let mut country = Self {
            governments: vec![Government {
                id: 0,
                level: Level::Centre,
                province: None,
                counted: false,
            }],
            identities: vec![Identity::of("centre")],
            superiors: vec![None],
            cells: Vec::new(),
            network: Network::new(0, []),
            wiring: Wiring::AsSeen,
            departments: Departments::default(),
            fiscal: fiscal_scores(&geography),
            geography,
        };
        for province in 0..country.geography.provinces.len() {
            country.add(Level::Province, Some(province), 0, true);
        }
        for province in 0..country.geography.provinces.len() {
            country.add_below(province, population);
        }
        let ties = country.ties(start);
        country.network = Network::new(country.governments.len(), ties);
        country.departments = Departments::new(&country.geography.departments, &country.superiors);
        country
    }

    /// The same country with other ties, drawn where they are with the luck of the study.
    pub fn rewired(&self, wiring: Wiring, luck: &Chance) -> Self {
        let provinces: Vec<u32> = (0..self.geography.provinces.len())
            .map(Self::seat)
            .collect();
        let ties = wired(&self.network, wiring, &provinces, luck);
        Self {
            network: Network::new(self.governments.len(), ties),
            wiring,
            ..self.clone()
        }
    }

    /// Number of the government of a province.
    pub fn seat(province: usize) -> u32 {
        province as u32 + 1
    }

    /// Governments of `province` at its frontline, in order.
    pub fn frontline(&self, province: usize) -> impl Iterator<Item = &Jurisdiction> {
        let inside = move |government: u32| self.governments[government as usize].province;
        self.cells
            .iter()
            .filter(move |cell| inside(cell.government) == Some(province))
    }

    /// Number of the cell that `government` serves, if it serves one.
    pub fn cell_of(&self, government: u32) -> Option<usize> {
        let found = self
            .cells
            .binary_search_by_key(&government, |cell| cell.government);
        found.ok()
    }

    /// Simulated citizens of the whole country.
    pub fn citizens(&self) -> u64 {
        self.cells.iter().map(|cell| cell.citizens).sum()
    }

    /// What the country calls `level`.
    pub fn level(&self, level: Level) -> &str {
        self.geography.nation.level(level)
    }

    /// Name of a government: the province's, with a running number below it.
    pub fn name(&self, government: u32) -> String {
        let seat = &self.governments[government as usize];
        let Some(province) = seat.province else {
            return titled(self.level(Level::Centre));
        };
        let name = &self.geography.provinces[province].name;
        if seat.level == Level::Province {
            return name.clone();
        }
        format!(
            "{name} {} {}",
            self.level(seat.level),
            self.number_in_level(government)
        )
    }

    /// Who a government is: by its province's code, its level and its number there.
    fn identity(&self, government: u32) -> Identity {
        let seat = &self.governments[government as usize];
        let province = seat.province.expect("it lies in a province");
        let iso = &self.geography.provinces[province].iso;
        let (level, number) = (seat.level.name(), self.number_in_level(government));
        Identity::of(&format!("{iso} {level} {number}"))
    }

    /// Number of a government among those of its level in its province, from 1.
    fn number_in_level(&self, government: u32) -> usize {
        let seat = &self.governments[government as usize];
        let same = |g: &&Government| (g.province, g.level) == (seat.province, seat.level);
        let before = self.governments[..government as usize].iter().filter(same);
        before.count() + 1
    }

    fn add(&mut self, level: Level, province: Option<usize>, superior: u32, counted: bool) -> u32 {
        let id = self.governments.len() as u32;
        self.governments.push(Government {
            id,
            level,
            province,
            counted,
        });
        self.identities.push(self.identity(id));
        self.superiors.push(Some(superior));
        id
    }

    fn add_below(&mut self, province: usize, population: Population) {
        let table = self.geography.provinces[province].clone();
        let seat = Self::seat(province);
        let at = Some(province);
        let mut frontline = Vec::new();
        if table.municipality {
            for _ in 0..table.counties {
                frontline.push(self.add(Level::Prefecture, at, seat, false));
            }
        } else {
            let prefectures: Vec<u32> = (0..table.prefectures)
                .map(|_| self.add(Level::Prefecture, at, seat, true))
                .collect();
            if population.frontline == Frontline::Prefecture {
                frontline = prefectures;
            } else {
                let counties = shares_of(u64::from(table.counties), prefectures.len());
                for (prefecture, counties) in prefectures.into_iter().zip(counties) {
                    for _ in 0..counties {
                        frontline.push(self.add(Level::County, at, prefecture, false));
                    }
                }
            }
        }
        self.settle(&table, &frontline, population.citizens_per_million);
    }

    fn settle(&mut self, table: &Province, frontline: &[u32], per_million: f64) {
        let simulated = (table.population as f64 * per_million / 1e6).round() as u64;
        let simulated = simulated.max(frontline.len() as u64);
        let residents = shares_of(table.population, frontline.len());
        let citizens = shares_of(simulated, frontline.len());
        let home = Identity::of(&table.iso);
        let (mut first_citizen, mut first_body) = (0, 0);
        for ((&government, residents), citizens) in frontline.iter().zip(residents).zip(citizens) {
            self.cells.push(Jurisdiction {
                government,
                residents,
                citizens,
                home,
                first_citizen,
                first_body,
            });
            first_citizen += citizens.next_multiple_of(BLOCK_WORDS);
            first_body += bodies_among(citizens);
        }
    }

    fn ties(&self, start: Date) -> Vec<(u32, u32, Tie)> {
        let always = |kind| Tie { kind, since: 0 };
        let mut ties = Vec::new();
        for (id, superior) in self.superiors.iter().enumerate() {
            ties.extend(superior.map(|above| (above, id as u32, always(TieKind::Vertical))));
        }
        for &(a, b) in &self.geography.adjacency {
            ties.push((Self::seat(a), Self::seat(b), always(TieKind::Adjacent)));
        }
        for province in 0..self.geography.provinces.len() {
            let ring: Vec<u32> = self.frontline(province).map(|c| c.government).collect();
            for (i, &from) in ring.iter().enumerate() {
                for step in 1..=SIBLINGS_EACH_SIDE {
                    let to = ring[(i + step) % ring.len()];
                    ties.push((from, to, always(TieKind::Sibling)));
                }
            }
        }
        ties.extend(self.agreed_ties(start));
        ties
    }

    fn agreed_ties(&self, start: Date) -> Vec<(u32, u32, Tie)> {
        let mut ties = Vec::new();
        for alliance in &self.geography.alliances {
            for (i, one) in alliance.members.iter().enumerate() {
                for other in &alliance.members[i + 1..] {
                    let since = one.joined.max(other.joined).months_since(start);
                    let kind = TieKind::Alliance;
                    let [a, b] = [one, other].map(|member| Self::seat(member.province));
                    ties.push((a, b, Tie { kind, since }));
                }
            }
        }
        for pairing in &self.geography.pairings {
            let since = pairing.since.months_since(start);
            let kind = TieKind::Pairing;
            let [a, b] = [pairing.supporter, pairing.partner].map(Self::seat);
            ties.push((a, b, Tie { kind, since }));
        }
        ties
    }
}

/// `word` with a capital in front.
fn titled(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters.clone()).collect()
}

/// `total` in `parts` whole shares that differ by one at most, the larger first.
fn shares_of(total: u64, parts: usize) -> Vec<u64> {
    let parts = parts as u64;
    (0..parts)
        .map(|i| total / parts + u64::from(i < total % parts))
        .collect()
}

fn fiscal_scores(geography: &Geography) -> Vec<f64> {
    let Yardstick { mean, sd, .. } = geography.yardstick();
    let score = |province: &Province| {
        let log = libm::log(province.gdp_per_head);
        if sd > 0.0 { (log - mean) / sd } else { 0.0 }
    };
    geography.provinces.iter().map(score).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up_and_differ_by_one_at_most() {
        assert_eq!(shares_of(10, 4), [3, 3, 2, 2]);
        assert_eq!(shares_of(3, 4), [1, 1, 1, 0]);
    }
}
