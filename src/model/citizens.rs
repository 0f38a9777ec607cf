//! Citizens: every citizen walks through demand, service, experience and online, in one
//! pass over the columns.
//!
//! The four processes have told the cell's [`Conditions`] before; nothing between them depends on what
//! a single citizen does, so one pass gives the same month as four. [`month_of`] is the rule for
//! one citizen, without branches; around it stand a loop over chunks that stay in the first cache,
//! the draws of a chunk, and sums in fixed point that do not depend on order.

pub mod mean_field;
mod sums;

use std::ops::Range;

use bevy_ecs::prelude::{IntoScheduleConfigs as _, Mut, Query, Res};
use bevy_ecs::query::QueryData;
use multiversion::multiversion;
use rayon::prelude::*;

use crate::chance::{self, Chance, Month, draws};
use crate::model::Step;
use crate::model::citizens::sums::ChunkSums;
use crate::model::experience::{
    self, Impressions, Updating, Weights, expectation_after, merit, satisfaction, trust_after,
};
use crate::model::online::goes_online;
use crate::world::clock::Clock;
use crate::world::cohort::Cohort;
use crate::world::column::{LANES, whole_lanes};
use crate::world::community::{
    Cell, Community, Conditions, ONLINE, PUT_OFF, Spread, Tally, WAITING,
};
use crate::world::luck::Luck;

/// Name of this step.
pub const NAME: &str = "citizens";

/// What the month and the scenario know of it.
pub const STEP: Step = Step {
    name: NAME,
    does: "Every citizen walks through demand, service, experience and online.",
    parameters: &[],
    insert: |_, _| {},
    system: || system.into_configs(),
    source: include_str!("citizens.rs"),
};

/// Citizens handled at a time; sums of a chunk fit 32 bits.
const CHUNK: usize = 512;
/// A citizen's row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Citizen {
    /// Trust.
    pub trust: f32,
    /// Expected performance.
    pub expectation: f32,
    /// Digital literacy on the scale of its column.
    pub literacy: u32,
    /// Online, put off, months that the open request has waited plus 1.
    pub situation: u32,
}

/// A citizen's luck this month: two uniform numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CitizenLuck {
    /// Decides on raising a request, and what becomes of an open one.
    pub case: f32,
    /// Decides on going online.
    pub online: f32,
}

/// What a month brought to a citizen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lived {
    /// The citizen afterwards.
    pub citizen: Citizen,
    /// A request was raised.
    pub raised: bool,
    /// The open request was closed.
    pub closed: bool,
    /// It was closed with substance.
    pub substantive: bool,
    /// It was given up.
    pub abandoned: bool,
    /// Months that the open request had waited, this one not counted.
    pub waited: u32,
    /// Latent satisfaction.
    pub satisfaction: f32,
}

/// What all citizens of a cell meet in a month.
#[derive(Debug, Clone, Copy)]
pub struct Met {
    /// Conditions of the cell.
    pub terms: Conditions,
    /// What they weigh experience by.
    pub weights: Weights,
    /// What they make of the performance of the cell.
    pub impressions: Impressions,
}

impl Met {
    /// What citizens meet on these `terms`.
    pub fn on(terms: &Conditions, weights: &Weights) -> Self {
        Self {
            terms: *terms,
            weights: *weights,
            impressions: Impressions::of(weights, terms.performance),
        }
    }
}

/// What became of a citizen's request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Request {
    raised: bool,
    closed: bool,
    substantive: bool,
    abandoned: bool,
    left_open: bool,
}

/// Demand and service for one citizen.
///
/// One uniform number decides both: where it lies below the probability of raising a request, its
/// place below is uniform again and decides what becomes of the new request, substance lowest,
/// then closure, abandonment highest.
#[inline(always)]
fn request(situation: u32, terms: &Conditions, luck: f32) -> Request {
    let online = situation & ONLINE != 0;
    let put_off = situation & PUT_OFF != 0;
    let waiting = situation & WAITING != 0;
    let fresh = if online {
        terms.raise[1]
    } else {
        terms.raise[0]
    };
    let again = if online {
        terms.raise_again[1]
    } else {
        terms.raise_again[0]
    };
    let raise = if put_off { again } else { fresh };
    let raised = !waiting & (luck < raise);
    let open = waiting | raised;
    let fate = if waiting { luck } else { luck / raise };
    let given_up_above = 1.0 - (1.0 - terms.closing) * terms.abandonment;
    let closed = open & (fate < terms.closing);
    let abandoned = open & !closed & (fate >= given_up_above);
    Request {
        raised,
        closed,
        substantive: closed & (fate < terms.closing * terms.substance),
        abandoned,
        left_open: open & !closed & !abandoned,
    }
}

/// One citizen's month.
#[inline(always)]
pub fn month_of(citizen: Citizen, met: &Met, luck: CitizenLuck) -> Lived {
    let (terms, w) = (&met.terms, &met.weights);
    let case = request(citizen.situation, terms, luck.case);
    let settled = case.closed | case.abandoned;
    let impression = met.impressions.after(settled, case.substantive);
    let satisfaction = satisfaction(w, impression.performance, citizen.expectation);
    let reference = impression.performance + terms.spillover;
    let merit = merit(w, impression.earned, satisfaction);
    let trust = trust_after(w, citizen.trust, merit, terms.trust_loss);
    let joins = goes_online(
        terms.online,
        trust,
        citizen.literacy,
        terms.excluded,
        luck.online,
    );

    let waiting = citizen.situation & WAITING;
    let longer = if case.left_open {
        (waiting + 1).min(WAITING)
    } else {
        0
    };
    let put_off = u32::from(case.closed & !case.substantive) * PUT_OFF;
    let online = (citizen.situation & ONLINE) | (u32::from(joins) * ONLINE);
    Lived {
        citizen: Citizen {
            trust,
            expectation: expectation_after(w, citizen.expectation, reference),
            literacy: citizen.literacy,
            situation: online | put_off | longer,
        },
        raised: case.raised,
        closed: case.closed,
        substantive: case.substantive,
        abandoned: case.abandoned,
        waited: if case.closed { waiting } else { 0 },
        satisfaction,
    }
}

/// What citizens draw in a month: what becomes of requests, and who goes online.
pub type Draws<'a> = Month<'a, 2>;

/// The draws of citizens in `month`.
pub fn draws(chance: &Chance, month: u32) -> Draws<'_> {
    Month::new(chance, [draws::demand::CASE, draws::online::JOINS], month)
}

/// A month of all citizens of a block, each by its own words among the month's `draws`.
pub fn live(community: &mut Community, terms: &Conditions, w: &Weights, draws: &mut Draws<'_>) {
    live_by(CHUNK, community, terms, w, draws);
}

/// The same with so many citizens at a time, whole lanes of 32,767 at most.
fn live_by(
    together: usize,
    community: &mut Community,
    terms: &Conditions,
    w: &Weights,
    draws: &mut Draws<'_>,
) {
    debug_assert!(together.is_multiple_of(LANES), "rows would be lived twice");
    community.tally = Tally::default();
    let citizens = community.situation.len();
    for first in (0..citizens).step_by(together) {
        let rows = first..citizens.min(first + together);
        let slot = community.first_slot + first as u64;
        let words = draws.of(community.home, slot..slot + whole_lanes(rows.len()) as u64);
        let tally = live_chunk(community, rows, terms, w, words);
        community.tally += tally;
    }
}

/// The loop over a chunk, compiled for plain and for wide registers; the bits are the same.
#[multiversion(targets("x86_64+avx512f+avx512vl+avx512bw+avx512dq+avx2", "x86_64+avx2"))]
fn live_chunk(
    community: &mut Community,
    rows: Range<usize>,
    terms: &Conditions,
    w: &Weights,
    draws: [&[u32]; 2],
) -> Tally {
    live_rows(community, rows, terms, w, draws)
}

#[inline(always)]
fn live_rows(
    community: &mut Community,
    rows: Range<usize>,
    terms: &Conditions,
    w: &Weights,
    [case, online]: [&[u32]; 2],
) -> Tally {
    let citizens = rows.len();
    let whole = citizens - citizens % LANES;
    let met = &Met::on(terms, w);
    let (trust, last_trust) = community.trust.lanes_mut(rows.clone()).split_at_mut(whole);
    let expectation = community.expectation.lanes_mut(rows.clone());
    let (expectation, last_expectation) = expectation.split_at_mut(whole);
    let (literacy, last_literacy) = community.literacy.lanes(rows.clone()).split_at(whole);
    let (situation, last_situation) = community.situation.lanes_mut(rows).split_at_mut(whole);
    let mut sums = ChunkSums::default();
    let words = [&case[..whole], &online[..whole]];
    let columns = (trust, expectation, literacy, situation, words);
    live_columns(columns, |_| true, met, &mut sums);
    if whole < citizens {
        // arrays of their own, which no other column can overlap
        let (mut trust, mut expectation) = (array(last_trust), array(last_expectation));
        let (literacy, mut situation) = (array(last_literacy), array(last_situation));
        let words = [case, online].map(|words| array(&words[whole..whole + LANES]));
        let words = [&words[0][..], &words[1][..]];
        let columns = (
            &mut trust[..],
            &mut expectation[..],
            &literacy[..],
            &mut situation[..],
            words,
        );
        live_columns(columns, |row| row < citizens - whole, met, &mut sums);
        last_trust.copy_from_slice(&trust);
        last_expectation.copy_from_slice(&expectation);
        last_situation.copy_from_slice(&situation);
    }
    sums.tally(citizens, &met.impressions)
}

fn array<T: Copy>(lane: &[T]) -> [T; LANES] {
    lane.try_into().expect("a column holds whole lanes")
}

/// Trust, expectation, literacy and situation of the same citizens, and what they draw.
type Columns<'a> = (
    &'a mut [f32],
    &'a mut [f32],
    &'a [u16],
    &'a mut [u8],
    [&'a [u32]; 2],
);

/// The loop over citizens, of whom those in a row that is `present` are counted.
#[inline(always)]
fn live_columns(
    (trust, expectation, literacy, situation, [case, online]): Columns<'_>,
    present: impl Fn(usize) -> bool,
    met: &Met,
    sums: &mut ChunkSums,
) {
    // a copy is values in registers, where a reference would be read anew for every citizen
    let met = &{ *met };
    let n = situation.len();
    let (trust, expectation, literacy) = (&mut trust[..n], &mut expectation[..n], &literacy[..n]);
    let (case, online) = (&case[..n], &online[..n]);
    for i in 0..n {
        let citizen = Citizen {
            trust: trust[i],
            expectation: expectation[i],
            literacy: literacy[i].into(),
            situation: situation[i].into(),
        };
        let luck = CitizenLuck {
            case: chance::unit(case[i]),
            online: chance::unit(online[i]),
        };
        let lived = month_of(citizen, met, luck);
        trust[i] = lived.citizen.trust;
        expectation[i] = lived.citizen.expectation;
        situation[i] = lived.citizen.situation as u8;
        sums.add(&lived, present(i));
    }
}

/// A cell whose citizens live the month.
#[derive(QueryData)]
#[query_data(mutable)]
pub struct Living {
    cell: &'static Cell,
    terms: &'static Conditions,
    tally: &'static mut Tally,
    cohort: Option<&'static mut Cohort>,
}

/// Lets every citizen, or the cohort that stands for them, live the month, and adds up by cell.
pub fn system(
    clock: Res<Clock>,
    luck: Res<Luck>,
    parameters: Res<experience::Parameters>,
    updating: Res<Updating>,
    spread: Res<Spread>,
    mut cells: Query<Living>,
    mut communities: Query<&mut Community>,
) {
    let weights = Weights::from(&*parameters).updating(*updating);
    let mut terms = vec![Conditions::default(); cells.iter().count()];
    for one in &cells {
        terms[one.cell.index as usize] = *one.terms;
    }
    let mut blocks: Vec<_> = communities.iter_mut().collect();
    let draws = || draws(&luck.chance, clock.month);
    let month = |draws: &mut Draws<'_>, community: &mut Mut<'_, Community>| {
        let terms = &terms[community.cell as usize];
        live(community, terms, &weights, draws);
    };
    if spread.0 {
        blocks.par_iter_mut().for_each_init(draws, month);
    } else {
        in_turn(&mut blocks, draws(), month);
    }
    let mut tallies = vec![Tally::default(); terms.len()];
    for community in &blocks {
        tallies[community.cell as usize] += community.tally;
    }
    for mut one in &mut cells {
        *one.tally = match one.cohort {
            Some(mut cohort) => mean_field::live(&mut cohort, one.terms, &weights),
            None => tallies[one.cell.index as usize],
        };
    }
}

/// Lets blocks live their `month` one after the other, neighbours from words that are read together.
fn in_turn(
    blocks: &mut [Mut<'_, Community>],
    mut draws: Draws<'_>,
    month: impl Fn(&mut Draws<'_>, &mut Mut<'_, Community>),
) {
    for neighbours in blocks.chunk_by_mut(|a, b| a.home == b.home) {
        let end =
            |block: &Mut<'_, Community>| block.first_slot + whole_lanes(block.trust.len()) as u64;
        let until = neighbours.iter().map(end).max().unwrap_or_default();
        draws.enter(neighbours[0].home, until);
        neighbours
            .iter_mut()
            .for_each(|block| month(&mut draws, block));
    }
}

#[cfg(test)]
mod tests;
