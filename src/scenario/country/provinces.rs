//! The table of provinces.

use crate::scenario::country::columns::Columns;
use crate::scenario::reading::fault::{Fault, Faults};
use crate::scenario::reading::files::Files;
use crate::scenario::reading::reader::{At, Reader};
use crate::scenario::reading::sheet::{Row, Sheet};
use crate::scenario::reading::spoilt;
use crate::world::factor::FACTOR_COUNT;
use crate::world::geography::{Frontline, Geography, Province};

/// Most prefectures or counties of one province: beyond any country, and still quick to lay out.
pub(in crate::scenario) const MOST_GOVERNMENTS: u32 = 10_000;

/// Most residents of one province: more than the earth has, and still safe to add up.
pub(in crate::scenario) const MOST_RESIDENTS: u64 = 10_000_000_000;

/// Most regions: what is told of a citizen has a byte for them.
pub(in crate::scenario) const MOST_REGIONS: usize = 256;

/// Columns that a table must have; of the others a table may have some.
const NEEDED: [&str; 6] = [
    "iso",
    "name",
    "region",
    "population",
    "product",
    "prefectures",
];

/// What the table says.
#[derive(Debug)]
pub struct Provinces {
    /// The provinces, without ties and leanings.
    pub geography: Geography,
    /// Whether all of the table makes sense; names of places can be looked up even if not.
    pub sound: bool,
}

/// Reads the table that `[population]` names.
pub fn read(
    table: &mut Reader,
    frontline: Frontline,
    columns: &Columns,
    files: &mut Files,
    faults: &mut Faults,
) -> Option<Provinces> {
    let named: At<String> = table.need("provinces", faults)?;
    let before = faults.count();
    let source = files.read(&named.value, Some(&named.place), faults)?;
    let sheet = Sheet::read(&source, &[], faults)?;
    let needed = NEEDED.map(|own| columns.name(own, &sheet));
    if !sheet.need(&needed, faults) {
        return None;
    }
    let of = Reading {
        sheet: &sheet,
        columns,
        frontline,
    };
    let mut provinces: Vec<Province> = Vec::new();
    for row in sheet.rows() {
        of.refuse_double(row, &provinces, faults);
        provinces.push(of.province(row, faults));
    }
    refuse_none_or_many(&provinces, &sheet, faults);
    // luck and sums go by codes, so that rows may stand in any order
    provinces.sort_by(|a, b| a.iso.cmp(&b.iso));
    let geography = Geography {
        regions: regions(&provinces),
        provinces,
        ..Geography::default()
    };
    Some(Provinces {
        geography,
        sound: faults.count() == before,
    })
}

/// Notes a table without provinces, or of more regions than can be told apart.
fn refuse_none_or_many(provinces: &[Province], sheet: &Sheet, faults: &mut Faults) {
    if provinces.is_empty() {
        faults.push(Fault::error("the table of provinces has no rows").at(&sheet.place()));
    }
    let different = regions(provinces).len();
    if different > MOST_REGIONS {
        let message = format!("there are {different} regions, {MOST_REGIONS} are possible");
        faults.push(Fault::error(message).at(&sheet.place()));
    }
}

/// Columns that tell a province from all others.
const NAMES: [(&str, fn(&Province) -> &str); 3] = [
    ("iso", |province| &province.iso),
    ("name", |province| &province.name),
    ("second_name", |province| &province.second_name),
];

/// Regions in the order of their first province.
pub fn regions(provinces: &[Province]) -> Vec<String> {
    let mut regions: Vec<String> = Vec::new();
    for province in provinces {
        if !regions.contains(&province.region) {
            regions.push(province.region.clone());
        }
    }
    regions
}

/// A table that is being read.
struct Reading<'a> {
    sheet: &'a Sheet,
    columns: &'a Columns,
    frontline: Frontline,
}

impl Reading<'_> {
    fn column<'b>(&'b self, own: &'b str) -> &'b str {
        self.columns.name(own, self.sheet)
    }

    fn refuse_double(&self, row: Row<'_>, known: &[Province], faults: &mut Faults) {
        for (column, of) in NAMES {
            let name = row.text(self.column(column));
            if !name.is_empty() && known.iter().any(|known| of(known) == name) {
                let message = format!("province {name} stands here twice");
                faults.push(Fault::error(message).at(&row.place()));
            }
        }
    }

    /// The province of a row; what cannot be read of it is noted.
    fn province(&self, row: Row<'_>, faults: &mut Faults) -> Province {
        let [iso, name, region] = ["iso", "name", "region"].map(|own| {
            let name = row.name(self.column(own), faults);
            spoilt::refuse(
                &format!("`{}`", self.column(own)),
                &name,
                &row.place(),
                faults,
            );
            name
        });
        let what = format!("a whole number from 1 to {MOST_RESIDENTS}");
        let people = |residents: &u64| (1..=MOST_RESIDENTS).contains(residents);
        let residents = row.number(self.column("population"), &what, people, faults);
        let residents = residents.unwrap_or(1);
        let product = |product: &f64| *product > 0.0 && product.is_finite();
        let product = row.number(self.column("product"), "a number above 0", product, faults);
        let unit = self.columns.unit("product", self.sheet);
        let municipality = self.municipality(row, faults);
        let [prefectures, counties] =
            ["prefectures", "counties"].map(|own| self.count(row, own, faults));
        self.refuse_unserved(row, (municipality, [prefectures, counties]), faults);
        Province {
            iso,
            name,
            second_name: row.text(self.column("second_name")).into(),
            region,
            municipality,
            population: residents,
            gdp_per_head: product.unwrap_or(1.0) * unit / residents as f64,
            prefectures: prefectures.unwrap_or(0),
            counties: counties.unwrap_or(0),
            tile: (self.tile(row, "tile_column"), self.tile(row, "tile_row")),
            attention: [1.0 / FACTOR_COUNT as f64; FACTOR_COUNT],
        }
    }

    /// Whether `kind` says so; a table without that column has provinces only.
    fn municipality(&self, row: Row<'_>, faults: &mut Faults) -> bool {
        let column = self.column("kind");
        match row.text(column) {
            "municipality" => true,
            "province" => false,
            _ if !self.sheet.has(column) => false,
            _ => {
                faults.push(row.wrong(column, "\"province\" or \"municipality\""));
                false
            }
        }
    }

    /// The number of governments in column `own`; none where the table has no such column.
    fn count(&self, row: Row<'_>, own: &str, faults: &mut Faults) -> Option<u32> {
        let column = self.column(own);
        if !self.sheet.has(column) {
            return Some(0);
        }
        let whole = format!("a whole number up to {MOST_GOVERNMENTS}");
        row.number(column, &whole, |n| *n <= MOST_GOVERNMENTS, faults)
    }

    /// A coordinate on the tile-grid map, which is for pictures only and may be left out.
    fn tile(&self, row: Row<'_>, own: &str) -> i32 {
        row.text(self.column(own)).parse().unwrap_or(0)
    }

    /// A province without frontline governments would have nobody to serve its citizens.
    fn refuse_unserved(
        &self,
        row: Row<'_>,
        (municipality, [prefectures, counties]): (bool, [Option<u32>; 2]),
        faults: &mut Faults,
    ) {
        let needed = match (municipality, self.frontline) {
            (true, _) => [counties, None],
            (false, Frontline::Prefecture) => [prefectures, None],
            (false, Frontline::County) => [prefectures, counties],
        };
        if needed.contains(&Some(0)) {
            let iso = row.text(self.column("iso"));
            let message =
                format!("province {iso} has no frontline government to serve its citizens");
            let hint = "municipalities need counties, other provinces prefectures, and counties where these are the frontline";
            faults.push(Fault::error(message).at(&row.place()).hint(hint));
        }
    }
}
