//! The month of citizens as a henad agent model: citizens are lanes that a kernel steps in chunks.
//!
//! A kernel reads nothing shared but its lanes and parameters, so the cells stand beside the lanes.

use henad::agent_lanes;
use henad::authoring::prelude::*;
use henad::authoring::{AgentLanes, primitives::rng};
use henad::engine::AgentModelState;
use henad::runner::SimState;
use henad::{LaneSpec, params::ParamDescriptor};

const CELLS: usize = 100;

agent_lanes! {
    /// Citizens, in the order of their cells.
    pub struct CitizenLanes {
        read CitizenRead;
        chunk CitizenChunk;
        plain literacy: f32 = 0.0,
        plain trust: f32 = 0.4,
        plain expectation: f32 = 0.5,
        plain satisfaction: f32 = 0.0,
        plain online: bool = false,
        plain put_off: bool = false,
        plain waiting: u8 = 0,
        plain waited: u8 = 0,
        plain event: u8 = 0,
        plain pos_x: f32 = 0.0,
        plain pos_y: f32 = 0.0,
    }
}

// What happened to a citizen in the month.
const RAISED: u8 = 1;
const CLOSED: u8 = 2;
const SUBSTANTIVE: u8 = 4;
const ABANDONED: u8 = 8;

/// What every citizen of a cell meets, and what the citizens add up to.
#[derive(Clone, Default)]
struct Cell {
    citizens: f64,
    capacity: f64,
    substance: f64,
    platform: f64,
    remembered: f64,
    month: Counts,
    run: [u64; 5],
}

#[derive(Clone, Copy)]
struct Terms {
    raise: [f32; 2],
    raise_again: [f32; 2],
    closing: f32,
    substance: f32,
    performance: f32,
    spillover: f32,
    online: f32,
}

/// Stocks at the end of a month, and the events in it: raised, closed, substantive, abandoned,
/// months waited.
#[derive(Clone, Default)]
struct Counts {
    pending: f64,
    free: [f64; 2],
    put_off: [f64; 2],
    online: f64,
    trust: f64,
    expectation: f64,
    satisfaction: f64,
    events: [u64; 5],
}

impl Cell {
    fn new(number: usize, citizens: usize) -> Self {
        let x = number as f64 / (CELLS - 1) as f64;
        let (quality, sharing, stretch) = (0.3 + 0.4 * x, 0.6 * (1.0 - x), 1.0 + 0.6 * 0.3);
        let missed = 0.7 * (1.0 - quality * (0.3 + 0.7 * sharing)) * (1.0 - 0.3 * 0.1);
        Self {
            citizens: citizens as f64,
            capacity: 0.024 * (1.0 + 0.6 * quality * sharing) * stretch,
            substance: (1.0 - missed) / stretch,
            platform: 0.2 + 0.6 * x,
            remembered: 0.5,
            ..Self::default()
        }
    }

    /// Settles the month before citizens live it.
    fn prepare(&mut self) -> Terms {
        let now = &self.month;
        let base = 0.02 * (1.5 * (self.remembered - 0.5)).exp();
        let raise = [base, base * 1.5].map(|p| p.min(1.0));
        let raise_again = raise.map(|p| 1.0 - (1.0 - p) * 0.75);
        let mut load = now.pending;
        for u in 0..2 {
            load += (now.free[u] - now.put_off[u]) * raise[u] + now.put_off[u] * raise_again[u];
        }
        let closing = (self.capacity * self.citizens / load).min(1.0);
        let performance = closing * self.substance;
        let bass = 0.004 + 0.09 * now.online / self.citizens;
        self.remembered += 0.2 * (closing - self.remembered);
        Terms {
            raise: raise.map(|p| p as f32),
            raise_again: raise_again.map(|p| p as f32),
            closing: closing as f32,
            substance: self.substance as f32,
            performance: performance as f32,
            spillover: (0.5 * (closing - performance)) as f32,
            online: (bass * (2.0 * self.platform).min(1.5) * 1.2) as f32,
        }
    }
}

/// Demand and service; what an own case that ended was worth.
fn request(k: usize, out: &mut CitizenChunk<'_>, terms: &Terms, rng: &mut u64) -> Option<f32> {
    let waited = out.waiting[k];
    out.event[k] = 0;
    if waited == 0 {
        let again = std::mem::take(&mut out.put_off[k]);
        let raise = if again {
            terms.raise_again
        } else {
            terms.raise
        };
        if next_float(rng, 1.0) >= raise[usize::from(out.online[k])] {
            return None;
        }
        out.event[k] = RAISED;
    }
    out.waiting[k] = 0;
    if next_float(rng, 1.0) < terms.closing {
        let substantive = next_float(rng, 1.0) < terms.substance;
        out.put_off[k] = !substantive;
        out.waited[k] = waited;
        out.event[k] |= if substantive {
            CLOSED | SUBSTANTIVE
        } else {
            CLOSED
        };
        return Some(if substantive { 1.0 } else { 0.0 });
    }
    if next_float(rng, 1.0) < 0.25 {
        out.event[k] |= ABANDONED;
        return Some(0.0);
    }
    out.waiting[k] = waited + 1;
    None
}

/// A citizen's month.
#[inline]
fn live(k: usize, out: &mut CitizenChunk<'_>, terms: &Terms, rng: &mut u64) {
    let own = request(k, out, terms, rng);
    let p = own.map_or(terms.performance, |own| 0.5 * terms.performance + 0.5 * own);
    let (expected, trust) = (out.expectation[k], out.trust[k]);
    let satisfaction = (0.6 + 0.4 * (p - 0.3) + 0.6 * (p - expected)).clamp(0.0, 1.0);
    let change = p + terms.spillover - expected;
    let rate = if change > 0.0 { 0.15 } else { 0.05 };
    out.satisfaction[k] = satisfaction;
    out.expectation[k] = (expected + rate * change).clamp(0.0, 1.0);
    out.trust[k] = (trust + 0.1 * (satisfaction - trust)).clamp(0.0, 1.0);
    if !out.online[k] && out.literacy[k] >= 0.3 {
        out.online[k] = next_float(rng, 1.0) < terms.online * out.trust[k];
    }
}

/// What the citizens of some rows add up to.
fn count(lanes: &CitizenLanes, rows: std::ops::Range<usize>) -> Counts {
    let mut sums = Counts::default();
    for i in rows {
        let (side, event) = (usize::from(lanes.online[i]), lanes.event[i]);
        for (slot, bit) in [RAISED, CLOSED, SUBSTANTIVE, ABANDONED]
            .into_iter()
            .enumerate()
        {
            sums.events[slot] += u64::from(event & bit != 0);
        }
        if event & CLOSED != 0 {
            sums.events[4] += u64::from(lanes.waited[i]);
        }
        if lanes.waiting[i] > 0 {
            sums.pending += 1.0;
        } else {
            sums.free[side] += 1.0;
            sums.put_off[side] += f64::from(u8::from(lanes.put_off[i]));
        }
        sums.online += side as f64;
        sums.trust += f64::from(lanes.trust[i]);
        sums.expectation += f64::from(lanes.expectation[i]);
        sums.satisfaction += f64::from(lanes.satisfaction[i]);
    }
    sums
}

/// Lanes of the citizens, and the cells in which they live in equal numbers.
struct Country {
    citizens: CitizenLanes,
    cells: Vec<Cell>,
}

impl Country {
    fn count(&mut self) {
        let (citizens, each) = (&self.citizens, self.citizens.len() / CELLS);
        let append = |mut all: Vec<Counts>, one: Vec<Counts>| {
            all.extend(one);
            all
        };
        let counted = reduce_chunks(
            citizens.len(),
            each,
            |rows| vec![count(citizens, rows)],
            append,
            vec![],
        );
        for (cell, month) in self.cells.iter_mut().zip(counted) {
            for (sum, now) in cell.run.iter_mut().zip(month.events) {
                *sum += now;
            }
            cell.month = month;
        }
    }
}

impl AgentLanes for Country {
    const LANES: &'static [LaneSpec] = CitizenLanes::LANES;

    fn alloc(n: usize) -> Self {
        Self {
            citizens: CitizenLanes::alloc(n),
            cells: (0..CELLS)
                .map(|number| Cell::new(number, n / CELLS))
                .collect(),
        }
    }

    fn len(&self) -> usize {
        self.citizens.len()
    }

    fn swap(&mut self) {
        self.citizens.swap();
    }

    fn heap_bytes(&self) -> usize {
        self.citizens.heap_bytes()
    }

    fn positions(&self) -> (&[f32], &[f32]) {
        self.citizens.positions()
    }

    fn positions_mut(&mut self) -> (&mut [f32], &mut [f32]) {
        self.citizens.positions_mut()
    }

    fn grow(&mut self, n: usize) {
        self.citizens.grow(n);
    }
}

struct Citizens;

impl AgentModel for Citizens {
    const NAME: &'static str = "Citizens";
    const ID: &'static str = "citizens";
    const DESCRIPTION: &'static str = "Requests, service, experience and going online.";
    const PALETTE: &'static [[u8; 4]] = &[[0, 122, 245, 255]];
    const STATS: &'static [StatDescriptor] = &[];
    const DEFAULT_AGENTS: u32 = 100_000;
    const MAX_AGENTS: u32 = 100_000_000;
    const DEFAULT_EXTENT: Extent = Extent { w: 1.0, h: 1.0 };

    type Lanes = Country;
    type Field = NoField;
    type Index = NoIndex;
    type Params = ();
    type Tally = ();

    fn param_descriptors() -> Vec<ParamDescriptor> {
        Vec::new()
    }

    fn from_params(_params: &[ParamValue], _extent: Extent) {}

    fn init(country: &mut Country, _extent: Extent, _params: &[ParamValue], rng: &mut u64) {
        for literacy in &mut country.citizens.literacy {
            *literacy = rng::next_float(rng, 1.0);
        }
        for online in &mut country.citizens.online {
            *online = rng::next_float(rng, 1.0) < 0.1;
        }
        country.count();
    }

    fn run_step_pass(country: &mut Country, _ctx: &StepCtx<'_, Self>, seed: u64, tick: u64) {
        let terms: Vec<Terms> = country.cells.iter_mut().map(Cell::prepare).collect();
        let each = country.citizens.len() / CELLS;
        country
            .citizens
            .run_pass(Self::CHUNK, seed, tick, |i, k, _read, out, rng| {
                live(k, out, &terms[i / each], rng);
            });
        country.count();
    }

    fn stats(_country: &Country, _field: &NoField, (): &()) -> Vec<StatValue> {
        Vec::new()
    }
}

fn main() {
    let asked: Vec<u64> = std::env::args()
        .skip(1)
        .map(|a| a.parse().unwrap())
        .collect();
    let params = [
        ParamValue::U32(asked[0] as u32),
        ParamValue::F32(1.0),
        ParamValue::F32(1.0),
    ];
    let mut state = AgentModelState::<Citizens>::from_params_seeded(&params, Some(asked[2]));
    for _ in 0..asked[1] {
        state.step();
    }
    for (number, cell) in state.lanes().cells.iter().enumerate() {
        let (now, [raised, closed, substantive, abandoned, waited], n) =
            (&cell.month, cell.run, cell.citizens);
        println!(
            "{number},{raised},{closed},{substantive},{abandoned},{waited},{},{},{},{},{}",
            now.pending,
            now.online,
            now.trust / n,
            now.expectation / n,
            now.satisfaction / n,
        );
    }
}
