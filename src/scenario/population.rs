//! The provinces, and how governments and citizens are made from them: `[population]`.

use crate::scenario::fault::{Fault, Faults, Place};
use crate::scenario::files::Files;
use crate::scenario::parameters::choice;
use crate::scenario::reader::{At, Reader, refuse_unless};
use crate::scenario::sheet::{Row, Sheet};
use crate::world::geography::{FACTOR_COUNT, Frontline, Geography, Population, Province};
use crate::world::parameter::Limits;

/// Yuan in the unit of the table's column of products.
const YUAN: f64 = 1e8;

/// Simulated citizens per million residents when nothing is said.
const PER_MILLION: f64 = 100.0;

const COLUMNS: &[&str] = &[
    "iso",
    "name_en",
    "region",
    "kind",
    "population",
    "gdp_2019_100m_yuan",
    "prefectures",
    "counties",
];

/// What `[population]` says.
#[derive(Debug)]
pub struct Read {
    /// The provinces, without ties and leanings; `None` when their table is faulty.
    pub geography: Option<Geography>,
    /// How agents are made from them.
    pub population: Population,
    /// Where the number of citizens is written, if it is.
    pub place: Option<Place>,
}

/// Reads `[population]`.
pub fn read(mut table: Reader, files: &mut Files, faults: &mut Faults) -> Read {
    let choices = [
        ("prefecture", Frontline::Prefecture),
        ("county", Frontline::County),
    ];
    let frontline = choice(&mut table, "frontline", &choices, faults);
    let frontline = frontline.unwrap_or(Frontline::Prefecture);
    let geography = provinces(&mut table, frontline, files, faults);
    let residents = geography.as_ref().map_or(1, Geography::population);
    let (citizens_per_million, place) = citizens(&mut table, residents, faults);
    table.finish(faults);
    let population = Population {
        frontline,
        citizens_per_million,
    };
    Read {
        geography,
        population,
        place,
    }
}

/// Simulated citizens per million of `residents`, and where their number is written.
fn citizens(table: &mut Reader, residents: u64, faults: &mut Faults) -> (f64, Option<Place>) {
    let [total, per_million] = ["citizens", "citizens_per_million"].map(|key| {
        let found: Option<At<f64>> = table.get(key, faults);
        if let Some(number) = &found {
            refuse_unless(Limits::Positive, &table.full(key), number, faults);
        }
        found
    });
    if let (Some(_), Some(second)) = (&total, &per_million) {
        let message = "give either `population.citizens` or `population.citizens_per_million`";
        faults.push(Fault::error(message).at(&second.place));
    }
    match (total, per_million) {
        (Some(At { value, place }), _) => (value / residents as f64 * 1e6, Some(place)),
        (None, Some(At { value, place })) => (value, Some(place)),
        (None, None) => (PER_MILLION, None),
    }
}

fn provinces(
    table: &mut Reader,
    frontline: Frontline,
    files: &mut Files,
    faults: &mut Faults,
) -> Option<Geography> {
    let named: At<String> = table.need("provinces", faults)?;
    let source = files.read(&named.value, Some(&named.place), faults)?;
    let sheet = Sheet::read(&source, COLUMNS, faults)?;
    let mut provinces: Vec<Province> = Vec::new();
    for row in sheet.rows() {
        let known = |province: &Province| province.iso == row.text("iso");
        if provinces.iter().any(known) {
            let message = format!("province {} stands here twice", row.text("iso"));
            faults.push(Fault::error(message).at(&row.place()));
        }
        provinces.extend(province(row, frontline, faults));
    }
    if sheet.rows().next().is_none() {
        faults.push(Fault::error("the table of provinces has no rows").at(&sheet.place()));
    }
    let mut regions: Vec<String> = Vec::new();
    for province in &provinces {
        if !regions.contains(&province.region) {
            regions.push(province.region.clone());
        }
    }
    (!provinces.is_empty()).then_some(Geography {
        provinces,
        regions,
        adjacency: Vec::new(),
        alliances: Vec::new(),
        pairings: Vec::new(),
    })
}

fn province(row: Row<'_>, frontline: Frontline, faults: &mut Faults) -> Option<Province> {
    for column in ["iso", "name_en", "region"] {
        if row.text(column).is_empty() {
            faults.push(row.wrong(column, "a name"));
        }
    }
    let residents: Option<u64> = row.number("population", "a whole number above 0", faults);
    if residents == Some(0) {
        faults.push(row.wrong("population", "a whole number above 0"));
    }
    let product: Option<f64> = row.number("gdp_2019_100m_yuan", "a number above 0", faults);
    if product.is_some_and(|product| !(product > 0.0 && product.is_finite())) {
        faults.push(row.wrong("gdp_2019_100m_yuan", "a number above 0"));
    }
    let municipality = row.text("kind") == "municipality";
    if !municipality && row.text("kind") != "province" {
        faults.push(row.wrong("kind", "\"province\" or \"municipality\""));
    }
    let prefectures: Option<u32> = row.number("prefectures", "a whole number", faults);
    let counties: Option<u32> = row.number("counties", "a whole number", faults);
    refuse_unserved(
        row,
        (prefectures, counties),
        (municipality, frontline),
        faults,
    );
    let residents = residents?;
    Some(Province {
        iso: row.text("iso").into(),
        name: row.text("name_en").into(),
        name_zh: row.text("short_zh").into(),
        region: row.text("region").into(),
        municipality,
        population: residents,
        gdp_per_head: product? * YUAN / residents as f64,
        prefectures: prefectures?,
        counties: counties?,
        tile: (tile(row, "tile_column"), tile(row, "tile_row")),
        attention: [1.0 / FACTOR_COUNT as f64; FACTOR_COUNT],
    })
}

/// A coordinate on the tile-grid map, which is for pictures only and may be left out.
fn tile(row: Row<'_>, column: &str) -> i32 {
    row.text(column).parse().unwrap_or(0)
}

/// A province without frontline governments would have nobody to serve its citizens.
fn refuse_unserved(
    row: Row<'_>,
    (prefectures, counties): (Option<u32>, Option<u32>),
    (municipality, frontline): (bool, Frontline),
    faults: &mut Faults,
) {
    let needed = match (municipality, frontline) {
        (true, _) => [counties, None],
        (false, Frontline::Prefecture) => [prefectures, None],
        (false, Frontline::County) => [prefectures, counties],
    };
    if needed.contains(&Some(0)) {
        let iso = row.text("iso");
        let message = format!("province {iso} has no frontline government to serve its citizens");
        let hint = "municipalities need counties, other provinces prefectures, and counties where these are the frontline";
        faults.push(Fault::error(message).at(&row.place()).hint(hint));
    }
}
