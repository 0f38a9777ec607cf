//! Departments: every government is divided alike, and each department stands where a line crosses
//! a block.
//!
//! On the *block* (kuai) it is tied to every other department of its government, on the *line*
//! (tiao) to the same department of the government above. Ties are laid out block by block, then
//! line by line, so a place is worked out and not looked up.

use std::ops::Range;

use bevy_ecs::prelude::Resource;
use serde::{Deserialize, Serialize};

use crate::chance::{Chance, Draw, Identity, Month, unit};
use crate::world::start::Parameters;

/// Most departments that a government can have.
pub const MOST_DEPARTMENTS: usize = 16;

/// What a department is, the same in every government.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Department {
    /// Name.
    pub name: String,
    /// How strongly it answers to its ministry, relative to the strength of lines in general.
    pub line: f64,
}

/// A directed tie between two departments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DepartmentTie {
    /// Government of the department that decides.
    pub from: u32,
    /// Government of its partner; the same on a block.
    pub to: u32,
    /// The department that decides.
    pub department: u8,
    /// Its partner; on a line the same department of another government.
    pub partner: u8,
    /// Position of the same tie seen from the partner.
    pub reverse: u32,
}

impl DepartmentTie {
    /// Whether it stays inside a government.
    pub fn on_block(&self) -> bool {
        self.from == self.to
    }

    /// The government under which its luck stands: of a line the lower one, which has the higher
    /// number.
    pub fn home(&self) -> u32 {
        self.from.max(self.to)
    }

    /// Place of its luck among the ties of its home, which no other department moves.
    pub fn slot(&self) -> usize {
        let department = usize::from(self.department);
        if self.on_block() {
            return pairing(department, usize::from(self.partner));
        }
        LINES + 2 * department + usize::from(self.from < self.to)
    }
}

/// First place of the luck of lines, behind that of all blocks.
const LINES: usize = MOST_DEPARTMENTS * MOST_DEPARTMENTS;

/// One number for an ordered pair, below `n^2` where both are below `n` (Szudzik 2006).
fn pairing(a: usize, b: usize) -> usize {
    if a < b { b * b + a } else { a * a + a + b }
}

/// The departments of all governments and their ties.
#[derive(Debug, Clone, Default)]
pub struct Departments {
    kinds: Vec<Department>,
    ties: Vec<DepartmentTie>,
}

impl Departments {
    /// Divides each government into `kinds`; `superiors` is the government above each.
    pub fn new(kinds: &[Department], superiors: &[Option<u32>]) -> Self {
        let mut departments = Self {
            kinds: kinds.to_vec(),
            ties: Vec::new(),
        };
        for government in 0..superiors.len() as u32 {
            departments.add_block(government);
        }
        for (lower, superior) in superiors.iter().enumerate() {
            if let Some(superior) = superior {
                departments.add_lines(lower as u32, *superior);
            }
        }
        departments
    }

    /// What the departments are; empty where governments act as one.
    pub fn kinds(&self) -> &[Department] {
        &self.kinds
    }

    /// All directed ties: those of every block, then those of every line.
    pub fn ties(&self) -> &[DepartmentTie] {
        &self.ties
    }

    /// Positions of the ties inside `government`.
    pub fn block(&self, government: u32) -> Range<usize> {
        let count = self.kinds.len();
        let size = count * count.saturating_sub(1);
        let first = government as usize * size;
        first..first + size
    }

    /// The tie of department `peer` that is like the tie at `position`: on a line the one between
    /// the same governments, on a block the `other`th of its ties.
    pub fn like(&self, position: usize, peer: usize, other: usize) -> usize {
        let tie = &self.ties[position];
        if tie.on_block() {
            return self.block(tie.from).start + peer * (self.kinds.len() - 1) + other;
        }
        position + 2 * peer - 2 * usize::from(tie.department)
    }

    /// Uniform numbers of all ties in `month`, in their order; `identities` are those of the
    /// governments, under each of which its ties are numbered.
    pub fn luck(
        &self,
        chance: &Chance,
        identities: &[Identity],
        draw: Draw,
        month: u32,
    ) -> Vec<f64> {
        let mut months = Month::new(chance, [draw], month);
        let count = self.kinds.len();
        let together = |a: &DepartmentTie, b: &DepartmentTie| {
            (a.home(), a.on_block()) == (b.home(), b.on_block())
        };
        let mut numbers = Vec::with_capacity(self.ties.len());
        for ties in self.ties.chunk_by(together) {
            let (first, room) = match ties[0].on_block() {
                true => (0, count * count),
                false => (LINES, 2 * count),
            };
            let home = identities[ties[0].home() as usize];
            let [words] = months.of(home, first as u64..(first + room) as u64);
            let number = |tie: &DepartmentTie| f64::from(unit(words[tie.slot() - first]));
            numbers.extend(ties.iter().map(number));
        }
        numbers
    }

    /// Uniform number in `month` of one tie.
    pub fn luck_of(
        &self,
        tie: &DepartmentTie,
        chance: &Chance,
        identities: &[Identity],
        draw: Draw,
        month: u32,
    ) -> f64 {
        let home = identities[tie.home() as usize];
        chance.among(home).uniform(draw, month, tie.slot() as u64)
    }

    fn add_block(&mut self, government: u32) {
        let (count, first) = (self.kinds.len(), self.block(government).start);
        let position = |from, to| first + from * (count - 1) + to - usize::from(to > from);
        for department in 0..count {
            for partner in (0..count).filter(|partner| *partner != department) {
                self.ties.push(DepartmentTie {
                    from: government,
                    to: government,
                    department: department as u8,
                    partner: partner as u8,
                    reverse: position(partner, department) as u32,
                });
            }
        }
    }

    fn add_lines(&mut self, lower: u32, superior: u32) {
        for department in 0..self.kinds.len() as u8 {
            let first = self.ties.len() as u32;
            for (from, to, reverse) in [(lower, superior, first + 1), (superior, lower, first)] {
                self.ties.push(DepartmentTie {
                    from,
                    to,
                    department,
                    partner: department,
                    reverse,
                });
            }
        }
    }
}

/// State of every directed tie between departments, in the order of [`Departments::ties`].
#[derive(Resource, Debug, Clone, Default)]
pub struct DepartmentTies {
    /// Whether the department shares its data over the tie.
    pub shares: Vec<bool>,
    /// The same at the end of last month.
    pub shared_before: Vec<bool>,
    /// Belief that the partner shares.
    pub belief: Vec<f64>,
}

impl DepartmentTies {
    /// Nobody shares yet; on lines there is more belief.
    pub fn at_start(departments: &Departments, start: &Parameters) -> Self {
        let belief = |tie: &DepartmentTie| match tie.on_block() {
            true => start.belief,
            false => start.line_belief,
        };
        let ties = departments.ties();
        Self {
            shares: vec![false; ties.len()],
            shared_before: vec![false; ties.len()],
            belief: ties.iter().map(belief).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// A centre, two provinces below it, and a prefecture below the second.
    const SUPERIORS: [Option<u32>; 4] = [None, Some(0), Some(0), Some(2)];

    fn divided(count: usize) -> Departments {
        let kind = |i| Department {
            name: format!("{i}"),
            line: 1.0,
        };
        let kinds: Vec<Department> = (0..count).map(kind).collect();
        Departments::new(&kinds, &SUPERIORS)
    }

    #[test]
    fn every_tie_has_two_ends_and_stands_where_it_is_said_to() {
        for count in 0..=MOST_DEPARTMENTS {
            let departments = divided(count);
            let inside = 4 * count * count.saturating_sub(1);
            assert_eq!(departments.ties().len(), inside + 3 * 2 * count);
            for (i, tie) in departments.ties().iter().enumerate() {
                let back = departments.ties()[tie.reverse as usize];
                assert_eq!((back.from, back.to), (tie.to, tie.from));
                assert_eq!(
                    (back.department, back.partner),
                    (tie.partner, tie.department)
                );
                assert_eq!(back.reverse as usize, i);
                assert_eq!(tie.on_block(), i < inside);
                assert_eq!(departments.block(tie.from).contains(&i), tie.on_block());
                assert_eq!(tie.on_block(), tie.department != tie.partner);
            }
        }
    }

    #[test]
    fn a_tie_like_another_is_of_its_kind_and_of_the_peer() {
        let departments = divided(5);
        for (i, tie) in departments.ties().iter().enumerate() {
            for (peer, other) in [(0, 0), (4, 3), (2, 1)] {
                let like = departments.ties()[departments.like(i, peer, other)];
                assert_eq!((like.from, like.to), (tie.from, tie.to));
                assert_eq!(usize::from(like.department), peer);
            }
        }
    }

    /// Another department, or another government beside, moves nobody's luck.
    #[test]
    fn luck_is_addressed_by_who_is_tied_and_by_nothing_else() {
        let addressed = |departments: &Departments| -> Vec<_> {
            let who = |tie: &DepartmentTie| (tie.from, tie.to, tie.department, tie.partner);
            let ties = departments.ties().iter();
            ties.map(|tie| ((tie.home(), tie.slot()), who(tie)))
                .collect()
        };
        let all = addressed(&divided(MOST_DEPARTMENTS));
        let distinct: BTreeSet<(u32, usize)> = all.iter().map(|(address, _)| *address).collect();
        assert_eq!(distinct.len(), all.len(), "two ties share an address");
        for count in 1..MOST_DEPARTMENTS {
            assert!(
                addressed(&divided(count))
                    .iter()
                    .all(|one| all.contains(one))
            );
        }
    }
}
