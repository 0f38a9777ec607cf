//! Whom an intervention reaches, as written: `target = { level = "prefecture", region = "east" }`.

use crate::intervention::targeting::{Lowest, Target};
use crate::scenario::country::factors;
use crate::scenario::country::names::{LEFT_OUT, Names};
use crate::scenario::reading::fault::{Fault, Faults};
use crate::scenario::reading::reader::{At, Reader};
use crate::world::factor::FACTORS;
use crate::world::government::Level;
use crate::world::levers::Criterion;

/// Word for the governments that serve citizens, beside the names of levels.
const FRONTLINE: &str = "frontline";

/// Measures by which governments can be ranked, beside `attention.` and a factor.
const MEASURES: [(&str, Criterion); 5] = [
    ("institution", Criterion::Institution),
    ("platform", Criterion::Platform),
    ("capacity", Criterion::Capacity),
    ("openness", Criterion::Openness),
    ("fiscal", Criterion::Fiscal),
];

/// The word for a measure that is no factor; empty for one that is.
pub fn measure_name(of: Criterion) -> &'static str {
    let found = MEASURES.into_iter().find(|(_, measure)| *measure == of);
    found.map_or("", |(name, _)| name)
}

/// The target that `table` gives, if it gives one.
pub fn read(table: &mut Reader, names: Names<'_>, faults: &mut Faults) -> Option<At<Target>> {
    let mut written = table.optional("target", faults)?;
    let (levels, frontline) = levels(&mut written, names, faults);
    let random_share: Option<At<f64>> = written.get("random_share", faults);
    let random_share =
        random_share.and_then(|share| sound(share, &written, "random_share", faults));
    let value = Target {
        levels,
        frontline,
        provinces: provinces(&mut written, names, faults),
        regions: places(&mut written, "region", faults, |name, faults| {
            names.region(name, faults)
        }),
        alliances: places(&mut written, "alliance", faults, |name, faults| {
            names.alliance(name, faults)
        }),
        lowest: lowest(&mut written, faults),
        random_share,
    };
    let place = written.place.clone();
    written.finish(faults);
    Some(At { value, place })
}

fn levels(written: &mut Reader, of: Names<'_>, faults: &mut Faults) -> (Vec<Level>, bool) {
    let names = names(written, "level", faults);
    let mut levels = Vec::new();
    for name in names.iter().filter(|name| name.value != FRONTLINE) {
        let found = of.level(name, FRONTLINE, faults);
        levels.extend(found);
    }
    let frontline = names.iter().find(|name| name.value == FRONTLINE);
    if let Some(name) = frontline.filter(|_| names.len() > 1) {
        let message = "`frontline` stands alone: it names whichever level serves citizens";
        faults.push(Fault::error(message).at(&name.place));
    }
    (levels, frontline.is_some())
}

/// Provinces of the keys `province` and `except`; the latter means all others.
fn provinces(written: &mut Reader, of: Names<'_>, faults: &mut Faults) -> Vec<usize> {
    let mut chosen = places(written, "province", faults, |name, faults| {
        of.province(name, faults)
    });
    let left_out = places(written, "except", faults, |name, faults| {
        of.province(name, faults)
    });
    if left_out.is_empty() {
        return chosen;
    }
    if chosen.is_empty() {
        chosen = (0..of.provinces()).collect();
    }
    chosen.retain(|province| !left_out.contains(province));
    if chosen.is_empty() {
        let message = format!("`{}` leaves no province", written.full("except"));
        faults.push(Fault::error(message).at(&written.place));
    }
    chosen
}

fn places(
    written: &mut Reader,
    key: &'static str,
    faults: &mut Faults,
    find: impl Fn(&At<String>, &mut Faults) -> Option<usize>,
) -> Vec<usize> {
    let written = names(written, key, faults);
    let found = written.iter().filter_map(|name| find(name, faults));
    let found: Vec<usize> = found.collect();
    let (inside, left_out): (Vec<_>, Vec<_>) = found.into_iter().partition(|at| *at != LEFT_OUT);
    // A list of places that are all left out must not turn into no list, which means anybody.
    if inside.is_empty() { left_out } else { inside }
}

/// The names under `key`; none written means any, an empty list is a fault.
fn names(written: &mut Reader, key: &'static str, faults: &mut Faults) -> Vec<At<String>> {
    let found: Option<Vec<At<String>>> = written.each(key, faults);
    if found.as_ref().is_some_and(Vec::is_empty) {
        let fault = Fault::error(format!("`{}` names nobody", written.full(key)));
        faults.push(
            fault
                .at(&written.place)
                .hint("leave the key out to mean all"),
        );
    }
    found.unwrap_or_default()
}

fn lowest(written: &mut Reader, faults: &mut Faults) -> Option<Lowest> {
    let mut table = written.optional("lowest", faults)?;
    let by: Option<At<String>> = table.need("by", faults);
    let share: Option<At<f64>> = table.need("share", faults);
    let by = by.and_then(|name| measure(&name, faults));
    let share = share.and_then(|share| sound(share, &table, "share", faults));
    table.finish(faults);
    Some(Lowest {
        by: by?,
        share: share?,
    })
}

fn measure(name: &At<String>, faults: &mut Faults) -> Option<Criterion> {
    if let Some(factor) = name.value.strip_prefix("attention.") {
        let factor = At {
            value: factor.to_owned(),
            place: name.place.clone(),
        };
        return factors::factor(&factor, faults).map(Criterion::Attention);
    }
    let found = MEASURES.into_iter().find(|(known, _)| *known == name.value);
    if found.is_none() {
        let fault = Fault::error(format!("there is no measure `{}`", name.value));
        let factors: Vec<String> = FACTORS
            .iter()
            .map(|factor| format!("attention.{factor}"))
            .collect();
        let known = MEASURES.iter().map(|(name, _)| *name);
        let known = known.chain(factors.iter().map(String::as_str));
        let known: Vec<&str> = known.collect();
        let choices = format!("there are {}", known.join(", "));
        let fault = fault.at(&name.place).hint(choices);
        faults.push(fault.nearest(&name.value, known));
    }
    found.map(|(_, measure)| measure)
}

fn sound(share: At<f64>, table: &Reader, key: &str, faults: &mut Faults) -> Option<f64> {
    if share.value > 0.0 && share.value <= 1.0 {
        return Some(share.value);
    }
    let name = table.full(key);
    let message = format!(
        "`{name}` must lie above 0 and not above 1, found {}",
        share.value
    );
    faults.push(Fault::error(message).at(&share.place));
    None
}
