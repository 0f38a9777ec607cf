//! Who is bound to whom: borders, alliances and pairings from their tables.

use crate::scenario::reading::fault::{Fault, Faults};
use crate::scenario::reading::files::Files;
use crate::scenario::reading::reader::{At, Reader};
use crate::scenario::reading::sheet::{Row, Sheet};
use crate::world::clock::Date;
use crate::world::geography::{Alliance, Geography, Membership, Pairing};

/// Ties between provinces from the tables that `[network]` names; each may be left out.
pub fn read(
    mut network: Reader,
    geography: Option<&mut Geography>,
    files: &mut Files,
    faults: &mut Faults,
) {
    let mut table = |key: &'static str, columns: &[&str], faults: &mut Faults| {
        let named: At<String> = network.get(key, faults)?;
        let source = files.read(&named.value, Some(&named.place), faults)?;
        Sheet::read(&source, columns, faults)
    };
    let borders = table("adjacency", &["a", "b"], faults);
    let agreed = table("alliances", &["name_en", "year", "iso"], faults);
    let paired = table("pairing", &["year", "supporter", "partner"], faults);
    network.finish(faults);
    let Some(of) = geography else { return };
    of.adjacency = borders.map_or_else(Vec::new, |sheet| adjacency(&sheet, of, faults));
    of.alliances = agreed.map_or_else(Vec::new, |sheet| alliances(&sheet, of, faults));
    of.pairings = paired.map_or_else(Vec::new, |sheet| pairings(&sheet, of, faults));
}

fn adjacency(sheet: &Sheet, of: &Geography, faults: &mut Faults) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for row in sheet.rows() {
        let ends = [member(row, "a", of, faults), member(row, "b", of, faults)];
        let Some((a, b)) = pair(row, ends, faults) else {
            continue;
        };
        if pairs.contains(&(a, b)) || pairs.contains(&(b, a)) {
            let fault = Fault::error("this border stands here twice").at(&row.place());
            faults.push(fault.hint("one row for each pair, in either order"));
        }
        pairs.push((a, b));
    }
    pairs
}

fn alliances(sheet: &Sheet, of: &Geography, faults: &mut Faults) -> Vec<Alliance> {
    let mut alliances: Vec<Alliance> = Vec::new();
    for row in sheet.rows() {
        let province = member(row, "iso", of, faults);
        let (Some(date), Some(province)) = (january(row, faults), province) else {
            continue;
        };
        let name = row.text("name_en");
        let at = alliances.iter().position(|alliance| alliance.name == name);
        let at = at.unwrap_or_else(|| {
            alliances.push(Alliance {
                name: name.into(),
                members: Vec::new(),
            });
            alliances.len() - 1
        });
        alliances[at].members.push(Membership {
            province,
            joined: date,
        });
    }
    alliances
}

fn pairings(sheet: &Sheet, of: &Geography, faults: &mut Faults) -> Vec<Pairing> {
    let mut pairings = Vec::new();
    for row in sheet.rows() {
        let ends = ["supporter", "partner"].map(|column| member(row, column, of, faults));
        let date = january(row, faults);
        if let (Some((supporter, partner)), Some(since)) = (pair(row, ends, faults), date) {
            pairings.push(Pairing {
                supporter,
                partner,
                since,
            });
        }
    }
    pairings
}

fn pair(row: Row<'_>, ends: [Option<usize>; 2], faults: &mut Faults) -> Option<(usize, usize)> {
    let (a, b) = (ends[0]?, ends[1]?);
    if a == b {
        faults.push(Fault::error("a province cannot be tied to itself").at(&row.place()));
    }
    (a != b).then_some((a, b))
}

/// The province whose code stands in `column`.
pub fn member(row: Row<'_>, column: &str, of: &Geography, faults: &mut Faults) -> Option<usize> {
    let iso = row.text(column);
    let found = of.provinces.iter().position(|province| province.iso == iso);
    if found.is_none() {
        let message = format!("`{column}`: there is no province {iso}");
        faults.push(Fault::error(message).at(&row.place()));
    }
    found
}

fn january(row: Row<'_>, faults: &mut Faults) -> Option<Date> {
    let sensible = |year: &u16| (1900..=2200).contains(year);
    let year = row.number("year", "a year from 1900 to 2200", sensible, faults)?;
    Some(Date::new(i32::from(year), 1))
}
