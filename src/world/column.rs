//! A column of rows: one number of each agent, with room behind the last for what is done several
//! rows at a time.

use std::ops::{Deref, DerefMut, Range};

/// Rows that are done at once; a column holds room for whole lanes.
pub const LANES: usize = 8;

/// Rows of so many agents with the room that whole lanes take.
pub const fn whole_lanes(rows: usize) -> usize {
    rows.next_multiple_of(LANES)
}

/// One number of each agent. What stands behind the last row belongs to nobody and is not seen by
/// whoever reads the column as a slice.
#[derive(Debug, Clone, Default)]
pub struct AgentColumn<T> {
    with_room: Vec<T>,
    rows: usize,
}

impl<T: Copy> AgentColumn<T> {
    /// A column whose rows behind the last hold `nobody`.
    pub fn with_nobody(mut column: Vec<T>, nobody: T) -> Self {
        let rows = column.len();
        let room = whole_lanes(rows);
        column.reserve_exact(room - rows);
        column.resize(room, nobody);
        Self {
            with_room: column,
            rows,
        }
    }

    /// `rows` with those behind them that fill their last lanes.
    ///
    /// # Panics
    /// Where there are fewer.
    pub fn lanes(&self, rows: Range<usize>) -> &[T] {
        &self.with_room[rows.start..][..whole_lanes(rows.len())]
    }

    /// The same, to be changed.
    pub fn lanes_mut(&mut self, rows: Range<usize>) -> &mut [T] {
        &mut self.with_room[rows.start..][..whole_lanes(rows.len())]
    }
}

impl<T: Copy + Default> From<Vec<T>> for AgentColumn<T> {
    fn from(column: Vec<T>) -> Self {
        Self::with_nobody(column, T::default())
    }
}

impl<T: Copy + Default> FromIterator<T> for AgentColumn<T> {
    fn from_iter<I: IntoIterator<Item = T>>(rows: I) -> Self {
        Vec::from_iter(rows).into()
    }
}

impl<T> Deref for AgentColumn<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.with_room[..self.rows]
    }
}

impl<T> DerefMut for AgentColumn<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.with_room[..self.rows]
    }
}

impl<T: PartialEq> PartialEq for AgentColumn<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_whole_lanes_and_nobody_sees_it() {
        for rows in [0, 1, 7, 8, 9, 16, 20] {
            let mut column: AgentColumn<u16> = (1..=rows as u16).collect();
            assert_eq!(column.len(), rows);
            let room = rows.div_ceil(LANES) * LANES;
            assert_eq!(column.lanes(0..rows).len(), room);
            assert!(column.lanes(0..rows)[rows..].iter().all(|row| *row == 0));
            let same = column.clone();
            column.lanes_mut(0..rows)[rows..].fill(9);
            assert!(column == same, "what belongs to nobody counts for nothing");
        }
        let column: AgentColumn<u16> = (0..20).collect();
        assert_eq!(column.lanes(16..20)[..5], [16, 17, 18, 19, 0]);
    }
}
