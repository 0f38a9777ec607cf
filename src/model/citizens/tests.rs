//! Neither chunks, nor blocks, nor the width of registers change a bit.

use super::*;
use crate::chance::{Draw, Identity};
use crate::model::defaults;
use crate::world::community::Service;

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
    assert!(lived(104, block(0, 1999)) == expected);
    assert!(lived(2048, block(0, 1999)) == expected);
}

#[test]
fn the_size_of_a_block_changes_no_bit() {
    let whole = lived(CHUNK, block(0, 2000));
    for size in [7, 16, 208, 512, 1024] {
        let mut joined = block(0, 0);
        for first in (0..2000).step_by(size) {
            let part = lived(CHUNK, block(first, size.min(2000 - first)));
            joined.trust = [&*joined.trust, &*part.trust].concat().into();
            joined.expectation = [&*joined.expectation, &*part.expectation].concat().into();
            joined.literacy = [&*joined.literacy, &*part.literacy].concat().into();
            joined.situation = [&*joined.situation, &*part.situation].concat().into();
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

const NONE: &str = "none";
const SUBSTANCE: &str = "substance";
const CLOSED: &str = "closed";
const OPEN: &str = "open";
const GIVEN_UP: &str = "given up";

/// Situation, luck, and what becomes of the request.
const CASES: [(u32, f32, &str); 18] = [
    (3, 0.2, SUBSTANCE),
    (3, 0.25, CLOSED),
    (3, 0.49, CLOSED),
    (3, 0.5, OPEN),
    (3, 0.874, OPEN),
    (3, 0.875, GIVEN_UP),
    (ONLINE | 63, 0.3, CLOSED),
    (0, 0.04, SUBSTANCE),
    (0, 0.08, CLOSED),
    (0, 0.15, OPEN),
    (0, 0.19, GIVEN_UP),
    (0, 0.2, NONE),
    (ONLINE, 0.19, CLOSED),
    (ONLINE, 0.4, NONE),
    (PUT_OFF, 0.45, GIVEN_UP),
    (PUT_OFF, 0.5, NONE),
    (ONLINE | PUT_OFF, 0.45, OPEN),
    (ONLINE | PUT_OFF, 0.625, NONE),
];

/// What becomes of a request by luck, with a chance of .5 to be closed, of .5 then with substance,
/// and of .25 to be given up where it is left open: substance below .25, closure below .5,
/// abandonment from .875 on.
#[test]
fn a_hand_calculated_request() {
    let terms = Conditions {
        raise: [0.2, 0.4],
        raise_again: [0.5, 0.625],
        closing: 0.5,
        substance: 0.5,
        abandonment: 0.25,
        ..TERMS
    };
    for (situation, luck, right) in CASES {
        let found = request(situation, &terms, luck);
        let raised = situation & WAITING == 0 && right != NONE;
        assert_eq!(found.raised, raised, "{situation} at {luck}");
        assert_eq!(
            found.substantive,
            right == SUBSTANCE,
            "{situation} at {luck}"
        );
        assert_eq!(
            found.closed,
            [SUBSTANCE, CLOSED].contains(&right),
            "{situation} at {luck}"
        );
        assert_eq!(found.left_open, right == OPEN, "{situation} at {luck}");
        assert_eq!(found.abandoned, right == GIVEN_UP, "{situation} at {luck}");
    }
}

/// A month of a citizen of trust .5 who expects .4 in a cell that performs at .3, whose letters promise .2
/// more.
fn month(situation: u32, case: f32, online: f32) -> Lived {
    let terms = Conditions {
        raise: [0.0; 2],
        spillover: 0.2,
        online: 0.5,
        ..TERMS
    };
    let citizen = Citizen {
        trust: 0.5,
        expectation: 0.4,
        literacy: 9_000,
        situation,
    };
    let met = Met::on(&terms, &weights());
    month_of(citizen, &met, CitizenLuck { case, online })
}

/// Satisfied to .54, where .6 is earned.
#[test]
fn a_hand_calculated_month_of_a_citizen() {
    let close = |found: f32, right: f32| assert!((found - right).abs() < 1e-6, "{found}");
    let Impressions {
        unsettled,
        without,
        substantive,
    } = Impressions::of(&weights(), TERMS.performance);
    let perceived = [unsettled, without, substantive].map(|of| of.performance);
    assert_eq!(perceived, [0.3, 0.15, 0.65]);
    let quiet = month(0, 0.5, 0.9);
    close(quiet.satisfaction, 0.54);
    close(quiet.citizen.trust, 0.5 + 0.1 * 0.07 - 0.02);
    close(quiet.citizen.expectation, 0.4 + 0.15 * 0.1);
    assert_eq!((quiet.citizen.situation, quiet.waited), (0, 0));
    // of 3 months: closed without substance, closed with it, left open, given up; satisfied to
    // `.6 + .4 (p - .3) + .6 (p - .4)`
    for (case, situation, waited, satisfaction) in [
        (0.4, PUT_OFF, 3, 0.39),
        (0.1, 0, 3, 0.89),
        (0.6, 4, 0, 0.54),
        (0.9, 0, 0, 0.39),
    ] {
        let lived = month(3, case, 0.9);
        assert_eq!((lived.citizen.situation, lived.waited), (situation, waited));
        close(lived.satisfaction, satisfaction);
    }
    // no request is remembered for longer than 62 months
    assert_eq!(month(ONLINE | 63, 0.6, 0.9).citizen.situation, ONLINE | 63);
    // trust of .487 and a pull of .5
    assert_eq!(month(0, 0.5, 0.243).citizen.situation, ONLINE);
    assert_eq!(month(0, 0.5, 0.244).citizen.situation, 0);
}

/// Cells take the sums of their own blocks, however many there are.
#[test]
fn a_cell_adds_up_its_own_blocks() {
    use crate::model::by_hand;
    let world = &mut by_hand::world();
    let terms = Conditions {
        excluded: 0,
        ..TERMS
    };
    (4..8).for_each(|id| by_hand::set(world, id, (terms, Service::default())));
    by_hand::run(world, 0, system);
    for (id, cell, citizens) in [(4, 0, 150), (5, 1, 150), (6, 2, 400), (7, 3, 100)] {
        let mut right = Tally::default();
        let mut blocks = world.query::<&Community>();
        let own = blocks.iter(world).filter(|block| block.cell == cell);
        own.for_each(|block| right += block.tally);
        let found: Tally = by_hand::get(world, id);
        assert_eq!(found, right);
        assert_eq!(found.free[0] + found.free[1] + found.pending, citizens);
    }
}
