//! What governments are divided into: `network.departments`, a number or the file of a table.

use crate::scenario::country::columns::Columns;
use crate::scenario::reading::fault::{Fault, Faults};
use crate::scenario::reading::files::{Files, Source};
use crate::scenario::reading::reader::{At, Read, Reader};
use crate::scenario::reading::sheet::Sheet;
use crate::scenario::reading::tree::Value;
use crate::world::departments::{Department, MOST_DEPARTMENTS};

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
pub fn read(
    network: &mut Reader,
    columns: &Columns,
    files: &mut Files,
    faults: &mut Faults,
) -> Vec<Department> {
    let written: Option<At<Divided>> = network.get("departments", faults);
    match written.map(|At { value, place }| (value, place)) {
        None => Vec::new(),
        Some((Divided::Alike(count), _)) => (1..=count).map(alike).collect(),
        Some((Divided::Listed(file), place)) => files
            .read(&file, Some(&place), faults)
            .map_or_else(Vec::new, |source| listed(&source, columns, faults)),
    }
}

fn alike(number: usize) -> Department {
    Department {
        name: format!("Department {number}"),
        line: 1.0,
    }
}

fn listed(source: &Source, columns: &Columns, faults: &mut Faults) -> Vec<Department> {
    let Some(sheet) = Sheet::read(source, &["line"], faults) else {
        return Vec::new();
    };
    let column = columns.name("name", &sheet);
    if !sheet.need(&[column], faults) {
        return Vec::new();
    }
    let mut kinds: Vec<Department> = Vec::new();
    for row in sheet.rows() {
        let name = row.name(column, faults);
        if !name.is_empty() && kinds.iter().any(|known| known.name == name) {
            let message = format!("department {name} stands here twice");
            faults.push(Fault::error(message).at(&row.place()));
        }
        let sensible = |line: &f64| *line >= 0.0 && line.is_finite();
        let line = row.number("line", "a number, 0 or above", sensible, faults);
        // a faulty one counts too, so that one of the same name is still told
        let line = line.unwrap_or_default();
        kinds.push(Department { name, line });
    }
    if kinds.len() > MOST_DEPARTMENTS {
        let message = format!("a government can have {MOST_DEPARTMENTS} departments at most");
        faults.push(Fault::error(message).at(&sheet.place()));
    }
    kinds
}
