//! The intergovernmental network: who has a tie with whom, of which kind, from when.
//!
//! Built in a petgraph graph with names (for export and algorithms), then frozen into a compressed
//! sparse row matrix from sorted edges, which the month sweeps.

use std::collections::BTreeMap;
use std::ops::Range;

use bevy_ecs::prelude::Resource;
use petgraph::csr::Csr;
use petgraph::graph::{NodeIndex, UnGraph};

/// What binds two governments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TieKind {
    /// Superior and subordinate.
    Vertical,
    /// Provinces with a common border.
    Adjacent,
    /// Nearest siblings inside a province.
    Sibling,
    /// Members of an alliance.
    Alliance,
    /// Provinces paired for support.
    Pairing,
}

impl TieKind {
    /// All kinds; where two coincide, the first wins.
    pub const ALL: [Self; 5] = [
        Self::Vertical,
        Self::Adjacent,
        Self::Sibling,
        Self::Alliance,
        Self::Pairing,
    ];

    /// The kind's name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Vertical => "vertical",
            Self::Adjacent => "adjacent",
            Self::Sibling => "sibling",
            Self::Alliance => "alliance",
            Self::Pairing => "pairing",
        }
    }

    /// Whether ties of this kind were agreed upon rather than given.
    pub fn agreed(self) -> bool {
        matches!(self, Self::Alliance | Self::Pairing)
    }
}

/// A tie between two governments, the same from both ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tie {
    /// What binds them.
    pub kind: TieKind,
    /// First month in which it exists; 0 or below: from the start.
    pub since: i32,
}

impl Tie {
    /// Whether it exists in `month`.
    pub fn exists(self, month: u32) -> bool {
        self.since <= month as i32
    }
}

/// A directed tie of the frozen network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// Government that decides.
    pub from: u32,
    /// Its partner.
    pub to: u32,
    /// What binds them, and from when.
    pub tie: Tie,
    /// Position of the same tie seen from the partner.
    pub reverse: u32,
}

/// The frozen network: directed ties sorted by (from, to).
#[derive(Debug, Clone)]
pub struct Network {
    graph: UnGraph<u32, Tie>,
    first: Vec<usize>,
    edges: Vec<Edge>,
}

impl Network {
    /// Freezes the ties of `n` governments.
    ///
    /// Of ties between the same pair one is kept: of the first kind, from the earliest month.
    pub fn new(n: usize, ties: impl IntoIterator<Item = (u32, u32, Tie)>) -> Self {
        let mut chosen: BTreeMap<(u32, u32), Tie> = BTreeMap::new();
        for (a, b, tie) in ties.into_iter().filter(|(a, b, _)| a != b) {
            let best = chosen.entry((a.min(b), a.max(b))).or_insert(tie);
            best.kind = best.kind.min(tie.kind);
            best.since = best.since.min(tie.since);
        }
        let mut graph = UnGraph::with_capacity(n, chosen.len());
        for id in 0..n as u32 {
            graph.add_node(id);
        }
        for (&(a, b), &tie) in &chosen {
            graph.add_edge(NodeIndex::new(a as usize), NodeIndex::new(b as usize), tie);
        }
        let rows = sorted_rows(n, &chosen);
        let first = first_of_rows(&rows);
        let edges = directed_edges(&rows, &first);
        Self {
            graph,
            first,
            edges,
        }
    }

    /// The ties as a petgraph graph, one edge per pair.
    pub fn graph(&self) -> &UnGraph<u32, Tie> {
        &self.graph
    }

    /// All directed ties, sorted by (from, to).
    pub fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// Positions of the ties that leave each government, in the order of governments.
    pub fn by_government(&self) -> impl Iterator<Item = Range<usize>> {
        self.first.windows(2).map(|ends| ends[0]..ends[1])
    }

    /// Positions of the ties that leave `government` and exist in `month`.
    pub fn outgoing(&self, government: u32, month: u32) -> impl Iterator<Item = usize> {
        let government = government as usize;
        (self.first[government]..self.first[government + 1])
            .filter(move |tie| self.edges[*tie].tie.exists(month))
    }
}

fn sorted_rows(n: usize, chosen: &BTreeMap<(u32, u32), Tie>) -> Csr<(), Tie> {
    let both = |(&(a, b), &tie): (&(u32, u32), &Tie)| [(a, b, tie), (b, a, tie)];
    let mut directed: Vec<(u32, u32, Tie)> = chosen.iter().flat_map(both).collect();
    directed.sort_unstable_by_key(|&(from, to, _)| (from, to));
    let mut rows = Csr::from_sorted_edges(&directed).expect("edges are sorted and unique");
    while rows.node_count() < n {
        rows.add_node(());
    }
    rows
}

/// Where the row of each node begins among all edges, and where the last one ends.
fn first_of_rows(rows: &Csr<(), Tie>) -> Vec<usize> {
    let mut first = vec![0];
    for node in 0..rows.node_count() as u32 {
        first.push(first[node as usize] + rows.out_degree(node));
    }
    first
}

fn directed_edges(rows: &Csr<(), Tie>, first: &[usize]) -> Vec<Edge> {
    let position = |from: u32, to: u32| {
        let column = rows.neighbors_slice(from).binary_search(&to);
        (first[from as usize] + column.expect("every tie has two ends")) as u32
    };
    let row = |from: u32| {
        let columns = rows.neighbors_slice(from).iter();
        columns
            .zip(rows.edges_slice(from))
            .map(move |(&to, &tie)| Edge {
                from,
                to,
                tie,
                reverse: position(to, from),
            })
    };
    (0..rows.node_count() as u32).flat_map(row).collect()
}

/// State of every directed tie, in the order of [`Network::edges`].
#[derive(Resource, Debug, Clone, Default)]
pub struct Ties {
    /// Whether the government shares its data over the tie, `y`.
    pub shares: Vec<bool>,
    /// The same at the end of last month.
    pub shared_before: Vec<bool>,
    /// Belief that the partner shares, `tau`.
    pub belief: Vec<f64>,
    /// Active among existing ties of each government, outgoing and incoming, last month: `s`.
    pub activity: Vec<f64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tie(kind: TieKind, since: i32) -> Tie {
        Tie { kind, since }
    }

    #[test]
    fn the_first_kind_wins_and_both_ends_agree() {
        let network = Network::new(
            4,
            [
                (2, 1, tie(TieKind::Pairing, 50)),
                (1, 2, tie(TieKind::Adjacent, 0)),
                (0, 3, tie(TieKind::Alliance, 20)),
                (3, 0, tie(TieKind::Alliance, 10)),
                (1, 1, tie(TieKind::Sibling, 0)),
            ],
        );
        assert_eq!(network.edges().len(), 4);
        let rows: Vec<Range<usize>> = network.by_government().collect();
        assert_eq!(rows, [0..1, 1..2, 2..3, 3..4]);
        assert_eq!(network.edges()[1].tie, tie(TieKind::Adjacent, 0));
        assert_eq!(network.edges()[0].tie, tie(TieKind::Alliance, 10));
        for (i, edge) in network.edges().iter().enumerate() {
            let back = network.edges()[edge.reverse as usize];
            assert_eq!((back.from, back.to), (edge.to, edge.from));
            assert_eq!(back.reverse as usize, i);
            let leaves = network.outgoing(edge.from, 49).any(|tie| tie == i);
            assert_eq!(leaves, edge.tie.since <= 49);
        }
    }
}
