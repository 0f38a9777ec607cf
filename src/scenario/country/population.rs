//! The provinces, and how governments and citizens are made from them: `[population]`.

use crate::scenario::parameters::choice;
use crate::scenario::reading::fault::{Fault, Faults, Place};
use crate::scenario::reading::files::Files;
use crate::scenario::reading::reader::{At, Reader, refuse_unless};
use crate::scenario::reading::sheet::{Row, Sheet};
use crate::world::geography::{FACTOR_COUNT, Frontline, Geography, Population, Province};
use crate::world::parameter::Limits;

/// Yuan in the unit of the table's column of products.
const YUAN: f64 = 1e8;

/// Most prefectures or counties of one province: beyond any country, and still quick to lay out.
const MOST_GOVERNMENTS: u32 = 10_000;

/// Most residents of one province: more than the earth has, and still safe to add up.
const MOST_RESIDENTS: u64 = 10_000_000_000;

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
    let mean_field: Option<At<bool>> = table.get("mean_field", faults);
    table.finish(faults);
    let population = Population {
        frontline,
        citizens_per_million,
        mean_field: mean_field.is_some_and(|at| at.value),
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

/// The provinces of the table, if all of it is sound: half a country would only breed more faults.
fn provinces(
    table: &mut Reader,
    frontline: Frontline,
    files: &mut Files,
    faults: &mut Faults,
) -> Option<Geography> {
    let named: At<String> = table.need("provinces", faults)?;
    let before = faults.count();
    let source = files.read(&named.value, Some(&named.place), faults)?;
    let sheet = Sheet::read(&source, COLUMNS, faults)?;
    let mut provinces: Vec<Province> = Vec::new();
    for row in sheet.rows() {
        for (column, of) in NAMES {
            let name = row.text(column);
            if !name.is_empty() && provinces.iter().any(|known| of(known) == name) {
                let message = format!("province {name} stands here twice");
                faults.push(Fault::error(message).at(&row.place()));
            }
        }
        provinces.extend(province(row, frontline, faults));
    }
    if sheet.rows().next().is_none() {
        faults.push(Fault::error("the table of provinces has no rows").at(&sheet.place()));
    }
    (faults.count() == before).then(|| Geography {
        regions: regions(&provinces),
        provinces,
        adjacency: Vec::new(),
        alliances: Vec::new(),
        pairings: Vec::new(),
        departments: Vec::new(),
    })
}

/// Columns that tell a province from all others.
const NAMES: [(&str, fn(&Province) -> &str); 3] = [
    ("iso", |province| &province.iso),
    ("name_en", |province| &province.name),
    ("short_zh", |province| &province.name_zh),
];

/// Regions in the order of their first province.
fn regions(provinces: &[Province]) -> Vec<String> {
    let mut regions: Vec<String> = Vec::new();
    for province in provinces {
        if !regions.contains(&province.region) {
            regions.push(province.region.clone());
        }
    }
    regions
}

fn province(row: Row<'_>, frontline: Frontline, faults: &mut Faults) -> Option<Province> {
    let iso = row.name("iso", faults);
    let name = row.name("name_en", faults);
    let region = row.name("region", faults);
    let residents = format!("a whole number from 1 to {MOST_RESIDENTS}");
    let people = |residents: &u64| (1..=MOST_RESIDENTS).contains(residents);
    let residents = row.number("population", &residents, people, faults);
    let product = |product: &f64| *product > 0.0 && product.is_finite();
    let product = row.number("gdp_2019_100m_yuan", "a number above 0", product, faults);
    let municipality = row.text("kind") == "municipality";
    if !municipality && row.text("kind") != "province" {
        faults.push(row.wrong("kind", "\"province\" or \"municipality\""));
    }
    let whole = format!("a whole number up to {MOST_GOVERNMENTS}");
    let [prefectures, counties] = ["prefectures", "counties"]
        .map(|column| row.number(column, &whole, |n| *n <= MOST_GOVERNMENTS, faults));
    refuse_unserved(
        row,
        [prefectures, counties],
        (municipality, frontline),
        faults,
    );
    Some(Province {
        iso,
        name,
        name_zh: row.text("short_zh").into(),
        region,
        municipality,
        population: residents?,
        gdp_per_head: product? * YUAN / residents? as f64,
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
    [prefectures, counties]: [Option<u32>; 2],
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
