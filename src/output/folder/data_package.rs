//! `datapackage.json`: unit and meaning of every column, as a Frictionless data package.

use std::io;
use std::path::Path;

use serde_json::{Value, json};

use crate::model::outcome::{OUTCOMES, Outcome};
use crate::output::tables::TABLES;
use crate::output::tables::layout::{Kind, Layout, OwnColumns, Part};
use crate::output::tables::row::Field;
use crate::output::tables::table::write_whole;
use crate::scenario::Scenario;

/// Name of the file.
pub const NAME: &str = "datapackage.json";

/// Writes the file into `folder`: it describes the tables of this `kind` that are there, with the
/// columns that the study has of its `own`.
///
/// # Errors
/// When it cannot be written.
pub fn write(
    folder: &Path,
    scenario: &Scenario,
    kind: Kind,
    own: &OwnColumns<'_>,
) -> io::Result<()> {
    let tables = TABLES.iter().filter(|table| table.kind == kind);
    let there = tables.filter(|table| folder.join(table.file).exists());
    let currency = &scenario.geography.nation.currency;
    let resources: Vec<Value> = there.map(|table| resource(table, own, currency)).collect();
    let package = json!({
        "profile": "tabular-data-package",
        "title": scenario.name,
        "description": scenario.question,
        "resources": resources,
    });
    let mut text = serde_json::to_vec_pretty(&package)?;
    text.push(b'\n');
    write_whole(folder, NAME, &text)
}

fn resource(table: &Layout, own: &OwnColumns<'_>, currency: &str) -> Value {
    let fields = table.parts.iter().flat_map(|part| match part {
        Part::Fixed(fields) => fields.iter().map(|of| fixed(of, currency)).collect(),
        Part::Inputs => own.inputs.iter().map(|name| input(name)).collect(),
        Part::Outcomes(more) => OUTCOMES
            .iter()
            .map(|of| outcome(of, more, currency))
            .collect(),
        Part::Targets => own
            .targets
            .iter()
            .map(|name| target(name))
            .collect::<Vec<_>>(),
    });
    json!({
        "name": table.name(),
        "path": table.file,
        "format": "csv",
        "encoding": "utf-8",
        "schema": { "missingValues": [""], "fields": fields.collect::<Vec<_>>() },
    })
}

fn fixed(field: &Field, currency: &str) -> Value {
    let mut told = json!({
        "name": field.name,
        "type": field.kind,
        "description": field.meaning,
    });
    if !field.unit.is_empty() {
        told["unit"] = json!(field.unit.replace("money", currency));
    }
    told
}

fn input(name: &str) -> Value {
    json!({ "name": name, "description": "value of this input at the design point" })
}

fn target(name: &str) -> Value {
    json!({ "name": name, "type": "number", "description": "implausibility of this target at the point" })
}

fn outcome(of: &Outcome, more: &str, currency: &str) -> Value {
    json!({
        "name": of.name,
        "type": "number",
        "unit": of.unit_in(currency),
        "direction": of.direction.name(),
        "description": format!("{}{more}", of.meaning),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::tables::{costs, runs, series};

    #[test]
    fn a_word_means_what_its_table_says() {
        let own = OwnColumns {
            inputs: vec!["sharing.benefit"],
            targets: Vec::new(),
        };
        let field = |table: &Layout, name: &str| {
            let resource = resource(table, &own, "RMB");
            let fields = resource["schema"]["fields"].as_array().unwrap().clone();
            fields.into_iter().find(|of| of["name"] == name).unwrap()
        };
        let said = |table, name| field(table, name)["description"].to_string();
        assert!(said(&runs::LAYOUT, "cost").contains("mean of the last 12 months"));
        assert_eq!(field(&series::LAYOUT, "cost")["unit"], "RMB per month");
        assert!(said(&costs::LAYOUT, "cost").contains("over the run"));
        assert_eq!(field(&costs::LAYOUT, "cost")["unit"], "RMB");
        assert!(field(&costs::LAYOUT, "policy")["unit"].is_null());
        assert!(said(&runs::LAYOUT, "sharing.benefit").contains("input"));
    }
}
