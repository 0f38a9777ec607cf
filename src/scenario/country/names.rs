//! Names of places that a scenario may use: provinces, regions, alliances.

use crate::scenario::reading::fault::{Fault, Faults};
use crate::scenario::reading::reader::At;
use crate::world::geography::Geography;

/// Names of a country's places; none when its table could not be read.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a>(pub Option<&'a Geography>);

impl Names<'_> {
    /// Position of the province with this code, English or Chinese name.
    pub fn province(self, name: &At<String>, faults: &mut Faults) -> Option<usize> {
        let provinces = &self.0?.provinces;
        let known = provinces
            .iter()
            .flat_map(|province| [&province.iso, &province.name, &province.name_zh]);
        find("province", name, known, faults).map(|at| at / 3)
    }

    /// Position of the region with this name.
    pub fn region(self, name: &At<String>, faults: &mut Faults) -> Option<usize> {
        find("region", name, &self.0?.regions, faults)
    }

    /// Position of the alliance with this name.
    pub fn alliance(self, name: &At<String>, faults: &mut Faults) -> Option<usize> {
        let alliances = self.0?.alliances.iter();
        find(
            "alliance",
            name,
            alliances.map(|alliance| &alliance.name),
            faults,
        )
    }
}

fn find<'a>(
    what: &str,
    name: &At<String>,
    known: impl IntoIterator<Item = &'a String>,
    faults: &mut Faults,
) -> Option<usize> {
    let known: Vec<&str> = known.into_iter().map(String::as_str).collect();
    let same = |known: &&str| !known.is_empty() && *known == name.value;
    let found = known.iter().position(same);
    if found.is_none() {
        let fault = Fault::error(format!("there is no {what} `{}`", name.value));
        faults.push(fault.at(&name.place).nearest(&name.value, known));
    }
    found
}
