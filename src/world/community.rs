//! Citizens: blocks of at most [`BLOCK`] citizens of one cell, held as columns.
//!
//! One entity is one block, because an entity per citizen costs eight times the memory and three
//! times the time. The rule for one citizen stays one function; see `model::citizens`.

use bevy_ecs::prelude::{Component, Resource};

use crate::chance::Identity;
use crate::world::column::AgentColumn;

/// Citizens in a full block; a multiple of the words of one draw.
pub const BLOCK: usize = 4096;

/// A block of citizens of one cell: one row each in all columns. 11 bytes per citizen.
#[derive(Component, Debug, Clone, PartialEq)]
pub struct Community {
    /// Cell in which they live.
    pub cell: u32,
    /// Province in which they live, as draws know it.
    pub home: Identity,
    /// Number of the first citizen among those of the province: the slot in every stream of draws.
    pub first_slot: u64,
    /// Trust in the own government, in [0, 1].
    pub trust: AgentColumn<f32>,
    /// Expected performance, in [0, 1].
    pub expectation: AgentColumn<f32>,
    /// Digital literacy, uniform; 65,536 stands for 1. Fixed.
    pub literacy: AgentColumn<u16>,
    /// Whether online, whether put off last month, and the age of the open request.
    pub situation: AgentColumn<u8>,
    /// What happened in the block this month.
    pub tally: Tally,
}

/// Bit of a citizen's situation: deals with government online.
pub const ONLINE: u32 = 0b1000_0000;
/// Bit of a citizen's situation: a request was closed without substance last month.
pub const PUT_OFF: u32 = 0b0100_0000;
/// Bits of a citizen's situation: months since the open request was raised plus 1; 0 is none.
pub const WAITING: u32 = 0b0011_1111;

/// Counts and fixed-point sums over citizens for one month.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Requests raised.
    pub raised: i64,
    /// Requests closed.
    pub closed: i64,
    /// Closed with substance.
    pub substantive: i64,
    /// Abandoned by the citizen.
    pub abandoned: i64,
    /// Months from raising to closing, over the closed.
    pub waited: i64,
    /// Open requests at the end of the month.
    pub pending: i64,
    /// Citizens online.
    pub online: i64,
    /// Citizens without an open request: [offline, online].
    pub free: [i64; 2],
    /// Of these, the ones that were put off this month.
    pub put_off: [i64; 2],
    /// Sum of trust, fixed point.
    pub trust: i64,
    /// Sum of expectation, fixed point.
    pub expectation: i64,
    /// Sum of perceived performance, fixed point.
    pub performance: i64,
    /// Sum of latent satisfaction, fixed point.
    pub satisfaction: i64,
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.raised += other.raised;
        self.closed += other.closed;
        self.substantive += other.substantive;
        self.abandoned += other.abandoned;
        self.waited += other.waited;
        self.pending += other.pending;
        self.online += other.online;
        for side in 0..2 {
            self.free[side] += other.free[side];
            self.put_off[side] += other.put_off[side];
        }
        self.trust += other.trust;
        self.expectation += other.expectation;
        self.performance += other.performance;
        self.satisfaction += other.satisfaction;
    }
}

/// A frontline government with its citizens, enterprises and social organisations.
#[derive(Component, Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    /// Number among the cells.
    pub index: u32,
    /// Residents that the cell stands for.
    pub population: f64,
    /// Simulated citizens.
    pub citizens: f64,
}

/// What every citizen of a cell meets this month; each process fills in its part.
#[derive(Component, Debug, Clone, Copy, PartialEq, Default)]
pub struct Conditions {
    /// Probability to raise a request: [offline, online].
    pub raise: [f32; 2],
    /// The same for a citizen who was put off last month.
    pub raise_again: [f32; 2],
    /// Probability that an open request is closed, `rho`.
    pub closing: f32,
    /// Probability that a closed request has substance, `q`.
    pub substance: f32,
    /// Probability that a request left open is abandoned.
    pub abandonment: f32,
    /// Performance of the cell, `P = rho q`.
    pub performance: f32,
    /// What closing letters add to the reference of expectation, `zeta (rho - P)`.
    pub spillover: f32,
    /// Trust lost because of an incident this month.
    pub trust_loss: f32,
    /// Probability that a trusting offline citizen goes online, before the factor of trust.
    pub online: f32,
    /// Lowest literacy that can go online, on the scale of the column.
    pub excluded: u32,
}

/// How the cell served its requests this month, and what citizens remember of it.
#[derive(Component, Debug, Clone, Copy, PartialEq, Default)]
pub struct Service {
    /// Share of open requests closed, `rho`.
    pub nominal: f64,
    /// Share of these with substance, `q`.
    pub substance: f64,
    /// Moving average of `rho` that citizens go by, `rhohat`.
    pub remembered: f64,
    /// Share of citizens who remember having been helped, `H`.
    pub helped: f64,
    /// Requests expected to be open this month: carried over and raised, `Bbar`.
    pub load: f64,
}

/// Rayon may spread the blocks of one world over threads: set when there are fewer runs than threads.
#[derive(Resource, Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread(pub bool);
