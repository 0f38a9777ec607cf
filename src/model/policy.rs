//! Policy: the levers in force this month, per government.
//!
//! A lever starts from its parameter, or from its own rest, times what the government's policy
//! texts attend to: `clip((theta_gk / mean_k)^elasticity, 1/3, 3)` for every coupling of the
//! scenario. Then the interventions act in the order of the file, each with the strength of the
//! month on those it reaches, and their bills are written down.
//!
//! Source of the coupling: text as a measure of attention, the usual reading of policy documents
//! in attention theory (Jones and Baumgartner 2005).

use bevy_ecs::prelude::{IntoScheduleConfigs as _, Query, Res, ResMut, Resource};
use bevy_ecs::query::QueryData;
use serde::{Deserialize, Serialize};

use crate::model::Step;
use crate::numeric::BySize as _;
use crate::world::clock::Clock;
use crate::world::country::{Country, Setting};
use crate::world::government::{Endowment, Government, Openness, Stocks};
use crate::world::levers::{Criterion, LEVERS, Lever, Levers, Reach, Timetable, TimetableEntry};
use crate::world::parameter::Values;
use crate::world::state::State;
use crate::world::tape::Tape;

/// Name of this step.
pub const NAME: &str = "policy";

/// What the month and the scenario know of it.
pub const STEP: Step = Step {
    name: NAME,
    does: "Levers in force this month are set, per government, and paid for.",
    parameters: &[],
    insert: |_, _| {},
    system: || system.into_configs(),
    source: include_str!("policy.rs"),
};

/// A policy factor that acts on a lever.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize)]
pub struct Coupling {
    /// Position of the factor.
    pub factor: usize,
    /// The lever whose rest it multiplies.
    pub lever: Lever,
    /// Elasticity; 0 leaves the lever as it is.
    pub elasticity: f64,
}

/// Largest factor, and inverse of the smallest, by which attention moves a lever.
const ATTENTION_BOUND: f64 = 3.0;

/// Multiplier of a lever where attention is `relative` to the mean.
pub fn attention_multiplier(relative: f64, elasticity: f64) -> f64 {
    if elasticity == 0.0 {
        return 1.0;
    }
    libm::pow(relative, elasticity).clamp(1.0 / ATTENTION_BOUND, ATTENTION_BOUND)
}

/// Levers at rest for governments with these endowments.
pub fn levers_at_rest(
    values: &Values,
    couplings: &[Coupling],
    endowments: &[Endowment],
    fiscal_effect_on_protection: f64,
) -> Levers {
    let base = LEVERS
        .iter()
        .map(|row| values.get(row.name).unwrap_or(row.rest));
    let base: Vec<f64> = base.collect();
    Levers::at_rest(endowments.len(), |lever, government| {
        let endowment = &endowments[government];
        let mut value = base[lever as usize];
        if lever == Lever::Protection {
            value *= libm::exp(fiscal_effect_on_protection * endowment.fiscal);
        }
        for coupling in couplings.iter().filter(|coupling| coupling.lever == lever) {
            let relative = endowment.attention[coupling.factor];
            value *= attention_multiplier(relative, coupling.elasticity);
        }
        value
    })
}

/// What interventions have cost.
#[derive(Resource, Debug, Clone, Default, PartialEq)]
pub struct Spending {
    /// Money spent this month, by province.
    pub month: Vec<f64>,
    /// What each intervention of the policy has cost since the start.
    pub interventions: Vec<Spent>,
    /// Months in which anything is paid for: those of all interventions together, each once.
    pub paid_months: f64,
}

/// What one intervention has cost.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Spent {
    /// Money since the start.
    pub total: f64,
    /// Residents reached.
    pub residents: f64,
    /// Months paid for.
    pub months: f64,
}

impl State for Spending {
    fn pass(&mut self, tape: &mut Tape<'_>) {
        tape.column(&mut self.month);
        for spent in &mut self.interventions {
            tape.number(&mut spent.total);
            tape.number(&mut spent.residents);
            tape.number(&mut spent.months);
        }
        tape.number(&mut self.paid_months);
    }
}

/// Governments that each intervention reaches, once it has begun.
#[derive(Resource, Debug, Clone, Default)]
pub struct Reached(Vec<Option<Targets>>);

/// Governments that an intervention reaches, and the residents of each province under them.
#[derive(Debug, Clone, Default)]
struct Targets {
    governments: Vec<u32>,
    residents: Vec<f64>,
}

impl State for Reached {
    fn pass(&mut self, tape: &mut Tape<'_>) {
        for targets in &mut self.0 {
            let mut begun = targets.is_some();
            tape.number(&mut begun);
            if begun {
                let targets = targets.get_or_insert_default();
                tape.growing(&mut targets.governments);
                tape.growing(&mut targets.residents);
            }
        }
    }
}

/// What governments can be ranked by when an intervention begins.
#[derive(QueryData)]
pub struct Ranked {
    government: &'static Government,
    endowment: &'static Endowment,
    stocks: &'static Stocks,
    openness: &'static Openness,
}

/// Puts the levers of this month in force and pays for them.
pub fn system(
    clock: Res<Clock>,
    timetable: Res<Timetable>,
    setting: Res<Setting>,
    mut levers: ResMut<Levers>,
    mut reached: ResMut<Reached>,
    mut spending: ResMut<Spending>,
    governments: Query<Ranked>,
) {
    if timetable.0.is_empty() {
        return;
    }
    levers.reset();
    spending.month.fill(0.0);
    let mut paid = false;
    for (i, entry) in timetable.0.iter().enumerate() {
        if clock.month < entry.start {
            continue;
        }
        let targets = reached.0[i].get_or_insert_with(|| {
            let governments = resolve(&entry.reach, &governments, &setting.0);
            let residents = residents_under(&governments, &setting.0);
            Targets {
                governments,
                residents,
            }
        });
        let strength = entry.strength[clock.month as usize];
        for &government in &targets.governments {
            for &(lever, change) in &entry.changes {
                levers.apply(lever, government, change, strength);
            }
        }
        paid |= pay(i, entry, clock.month, &targets.residents, &mut spending);
    }
    spending.paid_months += f64::from(u8::from(paid));
}

/// Empty accounts for `timetable` in `country`.
pub fn accounts(timetable: &Timetable, country: &Country) -> (Spending, Reached) {
    let spending = Spending {
        month: vec![0.0; country.geography.provinces.len()],
        interventions: vec![Spent::default(); timetable.0.len()],
        paid_months: 0.0,
    };
    (spending, Reached(vec![None; timetable.0.len()]))
}

/// Whom an intervention reaches; of equals the one whose identity is lower.
fn resolve(reach: &Reach, governments: &Query<Ranked>, country: &Country) -> Vec<u32> {
    let (among, by, count) = match reach {
        Reach::Fixed(targets) => return targets.clone(),
        Reach::Lowest { among, by, count } => (among, *by, *count),
    };
    let mut ranked: Vec<(f64, u32)> = governments
        .iter()
        .filter(|who| among.contains(&who.government.id))
        .map(|who| (measured(by, &who), who.government.id))
        .collect();
    let who = |id: u32| country.identities[id as usize];
    ranked.sort_by(|a, b| a.0.by_size(&b.0).then_with(|| who(a.1).cmp(&who(b.1))));
    let mut lowest: Vec<u32> = ranked.iter().take(count).map(|(_, id)| *id).collect();
    lowest.sort_unstable();
    lowest
}

fn measured(by: Criterion, who: &RankedItem<'_, '_>) -> f64 {
    match by {
        Criterion::Institution => who.stocks.institution,
        Criterion::Platform => who.stocks.platform,
        Criterion::Capacity => who.stocks.capacity,
        Criterion::Openness => who.openness.0,
        Criterion::Fiscal => who.endowment.fiscal,
        Criterion::Attention(factor) => who.endowment.attention[factor],
    }
}

/// Bills an intervention to the `residents` of each province that it reaches; whether it has a price
/// this month.
fn pay(
    i: usize,
    entry: &TimetableEntry,
    month: u32,
    residents: &[f64],
    spending: &mut Spending,
) -> bool {
    let per_head = entry.cost_per_head[month as usize];
    let first = month == entry.start;
    if per_head == 0.0 && !(first && entry.setup_cost > 0.0) {
        return false;
    }
    let total: f64 = residents.iter().sum();
    let setup_per_head = if first && total > 0.0 {
        entry.setup_cost / total
    } else {
        0.0
    };
    for (province, residents) in residents.iter().enumerate() {
        spending.month[province] += residents * (per_head + setup_per_head);
    }
    let spent = &mut spending.interventions[i];
    spent.total += total * (per_head + setup_per_head);
    spent.residents = total;
    spent.months += 1.0;
    true
}

/// Residents of each province who live under at least one of `targets`, each counted once.
pub fn residents_under(targets: &[u32], country: &Country) -> Vec<f64> {
    let mut residents = vec![0.0; country.geography.provinces.len()];
    for cell in &country.cells {
        let mut above = Some(cell.government);
        while let Some(government) = above {
            if targets.binary_search(&government).is_ok() {
                let province = country.governments[cell.government as usize].province;
                residents[province.expect("a cell lies in a province")] += cell.residents as f64;
                break;
            }
            above = country.superiors[government as usize];
        }
    }
    residents
}

#[cfg(test)]
mod tests;
