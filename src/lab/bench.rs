//! What a page is told first: the scenario, its levers with their limits, the country, the words.

use serde_json::{Value, json};

use crate::experiment::runs::digest::periods;
use crate::lab::assumptions::assumptions;
use crate::lab::opened::Opened;
use crate::lab::settings::{LabSettings, MOST_PAIRS, MOST_POLICIES};
use crate::model::outcome::OUTCOMES;
use crate::output::figures::style::TWINS;
use crate::output::report::ReaderLanguage;
use crate::scenario::Loaded;
use crate::scenario::policy::measure::CatalogueEntry;
use crate::world::government::Level;
use crate::world::levers::Change;

/// Kinds of texts that the page needs, of all that the report has.
const KINDS: [&str; 9] = [
    "lab.",
    "map.levels",
    "policy.",
    "intervention.",
    "outcome.",
    "measured.",
    "region.",
    "unit.",
    "dimension.",
];

/// What a page is told of the scenario that was `opened`.
pub fn bench(opened: &Opened) -> Value {
    let loaded = &opened.loaded;
    let scenario = &loaded.scenario;
    let geography = &scenario.geography;
    let provinces = geography.provinces.iter().enumerate().map(|(at, one)| {
        let region = geography.region_of(at);
        json!({ "name": one.name, "second": one.second_name, "iso": one.iso, "tile": one.tile, "region": region })
    });
    let alliances = geography.alliances.iter().map(|one| &one.name);
    let periods = periods(scenario.start, scenario.months);
    let periods = periods
        .iter()
        .map(|one| json!([one.name, one.first, one.end]));
    json!({
        "kind": "opened",
        "name": scenario.name, "question": scenario.question,
        "start": scenario.start, "months": scenario.months,
        "currency": geography.nation.currency,
        "catalogue": loaded.catalogue.iter().map(card).collect::<Vec<_>>(),
        "assumptions": assumptions(loaded),
        "provinces": provinces.collect::<Vec<_>>(),
        "regions": geography.regions, "alliances": alliances.collect::<Vec<_>>(),
        "levels": Level::ALL.map(|level| json!([level, geography.nation.level(level)])),
        "outcomes": outcomes(),
        "periods": periods.collect::<Vec<_>>(),
        "templates": scenario.policies.iter().skip(1).collect::<Vec<_>>(),
        "opening": LabSettings::of(loaded),
        "worlds": scenario.ensemble.as_ref().map_or(0, |of| of.worlds.len()),
        "most": { "policies": MOST_POLICIES, "pairs": MOST_PAIRS },
        "lead": scenario.report.lead,
        "twins": TWINS,
        "words": words(loaded),
    })
}

fn outcomes() -> Value {
    let row = |of: &crate::model::outcome::Outcome| {
        json!({
            "name": of.name, "group": of.group, "unit": of.unit, "direction": of.direction,
            "main": of.main, "meaning": of.meaning,
        })
    };
    OUTCOMES.iter().map(row).collect()
}

/// An intervention of the catalogue as a card shows it.
fn card(entry: &CatalogueEntry) -> Value {
    let measure = &entry.measure;
    let changes = measure.changes().unwrap_or_default();
    let moves = changes.iter().map(|(lever, change)| {
        let (how, amount) = match change {
            Change::Add(a) => ("add", a),
            Change::Multiply(a) => ("multiply", a),
            Change::Set(a) => ("set", a),
        };
        let row = lever.row();
        json!({ "lever": row.name, "meaning": row.meaning, "unit": row.unit, "how": how, "amount": amount })
    });
    let terms = &measure.terms;
    json!({
        "name": entry.name, "dimension": entry.dimension, "describe": entry.describe, "source": entry.source,
        "changes": changes, "moves": moves.collect::<Vec<_>>(), "cost": measure.cost(),
        "ramp_months": terms.ramp_months.as_ref().map_or(0, |at| at.value),
        "dose": terms.dose.as_ref().map_or(1.0, |at| at.value),
        "half_life_months": terms.half_life_months.as_ref().map_or(0.0, |at| at.value),
        "stop": terms.stop.as_ref().map(|at| at.value),
        "target": terms.target.as_ref().map(|at| &at.value),
    })
}

/// Its own words, names and money in both languages.
fn words(loaded: &Loaded) -> Value {
    let currency = &loaded.scenario.geography.nation.currency;
    let of = |language: ReaderLanguage| {
        let all = language.words().in_currency(currency).texts;
        let wanted = |key: &String| {
            KINDS.iter().any(|kind| key.starts_with(kind)) || key.starts_with("money.")
        };
        let some: std::collections::BTreeMap<String, String> =
            all.into_iter().filter(|(key, _)| wanted(key)).collect();
        (language.code(), some)
    };
    json!(
        ReaderLanguage::ALL
            .map(of)
            .into_iter()
            .collect::<std::collections::BTreeMap<_, _>>()
    )
}
