//! Runs, series, effects and points as Parquet, for duckdb, polars, pyarrow and R's arrow.
//!
//! Each table is a folder `parquet/NAME` of parts of a million rows; a part is streamed in groups of
//! rows, so memory does not grow with the table, and has its name only when its footer is written.
//! Readers take all parts: `parquet/series/*.parquet`.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as PhysicalType};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::{WriterProperties, WriterPropertiesPtr};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};

use crate::output::formats::columns::{
    CellKind, ColumnCells, ColumnPart, ColumnReader, ROWS_AT_ONCE,
};
use crate::output::tables::table::Begun;

/// The folder of these files inside a result folder.
pub const FOLDER: &str = "parquet";
/// The tables that are written, as far as the study has them.
pub const NAMES: [&str; 4] = ["runs", "series", "effects", "points"];
/// Groups of rows in a part.
const GROUPS: usize = 16;

/// Writes the tables of `folder` as Parquet too.
///
/// # Errors
/// When a table cannot be read or a part not be written.
pub fn write(folder: &Path) -> io::Result<()> {
    clear(folder)?;
    for name in NAMES {
        if !folder.join(format!("{name}.csv")).exists() {
            continue;
        }
        if let Some(mut table) = ColumnReader::open(folder, name)? {
            write_table(&folder.join(FOLDER).join(name), &mut table).map_err(io::Error::other)?;
        }
    }
    Ok(())
}

/// Removes the parts of earlier work from `folder`, finished or not; other files stay.
///
/// # Errors
/// When one cannot be removed.
pub fn clear(folder: &Path) -> io::Result<()> {
    let all = folder.join(FOLDER);
    for name in NAMES {
        let parts = all.join(name);
        for entry in fs::read_dir(&parts).into_iter().flatten() {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if name.starts_with("part-") && name.trim_end_matches(".tmp").ends_with(".parquet") {
                fs::remove_file(&path)?;
            }
        }
        // what holds something else stays
        let _ = fs::remove_dir(&parts);
    }
    let _ = fs::remove_dir(&all);
    Ok(())
}

fn write_table(folder: &Path, table: &mut ColumnReader) -> Result<(), ParquetError> {
    fs::create_dir_all(folder)?;
    let schema = schema(&table.columns)?;
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY);
    let properties = Arc::new(properties.build());
    let mut next = table.next(ROWS_AT_ONCE)?;
    for number in 0.. {
        let Some(first) = next.take() else { break };
        let (begun, file) = Begun::create(folder, &format!("part-{number:04}.parquet"))?;
        next = write_part(file, table, first, (&schema, &properties))?;
        begun.finish()?;
    }
    Ok(())
}

/// Writes a part that begins with the rows `first`; returns those with which the next begins.
fn write_part(
    file: File,
    table: &mut ColumnReader,
    first: Vec<ColumnPart>,
    (schema, properties): (&TypePtr, &WriterPropertiesPtr),
) -> Result<Option<Vec<ColumnPart>>, ParquetError> {
    let mut writer = SerializedFileWriter::new(file, Arc::clone(schema), Arc::clone(properties))?;
    let mut rows = Some(first);
    for _ in 0..GROUPS {
        let Some(columns) = rows.take() else { break };
        let mut group = writer.next_row_group()?;
        for column in &columns {
            let mut cells = group
                .next_column()?
                .ok_or(ParquetError::EOF(String::new()))?;
            write_column(&mut cells, column)?;
            cells.close()?;
        }
        group.close()?;
        rows = table.next(ROWS_AT_ONCE)?;
    }
    writer.close()?;
    Ok(rows)
}

fn write_column(
    writer: &mut SerializedColumnWriter<'_>,
    column: &ColumnPart,
) -> Result<(), ParquetError> {
    let levels: Vec<i16> = column
        .filled
        .iter()
        .map(|filled| i16::from(*filled))
        .collect();
    let levels = Some(levels.as_slice());
    match (writer.untyped(), &column.cells) {
        (ColumnWriter::ByteArrayColumnWriter(to), ColumnCells::Text(texts)) => {
            let texts: Vec<ByteArray> = texts.iter().map(|text| text.as_str().into()).collect();
            to.write_batch(&texts, levels, None)?;
        }
        (ColumnWriter::Int64ColumnWriter(to), ColumnCells::Whole(numbers)) => {
            let bits: Vec<i64> = numbers.iter().map(|number| number.cast_signed()).collect();
            to.write_batch(&bits, levels, None)?;
        }
        (ColumnWriter::DoubleColumnWriter(to), ColumnCells::Number(numbers)) => {
            to.write_batch(numbers, levels, None)?;
        }
        _ => unreachable!("the schema is made of these columns"),
    }
    Ok(())
}

/// Columns as Parquet describes them: texts in UTF-8, whole numbers of 64 bits without sign, doubles.
fn schema(columns: &[(String, CellKind)]) -> Result<TypePtr, ParquetError> {
    let field = |(name, kind): &(String, CellKind)| {
        let (physical, logical) = match kind {
            CellKind::Text => (PhysicalType::BYTE_ARRAY, Some(LogicalType::String)),
            CellKind::Whole => (PhysicalType::INT64, Some(LogicalType::integer(64, false))),
            CellKind::Number => (PhysicalType::DOUBLE, None),
        };
        let made = Type::primitive_type_builder(name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical);
        made.build().map(Arc::new)
    };
    let fields = columns.iter().map(field).collect::<Result<Vec<_>, _>>()?;
    let table = Type::group_type_builder("table").with_fields(fields);
    Ok(Arc::new(table.build()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::file::reader::{FileReader as _, SerializedFileReader};

    #[test]
    fn names_come_back_as_they_are_and_other_files_stay() {
        let folder = std::env::temp_dir().join(format!("cogov-parquet-{}", std::process::id()));
        let parts = folder.join(FOLDER).join("points");
        fs::create_dir_all(&parts).unwrap();
        for name in ["part-0007.parquet", "part-0000.parquet.tmp", "mine.txt"] {
            fs::write(parts.join(name), "").unwrap();
        }
        let names = ["001", "true", "NULL", "2016-01"];
        let rows = names.map(|name| format!("0,{name},trust,2,0.5,0.75,0.25,,\n"));
        let head = "design_point,policy,outcome,n_pairs,baseline_mean,policy_mean,mean_difference,ci_low,ci_high";
        fs::write(
            folder.join("points.csv"),
            format!("{head}\n{}", rows.concat()),
        )
        .unwrap();
        write(&folder).unwrap();
        let file = File::open(parts.join("part-0000.parquet")).unwrap();
        let reader = SerializedFileReader::new(file).unwrap();
        let rows = reader.get_row_iter(None).unwrap();
        let policies = rows.map(|row| row.unwrap().to_string());
        for (row, name) in policies.zip(names) {
            assert!(row.contains(&format!("policy: \"{name}\"")), "{row}");
            assert!(row.contains("mean_difference: 0.25, ci_low: null"), "{row}");
        }
        clear(&folder).unwrap();
        let left = fs::read_dir(&parts).unwrap();
        let left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["mine.txt"]);
        fs::remove_dir_all(folder).unwrap();
    }
}
