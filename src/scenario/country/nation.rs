//! What is of this country and not of the model: `[country]`.

use crate::scenario::country::columns::Columns;
use crate::scenario::reading::fault::{Fault, Faults};
use crate::scenario::reading::reader::{At, Reader, refuse_unless};
use crate::world::nation::Nation;
use crate::world::parameter::Limits;

/// Years that a price can be of.
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2200;

/// What `[country]` says.
#[derive(Debug, Clone, Default)]
pub struct Told {
    /// Its words and conventions.
    pub nation: Nation,
    /// What its tables call their columns.
    pub columns: Columns,
}

/// Reads `[country]`.
pub fn read(mut country: Reader, faults: &mut Faults) -> Told {
    let mut nation = Nation::default();
    let name: Option<At<String>> = country.get("name", faults);
    let currency: Option<At<String>> = country.get("currency", faults);
    nation.name = name.map_or_else(String::new, |at| at.value);
    if let Some(currency) = currency {
        nation.currency = currency.value;
    }
    nation.price_year = price_year(&mut country, faults);
    let rate: Option<At<f64>> = country.get("discount_rate", faults);
    if let Some(rate) = &rate {
        refuse_unless(Limits::Share, &country.full("discount_rate"), rate, faults);
        nation.discount_rate = rate.value;
    }
    if let Some(levels) = list(&mut country, "levels", faults) {
        nation.levels = levels;
    }
    nation.gap = list(&mut country, "gap", faults);
    let languages: Option<Vec<At<String>>> = country.each("languages", faults);
    if let Some(languages) = languages {
        nation.languages = languages.into_iter().map(|at| at.value).collect();
    }
    let columns = Columns::read(country.section("columns", faults), faults);
    country.finish(faults);
    Told { nation, columns }
}

fn price_year(country: &mut Reader, faults: &mut Faults) -> Option<i32> {
    let At { value, place }: At<u32> = country.get("price_year", faults)?;
    if !YEARS.contains(&value) {
        let (least, most) = (YEARS.start(), YEARS.end());
        let message =
            format!("`country.price_year` must be a year from {least} to {most}, found {value}");
        faults.push(Fault::error(message).at(&place));
    }
    Some(value as i32)
}

/// The `N` different names under `key`.
fn list<const N: usize>(
    country: &mut Reader,
    key: &'static str,
    faults: &mut Faults,
) -> Option<[String; N]> {
    let place = country.place_of(key)?;
    let names: Vec<At<String>> = country.each(key, faults)?;
    let names: Vec<String> = names.into_iter().map(|at| at.value).collect();
    let twice = |(i, name): (usize, &String)| names[..i].contains(name);
    if names.len() != N || names.iter().enumerate().any(twice) {
        let found = names.join(", ");
        let message = format!("`country.{key}` must be {N} different names, found {found}");
        faults.push(Fault::error(message).at(&place));
    }
    names.try_into().ok()
}
