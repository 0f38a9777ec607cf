//! Ledger: what the month came to, by province, region and nation.
//!
//! Governments count equally (the centre is in no count), cells by residents, shares of requests
//! are ratios of sums. Requests are conserved in every cell: raised = closed + abandoned + change
//! of pending. Then what others may see of each government is fixed for next month.

use bevy_ecs::prelude::{IntoScheduleConfigs as _, Query, Res, ResMut, Resource};
use bevy_ecs::query::QueryData;

use crate::model::Step;
use crate::model::experience;
use crate::model::outcome::{Aggregate, GapSide, Item, OUTCOMES, Sums};
use crate::model::policy::Spending;
use crate::numeric::{from_fixed, same_bits};
use crate::world::clock::Clock;
use crate::world::community::{Cell, Tally};
use crate::world::country::{Country, Setting};
use crate::world::departments::DepartmentTies;
use crate::world::government::{
    Adoption, Effort, Exposure, Government, Level, Openness, Participation, Standing, Stocks,
};
use crate::world::levers::{Lever, Levers};
use crate::world::network::{TieKind, Ties};
use crate::world::state::State;
use crate::world::tape::Tape;

/// Name of this step.
pub const NAME: &str = "ledger";

/// What the month and the scenario know of it.
pub const STEP: Step = Step {
    name: NAME,
    does: "Outcomes, costs and the conservation of requests are written down.",
    parameters: &[],
    insert: |_, _| {},
    system: || system.into_configs(),
    source: include_str!("ledger.rs"),
};

/// Every outcome of every month and scope: `[month][scope][outcome]`, flat.
///
/// Scopes are the nation, the regions, the provinces, in the order of the country.
#[derive(Resource, Debug, Clone, PartialEq, Default)]
pub struct Record {
    /// Number of scopes.
    pub scopes: usize,
    /// The values; NaN where an outcome has no meaning.
    pub values: Vec<f64>,
}

impl Record {
    /// An empty record for `country`.
    pub fn new(country: &Country) -> Self {
        let geography = &country.geography;
        Self {
            scopes: 1 + geography.regions.len() + geography.provinces.len(),
            values: Vec::new(),
        }
    }

    /// All outcomes of a scope in a month.
    pub fn row(&self, month: usize, scope: usize) -> &[f64] {
        let first = (month * self.scopes + scope) * OUTCOMES.len();
        &self.values[first..first + OUTCOMES.len()]
    }

    /// Months recorded.
    pub fn months(&self) -> usize {
        self.values.len() / (self.scopes * OUTCOMES.len())
    }
}

impl State for Record {
    fn pass(&mut self, tape: &mut Tape<'_>) {
        tape.growing(&mut self.values);
    }
}

/// A government as the ledger sees it.
#[derive(QueryData)]
pub struct Seen {
    government: &'static Government,
    stocks: &'static Stocks,
    adoption: &'static Adoption,
    effort: &'static Effort,
    openness: &'static Openness,
    exposure: &'static Exposure,
    participation: &'static Participation,
    served: Option<(&'static Cell, &'static Tally)>,
}

/// Requests open in each cell at the end of last month, to tell what had to be handled.
#[derive(Resource, Debug, Clone, Default)]
pub struct CarriedOver(pub Vec<i64>);

impl State for CarriedOver {
    fn pass(&mut self, tape: &mut Tape<'_>) {
        tape.column(&mut self.0);
    }
}

/// Writes the month down and fixes what others may see of it.
pub fn system(
    clock: Res<Clock>,
    setting: Res<Setting>,
    levers: Res<Levers>,
    experience: Res<experience::Parameters>,
    spending: Res<Spending>,
    ties: Res<Ties>,
    inside: Res<DepartmentTies>,
    mut carried: ResMut<CarriedOver>,
    mut standing: ResMut<Standing>,
    mut record: ResMut<Record>,
    governments: Query<Seen>,
) {
    let country = &*setting.0;
    let mut provinces = vec![Sums::default(); country.geography.provinces.len()];
    for who in by_number(&governments, country.governments.len()) {
        let Some(province) = who.government.province else {
            continue;
        };
        let sums = &mut provinces[province];
        add_government(sums, &who, clock.month);
        if let Some((cell, tally)) = who.served {
            let before = std::mem::replace(&mut carried.0[cell.index as usize], tally.pending);
            let appraisal = levers.get(Lever::AppraisalWeight, who.government.id);
            let reported = |s| experience::reported_satisfaction(&experience, s, appraisal);
            sums.add(Item::Frontline, 1.0);
            sums.add(Item::Building, who.effort.building);
            add_citizens(sums, (cell, tally), &experience, reported);
            add_bodies(sums, cell, &who);
            add_requests(sums, cell, tally, before);
        }
    }
    add_ties(&mut provinces, country, &ties, clock.month);
    add_department_ties(&mut provinces, country, &inside);
    for (sums, cost) in provinces.iter_mut().zip(&spending.month) {
        sums.add(Item::Cost, *cost);
    }
    *standing = seen_by_others(&governments, country);
    write_down(&mut record, country, provinces);
}

/// Governments in the order of their numbers: whatever else they carry, sums over them are the same.
fn by_number<'a>(
    governments: &'a Query<Seen>,
    count: usize,
) -> impl Iterator<Item = SeenItem<'a, 'a>> {
    let mut all: Vec<Option<_>> = (0..count).map(|_| None).collect();
    for who in governments {
        let at = who.government.index();
        all[at] = Some(who);
    }
    all.into_iter().flatten()
}

/// What others will see of each government next month.
fn seen_by_others(governments: &Query<Seen>, country: &Country) -> Standing {
    let n = country.governments.len();
    let (mut adoption, mut capacity) = (vec![Adoption::default(); n], vec![0.0; n]);
    for who in governments {
        adoption[who.government.index()] = *who.adoption;
        capacity[who.government.index()] = who.stocks.capacity;
    }
    Standing::new(adoption, capacity, |i| country.governments[i].level)
}

fn add_government(sums: &mut Sums, who: &SeenItem<'_, '_>, month: u32) {
    let (government, stocks, exposure) = (who.government, who.stocks, who.exposure);
    sums.add(Item::Governments, 1.0);
    sums.add(Item::Institution, stocks.institution);
    sums.add(Item::Platform, stocks.platform);
    sums.add(Item::Capacity, stocks.capacity);
    sums.add(Item::Openness, who.openness.0);
    sums.add(Item::Fear, exposure.fear);
    if government.counted && who.adoption.platform {
        sums.add(Item::Launches, 1.0);
        let provincial = government.level == Level::Province;
        sums.add(Item::ProvincialLaunches, f64::from(provincial));
    }
    sums.add(Item::Incidents, f64::from(exposure.history.count_ones()));
    sums.add(Item::IncidentMonths, f64::from(12.min(month + 1)));
}

fn add_citizens(
    sums: &mut Sums,
    (cell, tally): (&Cell, &Tally),
    p: &experience::Parameters,
    reported: impl Fn(f64) -> f64,
) {
    let mean = |sum: i64| from_fixed(sum) / cell.citizens;
    let online = tally.online as f64 / cell.citizens;
    let (trust, satisfaction) = (mean(tally.trust), mean(tally.satisfaction));
    let (performance, expectation) = (mean(tally.performance), mean(tally.expectation));
    let per_performance = p.performance_effect + p.disconfirmation_effect;
    for (item, value) in [
        (Item::Residents, 1.0),
        (Item::CitizenWork, online * trust),
        (Item::Online, online),
        (Item::Trust, trust),
        (Item::Expectation, expectation),
        (Item::Performance, performance),
        (Item::Satisfaction, satisfaction),
        (Item::Reported, reported(satisfaction)),
        (Item::FromService, per_performance * performance),
        (
            Item::FromExpectation,
            -p.disconfirmation_effect * expectation,
        ),
    ] {
        sums.add(item, cell.population * value);
    }
}

fn add_bodies(sums: &mut Sums, cell: &Cell, who: &SeenItem<'_, '_>) {
    let Participation {
        enterprises,
        organisations,
    } = *who.participation;
    for (item, value) in [
        (Item::Enterprises, enterprises),
        (Item::Organisations, organisations),
        (Item::EnterpriseWork, enterprises * who.openness.0),
        (
            Item::OrganisationWork,
            organisations * who.stocks.institution,
        ),
    ] {
        sums.add(item, cell.population * value);
    }
}

fn add_requests(sums: &mut Sums, cell: &Cell, tally: &Tally, carried_over: i64) {
    let residents_per_citizen = cell.population / cell.citizens;
    for (item, count) in [
        (Item::Raised, tally.raised),
        (Item::Handled, carried_over + tally.raised),
        (Item::Closed, tally.closed),
        (Item::Substantive, tally.substantive),
        (Item::Abandoned, tally.abandoned),
        (Item::Pending, tally.pending),
        (Item::Waited, tally.waited),
    ] {
        sums.add(item, residents_per_citizen * count as f64);
    }
}

/// Ties of a province by kind: those that exist, and those that are active; and those active from both ends.
#[derive(Clone, Copy, Default)]
struct TieCounts {
    by_kind: [[u32; 2]; TieKind::ALL.len()],
    mutual: u32,
}

fn add_ties(provinces: &mut [Sums], country: &Country, ties: &Ties, month: u32) {
    let mut counts = vec![TieCounts::default(); provinces.len()];
    let by_government = country.network.by_government().zip(&country.governments);
    for (rows, government) in by_government {
        let Some(province) = government.province else {
            continue;
        };
        let (sums, counts) = (&mut provinces[province], &mut counts[province]);
        let edges = country.network.edges()[rows.clone()].iter();
        let states = ties.shares[rows.clone()].iter().zip(&ties.belief[rows]);
        for (edge, (&active, &belief)) in edges.zip(states) {
            if !edge.tie.exists(month) {
                continue;
            }
            let [existing, shared] = &mut counts.by_kind[edge.tie.kind as usize];
            *existing += 1;
            *shared += u32::from(active);
            counts.mutual += u32::from(active & ties.shares[edge.reverse as usize]);
            sums.add(Item::Belief, belief);
        }
    }
    for (sums, counts) in provinces.iter_mut().zip(counts) {
        sums.add(Item::Mutual, counts.mutual.into());
        add_tie_counts(sums, counts.by_kind);
    }
}

fn add_tie_counts(sums: &mut Sums, counts: [[u32; 2]; TieKind::ALL.len()]) {
    for (kind, [existing, active]) in TieKind::ALL.into_iter().zip(counts) {
        let (all, shared) = match kind {
            TieKind::Vertical => (Item::VerticalTies, Item::VerticalActive),
            TieKind::Adjacent => (Item::AdjacentTies, Item::AdjacentActive),
            TieKind::Sibling => (Item::SiblingTies, Item::SiblingActive),
            TieKind::Alliance | TieKind::Pairing => (Item::AllianceTies, Item::AllianceActive),
        };
        for (item, count) in [
            (all, existing),
            (shared, active),
            (Item::Ties, existing),
            (Item::Active, active),
        ] {
            sums.add(item, count.into());
        }
    }
}

fn add_department_ties(provinces: &mut [Sums], country: &Country, inside: &DepartmentTies) {
    for (tie, shares) in country.departments.ties().iter().zip(&inside.shares) {
        let Some(province) = country.governments[tie.from as usize].province else {
            continue;
        };
        let (all, active) = match tie.on_block() {
            true => (Item::BlockTies, Item::BlockActive),
            false => (Item::LineTies, Item::LineActive),
        };
        provinces[province].add(all, 1.0);
        provinces[province].add(active, f64::from(*shares));
    }
}

fn write_down(record: &mut Record, country: &Country, provinces: Vec<Sums>) {
    let geography = &country.geography;
    let side =
        |province: usize| GapSide::of(&geography.provinces[province].region, &geography.nation);
    let all: Vec<(Sums, GapSide)> = provinces
        .into_iter()
        .enumerate()
        .map(|(i, sums)| (sums, side(i)))
        .collect();
    let regions: Vec<usize> = (0..all.len()).map(|i| geography.region_of(i)).collect();
    let region = |region: usize| -> Vec<(Sums, GapSide)> {
        let inside = all.iter().zip(&regions).filter(|(_, of)| **of == region);
        inside.map(|(sums, _)| *sums).collect()
    };
    push_scope(record, &all);
    for i in 0..geography.regions.len() {
        push_scope(record, &region(i));
    }
    for one in &all {
        push_scope(record, std::slice::from_ref(one));
    }
}

fn push_scope(record: &mut Record, provinces: &[(Sums, GapSide)]) {
    let mut sums = Sums::default();
    provinces
        .iter()
        .for_each(|(province, _)| sums.add_all(province));
    let scope = Aggregate {
        sums: &sums,
        provinces,
    };
    let values = OUTCOMES.iter().map(|outcome| (outcome.of)(&scope));
    record.values.extend(values.map(same_bits));
}

#[cfg(test)]
mod tests;
