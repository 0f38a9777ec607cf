//! A design made elsewhere, as a table: a column for each input, a row for each design point.

use crate::scenario::Scenario;
use crate::scenario::input::Input;
use crate::scenario::reading::fault::{Fault, Faults};
use crate::scenario::reading::reader::At;
use crate::scenario::reading::sheet::Sheet;
use crate::scenario::sweep::admissible::{number, refuse_doubles, warn_if_late};
use crate::scenario::sweep::{Method, Over, Sweep, Varied};

/// The sweep that `sheet` lays, if it makes sense for `scenario`.
pub fn table(sheet: &Sheet, scenario: &Scenario, faults: &mut Faults) -> Option<Sweep> {
    let before = faults.count();
    let inputs = inputs(sheet, scenario, faults);
    let mut rows = Vec::new();
    for (i, row) in sheet.rows().enumerate() {
        if ![String::new(), i.to_string()].contains(&row.text(NUMBER).to_owned()) {
            faults.push(row.wrong(NUMBER, "the number of the row, counted from 0"));
        }
        let place = row.place();
        let cell = |input: &Input| number(input, row.text(&input.path), &place, faults);
        rows.extend(inputs.iter().map(cell).collect::<Option<Vec<f64>>>());
    }
    let place = sheet.place();
    if rows.is_empty() || inputs.is_empty() {
        // where cells are wrong that is told of them
        if faults.count() == before {
            faults.push(Fault::error("the design has no rows or no inputs").at(&place));
        }
        return None;
    }
    let vary = inputs.iter().enumerate().map(|(column, input)| Varied {
        path: input.path.clone(),
        over: range(&rows, column),
        words: input.words().iter().map(|word| (*word).into()).collect(),
    });
    let vary: Vec<Varied> = vary.collect();
    for (input, varied) in inputs.iter().zip(&vary) {
        warn_if_late(input, &varied.over, (scenario, &place), faults);
    }
    Some(Sweep {
        method: Method::Table,
        points: rows.len() as u32,
        vary,
        table: rows,
    })
}

/// The column that may number the rows of a design.
const NUMBER: &str = "design_point";

/// Whether a column only numbers the rows: pandas and R write one without a name in front, and
/// pandas calls it so when it reads such a file and writes it again.
fn is_index(at: usize, name: &str) -> bool {
    at == 0 && (name.is_empty() || name.starts_with("Unnamed: "))
}

/// What the columns of a design set.
fn inputs(sheet: &Sheet, scenario: &Scenario, faults: &mut Faults) -> Vec<Input> {
    let place = sheet.place();
    let names = sheet.columns().iter().enumerate();
    let names = names.filter(|(at, name)| *name != NUMBER && !is_index(*at, name));
    let paths: Vec<At<String>> = names
        .map(|(_, name)| At {
            value: name.clone(),
            place: place.clone(),
        })
        .collect();
    refuse_doubles(paths.iter(), scenario, faults);
    let mut inputs = Vec::new();
    for path in &paths {
        match Input::named(&path.value, scenario) {
            Ok(input) => inputs.push(input),
            Err(fault) => faults.push(fault.at(&place)),
        }
    }
    inputs
}

/// From the lowest to the highest value of a column.
fn range(rows: &[Vec<f64>], column: usize) -> Over {
    let values = rows.iter().map(|row| row[column]);
    let low = values.clone().fold(f64::INFINITY, f64::min);
    Over::Range(low, values.fold(f64::NEG_INFINITY, f64::max))
}
