//! Other networks than the one that was seen, to learn what hangs on who is tied to whom.
//!
//! Ties between superior and subordinate stay in all of them. Of the others, all ties of alliances
//! and pairings go, or every pair of provinces is tied from the start, or ends are exchanged at
//! random between ties of the same kind: every government keeps its number of ties of each kind
//! (Maslov and Sneppen 2002, with ten exchanges tried for each tie).

use std::collections::BTreeSet;

use crate::chance::Chance;
use crate::chance::draws::network::EXCHANGE;
use crate::world::alternative::alternative;
use crate::world::network::{Network, Tie, TieKind};

alternative! {
    /// Who is tied to whom.
    Wiring in "network.ties", "who is tied to whom";
    AsSeen = "as-seen", "borders, siblings, alliances and pairings as they were seen";
    WithoutAlliances = "without-alliances", "no alliances and no pairings";
    AllProvinces = "all-provinces", "every pair of provinces, from the start";
    SameDegrees = "same-degrees", "partners at random, as many of each kind as were seen";
}

/// Exchanges that are tried for each tie.
const TRIES: usize = 10;

/// Two governments and what binds them.
pub type Pair = (u32, u32, Tie);

/// The ties of `seen` as `wiring` has them, where `provinces` are the governments of provinces.
pub fn wired(seen: &Network, wiring: Wiring, provinces: &[u32], luck: &Chance) -> Vec<Pair> {
    let graph = seen.graph();
    let ends = |edge| graph.edge_endpoints(edge).expect("an edge of the graph");
    let pairs = graph.edge_indices().map(|edge| {
        let (a, b) = ends(edge);
        (graph[a], graph[b], graph[edge])
    });
    let pairs: Vec<Pair> = pairs.collect();
    match wiring {
        Wiring::AsSeen => pairs,
        Wiring::WithoutAlliances => {
            let given = |(.., tie): &Pair| !tie.kind.agreed();
            pairs.into_iter().filter(given).collect()
        }
        Wiring::AllProvinces => complete(pairs, provinces),
        Wiring::SameDegrees => exchanged(pairs, luck),
    }
}

/// Every pair of `provinces` tied from the start; those that were seen keep their kind.
fn complete(mut pairs: Vec<Pair>, provinces: &[u32]) -> Vec<Pair> {
    let always = |kind| Tie { kind, since: 0 };
    let mut tied = BTreeSet::new();
    for (a, b, tie) in &mut pairs {
        if provinces.contains(a) && provinces.contains(b) {
            tied.insert(((*a).min(*b), (*a).max(*b)));
            *tie = always(tie.kind);
        }
    }
    for (i, &a) in provinces.iter().enumerate() {
        for &b in &provinces[i + 1..] {
            if !tied.contains(&(a.min(b), a.max(b))) {
                pairs.push((a, b, always(TieKind::Adjacent)));
            }
        }
    }
    pairs
}

/// Ends exchanged at random between ties of the same kind, where that ties nobody twice.
fn exchanged(mut pairs: Vec<Pair>, luck: &Chance) -> Vec<Pair> {
    let ordered = |a: u32, b: u32| (a.min(b), a.max(b));
    let mut tied: BTreeSet<(u32, u32)> = pairs.iter().map(|(a, b, _)| ordered(*a, *b)).collect();
    let mut words = luck.words(EXCHANGE, 0, 0);
    for kind in TieKind::ALL {
        if kind == TieKind::Vertical {
            continue;
        }
        let of_kind = |i: &usize| pairs[*i].2.kind == kind;
        let places: Vec<usize> = (0..pairs.len()).filter(of_kind).collect();
        for _ in 0..TRIES * places.len() {
            let mut draw = |n: usize| ((words.uniform() * n as f64) as usize).min(n - 1);
            let (one, other) = (places[draw(places.len())], places[draw(places.len())]);
            let ((a, b, _), (mut c, mut d, _)) = (pairs[one], pairs[other]);
            if draw(2) == 1 {
                (c, d) = (d, c);
            }
            let fresh = [ordered(a, d), ordered(c, b)];
            let loop_or_twice = a == d || c == b || fresh[0] == fresh[1];
            if one == other || loop_or_twice || fresh.iter().any(|pair| tied.contains(pair)) {
                continue;
            }
            tied.remove(&ordered(a, b));
            tied.remove(&ordered(c, d));
            tied.extend(fresh);
            (pairs[one].0, pairs[one].1) = (a, d);
            (pairs[other].0, pairs[other].1) = (c, b);
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn tie(kind: TieKind, since: i32) -> Tie {
        Tie { kind, since }
    }

    /// A centre over twelve provinces in a ring, two of them allied.
    fn seen() -> Network {
        let above = (1..=12).map(|i| (0, i, tie(TieKind::Vertical, 0)));
        let ring = (1..=12).map(|i| (i, i % 12 + 1, tie(TieKind::Adjacent, 0)));
        let allied = [(1, 6, tie(TieKind::Alliance, 40))];
        Network::new(13, above.chain(ring).chain(allied))
    }

    fn rewired(wiring: Wiring, seed: u64) -> Vec<Pair> {
        let provinces: Vec<u32> = (1..=12).collect();
        wired(&seen(), wiring, &provinces, &Chance::new(seed, 0))
    }

    fn degrees(pairs: &[Pair]) -> BTreeMap<(u32, TieKind), u32> {
        let mut degrees = BTreeMap::new();
        for &(a, b, tie) in pairs {
            *degrees.entry((a, tie.kind)).or_default() += 1;
            *degrees.entry((b, tie.kind)).or_default() += 1;
        }
        degrees
    }

    #[test]
    fn exchanges_keep_everybodys_number_of_ties() {
        let [seen, mixed, again, other] = [
            (Wiring::AsSeen, 1),
            (Wiring::SameDegrees, 1),
            (Wiring::SameDegrees, 1),
            (Wiring::SameDegrees, 2),
        ]
        .map(|(wiring, seed)| rewired(wiring, seed));
        assert_eq!(degrees(&seen), degrees(&mixed));
        assert_eq!(mixed, again);
        assert_ne!(mixed, other);
        assert_ne!(seen, mixed);
        // nobody is tied twice or to itself
        assert_eq!(Network::new(13, mixed).edges().len(), 2 * seen.len());
    }

    /// Where everybody is tied to everybody there is nothing to exchange.
    #[test]
    fn a_complete_network_is_the_only_one_with_its_degrees() {
        let nodes: Vec<u32> = (0..6).collect();
        let all = complete(Vec::new(), &nodes);
        assert_eq!(all.len(), 15);
        assert_eq!(exchanged(all.clone(), &Chance::new(1, 0)), all);
    }

    #[test]
    fn all_provinces_are_tied_once_and_alliances_can_go() {
        let all = Network::new(13, rewired(Wiring::AllProvinces, 1));
        for province in 1..=12 {
            assert_eq!(all.outgoing(province, 0).count(), 12);
        }
        let allied = |pairs: &[Pair]| pairs.iter().filter(|(.., tie)| tie.kind.agreed()).count();
        assert_eq!(allied(&rewired(Wiring::AllProvinces, 1)), 1);
        assert_eq!(allied(&rewired(Wiring::WithoutAlliances, 1)), 0);
        assert_eq!(rewired(Wiring::WithoutAlliances, 1).len(), 24);
    }
}
