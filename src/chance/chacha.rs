//! ChaCha with 8 rounds (Bernstein 2008), many blocks at a time.
//!
//! The rule is written for one block; a loop over blocks that do not depend on each other is what
//! the compiler turns into wide registers, one lane for each block. Only whole numbers are added,
//! mixed and turned, so every width gives the same words.

use multiversion::multiversion;

/// Words of a block.
pub const WORDS: usize = 16;

/// Words of several blocks, by word and then by block.
pub type Lanes<const L: usize> = [[u32; L]; WORDS];

/// A stream of blocks: the constants, the key and the name of the stream.
#[derive(Debug, Clone, Copy)]
pub struct Stream([u32; WORDS]);

impl Stream {
    /// The stream called `name` under `key`.
    pub fn new(key: &[u8; 32], name: u64) -> Self {
        let mut start = [0; WORDS];
        start[..4].copy_from_slice(&[0x6170_7865, 0x3320_646e, 0x7962_2d32, 0x6b20_6574]);
        let (words, _) = key.as_chunks::<4>();
        for (place, word) in start[4..].iter_mut().zip(words) {
            *place = u32::from_le_bytes(*word);
        }
        [start[14], start[15]] = halves(name);
        Self(start)
    }

    /// The blocks with these numbers.
    pub fn blocks<const L: usize>(&self, numbers: [u64; L]) -> Lanes<L> {
        let mut lanes = [[0; L]; WORDS];
        each_block(&self.0, &numbers, &mut lanes);
        lanes
    }

    /// The words of `L` blocks in a row from number `first` on; `column` has room for just these.
    pub fn row<const L: usize>(&self, first: u64, column: &mut [u32]) {
        let lanes = self.blocks::<L>(std::array::from_fn(|lane| first.wrapping_add(lane as u64)));
        let (blocks, _) = column.as_chunks_mut::<WORDS>();
        for (lane, block) in blocks.iter_mut().enumerate() {
            *block = std::array::from_fn(|word| lanes[word][lane]);
        }
    }
}

/// A loop over lanes, compiled for plain and for wide registers; the bits are the same.
#[multiversion(targets("x86_64+avx512f+avx512vl+avx2", "x86_64+avx2"))]
fn each_block<const L: usize>(start: &[u32; WORDS], numbers: &[u64; L], lanes: &mut Lanes<L>) {
    every_block(start, numbers, lanes);
}

#[inline(always)]
fn every_block<const L: usize>(start: &[u32; WORDS], numbers: &[u64; L], lanes: &mut Lanes<L>) {
    for lane in 0..L {
        let block = block(start, numbers[lane]);
        for word in 0..WORDS {
            lanes[word][lane] = block[word];
        }
    }
}

/// One block.
#[inline(always)]
fn block(start: &[u32; WORDS], number: u64) -> [u32; WORDS] {
    let mut first = *start;
    [first[12], first[13]] = halves(number);
    let mut s = first;
    // written out four times, so that the loop over lanes is the innermost one
    double_round(&mut s);
    double_round(&mut s);
    double_round(&mut s);
    double_round(&mut s);
    std::array::from_fn(|word| s[word].wrapping_add(first[word]))
}

#[inline(always)]
fn double_round(s: &mut [u32; WORDS]) {
    quarter_round(s, 0, 4, 8, 12);
    quarter_round(s, 1, 5, 9, 13);
    quarter_round(s, 2, 6, 10, 14);
    quarter_round(s, 3, 7, 11, 15);
    quarter_round(s, 0, 5, 10, 15);
    quarter_round(s, 1, 6, 11, 12);
    quarter_round(s, 2, 7, 8, 13);
    quarter_round(s, 3, 4, 9, 14);
}

#[inline(always)]
fn quarter_round(s: &mut [u32; WORDS], a: usize, b: usize, c: usize, d: usize) {
    s[a] = s[a].wrapping_add(s[b]);
    s[d] = (s[d] ^ s[a]).rotate_left(16);
    s[c] = s[c].wrapping_add(s[d]);
    s[b] = (s[b] ^ s[c]).rotate_left(12);
    s[a] = s[a].wrapping_add(s[b]);
    s[d] = (s[d] ^ s[a]).rotate_left(8);
    s[c] = s[c].wrapping_add(s[d]);
    s[b] = (s[b] ^ s[c]).rotate_left(7);
}

/// Low and high half.
#[inline(always)]
fn halves(number: u64) -> [u32; 2] {
    [number as u32, (number >> 32) as u32]
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt as _, SeedableRng as _};
    use rand_chacha::ChaCha8Rng;

    const KEY: [u8; 32] = *b"0123456789abcdefghijklmnopqrstuv";
    const NAME: u64 = 0x0102_0304_0506_0708;

    #[test]
    fn words_are_those_of_the_cipher() {
        for first in [0, 5, u64::from(u32::MAX) - 3, 1 << 40] {
            let mut expected = [0; 16 * WORDS];
            let mut cipher = ChaCha8Rng::from_seed(KEY);
            cipher.set_stream(NAME);
            cipher.set_word_pos(u128::from(first) * WORDS as u128);
            cipher.fill(&mut expected);
            let stream = Stream::new(&KEY, NAME);
            let (mut few, mut many) = ([0; 8 * WORDS], [0; 16 * WORDS]);
            stream.row::<8>(first, &mut few);
            stream.row::<16>(first, &mut many);
            assert_eq!(many, expected, "from block {first}");
            assert_eq!(few, expected[..8 * WORDS], "from block {first}");
        }
    }

    #[test]
    fn plain_and_wide_registers_give_the_same_words() {
        let start = Stream::new(&KEY, NAME).0;
        let numbers: [u64; 16] = std::array::from_fn(|i| (i as u64) << (3 * i));
        let (mut wide, mut plain) = ([[0; 16]; WORDS], [[0; 16]; WORDS]);
        each_block(&start, &numbers, &mut wide);
        every_block(&start, &numbers, &mut plain);
        assert_eq!(wide, plain);
        assert_eq!(plain.map(|word| word[3])[..], block(&start, numbers[3]));
    }
}
