//! Names of places that a scenario may use: provinces, regions, alliances.

use crate::scenario::reading::fault::{Fault, Faults};
use crate::scenario::reading::reader::At;
use crate::world::geography::{Geography, Province};
use crate::world::government::Level;
use crate::world::nation::Nation;

/// Position of a place that lies in the part of the country which is left out: no province,
/// region or alliance has it.
pub const LEFT_OUT: usize = usize::MAX;

/// Names of places that are left out of a part of a country.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LeftOut {
    provinces: Vec<String>,
    regions: Vec<String>,
    alliances: Vec<String>,
}

impl LeftOut {
    /// What `part` lacks of `whole`.
    pub fn between(whole: &Geography, part: &Geography) -> Self {
        let lacking = |names: fn(&Geography) -> Vec<&String>| {
            let kept = names(part);
            let all = names(whole).into_iter();
            all.filter(|name| !kept.contains(name)).cloned().collect()
        };
        Self {
            provinces: lacking(of_provinces),
            regions: lacking(|of| of.regions.iter().collect()),
            alliances: lacking(of_alliances),
        }
    }

    /// Whether a place of this name is left out.
    pub fn has(&self, name: &str) -> bool {
        let all = self
            .provinces
            .iter()
            .chain(&self.regions)
            .chain(&self.alliances);
        all.into_iter().any(|left_out| left_out == name)
    }
}

/// Code and names of every province, one after the other.
fn of_provinces(of: &Geography) -> Vec<&String> {
    let provinces = of.provinces.iter();
    provinces
        .flat_map(
            |Province {
                 iso,
                 name,
                 second_name,
                 ..
             }| [iso, name, second_name],
        )
        .collect()
}

fn of_alliances(of: &Geography) -> Vec<&String> {
    of.alliances.iter().map(|alliance| &alliance.name).collect()
}

/// Names of a country's places; none when its table could not be read.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    geography: Option<&'a Geography>,
    left_out: Option<&'a LeftOut>,
}

impl<'a> Names<'a> {
    /// No names: whatever is looked up is not found, and nothing is said.
    pub const NONE: Self = Self {
        geography: None,
        left_out: None,
    };

    /// Names of the whole of `geography`.
    pub fn whole(geography: &'a Geography) -> Self {
        Self {
            geography: Some(geography),
            left_out: None,
        }
    }

    /// Names of `geography`, which lacks what is `left_out`.
    pub fn part(geography: &'a Geography, left_out: &'a LeftOut) -> Self {
        Self {
            left_out: Some(left_out),
            ..Self::whole(geography)
        }
    }

    /// Number of provinces.
    pub fn provinces(self) -> usize {
        self.geography.map_or(0, |of| of.provinces.len())
    }

    /// Position of the province with this code or one of these names.
    pub fn province(self, name: &At<String>, faults: &mut Faults) -> Option<usize> {
        let known = of_provinces(self.geography?);
        let left_out = self.left_out.map(|of| &of.provinces);
        let found = find("province", name, (&known, left_out), faults)?;
        Some(if found == LEFT_OUT { found } else { found / 3 })
    }

    /// The level of this name, here or in the model's own words; `also` is another that is known.
    pub fn level(self, name: &At<String>, also: &str, faults: &mut Faults) -> Option<Level> {
        let own = Nation::default();
        let nation = self.geography.map_or(&own, |of| &of.nation);
        let found = nation.level_named(&name.value);
        if found.is_none() && self.geography.is_some() {
            let fault = Fault::error(format!("there is no level `{}`", name.value));
            let here = nation.levels.iter().map(String::as_str);
            let known = here.chain(Level::ALL.map(Level::name)).chain([also]);
            faults.push(fault.at(&name.place).nearest(&name.value, known));
        }
        found
    }

    /// Position of the region with this name.
    pub fn region(self, name: &At<String>, faults: &mut Faults) -> Option<usize> {
        let known: Vec<&String> = self.geography?.regions.iter().collect();
        let left_out = self.left_out.map(|of| &of.regions);
        find("region", name, (&known, left_out), faults)
    }

    /// Position of the alliance with this name.
    pub fn alliance(self, name: &At<String>, faults: &mut Faults) -> Option<usize> {
        let known = of_alliances(self.geography?);
        let left_out = self.left_out.map(|of| &of.alliances);
        find("alliance", name, (&known, left_out), faults)
    }

    /// Provinces that a name stands for, be it a province's, a region's or an alliance's.
    pub fn any(self, name: &At<String>, key: &str, faults: &mut Faults) -> Vec<usize> {
        let Some(of) = self.geography else {
            return Vec::new();
        };
        let same = |known: &String| *known == name.value && !known.is_empty();
        if let Some(at) = of_provinces(of).into_iter().position(same) {
            return vec![at / 3];
        }
        if of.regions.iter().any(same) {
            let inside = |p: &usize| of.provinces[*p].region == name.value;
            return (0..of.provinces.len()).filter(inside).collect();
        }
        if let Some(alliance) = of.alliances.iter().find(|alliance| same(&alliance.name)) {
            return alliance.members.iter().map(|one| one.province).collect();
        }
        let known = of_provinces(of)
            .into_iter()
            .chain(&of.regions)
            .chain(of_alliances(of));
        let message = format!(
            "`{key}`: there is no province, region or alliance `{}`",
            name.value
        );
        let fault = Fault::error(message).at(&name.place);
        faults.push(fault.nearest(&name.value, known.map(String::as_str)));
        Vec::new()
    }
}

fn find(
    what: &str,
    name: &At<String>,
    (known, left_out): (&[&String], Option<&Vec<String>>),
    faults: &mut Faults,
) -> Option<usize> {
    let found = known
        .iter()
        .position(|known| !known.is_empty() && **known == name.value);
    if found.is_none() && left_out.is_some_and(|left_out| left_out.contains(&name.value)) {
        return Some(LEFT_OUT);
    }
    if found.is_none() {
        let fault = Fault::error(format!("there is no {what} `{}`", name.value));
        let known = known.iter().map(|name| name.as_str());
        faults.push(fault.at(&name.place).nearest(&name.value, known));
    }
    found
}
