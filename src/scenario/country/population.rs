//! How governments and citizens are made from the provinces, and which of these: `[population]`.

use crate::scenario::country::columns::Columns;
use crate::scenario::country::provinces::{self, Provinces};
use crate::scenario::parameters::choice;
use crate::scenario::reading::fault::{Fault, Faults, Place};
use crate::scenario::reading::files::Files;
use crate::scenario::reading::reader::{At, Reader, refuse_unless};
use crate::world::geography::{Frontline, Population};
use crate::world::government::Level;
use crate::world::nation::Nation;
use crate::world::parameter::Limits;

/// Simulated citizens per million residents when nothing is said.
const PER_MILLION: f64 = 100.0;

/// What `[population]` says.
#[derive(Debug)]
pub struct Populated {
    /// The provinces, without ties and leanings; `None` when there is no table of them.
    pub provinces: Option<Provinces>,
    /// The part of the country that is run, by names of provinces, regions and alliances.
    pub only: Option<Vec<At<String>>>,
    frontline: Frontline,
    mean_field: bool,
    total: Option<At<f64>>,
    per_million: Option<At<f64>>,
}

/// Reads `[population]` of `nation`, whose table has these `columns`.
pub fn read(
    mut table: Reader,
    nation: &Nation,
    columns: &Columns,
    files: &mut Files,
    faults: &mut Faults,
) -> Populated {
    let frontline = frontline(&mut table, nation, faults);
    let provinces = provinces::read(&mut table, frontline, columns, files, faults);
    let only: Option<Vec<At<String>>> = table.each("only", faults);
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
    let mean_field: Option<At<bool>> = table.get("mean_field", faults);
    table.finish(faults);
    Populated {
        provinces,
        only,
        frontline,
        mean_field: mean_field.is_some_and(|at| at.value),
        total,
        per_million,
    }
}

/// The frontline, by the model's word for its level or the country's.
fn frontline(table: &mut Reader, nation: &Nation, faults: &mut Faults) -> Frontline {
    let [prefecture, county] = [Level::Prefecture, Level::County].map(|level| nation.level(level));
    let choices = [
        (Level::Prefecture.name(), Frontline::Prefecture),
        (Level::County.name(), Frontline::County),
        (prefecture, Frontline::Prefecture),
        (county, Frontline::County),
    ];
    let own = prefecture == choices[0].0 && county == choices[1].0;
    let choices = if own { &choices[..2] } else { &choices[..] };
    choice(table, "frontline", choices, faults).unwrap_or(Frontline::Prefecture)
}

impl Populated {
    /// How agents are made where so many `residents` live.
    pub fn population(&self, residents: u64) -> Population {
        let citizens_per_million = match (&self.total, &self.per_million) {
            (Some(total), _) => total.value / residents as f64 * 1e6,
            (None, Some(per_million)) => per_million.value,
            (None, None) => PER_MILLION,
        };
        Population {
            frontline: self.frontline,
            citizens_per_million,
            mean_field: self.mean_field,
        }
    }

    /// Where the number of citizens is written, if it is.
    pub fn place(&self) -> Option<&Place> {
        let written = self.total.as_ref().or(self.per_million.as_ref());
        written.map(|at| &at.place)
    }
}
