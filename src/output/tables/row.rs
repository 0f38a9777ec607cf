//! A row of a table as a type: written, read and described from one place.

use std::io;

use super::cell::{CellValue, Cells};

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Name in the head of the table.
    pub name: &'static str,
    /// Type, as a Frictionless table schema calls it.
    pub kind: &'static str,
    /// Unit; empty where there is none, or where the row tells it.
    pub unit: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

/// A cell that does not hold what its column should.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unread {
    /// Position of its column in the fields.
    pub field: usize,
    /// What was expected.
    pub expected: &'static str,
}

/// The columns of a row that are the same in every study.
pub trait TableRow: Sized {
    /// These columns, in order.
    const FIELDS: &'static [Field];

    /// Hands the texts of all cells to `cells`.
    ///
    /// # Errors
    /// When a text cannot be written.
    fn write(&self, cells: &mut Cells<'_>) -> io::Result<()>;

    /// The texts of all cells.
    fn texts(&self) -> Vec<String> {
        let mut texts = Vec::new();
        let kept = self.write(&mut |text| {
            texts.push(text.to_owned());
            Ok(())
        });
        kept.expect("texts are only kept");
        texts
    }

    /// The row in which field number `i` holds `cell(i)`.
    ///
    /// # Errors
    /// The first cell that does not hold what it should.
    fn read<'a>(cell: impl Fn(usize) -> &'a str) -> Result<Self, Unread>;
}

/// The value of the field number `field`, which moves on to the next.
///
/// # Errors
/// When its cell holds no such value.
pub fn value<'a, T: CellValue>(
    field: &mut usize,
    cell: &impl Fn(usize) -> &'a str,
) -> Result<T, Unread> {
    let at = *field;
    *field += 1;
    let wrong = |expected| Unread {
        field: at,
        expected,
    };
    T::read(cell(at)).map_err(wrong)
}

/// A row of a table: a struct whose documentation is the meaning of its columns.
///
/// Each field is a column of the same name; `#[unit = "..."]` gives its unit. To add a column, add a
/// field, and give it its value where rows are made, in the same file: writer, readers,
/// `datapackage.json` and every other face follow.
macro_rules! table_row {
    (
        $(#[doc = $about:literal])+
        pub struct $row:ident {
            $(
                $(#[doc = $meaning:literal])+
                $(#[unit = $unit:literal])?
                $field:ident: $type:ty,
            )+
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Debug, Clone, PartialEq, serde::Serialize)]
        pub struct $row {
            $(
                $(#[doc = $meaning])+
                pub $field: $type,
            )+
        }

        impl $crate::output::tables::row::TableRow for $row {
            const FIELDS: &'static [$crate::output::tables::row::Field] = &[$(
                $crate::output::tables::row::Field {
                    name: stringify!($field),
                    kind: <$type as $crate::output::tables::cell::CellValue>::TYPE,
                    unit: concat!($($unit)?),
                    meaning: concat!($($meaning),+).trim_ascii_start(),
                },
            )+];

            fn write(&self, cells: &mut $crate::output::tables::cell::Cells<'_>) -> std::io::Result<()> {
                $($crate::output::tables::cell::CellValue::write(&self.$field, cells)?;)+
                Ok(())
            }

            fn read<'a>(
                cell: impl Fn(usize) -> &'a str,
            ) -> Result<Self, $crate::output::tables::row::Unread> {
                let mut at = 0;
                Ok(Self {
                    $($field: $crate::output::tables::row::value(&mut at, &cell)?,)+
                })
            }
        }
    };
}

pub(crate) use table_row;

#[cfg(test)]
mod tests {
    use super::*;

    table_row! {
        /// A row for the tests.
        pub struct Sample {
            /// name of the thing, told
            /// on two lines
            name: String,
            /// what it weighs
            #[unit = "kg"]
            weight: Option<f64>,
        }
    }

    #[test]
    fn a_row_is_described_written_and_read_from_one_place() {
        let [name, weight] = Sample::FIELDS else {
            panic!("two fields");
        };
        assert_eq!((name.name, name.kind, name.unit), ("name", "string", ""));
        assert_eq!(name.meaning, "name of the thing, told on two lines");
        assert_eq!((weight.kind, weight.unit), ("number", "kg"));
        let row = Sample {
            name: "a".into(),
            weight: Some(0.5),
        };
        let cells = row.texts();
        assert_eq!(cells, ["a", "0.5"]);
        assert_eq!(Sample::read(|i| cells[i].as_str()), Ok(row));
        let wrong = Sample::read(|i| ["a", "much"][i]).unwrap_err();
        assert_eq!((wrong.field, wrong.expected), (1, "a number"));
    }
}
