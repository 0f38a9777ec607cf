//! Numbers of many agents, month by month.
//!
//! An agent's words of consecutive months stand side by side, so the words that the generator makes
//! in one go serve an agent for 64 months, and a month of everybody is a row of a page.

use super::{Chance, Draw, Identity, WORDS, unit};

/// Uniform numbers of the same agents in the months of a page: what has been read once.
#[derive(Debug, Clone)]
pub struct Almanac {
    draw: Draw,
    page: Option<u32>,
    numbers: Vec<f32>,
}

/// Agents whose months are laid into rows together: a line of the cache each.
const TOGETHER: usize = 16;

impl Almanac {
    /// An almanac of `draw` with no page yet.
    pub fn new(draw: Draw) -> Self {
        Self {
            draw,
            page: None,
            numbers: Vec::new(),
        }
    }

    /// The draw that it holds.
    pub fn draw(&self) -> Draw {
        self.draw
    }

    /// Turns to the page of `month` for the agents `who`, always the same.
    pub fn turn(&mut self, chance: &Chance, who: &[Identity], month: u32) {
        let first = month - month % WORDS as u32;
        if self.page == Some(first) {
            return;
        }
        self.page = Some(first);
        self.numbers.resize(WORDS * who.len(), 0.0);
        let mut stream = chance.lives(self.draw);
        let mut lives = [[0; WORDS]; TOGETHER];
        for (group, agents) in who.chunks(TOGETHER).enumerate() {
            for (life, agent) in lives.iter_mut().zip(agents) {
                stream.seek_life(*agent, first);
                stream.fill(life);
            }
            for (month, row) in self.numbers.chunks_exact_mut(who.len()).enumerate() {
                let row = row[group * TOGETHER..].iter_mut().take(agents.len());
                row.zip(&lives)
                    .for_each(|(number, life)| *number = unit(life[month]));
            }
        }
    }

    /// Numbers of all agents in `month`, a month of the page that is open.
    pub fn row(&self, month: u32) -> &[f32] {
        let agents = self.numbers.len() / WORDS;
        let first = month as usize % WORDS * agents;
        &self.numbers[first..first + agents]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_holds_what_each_agent_draws_alone() {
        let chance = Chance::new(4, 1);
        let draw = Draw::new(900, 1);
        let name = |i| Identity::of(&format!("agent {i}"));
        let who: Vec<Identity> = (0..37).map(name).collect();
        let mut almanac = Almanac::new(draw);
        for month in [0, 5, 63, 64, 129, 1] {
            almanac.turn(&chance, &who, month);
            let alone = who.iter().map(|who| chance.uniform_of(draw, month, *who));
            assert!(
                almanac.row(month).iter().map(|u| f64::from(*u)).eq(alone),
                "month {month}"
            );
        }
    }
}
