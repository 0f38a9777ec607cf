//! Result tables: one file each, with what a row is, what each of its columns means, and how rows are
//! made.
//!
//! Everything else that knows of tables goes by [`TABLES`]: the writer, the report's reader,
//! `datapackage.json`, the list of the files of a folder, the table in README. To add a column, add
//! a field to the row; to add a table, add its file here and its layout to the list.

pub mod cell;
pub mod row;
pub mod layout;
pub mod table;
pub mod runs;
pub mod series;
pub mod levels;
pub mod effects;
pub mod between;
pub mod costs;
pub mod distribution;
pub mod decomposition;
pub mod uncertainty;
pub mod unknowns;
pub mod precision;
pub mod sensitivity;
pub mod robustness;
pub mod points;
pub mod policies;
pub mod governments;
pub mod ties;
pub mod calibration;

use layout::Layout;

/// All tables. The bytes of those that are hashed make the result hash, in this order.
pub const TABLES: [&Layout; 28] = [
    &runs::LAYOUT,
    &series::LAYOUT,
    &levels::LAYOUT,
    &effects::LAYOUT,
    &between::LAYOUT,
    &costs::LAYOUT,
    &distribution::LAYOUT,
    &decomposition::LAYOUT,
    &uncertainty::LAYOUT,
    &unknowns::LAYOUT,
    &precision::LAYOUT,
    &sensitivity::LAYOUT,
    &robustness::LAYOUT,
    &points::LAYOUT,
    &policies::LAYOUT,
    &governments::LAYOUT,
    &ties::LAYOUT,
    &calibration::waves::LAYOUT,
    &calibration::design::LAYOUT,
    &calibration::implausibility::LAYOUT,
    &calibration::emulators::LAYOUT,
    &calibration::region::LAYOUT,
    &calibration::posterior::LAYOUT,
    &calibration::posterior_summary::LAYOUT,
    &calibration::predictive::LAYOUT,
    &calibration::choices::LAYOUT,
    &calibration::worlds::LAYOUT,
    &calibration::claims::LAYOUT,
];

#[cfg(test)]
mod tests {
    use super::layout::{Kind, Part};
    use super::*;

    #[test]
    fn every_column_says_what_it_means_and_stands_once_in_its_table() {
        for table in TABLES {
            let fixed = table.parts.iter().filter_map(|part| match part {
                Part::Fixed(fields) => Some(*fields),
                _ => None,
            });
            let mut names: Vec<&str> = Vec::new();
            for field in fixed.flatten() {
                let place = format!("{}: {}", table.file, field.name);
                assert!(!field.meaning.is_empty(), "{place}");
                assert!(!names.contains(&field.name), "{place} stands twice");
                names.push(field.name);
            }
        }
    }

    #[test]
    fn readme_lists_the_tables_of_a_study() {
        let readme = include_str!("../../../README.md");
        let head = "| file | rows |\n|---|---|\n";
        let (_, list) = readme.split_once(head).expect("README lists the files");
        let tables = TABLES.iter().filter(|table| table.kind == Kind::Policies);
        let expected: String = tables
            .map(|table| format!("| `{}` | {} |\n", table.file, table.rows))
            .collect();
        assert!(
            list.starts_with(&expected),
            "README should have\n{expected}"
        );
    }
}
