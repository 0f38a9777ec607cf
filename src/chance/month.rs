//! Draws of the many in one month.

use std::fmt;
use std::ops::Range;

use chacha20::cipher::array::Array;
use chacha20::cipher::{KeyIvInit as _, StreamCipherCore as _};
use chacha20::variants::Ietf;
use chacha20::{ChaChaCore, R8};
use zerocopy::IntoBytes as _;

use super::{BLOCK_WORDS, Chance, Draw, Identity, WORDS};

/// Words read ahead where neighbours will ask for theirs.
const AHEAD: u64 = 2048;

/// Draws of the many in one month, read ahead: those who live in a region one after the other share
/// what the generator makes in one go.
#[derive(Debug)]
pub struct Month<'a, const N: usize> {
    chance: &'a Chance,
    draws: [Draw; N],
    month: u32,
    home: Identity,
    blocks: [Blocks; N],
    read: Range<u64>,
    until: u64,
    columns: [Vec<[u32; WORDS]>; N],
}

impl<'a, const N: usize> Month<'a, N> {
    /// The words of `draws` in `month`.
    pub fn new(chance: &'a Chance, draws: [Draw; N], month: u32) -> Self {
        let home = Identity::default();
        Self {
            chance,
            draws,
            month,
            home,
            blocks: draws.map(|draw| Blocks::of(&chance.among(home), draw, month)),
            read: 0..0,
            until: 0,
            columns: [const { Vec::new() }; N],
        }
    }

    /// Turns to those who live in `home`, who will be asked for one after the other up to the slot
    /// `until`. Without it words are read for one at a time; they are the same.
    pub fn enter(&mut self, home: Identity, until: u64) {
        if self.home != home {
            let chance = self.chance.among(home);
            self.home = home;
            self.blocks = self.draws.map(|draw| Blocks::of(&chance, draw, self.month));
            self.read = 0..0;
        }
        self.until = until;
    }

    /// The words of those who live in `home` at `slots`, draw by draw.
    pub fn of(&mut self, home: Identity, slots: Range<u64>) -> [&[u32]; N] {
        if self.home != home {
            self.enter(home, slots.end);
        }
        if slots.start < self.read.start || slots.end > self.read.end {
            self.read(
                slots.start,
                slots.end.max(self.until.min(slots.start + AHEAD)),
            );
        }
        let [first, end] = [slots.start, slots.end].map(|slot| (slot - self.read.start) as usize);
        self.columns
            .each_ref()
            .map(|column| &column.as_flattened()[first..end])
    }

    /// Reads the words from the slot `first` up to `end`.
    fn read(&mut self, first: u64, end: u64) {
        let block = first / BLOCK_WORDS;
        let start = block * BLOCK_WORDS;
        let refills = (end - start).div_ceil(WORDS as u64);
        self.read = start..start + refills * WORDS as u64;
        for (blocks, column) in self.blocks.iter_mut().zip(&mut self.columns) {
            let refills = refills as usize;
            // never made shorter, or what comes back would be cleared first
            column.resize(column.len().max(refills), [0; WORDS]);
            blocks.fill(block, &mut column[..refills]);
        }
    }
}

/// A stream of words as the generator makes them: many blocks in one go, which are not copied.
///
/// They are asked for as the key stream of the cipher, whose blocks are those of the generator: so the
/// widest registers serve, sixteen blocks at a time with AVX-512.
struct Blocks(ChaChaCore<R8, Ietf>);

impl Blocks {
    /// The stream of `draw` in `month`.
    fn of(chance: &Chance, draw: Draw, month: u32) -> Self {
        // a counter of 32 bits and 96 bits of name are the same state as a counter of 64 bits, the
        // upper ones 0, and 64 bits of name
        let mut name = [0; 12];
        name[4..].copy_from_slice(&draw.stream_in(month).to_le_bytes());
        Self(ChaChaCore::new(&chance.key.into(), &name.into()))
    }

    /// Fills `column` from the block with this number on.
    fn fill(&mut self, block: u64, column: &mut [[u32; WORDS]]) {
        let block = u32::try_from(block).expect("a region has fewer than 2^36 agents");
        self.0.set_block_pos(block);
        let (blocks, _) = Array::slice_as_chunks_mut(column.as_mut_bytes());
        self.0.write_keystream_blocks(blocks);
        let words = column.as_flattened_mut().iter_mut();
        words.for_each(|word| *word = u32::from_le(*word));
    }
}

impl fmt::Debug for Blocks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Blocks")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::unit;

    #[test]
    fn words_read_ahead_are_those_of_each_agent_alone() {
        let (chance, draw) = (Chance::new(7, 2), Draw::new(900, 3));
        let mut month = Month::new(&chance, [draw], 11);
        for home in ["X-1", "X-2"].map(Identity::of) {
            for until in [0, 70, 5000] {
                month.enter(home, until);
                for slot in [66, 3, 4, 69, 1500, 66, 1 << 35] {
                    let [words] = month.of(home, slot..slot + 2);
                    let alone = |slot| chance.among(home).uniform(draw, 11, slot);
                    let both = [slot, slot + 1].map(alone);
                    assert_eq!([words[0], words[1]].map(|word| f64::from(unit(word))), both);
                }
            }
        }
    }
}
