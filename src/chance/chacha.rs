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

/// The address of a block: the name of its stream and its number there.
pub type Address = (u64, u64);

/// Blocks under one key: the constants and the key.
#[derive(Debug, Clone, Copy)]
pub struct Cipher([u32; WORDS]);

impl Cipher {
    /// Blocks under `key`.
    pub fn new(key: &[u8; 32]) -> Self {
        let mut start = [0; WORDS];
        start[..4].copy_from_slice(&[0x6170_7865, 0x3320_646e, 0x7962_2d32, 0x6b20_6574]);
        let (words, _) = key.as_chunks::<4>();
        for (place, word) in start[4..].iter_mut().zip(words) {
            *place = u32::from_le_bytes(*word);
        }
        Self(start)
    }

    /// The blocks at `addresses`, as lanes.
    pub fn lanes<const L: usize>(&self, addresses: [Address; L]) -> Lanes<L> {
        let mut lanes = [[0; L]; WORDS];
        each_block(&self.0, &addresses, &mut lanes);
        lanes
    }

    /// The blocks at `addresses`, one after the other.
    pub fn blocks<const L: usize>(&self, addresses: [Address; L]) -> [[u32; WORDS]; L] {
        let lanes = self.lanes(addresses);
        std::array::from_fn(|lane| std::array::from_fn(|word| lanes[word][lane]))
    }
}

/// A loop over lanes, compiled for plain and for wide registers; the bits are the same.
#[multiversion(targets("x86_64+avx512f+avx512vl+avx2", "x86_64+avx2"))]
fn each_block<const L: usize>(start: &[u32; WORDS], at: &[Address; L], lanes: &mut Lanes<L>) {
    every_block(start, at, lanes);
}

#[inline(always)]
fn every_block<const L: usize>(start: &[u32; WORDS], at: &[Address; L], lanes: &mut Lanes<L>) {
    for lane in 0..L {
        let block = block(start, at[lane]);
        for word in 0..WORDS {
            lanes[word][lane] = block[word];
        }
    }
}

/// One block.
#[inline(always)]
fn block(start: &[u32; WORDS], (name, number): Address) -> [u32; WORDS] {
    let mut first = *start;
    [first[12], first[13]] = halves(number);
    [first[14], first[15]] = halves(name);
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
            let mut reference = ChaCha8Rng::from_seed(KEY);
            reference.set_stream(NAME);
            reference.set_word_pos(u128::from(first) * WORDS as u128);
            reference.fill(&mut expected);
            let blocks =
                Cipher::new(&KEY).blocks::<16>(std::array::from_fn(|i| (NAME, first + i as u64)));
            assert_eq!(blocks.as_flattened(), expected, "from block {first}");
        }
    }

    #[test]
    fn plain_and_wide_registers_give_the_same_words() {
        let start = Cipher::new(&KEY).0;
        let at: [Address; 16] = std::array::from_fn(|i| (NAME << i, (i as u64) << (3 * i)));
        let (mut wide, mut plain) = ([[0; 16]; WORDS], [[0; 16]; WORDS]);
        each_block(&start, &at, &mut wide);
        every_block(&start, &at, &mut plain);
        assert_eq!(wide, plain);
        assert_eq!(plain.map(|word| word[3]), block(&start, at[3]));
    }
}
