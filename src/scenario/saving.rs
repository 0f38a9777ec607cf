//! A scenario written down as TOML: what it is based on, and the policies and values that differ.
//!
//! What is written is read again to the same policies, to the last bit. An intervention is written as
//! `use = ".."` where the catalogue has the very same, else it is spelled out.

use std::collections::BTreeMap;

use toml::{Table, Value};

use crate::intervention::targeting::Target;
use crate::intervention::{Intervention, Policy};
use crate::scenario::policy::measure::CatalogueEntry;
use crate::scenario::policy::target::measure_name;
use crate::scenario::reading::fault::Fault;
use crate::scenario::{Loaded, Scenario};
use crate::world::factor::FACTORS;
use crate::world::geography::Geography;
use crate::world::levers::{Change, Criterion, Lever};

/// What a saved scenario is based on.
#[derive(Debug, Clone, PartialEq)]
pub enum SavedOn {
    /// A file of the same folder, which it extends.
    File(String),
    /// A text, of which it keeps all that is not said anew.
    Text(String),
}

/// What a saved scenario says anew.
#[derive(Debug, Clone, Copy)]
pub struct SavedChoices<'a> {
    /// Its title.
    pub name: &'a str,
    /// Policies besides the baseline.
    pub policies: &'a [Policy],
    /// Replications.
    pub replications: u32,
    /// Plausible worlds, where the scenario has any.
    pub worlds: u32,
    /// Parameters that are set, by full name.
    pub values: &'a BTreeMap<String, f64>,
}

/// The text of a scenario based on what was `loaded`.
///
/// # Errors
/// When a policy names a place that the country does not have, or the base is no TOML.
pub fn saved(on: &SavedOn, loaded: &Loaded, choices: SavedChoices<'_>) -> Result<String, Fault> {
    let scenario = &loaded.scenario;
    let (head, mut table) = base(on, loaded)?;
    table.insert("inherit_policies".into(), false.into());
    table.insert("name".into(), choices.name.into());
    table.insert("question".into(), scenario.question.as_str().into());
    set(
        &mut table,
        "run",
        "replications",
        i64::from(choices.replications).into(),
    );
    if scenario.ensemble.is_some() {
        set(
            &mut table,
            "ensemble",
            "worlds",
            i64::from(choices.worlds).into(),
        );
    }
    for (path, value) in choices.values {
        let (group, key) = path.split_once('.').unwrap_or((path, ""));
        set(&mut table, group, key, (*value).into());
    }
    let policies = choices.policies.iter();
    let policies = policies.map(|policy| written_policy(policy, loaded));
    let policies: Vec<Value> = policies.collect::<Result<_, _>>()?;
    table.insert("policy".into(), Value::Array(policies));
    let text = toml::to_string(&table).map_err(|fault| Fault::error(fault.to_string()))?;
    Ok(head + &text)
}

/// The lines above, and the table that is written over.
fn base(on: &SavedOn, loaded: &Loaded) -> Result<(String, Table), Fault> {
    let name = match on {
        SavedOn::Text(text) => {
            let parsed = text.parse::<Table>();
            let mut table = parsed.map_err(|fault| Fault::error(fault.message()))?;
            for key in ["sweep", "calibrate", "policy"] {
                table.remove(key);
            }
            if let Some(Value::Table(report)) = table.get_mut("report") {
                report.remove("against");
            }
            return Ok((String::new(), table));
        }
        SavedOn::File(name) => name,
    };
    let mut table = Table::new();
    table.insert("extends".into(), name.as_str().into());
    let asked = [
        ("sweep", loaded.sweep.is_some()),
        ("calibrate", loaded.calibration.is_some()),
    ];
    let unset = asked.into_iter().filter(|(_, there)| *there);
    let unset: Vec<Value> = unset.map(|(key, _)| key.into()).collect();
    if !unset.is_empty() {
        table.insert("unset".into(), Value::Array(unset));
    }
    let head = format!("# Written by `cogov lab`; it stands in the folder of {name}.\n\n");
    Ok((head, table))
}

/// Sets a key of an inner table.
fn set(table: &mut Table, group: &str, key: &str, value: Value) {
    let inner = table.entry(group).or_insert_with(|| Table::new().into());
    if let Value::Table(inner) = inner {
        inner.insert(key.into(), value);
    }
}

fn written_policy(policy: &Policy, loaded: &Loaded) -> Result<Value, Fault> {
    let mut table = Table::new();
    table.insert("name".into(), policy.name.as_str().into());
    if !policy.describe.is_empty() {
        table.insert("describe".into(), policy.describe.as_str().into());
    }
    let interventions = policy.interventions.iter();
    let interventions = interventions.map(|one| intervention(one, loaded));
    let interventions: Vec<Value> = interventions.collect::<Result<_, _>>()?;
    if !interventions.is_empty() {
        table.insert("intervention".into(), Value::Array(interventions));
    }
    Ok(table.into())
}

fn intervention(of: &Intervention, loaded: &Loaded) -> Result<Value, Fault> {
    let mut table = Table::new();
    let mut entries = loaded.catalogue.iter();
    match entries.find(|entry| is_the_same(entry, of)) {
        Some(entry) => {
            table.insert("use".into(), entry.name.as_str().into());
        }
        None => spell_out(of, &mut table),
    }
    let course = &of.course;
    table.insert("start".into(), course.start.to_string().into());
    table.insert("ramp_months".into(), i64::from(course.ramp_months).into());
    table.insert("dose".into(), course.dose.into());
    if let Some(stop) = course.stop {
        table.insert("stop".into(), stop.to_string().into());
    }
    if course.half_life_months != 0.0 {
        table.insert("half_life_months".into(), course.half_life_months.into());
    }
    let target = target(&of.target, &loaded.scenario)?;
    if !target.is_empty() {
        table.insert("target".into(), target.into());
    }
    Ok(table.into())
}

/// Whether `entry` is what `of` does and costs, and says nothing that could not be said otherwise.
fn is_the_same(entry: &CatalogueEntry, of: &Intervention) -> bool {
    let terms = &entry.measure.terms;
    entry.name == of.name
        && entry.measure.changes() == Some(&of.changes)
        && entry.measure.cost() == of.cost
        && terms.stop.is_none()
        && terms.target.is_none()
        && terms.half_life_months.is_none()
}

fn spell_out(of: &Intervention, table: &mut Table) {
    table.insert("name".into(), of.name.as_str().into());
    let change = |(lever, change): &(Lever, Change)| {
        let (how, amount) = match change {
            Change::Add(a) => ("add", a),
            Change::Multiply(a) => ("multiply", a),
            Change::Set(a) => ("set", a),
        };
        let mut table = Table::new();
        table.insert("lever".into(), lever.row().name.into());
        table.insert(how.into(), (*amount).into());
        Value::Table(table)
    };
    table.insert(
        "changes".into(),
        of.changes.iter().map(change).collect::<Vec<_>>().into(),
    );
    table.insert("cost_per_head_year".into(), of.cost.per_head_year.into());
    table.insert("setup_cost".into(), of.cost.setup.into());
    table.insert("upkeep_share".into(), of.cost.upkeep_share.into());
}

fn target(of: &Target, scenario: &Scenario) -> Result<Table, Fault> {
    let geography: &Geography = &scenario.geography;
    let mut table = Table::new();
    let mut list = |key: &str, names: Vec<String>| {
        if !names.is_empty() {
            table.insert(key.into(), names.into());
        }
    };
    let levels = of
        .levels
        .iter()
        .map(|level| geography.nation.level(*level).to_owned());
    list(
        "level",
        match of.frontline {
            true => vec!["frontline".into()],
            false => levels.collect(),
        },
    );
    let provinces = |at: usize| geography.provinces.get(at).map(|of| of.iso.clone());
    list("province", named("province", &of.provinces, provinces)?);
    let regions = |at: usize| geography.regions.get(at).cloned();
    list("region", named("region", &of.regions, regions)?);
    let alliances = |at: usize| geography.alliances.get(at).map(|of| of.name.clone());
    list("alliance", named("alliance", &of.alliances, alliances)?);
    if let Some(lowest) = &of.lowest {
        let mut inner = Table::new();
        inner.insert("by".into(), criterion(lowest.by)?.into());
        inner.insert("share".into(), lowest.share.into());
        table.insert("lowest".into(), inner.into());
    }
    if let Some(share) = of.random_share {
        table.insert("random_share".into(), share.into());
    }
    Ok(table)
}

/// Names of places by their positions.
fn named(
    kind: &str,
    places: &[usize],
    name: impl Fn(usize) -> Option<String>,
) -> Result<Vec<String>, Fault> {
    let unknown = |at: usize| Fault::error(format!("the country has no {kind} number {at}"));
    let each = places
        .iter()
        .map(|at| name(*at).ok_or_else(|| unknown(*at)));
    each.collect()
}

/// The word for what governments are ranked by.
fn criterion(of: Criterion) -> Result<String, Fault> {
    if let Criterion::Attention(factor) = of {
        let name = FACTORS.get(factor);
        let unknown = || Fault::error(format!("there is no factor number {factor}"));
        return name
            .map(|name| format!("attention.{name}"))
            .ok_or_else(unknown);
    }
    Ok(measure_name(of).to_owned())
}
