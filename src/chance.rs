//! Chance: a draw is a pure function of (seed, world, replication, process, month, agent).
//!
//! No generator is advanced from agent to agent, so neither the number of threads, nor the order
//! of agents, nor an extra outcome, nor an intervention elsewhere changes any other draw: the same
//! citizen meets the same luck under every policy, and a difference is the policy's doing.
//!
//! One ChaCha8 key belongs to each (seed, world, replication), and from it one to each region. A
//! [`Draw`] names streams of words under it, in one of two ways:
//!
//! - the few (governments, ties) have a *life* each: a place in one stream that hangs on the
//!   agent's [`Identity`], and there a word a month. The words made in one go serve 64 months.
//! - the many (citizens, enterprises, social organisations) have a *month* each: a stream under
//!   the key of their region, in which they are numbered. The words made in one go serve 64 agents.
//!
//! So luck hangs on who an agent is, and not on its place in a file or on who else is there.
//!
//! The crate `chacha20` makes the words, as it makes four blocks at a time in wide registers; a test
//! holds that they are the words of `rand_chacha`.
//!
//! Architecture invariant: nothing here knows what a draw is for, but for the table of [`draws`].

pub mod almanac;
pub mod draws;
mod identity;
mod month;

pub use identity::Identity;
pub use month::Month;

use chacha20::ChaCha8Rng;
use rand::{Rng as _, RngExt as _, SeedableRng as _};

/// A named kind of draw: the process that makes it and its number within the process.
///
/// All of them stand in the table of [`draws`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draw {
    process: u16,
    number: u16,
}

impl Draw {
    /// The draw `number` of `process`.
    pub const fn new(process: u16, number: u16) -> Self {
        Self { process, number }
    }

    /// The name of its stream in `month`.
    fn stream_in(self, month: u32) -> u64 {
        u64::from(self.process) << 48 | u64::from(self.number) << 32 | u64::from(month)
    }

    /// The draw `number` of the same process.
    pub const fn numbered(self, number: u16) -> Self {
        Self { number, ..self }
    }
}

/// Words that the generator makes in one go; slots of large groups start on a multiple of it.
pub const WORDS: usize = 64;

/// Words of a block of the generator; the many of a cell begin on a multiple of it.
pub const BLOCK_WORDS: u64 = 16;

/// The luck of one replication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chance {
    key: [u8; 32],
}

/// Stands for a month where a stream holds all months.
const LIVES: u32 = u32::MAX;

/// Months that a life has room for, as a power of 2.
const LIFE_BITS: u32 = 16;

impl Chance {
    /// The luck of replication `replication` of the study with this `seed`.
    pub fn new(seed: u64, replication: u64) -> Self {
        let mut key = *b"cogov draws, key of a replicatio";
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8..16].copy_from_slice(&replication.to_le_bytes());
        Self { key }
    }

    /// The same in the plausible world that is called `world`; 0 is the only one where there are no
    /// others.
    pub fn in_world(self, world: u64) -> Self {
        self.mixed(16, world)
    }

    /// The luck of those who live in the region `home`.
    pub fn among(&self, home: Identity) -> Self {
        self.clone().mixed(24, home.number())
    }

    fn mixed(mut self, first: usize, number: u64) -> Self {
        let bytes = self.key[first..first + 8].iter_mut();
        bytes
            .zip(number.to_le_bytes())
            .for_each(|(byte, other)| *byte ^= other);
        self
    }

    /// The words of `draw` in `month`, from the agent at `slot` on.
    #[inline]
    pub fn words(&self, draw: Draw, month: u32, slot: u64) -> Stream {
        let mut words = self.stream(draw, month);
        words.seek(slot);
        words
    }

    /// The words of `draw` in all months, agent by agent: see [`Stream::seek_life`].
    pub fn lives(&self, draw: Draw) -> Stream {
        self.stream(draw, LIVES)
    }

    /// The words of `draw` in the life of `who`, from `month` on.
    pub fn life(&self, draw: Draw, month: u32, who: Identity) -> Stream {
        let mut words = self.lives(draw);
        words.seek_life(who, month);
        words
    }

    /// One uniform number in [0, 1) for the agent at `slot`.
    pub fn uniform(&self, draw: Draw, month: u32, slot: u64) -> f64 {
        self.words(draw, month, slot).uniform()
    }

    /// One uniform number in [0, 1) for the agent or tie `who`.
    pub fn uniform_of(&self, draw: Draw, month: u32, who: Identity) -> f64 {
        self.life(draw, month, who).uniform()
    }

    fn stream(&self, draw: Draw, month: u32) -> Stream {
        let mut generator = ChaCha8Rng::from_seed(self.key);
        generator.set_stream(draw.stream_in(month));
        Stream { generator }
    }
}

/// Consecutive words of one stream.
#[derive(Debug)]
pub struct Stream {
    generator: ChaCha8Rng,
}

impl Stream {
    /// Goes to the agent at `slot`.
    pub fn seek(&mut self, slot: u64) {
        self.generator.set_word_pos(u128::from(slot));
    }

    /// Goes to `month` in the life of `who`.
    pub fn seek_life(&mut self, who: Identity, month: u32) {
        let first = who.life() << LIFE_BITS;
        self.generator.set_word_pos(first + u128::from(month));
    }

    /// The next number, uniform in [0, 1), with 24 bits.
    pub fn uniform(&mut self) -> f64 {
        f64::from(unit(self.generator.next_u32()))
    }

    /// The next number, uniform in (0, 1): its logarithm is finite.
    pub fn open_uniform(&mut self) -> f64 {
        (f64::from(self.generator.next_u32()) + 0.5) / 4_294_967_296.0
    }

    /// A standard normal number from two words (Box and Muller 1958).
    pub fn normal(&mut self) -> f64 {
        let radius = libm::sqrt(-2.0 * libm::log(self.open_uniform()));
        radius * libm::cos(std::f64::consts::TAU * self.open_uniform())
    }

    /// A Gamma(`shape`, 1) number (Marsaglia and Tsang 2000); takes a varying number of words, so
    /// the slot must leave room behind it.
    pub fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            let boost = libm::pow(self.open_uniform(), 1.0 / shape);
            return boost * self.gamma(shape + 1.0);
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / libm::sqrt(9.0 * d);
        loop {
            let x = self.normal();
            let v = (1.0 + c * x) * (1.0 + c * x) * (1.0 + c * x);
            if v > 0.0
                && libm::log(self.open_uniform()) < 0.5 * x * x + d - d * v + d * libm::log(v)
            {
                return d * v;
            }
        }
    }

    /// Fills `column` with the next words, for many agents in a row.
    pub fn fill(&mut self, column: &mut [u32]) {
        self.generator.fill(column);
    }
}

/// A word as a number in [0, 1) with 24 bits, exact in single precision.
#[inline(always)]
pub fn unit(word: u32) -> f32 {
    (word >> 8) as f32 * (1.0 / 16_777_216.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAW: Draw = Draw::new(900, 3);

    #[test]
    fn a_draw_depends_on_its_address_alone() {
        let chance = Chance::new(7, 2);
        let mut column = [0; 200];
        chance.words(DRAW, 11, 128).fill(&mut column);
        for (i, word) in column.iter().enumerate() {
            let alone = chance.uniform(DRAW, 11, 128 + i as u64);
            assert_eq!(alone, f64::from(unit(*word)));
        }
    }

    #[test]
    fn words_are_those_of_the_reference() {
        use rand_chacha::rand_core::{RngCore as _, SeedableRng as _};
        for (seed, draw, month) in [
            (7, DRAW, 0),
            (0, Draw::new(0, 0), 149),
            (u64::MAX, Draw::new(1100, 65_535), LIVES),
        ] {
            let chance = Chance::new(seed, 2).in_world(5);
            for slot in [0, 1, 15, 16, 63, 64, 1003, 1 << 20, (1 << 36) - 7, u64::MAX] {
                let mut reference = rand_chacha::ChaCha8Rng::from_seed(chance.key);
                reference.set_stream(draw.stream_in(month));
                reference.set_word_pos(slot.into());
                let mut words = [0; 200];
                chance.words(draw, month, slot).fill(&mut words);
                assert_eq!(words, words.map(|_| reference.next_u32()), "from {slot} on");
            }
        }
    }

    #[test]
    fn every_part_of_the_address_matters() {
        let base = Chance::new(7, 2).uniform(DRAW, 11, 5);
        let others = [
            Chance::new(8, 2).uniform(DRAW, 11, 5),
            Chance::new(7, 3).uniform(DRAW, 11, 5),
            Chance::new(7, 2).uniform(Draw::new(901, 3), 11, 5),
            Chance::new(7, 2).uniform(Draw::new(900, 4), 11, 5),
            Chance::new(7, 2).uniform(DRAW, 12, 5),
            Chance::new(7, 2).uniform(DRAW, 11, 6),
            Chance::new(7, 2).in_world(1).uniform(DRAW, 11, 5),
            Chance::new(7, 2)
                .among(Identity::of("X-1"))
                .uniform(DRAW, 11, 5),
        ];
        assert!(others.iter().all(|other| *other != base));
    }

    #[test]
    fn a_column_is_the_same_in_any_pieces() {
        let chance = Chance::new(3, 1);
        let mut whole = [0; 1500];
        chance.words(DRAW, 2, 37).fill(&mut whole);
        for piece in [1, 15, 16, 100, 128, 256, 700] {
            let mut words = chance.words(DRAW, 2, 37);
            let mut column = [0; 1500];
            column.chunks_mut(piece).for_each(|part| words.fill(part));
            assert!(column == whole, "in pieces of {piece}");
        }
    }

    #[test]
    fn every_part_of_a_life_matters() {
        let (chance, who) = (Chance::new(7, 2), Identity::of("X-1 province 1"));
        let base = chance.uniform_of(DRAW, 11, who);
        assert_eq!(base, chance.clone().in_world(0).uniform_of(DRAW, 11, who));
        let mut life = chance.life(DRAW, 8, who);
        let later = [(); 4].map(|()| life.uniform());
        assert_eq!(later[3], base, "months follow each other");
        let others = [
            chance.uniform_of(Draw::new(900, 4), 11, who),
            chance.uniform_of(DRAW, 12, who),
            chance.uniform_of(DRAW, 11, Identity::of("X-2 province 1")),
            chance.uniform_of(DRAW, 11, who.tied_to(Identity::of("centre"))),
            chance.in_world(3).uniform_of(DRAW, 11, who),
        ];
        assert!(others.iter().all(|other| *other != base));
    }

    #[test]
    fn normal_and_gamma_have_their_moments() {
        let mut words = Chance::new(5, 0).words(DRAW, 0, 0);
        let n = 40_000;
        let normal: Vec<f64> = (0..n).map(|_| words.normal()).collect();
        let mean = normal.iter().sum::<f64>() / f64::from(n);
        let square = normal.iter().map(|x| x * x).sum::<f64>() / f64::from(n);
        assert!(mean.abs() < 0.02, "mean {mean}");
        assert!((square - 1.0).abs() < 0.03, "variance {square}");
        for shape in [0.3, 2.5] {
            let mean = (0..n).map(|_| words.gamma(shape)).sum::<f64>() / f64::from(n);
            assert!((mean - shape).abs() < 0.03, "gamma mean {mean} for {shape}");
        }
    }

    #[test]
    fn golden_words() {
        let mut words = Chance::new(1, 0).words(Draw::new(7, 0), 3, 64);
        let mut column = [0; 3];
        words.fill(&mut column);
        assert_eq!(column, GOLDEN, "published draws have changed");
    }

    /// Recorded once; a change breaks the comparability of every published result.
    const GOLDEN: [u32; 3] = [1_639_236_782, 2_110_745_018, 3_586_350_341];
}
