//! What comes in by a door, changed a little, makes nothing panic.

use proptest::prelude::*;

use crate::doors::DOORS;

/// A change of bytes: where, how many are cut out, what is put in.
type Edit = (prop::sample::Index, usize, Vec<u8>);

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let piece = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..4),
        prop::sample::select(vec![
            "-1",
            "0",
            "1e308",
            "9999999999999",
            "null",
            "[]",
            "\"\"",
            "\u{202e}",
            "=1+1",
            "0..1e308"
        ])
        .prop_map(|piece| piece.as_bytes().to_vec()),
    ];
    prop::collection::vec((any::<prop::sample::Index>(), 0..24_usize, piece), 1..5)
}

fn edited(bytes: &[u8], edits: &[Edit]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for (at, cut, piece) in edits {
        let at = at.index(bytes.len() + 1);
        let end = (at + cut).min(bytes.len());
        bytes.splice(at..end, piece.iter().copied());
    }
    bytes
}

#[test]
fn what_usually_comes_in_comes_in() {
    for door in &DOORS {
        let usual = (door.usual)();
        assert!(!usual.is_empty(), "{}", door.name);
        usual.iter().for_each(|bytes| (door.enter)(bytes));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_changed_a_little_is_taken_or_refused(
        door in 0..DOORS.len(), which in any::<prop::sample::Index>(), edits in edits(),
    ) {
        let usual = (DOORS[door].usual)();
        let bytes = edited(&usual[which.index(usual.len())], &edits);
        (DOORS[door].enter)(&bytes);
    }
}
