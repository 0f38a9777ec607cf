//! The month of citizens as a krABMaga model: an agent in the schedule for every citizen, cells in
//! the state.

use std::any::Any;

use krabmaga::engine::agent::Agent;
use krabmaga::engine::schedule::Schedule;
use krabmaga::engine::state::State;
use krabmaga::rand::{Rng, SeedableRng};
use krabmaga::rand_pcg::Pcg64Mcg;

const CELLS: usize = 100;

/// What every citizen of a cell meets, and what the citizens add up to.
#[derive(Clone, Default)]
struct Cell {
    citizens: f64,
    capacity: f64,
    substance: f64,
    platform: f64,
    remembered: f64,
    terms: Terms,
    month: Counts,
    run: Flows,
}

#[derive(Clone, Default)]
struct Terms {
    raise: [f64; 2],
    raise_again: [f64; 2],
    closing: f64,
    performance: f64,
    spillover: f64,
    online: f64,
}

/// Stocks at the end of a month.
#[derive(Clone, Default)]
struct Counts {
    pending: f64,
    free: [f64; 2],
    put_off: [f64; 2],
    online: f64,
    trust: f64,
    expectation: f64,
    satisfaction: f64,
}

/// Events since the beginning.
#[derive(Clone, Default)]
struct Flows {
    raised: u64,
    closed: u64,
    substantive: u64,
    abandoned: u64,
    waited: u64,
}

impl Cell {
    fn new(number: usize) -> Self {
        let x = number as f64 / (CELLS - 1) as f64;
        let (quality, sharing, stretch) = (0.3 + 0.4 * x, 0.6 * (1.0 - x), 1.0 + 0.6 * 0.3);
        let missed = 0.7 * (1.0 - quality * (0.3 + 0.7 * sharing)) * (1.0 - 0.3 * 0.1);
        Self {
            capacity: 0.024 * (1.0 + 0.6 * quality * sharing) * stretch,
            substance: (1.0 - missed) / stretch,
            platform: 0.2 + 0.6 * x,
            remembered: 0.5,
            ..Self::default()
        }
    }

    /// Settles the month before citizens live it.
    fn prepare(&mut self) {
        let now = std::mem::take(&mut self.month);
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
        self.terms = Terms {
            raise,
            raise_again,
            closing,
            performance,
            spillover: 0.5 * (closing - performance),
            online: bass * (2.0 * self.platform).min(1.5) * 1.2,
        };
    }
}

#[derive(Clone, Copy)]
struct Citizen {
    cell: u16,
    literacy: f32,
    trust: f32,
    expectation: f32,
    online: bool,
    put_off: bool,
    waiting: u8,
}

impl Citizen {
    fn count(&self, month: &mut Counts) {
        let side = usize::from(self.online);
        month.online += side as f64;
        month.trust += f64::from(self.trust);
        month.expectation += f64::from(self.expectation);
        if self.waiting > 0 {
            month.pending += 1.0;
        } else {
            month.free[side] += 1.0;
            month.put_off[side] += f64::from(u8::from(self.put_off));
        }
    }

    /// Demand and service; what an own case that ended was worth.
    fn request(&mut self, cell: &mut Cell, rng: &mut Pcg64Mcg) -> Option<f32> {
        let waited = self.waiting;
        if waited == 0 {
            let side = usize::from(self.online);
            let again = std::mem::take(&mut self.put_off);
            let terms = &cell.terms;
            let p = if again {
                terms.raise_again[side]
            } else {
                terms.raise[side]
            };
            if !rng.random_bool(p) {
                return None;
            }
            cell.run.raised += 1;
        }
        self.waiting = 0;
        if rng.random_bool(cell.terms.closing) {
            let substantive = rng.random_bool(cell.substance);
            self.put_off = !substantive;
            cell.run.closed += 1;
            cell.run.substantive += u64::from(substantive);
            cell.run.waited += u64::from(waited);
            return Some(if substantive { 1.0 } else { 0.0 });
        }
        if rng.random_bool(0.25) {
            cell.run.abandoned += 1;
            return Some(0.0);
        }
        self.waiting = waited + 1;
        None
    }

    /// Experience; returns satisfaction.
    fn experience(&mut self, terms: &Terms, own: Option<f32>) -> f32 {
        let everyone = terms.performance as f32;
        let p = own.map_or(everyone, |own| 0.5 * everyone + 0.5 * own);
        let satisfaction = 0.6 + 0.4 * (p - 0.3) + 0.6 * (p - self.expectation);
        let satisfaction = satisfaction.clamp(0.0, 1.0);
        let change = p + terms.spillover as f32 - self.expectation;
        let rate = if change > 0.0 { 0.15 } else { 0.05 };
        self.expectation = (self.expectation + rate * change).clamp(0.0, 1.0);
        self.trust = (self.trust + 0.1 * (satisfaction - self.trust)).clamp(0.0, 1.0);
        satisfaction
    }
}

impl Agent for Citizen {
    fn step(&mut self, state: &mut dyn State) {
        let country = state.as_any_mut().downcast_mut::<Country>().unwrap();
        let cell = &mut country.cells[usize::from(self.cell)];
        let own = self.request(cell, &mut country.rng);
        let satisfaction = self.experience(&cell.terms, own);
        if !self.online && self.literacy >= 0.3 {
            let p = cell.terms.online * f64::from(self.trust);
            self.online = country.rng.random_bool(p);
        }
        cell.month.satisfaction += f64::from(satisfaction);
        self.count(&mut cell.month);
    }
}

struct Country {
    citizens: usize,
    cells: Vec<Cell>,
    rng: Pcg64Mcg,
}

impl State for Country {
    fn init(&mut self, schedule: &mut Schedule) {
        for number in 0..self.citizens {
            let cell = number * CELLS / self.citizens;
            let citizen = Citizen {
                cell: cell as u16,
                literacy: self.rng.random(),
                trust: 0.4,
                expectation: 0.5,
                online: self.rng.random_bool(0.1),
                put_off: false,
                waiting: 0,
            };
            self.cells[cell].citizens += 1.0;
            citizen.count(&mut self.cells[cell].month);
            schedule.schedule_repeating(Box::new(citizen), 0.0, 0);
        }
    }

    fn before_step(&mut self, _schedule: &mut Schedule) {
        self.cells.iter_mut().for_each(Cell::prepare);
    }

    fn update(&mut self, _step: u64) {}

    fn reset(&mut self) {}

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }

    fn as_state(&self) -> &dyn State {
        self
    }

    fn as_state_mut(&mut self) -> &mut dyn State {
        self
    }
}

fn main() {
    let asked: Vec<u64> = std::env::args()
        .skip(1)
        .map(|a| a.parse().unwrap())
        .collect();
    let (citizens, months, seed) = (asked[0] as usize, asked[1], asked[2]);
    let mut country = Country {
        citizens,
        cells: (0..CELLS).map(Cell::new).collect(),
        rng: Pcg64Mcg::seed_from_u64(seed),
    };
    let mut schedule = Schedule::new();
    country.init(&mut schedule);
    for _ in 0..months {
        schedule.step(&mut country);
    }
    for (number, cell) in country.cells.iter().enumerate() {
        let (now, run, n) = (&cell.month, &cell.run, cell.citizens);
        println!(
            "{number},{},{},{},{},{},{},{},{},{},{}",
            run.raised,
            run.closed,
            run.substantive,
            run.abandoned,
            run.waited,
            now.pending,
            now.online,
            now.trust / n,
            now.expectation / n,
            now.satisfaction / n,
        );
    }
}
