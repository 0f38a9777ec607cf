//! What policy texts attend to, by province, and what that acts on.

use crate::model::policy::Coupling;
use crate::scenario::country::provinces::Provinces;
use crate::scenario::country::strangers::Lookup;
use crate::scenario::country::texts;
use crate::scenario::country::topics::{self, Topic};
use crate::scenario::reading::fault::{Fault, Faults, Place};
use crate::scenario::reading::files::Files;
use crate::scenario::reading::reader::{At, Reader};
use crate::scenario::reading::sheet::{Row, Sheet};
use crate::scenario::reading::tree::Node;
use crate::world::factor::{FACTOR_COUNT, FACTORS};
use crate::world::geography::Geography;
use crate::world::levers::{LEVERS, Lever};

/// How far the six shares of a province may miss 1.
const ROUNDING: f64 = 1e-3;

/// What `[factors]` says besides the attention of the provinces.
pub struct ReadFactors {
    /// Which factor acts on which lever.
    pub couplings: Vec<Coupling>,
    /// Words that tell the factors.
    pub topics: Vec<Topic>,
    /// Provinces whose attention a table tells.
    pub rows: usize,
}

/// Reads `[factors]`: fills in the attention of every province and returns the rest.
pub fn read(
    mut factors: Reader,
    provinces: Option<&mut Provinces>,
    files: &mut Files,
    faults: &mut Faults,
) -> ReadFactors {
    let columns = [&["iso"], FACTORS.as_slice()].concat();
    let table = sheet(&mut factors, "table", &columns, files, faults);
    let rows = table.as_ref().map_or(0, |sheet| sheet.rows().count());
    if let (Some(sheet), Some(provinces)) = (table, provinces) {
        attention(&sheet, provinces, faults);
    }
    let quality = sheet(
        &mut factors,
        "quality",
        &["factor", "flagged"],
        files,
        faults,
    );
    let flagged = quality.map_or([false; FACTOR_COUNT], |sheet| flags(&sheet, faults));
    let words = ["topic", "language", "words"];
    let told = sheet(&mut factors, "topics", &words, files, faults);
    let topics = told.map_or_else(Vec::new, |sheet| topics::read(&sheet, faults));
    // Lists of `cogov factors`; a run has no need of them.
    for key in texts::KEYS {
        let _: Option<At<String>> = factors.get(key, faults);
    }
    let listed: Option<At<Vec<Node>>> = factors.get("coupling", faults);
    factors.finish(faults);
    let listed = listed.map_or_else(Vec::new, |list| list.value);
    let couplings = listed.into_iter();
    let couplings = couplings.filter_map(|node| coupling(node, &flagged, faults));
    ReadFactors {
        couplings: couplings.collect(),
        topics,
        rows,
    }
}

fn sheet(
    factors: &mut Reader,
    key: &'static str,
    columns: &[&str],
    files: &mut Files,
    faults: &mut Faults,
) -> Option<Sheet> {
    let named: At<String> = factors.get(key, faults)?;
    let source = files.read(&named.value, Some(&named.place), faults)?;
    Sheet::read(&source, columns, faults)
}

fn attention(sheet: &Sheet, of: &mut Provinces, faults: &mut Faults) {
    let mut seen = vec![false; of.geography.provinces.len()];
    let mut attention = vec![None; of.geography.provinces.len()];
    let mut lookup = Lookup::new(of, "factors");
    for row in sheet.rows() {
        let Some(province) = lookup.province(row, "iso") else {
            continue;
        };
        if std::mem::replace(&mut seen[province], true) {
            let message = format!("province {} stands here twice", row.text("iso"));
            faults.push(Fault::error(message).at(&row.place()));
        }
        attention[province] = shares(row, faults);
    }
    let of_another_country = lookup.finish(faults);
    let provinces = of.geography.provinces.iter_mut();
    for (province, shares) in provinces.zip(attention) {
        province.attention = shares.unwrap_or(province.attention);
    }
    if !of_another_country {
        refuse_gaps(sheet, &of.geography, &seen, faults);
    }
}

/// Notes provinces that the table says nothing of.
fn refuse_gaps(sheet: &Sheet, of: &Geography, seen: &[bool], faults: &mut Faults) {
    let provinces = of.provinces.iter().zip(seen);
    let missing: Vec<&str> = provinces
        .filter(|(_, seen)| !**seen)
        .map(|(province, _)| province.iso.as_str())
        .collect();
    let message = match missing[..] {
        [] => return,
        [iso] => format!("there is no row for province {iso}"),
        [iso, ..] => format!(
            "there are no rows for {} provinces (first: {iso})",
            missing.len()
        ),
    };
    faults.push(Fault::error(message).at(&sheet.place()));
}

fn shares(row: Row<'_>, faults: &mut Faults) -> Option<[f64; FACTOR_COUNT]> {
    let read = FACTORS.map(|factor| {
        let allowed = |share: &f64| (0.0..=1.0).contains(share);
        row.number(factor, "a share between 0 and 1", allowed, faults)
    });
    if read.contains(&None) {
        return None;
    }
    let shares = read.map(Option::unwrap_or_default);
    let sum: f64 = shares.iter().sum();
    if (sum - 1.0).abs() > ROUNDING {
        let iso = row.text("iso");
        let message = format!("the six shares of {iso} sum to {sum:.4}, not 1");
        faults.push(Fault::error(message).at(&row.place()));
        return None;
    }
    Some(shares.map(|share| share / sum))
}

fn flags(sheet: &Sheet, faults: &mut Faults) -> [bool; FACTOR_COUNT] {
    let mut flagged = [false; FACTOR_COUNT];
    for row in sheet.rows() {
        let Some(factor) = FACTORS.iter().position(|name| *name == row.text("factor")) else {
            let message = format!("there is no factor `{}`", row.text("factor"));
            faults.push(
                Fault::error(message)
                    .at(&row.place())
                    .nearest(row.text("factor"), FACTORS),
            );
            continue;
        };
        let found = row.number("flagged", "true or false", |_| true, faults);
        flagged[factor] = found.unwrap_or_default();
    }
    flagged
}

fn coupling(node: Node, flagged: &[bool; FACTOR_COUNT], faults: &mut Faults) -> Option<Coupling> {
    let mut reader = Reader::new("factors.coupling", node, faults)?;
    let factor: Option<At<String>> = reader.need("factor", faults);
    let parameter: Option<At<String>> = reader.need("parameter", faults);
    let elasticity: Option<At<f64>> = reader.need("elasticity", faults);
    let despite: Option<At<bool>> = reader.get("despite_flag", faults);
    reader.finish(faults);
    let (factor, place) = factor.map(|at| (self::factor(&at, faults), at.place))?;
    let lever = lever(&parameter?, faults);
    let mut coupling = Coupling {
        factor: factor?,
        lever: lever?,
        elasticity: elasticity?.value,
    };
    if flagged[coupling.factor] && !despite.is_some_and(|despite| despite.value) {
        faults.push(switched_off(&coupling, &place));
        coupling.elasticity = 0.0;
    }
    Some(coupling)
}

fn switched_off(coupling: &Coupling, place: &Place) -> Fault {
    let factor = FACTORS[coupling.factor];
    let lever = coupling.lever.row().name;
    let message = format!(
        "`{factor}` is flagged as badly measured, so it does not act on `{lever}` in this run"
    );
    Fault::warning(message)
        .at(place)
        .hint("`despite_flag = true` switches the coupling on all the same")
}

/// Position of the factor that is written at `name`.
pub fn factor(name: &At<String>, faults: &mut Faults) -> Option<usize> {
    let found = FACTORS.iter().position(|known| *known == name.value);
    if found.is_none() {
        let fault = Fault::error(format!("there is no factor `{}`", name.value));
        faults.push(fault.at(&name.place).nearest(&name.value, FACTORS));
    }
    found
}

/// The lever that is written at `name`.
pub fn lever(name: &At<String>, faults: &mut Faults) -> Option<Lever> {
    let found = Lever::named(&name.value);
    if found.is_none() {
        let fault = Fault::error(format!("there is no lever `{}`", name.value));
        let known = LEVERS.iter().map(|row| row.name);
        faults.push(fault.at(&name.place).nearest(&name.value, known));
    }
    found
}
