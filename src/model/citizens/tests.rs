//! Neither chunks, nor blocks, nor the width of registers change a bit.

use super::*;
use crate::chance::{Draw, Identity};
use crate::model::defaults;

const SLOT: u64 = 3 << 32;

/// Citizens in all sorts of situations.
fn block(first: usize, count: usize) -> Community {
    let column = |number| {
        let draw = Draw::new(900, number);
        (first..first + count).map(move |i| Chance::new(4, 0).uniform(draw, 0, i as u64))
    };
    Community {
        cell: 0,
        home: Identity::of("X-1"),
        first_slot: SLOT + first as u64,
        trust: column(0).map(|u| u as f32).collect(),
        expectation: column(1).map(|u| u as f32).collect(),
        literacy: column(2).map(|u| (u * 65_535.0) as u16).collect(),
        situation: column(3).map(|u| (u * u * 255.0) as u8).collect(),
        tally: Tally::default(),
    }
}

const TERMS: Conditions = Conditions {
    raise: [0.2, 0.3],
    raise_again: [0.5, 0.6],
    closing: 0.5,
    substance: 0.6,
    abandonment: 0.25,
    performance: 0.3,
    spillover: 0.1,
    trust_loss: 0.02,
    online: 0.2,
    excluded: 9_000,
};

fn weights() -> Weights {
    Weights::from(&defaults::<experience::Parameters>(experience::NAME))
}

/// `community` after three months, so many citizens at a time.
fn lived(together: usize, mut community: Community) -> Community {
    let luck = Chance::new(1, 2);
    for month in 0..3 {
        live_by(
            together,
            &mut community,
            &TERMS,
            &weights(),
            &mut draws(&luck, month),
        );
    }
    community
}

#[test]
fn the_size_of_a_chunk_changes_no_bit() {
    let expected = lived(CHUNK, block(0, 1999));
    let tally = &expected.tally;
    assert!(tally.closed > 0 && tally.abandoned > 0 && tally.raised > 0 && tally.online > 0);
    assert!(lived(128, block(0, 1999)) == expected);
    assert!(lived(100, block(0, 1999)) == expected);
    assert!(lived(2048, block(0, 1999)) == expected);
}

#[test]
fn the_size_of_a_block_changes_no_bit() {
    let whole = lived(CHUNK, block(0, 2000));
    for size in [7, 16, 208, 512, 1024] {
        let mut joined = block(0, 0);
        for first in (0..2000).step_by(size) {
            let part = lived(CHUNK, block(first, size.min(2000 - first)));
            joined.trust.extend(part.trust);
            joined.expectation.extend(part.expectation);
            joined.literacy.extend(part.literacy);
            joined.situation.extend(part.situation);
            joined.tally += part.tally;
        }
        assert!(joined == whole, "blocks of {size}");
    }
}

#[test]
fn plain_and_wide_registers_give_the_same_bits() {
    let (mut case, mut online) = ([0; 2048], [0; 2048]);
    let luck = Chance::new(1, 2).among(Identity::of("X-1"));
    luck.words(draws::demand::CASE, 0, SLOT).fill(&mut case);
    luck.words(draws::online::JOINS, 0, SLOT).fill(&mut online);
    let draws = [&case[..], &online[..]];
    for count in [1, 7, 16, 100, 2000] {
        let (mut wide, mut plain) = (block(0, count), block(0, count));
        let a = live_chunk(&mut wide, 0..count, &TERMS, &weights(), draws);
        let b = live_rows(&mut plain, 0..count, &TERMS, &weights(), draws);
        assert_eq!(a, b, "{count} citizens");
        assert!(wide == plain, "{count} citizens");
    }
}
