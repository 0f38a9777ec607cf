//! Who is bound to whom: borders, alliances, pairings and departments from their tables.

use crate::scenario::country::columns::Columns;
use crate::scenario::country::departments;
use crate::scenario::country::provinces::Provinces;
use crate::scenario::country::strangers::Lookup;
use crate::scenario::reading::fault::{Fault, Faults};
use crate::scenario::reading::files::Files;
use crate::scenario::reading::reader::{At, Reader};
use crate::scenario::reading::sheet::{Row, Sheet};
use crate::scenario::reading::spoilt;
use crate::world::clock::Date;
use crate::world::geography::{Alliance, Membership, Pairing};

/// Ties between provinces, and departments, from the tables that `[network]` names; each may be left out.
pub fn read(
    mut network: Reader,
    provinces: Option<&mut Provinces>,
    columns: &Columns,
    files: &mut Files,
    faults: &mut Faults,
) {
    let mut table = |key: &'static str, columns: &[&str], faults: &mut Faults| {
        let named: At<String> = network.get(key, faults)?;
        let source = files.read(&named.value, Some(&named.place), faults)?;
        Sheet::read(&source, columns, faults)
    };
    let borders = table("adjacency", &["a", "b"], faults);
    let agreed = table("alliances", &["year"], faults);
    let agreed = agreed.filter(|sheet| {
        let needed = ["name", "iso"].map(|own| columns.name(own, sheet));
        sheet.need(&needed, faults)
    });
    let paired = table("pairing", &["year", "supporter", "partner"], faults);
    let departments = departments::read(&mut network, columns, files, faults);
    network.finish(faults);
    let Some(of) = provinces else { return };
    of.geography.adjacency = borders.map_or_else(Vec::new, |sheet| adjacency(&sheet, of, faults));
    of.geography.alliances =
        agreed.map_or_else(Vec::new, |sheet| alliances(&sheet, of, columns, faults));
    of.geography.pairings = paired.map_or_else(Vec::new, |sheet| pairings(&sheet, of, faults));
    of.geography.departments = departments;
    of.geography.sort_ties();
}

fn adjacency(sheet: &Sheet, of: &Provinces, faults: &mut Faults) -> Vec<(usize, usize)> {
    let mut lookup = Lookup::new(of, "network.adjacency");
    let mut pairs = Vec::new();
    for row in sheet.rows() {
        let ends = ["a", "b"].map(|column| lookup.province(row, column));
        let Some((a, b)) = pair(row, ends, faults) else {
            continue;
        };
        if pairs.contains(&(a, b)) || pairs.contains(&(b, a)) {
            let fault = Fault::error("this border stands here twice").at(&row.place());
            faults.push(fault.hint("one row for each pair, in either order"));
        }
        pairs.push((a, b));
    }
    lookup.finish(faults);
    pairs
}

fn alliances(
    sheet: &Sheet,
    of: &Provinces,
    columns: &Columns,
    faults: &mut Faults,
) -> Vec<Alliance> {
    let [name, iso] = ["name", "iso"].map(|own| columns.name(own, sheet));
    let mut lookup = Lookup::new(of, "network.alliances");
    let mut alliances: Vec<Alliance> = Vec::new();
    for row in sheet.rows() {
        let province = lookup.province(row, iso);
        let (Some(date), Some(province)) = (january(row, faults), province) else {
            continue;
        };
        let name = row.text(name);
        let at = alliances.iter().position(|alliance| alliance.name == name);
        let at = at.unwrap_or_else(|| {
            spoilt::refuse("an alliance", name, &row.place(), faults);
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
    lookup.finish(faults);
    alliances
}

fn pairings(sheet: &Sheet, of: &Provinces, faults: &mut Faults) -> Vec<Pairing> {
    let mut lookup = Lookup::new(of, "network.pairing");
    let mut pairings = Vec::new();
    for row in sheet.rows() {
        let ends = ["supporter", "partner"].map(|column| lookup.province(row, column));
        let pair = pair(row, ends, faults);
        let (Some(since), Some((supporter, partner))) = (january(row, faults), pair) else {
            continue;
        };
        pairings.push(Pairing {
            supporter,
            partner,
            since,
        });
    }
    lookup.finish(faults);
    pairings
}

fn pair(row: Row<'_>, ends: [Option<usize>; 2], faults: &mut Faults) -> Option<(usize, usize)> {
    let (a, b) = (ends[0]?, ends[1]?);
    if a == b {
        faults.push(Fault::error("a province cannot be tied to itself").at(&row.place()));
    }
    (a != b).then_some((a, b))
}

fn january(row: Row<'_>, faults: &mut Faults) -> Option<Date> {
    let sensible = |year: &u16| (1900..=2200).contains(year);
    let year = row.number("year", "a year from 1900 to 2200", sensible, faults)?;
    Some(Date::new(i32::from(year), 1))
}
