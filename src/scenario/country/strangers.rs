//! Places that a table names and the country has not: one fault a table, whatever their number.

use std::collections::BTreeSet;
use std::path::Path;

use crate::scenario::country::provinces::Provinces;
use crate::scenario::reading::fault::{Fault, Faults, Place};
use crate::scenario::reading::sheet::Row;

/// Places of one table that are looked up in a country.
#[derive(Debug)]
pub struct Lookup<'a> {
    of: &'a Provinces,
    /// Key of the scenario under which the table is named.
    key: &'a str,
    strangers: BTreeSet<String>,
    first: Option<(String, Place)>,
    known: bool,
}

impl<'a> Lookup<'a> {
    /// Looks up in `of` what the table under `key` names.
    pub fn new(of: &'a Provinces, key: &'a str) -> Self {
        Self {
            of,
            key,
            strangers: BTreeSet::new(),
            first: None,
            known: false,
        }
    }

    /// The province whose code stands in `column` of `row`.
    pub fn province(&mut self, row: Row<'_>, column: &str) -> Option<usize> {
        let iso = row.text(column);
        let provinces = &self.of.geography.provinces;
        let found = provinces.iter().position(|province| province.iso == iso);
        match found {
            Some(_) => self.known = true,
            None => {
                self.strangers.insert(iso.to_owned());
                self.first
                    .get_or_insert_with(|| (iso.to_owned(), row.place()));
            }
        }
        found
    }

    /// Notes what was not found, and returns whether the table may be about other places altogether.
    /// Where the table of provinces is faulty, nothing is said.
    pub fn finish(self, faults: &mut Faults) -> bool {
        let Some((iso, place)) = self.first.filter(|_| self.of.sound) else {
            return !self.of.sound;
        };
        let file = Path::new(&*place.file).file_name();
        let file = file.map_or_else(
            || place.file.to_string(),
            |name| name.to_string_lossy().into(),
        );
        let line = place.line.unwrap_or_default();
        let message = match self.strangers.len() {
            1 => format!("{file} names `{iso}`, which the table of provinces has not"),
            n => format!(
                "{file} names {n} regions that the table of provinces has not (first: line {line}, `{iso}`)"
            ),
        };
        let hint = match self.known {
            true => "mend the code, or the table of provinces".into(),
            false => format!(
                "is it another country's? leave it out with `unset = [\"{}\"]` at the top",
                self.key
            ),
        };
        faults.push(Fault::error(message).at(&place).hint(hint));
        !self.known
    }
}
