//! ChaCha with 8 rounds (Bernstein 2008), many blocks at a time.
//!
//! The rule is written for one block; a loop over blocks that do not depend on each other is what
//! the compiler turns into wide registers, one lane for each block. Only whole numbers are added,
//! mixed and turned, so every width gives the same words.

use multiversion::multiversion;

/// Words of a block.
pub const WORDS: usize = 16;

/// The address of a block: the name of its stream and its number there.
pub type Address = (u64, u64);

/// Blocks under one key: the constants and the key.
#[derive(Debug, Clone, Copy)]
pub struct Cipher([u32; 12]);

impl Cipher {
    /// Blocks under `key`.
    pub fn new(key: &[u8; 32]) -> Self {
        let mut start = [0; 12];
        start[..4].copy_from_slice(&[0x6170_7865, 0x3320_646e, 0x7962_2d32, 0x6b20_6574]);
        let (words, _) = key.as_chunks::<4>();
        for (place, word) in start[4..].iter_mut().zip(words) {
            *place = u32::from_le_bytes(*word);
        }
        Self(start)
    }

    /// The blocks at `addresses`.
    pub fn blocks<const L: usize>(&self, addresses: [Address; L]) -> Blocks<L> {
        let mut heads = [[0; L]; 4];
        for (lane, (name, number)) in addresses.into_iter().enumerate() {
            let words = [halves(number), halves(name)];
            for (head, word) in heads.iter_mut().zip(words.as_flattened()) {
                head[lane] = *word;
            }
        }
        let mut blocks = Blocks([[0; L]; WORDS]);
        each_block(&self.0, &heads, &mut blocks.0);
        blocks
    }
}

/// Several blocks: by word, then by block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocks<const L: usize>([[u32; L]; WORDS]);

impl<const L: usize> Blocks<L> {
    /// A word of one block.
    pub fn word(&self, block: usize, word: usize) -> u32 {
        self.0[word][block]
    }

    /// Puts the words of the blocks from `first` on into `column`, which has room for whole blocks.
    pub fn put(&self, first: usize, column: &mut [u32]) {
        let (blocks, _) = column.as_chunks_mut::<WORDS>();
        for (block, lane) in blocks.iter_mut().zip(first..) {
            *block = std::array::from_fn(|word| self.0[word][lane]);
        }
    }
}

/// Words 12 to 15 of each block, which alone differ between blocks before the rounds.
type Heads<const L: usize> = [[u32; L]; 4];

/// A loop over lanes, compiled for plain and for wide registers; the bits are the same.
#[multiversion(targets("x86_64+avx512f+avx512vl+avx2", "x86_64+avx2"))]
fn each_block<const L: usize>(start: &[u32; 12], heads: &Heads<L>, lanes: &mut [[u32; L]; WORDS]) {
    every_block(start, heads, lanes);
}

#[inline(always)]
fn every_block<const L: usize>(start: &[u32; 12], heads: &Heads<L>, lanes: &mut [[u32; L]; WORDS]) {
    for lane in 0..L {
        let block = block(start, std::array::from_fn(|word| heads[word][lane]));
        for word in 0..WORDS {
            lanes[word][lane] = block[word];
        }
    }
}

/// One block.
#[inline(always)]
fn block(start: &[u32; 12], head: [u32; 4]) -> [u32; WORDS] {
    let mut first = [0; WORDS];
    first[..12].copy_from_slice(start);
    first[12..].copy_from_slice(&head);
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
            let at = |block| (NAME, first + block as u64);
            let blocks = Cipher::new(&KEY).blocks::<16>(std::array::from_fn(at));
            let mut words = [0; 16 * WORDS];
            blocks.put(0, &mut words);
            assert_eq!(words, expected, "from block {first}");
            blocks.put(3, &mut words[..WORDS]);
            assert_eq!(words[..WORDS], expected[3 * WORDS..4 * WORDS]);
            assert_eq!(blocks.word(3, 5), words[5]);
        }
    }

    #[test]
    fn plain_and_wide_registers_give_the_same_words() {
        let start = Cipher::new(&KEY).0;
        let heads: Heads<16> = std::array::from_fn(|word| {
            std::array::from_fn(|lane| 0x9e37_79b9_u32.rotate_left((word * 7 + lane) as u32))
        });
        let (mut wide, mut plain) = ([[0; 16]; WORDS], [[0; 16]; WORDS]);
        each_block(&start, &heads, &mut wide);
        every_block(&start, &heads, &mut plain);
        assert_eq!(wide, plain);
        let alone = block(&start, heads.map(|word| word[3]));
        assert_eq!(plain.map(|word| word[3]), alone);
    }
}
