//! The month of citizens as an ixa model: citizens are entities with properties, cells a data
//! plugin, the month a periodic plan.

use ixa::ExecutionPhase;
use ixa::prelude::*;

const CELLS: usize = 100;

define_entity!(Citizen);
define_property!(struct Home(u16), Citizen);
define_property!(struct Literacy(f32), Citizen, impl_eq_hash = both);
define_property!(struct Online(bool), Citizen);
define_property!(struct PutOff(bool), Citizen, default_const = PutOff(false));
define_property!(struct Waiting(u8), Citizen, default_const = Waiting(0));
define_property!(struct Trust(f32), Citizen, impl_eq_hash = both, default_const = Trust(0.4));
define_property!(
    struct Expectation(f32),
    Citizen,
    impl_eq_hash = both,
    default_const = Expectation(0.5)
);

define_rng!(StartRng);
define_rng!(DemandRng);
define_rng!(ServiceRng);
define_rng!(OnlineRng);

define_data_plugin!(Cells, Vec<Cell>, (0..CELLS).map(Cell::new).collect());

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

#[derive(Clone, Copy, Default)]
struct Terms {
    raise: [f64; 2],
    raise_again: [f64; 2],
    closing: f64,
    substance: f64,
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
            substance: self.substance,
            performance,
            spillover: 0.5 * (closing - performance),
            online: bass * (2.0 * self.platform).min(1.5) * 1.2,
        };
    }
}

/// Demand and service; what an own case that ended was worth.
fn request(context: &mut Context, citizen: CitizenId, home: usize, terms: &Terms) -> Option<f32> {
    let Waiting(waited) = context.get_property(citizen);
    if waited == 0 {
        let Online(online) = context.get_property(citizen);
        let PutOff(again) = context.get_property(citizen);
        let p = if again {
            terms.raise_again
        } else {
            terms.raise
        }[usize::from(online)];
        if again {
            context.set_property(citizen, PutOff(false));
        }
        if !context.sample_bool(DemandRng, p) {
            return None;
        }
        context.get_data_mut(Cells)[home].run.raised += 1;
    }
    if context.sample_bool(ServiceRng, terms.closing) {
        let substantive = context.sample_bool(ServiceRng, terms.substance);
        context.set_property(citizen, Waiting(0));
        context.set_property(citizen, PutOff(!substantive));
        let run = &mut context.get_data_mut(Cells)[home].run;
        run.closed += 1;
        run.substantive += u64::from(substantive);
        run.waited += u64::from(waited);
        return Some(if substantive { 1.0 } else { 0.0 });
    }
    if context.sample_bool(ServiceRng, 0.25) {
        context.set_property(citizen, Waiting(0));
        context.get_data_mut(Cells)[home].run.abandoned += 1;
        return Some(0.0);
    }
    context.set_property(citizen, Waiting(waited + 1));
    None
}

/// Experience; returns satisfaction.
fn experience(context: &mut Context, citizen: CitizenId, terms: &Terms, own: Option<f32>) -> f32 {
    let Expectation(expected) = context.get_property(citizen);
    let Trust(trust) = context.get_property(citizen);
    let everyone = terms.performance as f32;
    let p = own.map_or(everyone, |own| 0.5 * everyone + 0.5 * own);
    let satisfaction = (0.6 + 0.4 * (p - 0.3) + 0.6 * (p - expected)).clamp(0.0, 1.0);
    let change = p + terms.spillover as f32 - expected;
    let rate = if change > 0.0 { 0.15 } else { 0.05 };
    let expected = (expected + rate * change).clamp(0.0, 1.0);
    let trust = (trust + 0.1 * (satisfaction - trust)).clamp(0.0, 1.0);
    context.set_property(citizen, Expectation(expected));
    context.set_property(citizen, Trust(trust));
    satisfaction
}

fn go_online(context: &mut Context, citizen: CitizenId, terms: &Terms) {
    let Online(online) = context.get_property(citizen);
    let Literacy(literacy) = context.get_property(citizen);
    let Trust(trust) = context.get_property(citizen);
    let able = !online && literacy >= 0.3;
    if able && context.sample_bool(OnlineRng, terms.online * f64::from(trust)) {
        context.set_property(citizen, Online(true));
    }
}

fn count(context: &mut Context, citizen: CitizenId, home: usize, satisfaction: f32) {
    let Online(online) = context.get_property(citizen);
    let PutOff(put_off) = context.get_property(citizen);
    let Waiting(waiting) = context.get_property(citizen);
    let Trust(trust) = context.get_property(citizen);
    let Expectation(expectation) = context.get_property(citizen);
    let month = &mut context.get_data_mut(Cells)[home].month;
    let side = usize::from(online);
    month.online += side as f64;
    month.trust += f64::from(trust);
    month.expectation += f64::from(expectation);
    month.satisfaction += f64::from(satisfaction);
    if waiting > 0 {
        month.pending += 1.0;
    } else {
        month.free[side] += 1.0;
        month.put_off[side] += f64::from(u8::from(put_off));
    }
}

fn month(context: &mut Context) {
    context
        .get_data_mut(Cells)
        .iter_mut()
        .for_each(Cell::prepare);
    for citizen in context.get_entity_iterator::<Citizen>() {
        let Home(home) = context.get_property(citizen);
        let home = usize::from(home);
        let terms = context.get_data(Cells)[home].terms;
        let own = request(context, citizen, home, &terms);
        let satisfaction = experience(context, citizen, &terms, own);
        go_online(context, citizen, &terms);
        count(context, citizen, home, satisfaction);
    }
}

fn populate(context: &mut Context, citizens: usize) {
    for number in 0..citizens {
        let home = number * CELLS / citizens;
        let literacy = context.sample_range(StartRng, 0.0..1.0);
        let online = context.sample_bool(StartRng, 0.1);
        let traits = with!(
            Citizen,
            Home(home as u16),
            Literacy(literacy),
            Online(online)
        );
        let citizen = context.add_entity(traits).unwrap();
        context.get_data_mut(Cells)[home].citizens += 1.0;
        count(context, citizen, home, 0.0);
    }
}

fn main() {
    let asked: Vec<u64> = std::env::args()
        .skip(1)
        .map(|a| a.parse().unwrap())
        .collect();
    let mut context = Context::new();
    context.init_random(asked[2]);
    populate(&mut context, asked[0] as usize);
    if asked[1] > 0 {
        context.add_periodic_plan_with_phase(1.0, month, ExecutionPhase::Normal);
        // a periodic plan alone does not keep the simulation going
        context.add_plan(asked[1] as f64 - 1.0, |_| {});
        context.execute();
    }
    for (number, cell) in context.get_data(Cells).iter().enumerate() {
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
