//! Who is bound to whom: borders, alliances, pairings and departments from their tables.

use crate::scenario::reading::fault::{Fault, Faults};
use crate::scenario::reading::files::{Files, Source};
use crate::scenario::reading::reader::{At, Read, Reader};
use crate::scenario::reading::sheet::{Row, Sheet};
use crate::scenario::reading::tree::Value;
use crate::world::clock::Date;
use crate::world::departments::{Department, MOST_DEPARTMENTS};
use crate::world::geography::{Alliance, Geography, Membership, Pairing};

/// Ties between provinces, and departments, from the tables that `[network]` names; each may be left out.
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
    let departments = departments(&mut network, files, faults);
    network.finish(faults);
    let Some(of) = geography else { return };
    of.adjacency = borders.map_or_else(Vec::new, |sheet| adjacency(&sheet, of, faults));
    of.alliances = agreed.map_or_else(Vec::new, |sheet| alliances(&sheet, of, faults));
    of.pairings = paired.map_or_else(Vec::new, |sheet| pairings(&sheet, of, faults));
    of.departments = departments;
}

/// What `departments` may be.
enum Divided {
    /// So many that are alike.
    Alike(usize),
    /// Those of a table.
    Listed(String),
}

impl Read for Divided {
    const WHAT: &'static str = "a whole number from 0 to 16, or the file of a table in quotes";

    fn read(value: Value) -> Result<Self, Value> {
        match value {
            Value::Text(file) => Ok(Self::Listed(file)),
            Value::Whole(number) => match usize::try_from(number) {
                Ok(count) if count <= MOST_DEPARTMENTS => Ok(Self::Alike(count)),
                _ => Err(value),
            },
            other => Err(other),
        }
    }
}

/// The departments of every government; none when nothing is said.
fn departments(network: &mut Reader, files: &mut Files, faults: &mut Faults) -> Vec<Department> {
    let written: Option<At<Divided>> = network.get("departments", faults);
    match written.map(|At { value, place }| (value, place)) {
        None => Vec::new(),
        Some((Divided::Alike(count), _)) => (1..=count).map(alike).collect(),
        Some((Divided::Listed(file), place)) => files
            .read(&file, Some(&place), faults)
            .map_or_else(Vec::new, |source| listed(&source, faults)),
    }
}

fn alike(number: usize) -> Department {
    Department {
        name: format!("Department {number}"),
        line: 1.0,
    }
}

fn listed(source: &Source, faults: &mut Faults) -> Vec<Department> {
    let Some(sheet) = Sheet::read(source, &["name_en", "line"], faults) else {
        return Vec::new();
    };
    let mut kinds: Vec<Department> = Vec::new();
    for row in sheet.rows() {
        let name = row.name("name_en", faults);
        if !name.is_empty() && kinds.iter().any(|known| known.name == name) {
            let message = format!("department {name} stands here twice");
            faults.push(Fault::error(message).at(&row.place()));
        }
        let sensible = |line: &f64| *line >= 0.0 && line.is_finite();
        let line = row.number("line", "a number, 0 or above", sensible, faults);
        kinds.extend(line.map(|line| Department { name, line }));
    }
    if kinds.len() > MOST_DEPARTMENTS {
        let message = format!("a government can have {MOST_DEPARTMENTS} departments at most");
        faults.push(Fault::error(message).at(&sheet.place()));
    }
    kinds
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
