//! Limits in which the answer is known from elsewhere, beyond those that stand beside the rules.

use cogov::chance::{Chance, Draw};
use cogov::model::sharing::imitation::copy_probability;
use cogov::numeric::{mean, population_sd};
use rayon::prelude::*;

// --- V3: imitation on a square lattice ----------------------------------------------------------

/// Side of the lattice; its edges meet.
const SIDE: usize = 128;

/// The weak prisoner's dilemma (T = b, R = 1, S = P = 0) with four neighbours, where a random
/// player copies a random neighbour by the model's own rule (Szabó and Tőke 1998).
struct Lattice {
    cooperates: Vec<bool>,
    temptation: f64,
    noise: f64,
}

impl Lattice {
    fn neighbours(player: usize) -> [usize; 4] {
        let (row, column) = (player / SIDE, player % SIDE);
        let at = |row: usize, column: usize| row % SIDE * SIDE + column % SIDE;
        [
            at(row + 1, column),
            at(row + SIDE - 1, column),
            at(row, column + 1),
            at(row, column + SIDE - 1),
        ]
    }

    fn payoff(&self, player: usize) -> f64 {
        let helpers = Self::neighbours(player).into_iter();
        let helpers = helpers.filter(|other| self.cooperates[*other]).count() as f64;
        if self.cooperates[player] {
            helpers
        } else {
            helpers * self.temptation
        }
    }

    /// As many attempts to copy as there are players.
    fn sweep(&mut self, luck: &mut impl FnMut() -> f64) {
        let players = SIDE * SIDE;
        for _ in 0..players {
            let player = (luck() * players as f64) as usize;
            let model = Self::neighbours(player)[(luck() * 4.0) as usize];
            let u = luck();
            if self.cooperates[player] != self.cooperates[model] {
                let (here, there) = (self.payoff(player), self.payoff(model));
                if u < copy_probability(here, there, self.noise) {
                    self.cooperates[player] = self.cooperates[model];
                }
            }
        }
    }

    fn cooperation(&self) -> f64 {
        let cooperators = self.cooperates.iter().filter(|yes| **yes).count();
        cooperators as f64 / self.cooperates.len() as f64
    }
}

/// Mean cooperation after `settling` sweeps over as many again, on one lattice.
fn cooperation(temptation: f64, noise: f64, settling: u32, replication: u64) -> f64 {
    let mut words = Chance::new(17, replication).words(Draw::new(960, 0), 0, 0);
    let mut luck = move || words.uniform();
    let mut lattice = Lattice {
        cooperates: (0..SIDE * SIDE).map(|_| luck() < 0.5).collect(),
        temptation,
        noise,
    };
    let mut sum = 0.0;
    for sweep in 0..2 * settling {
        lattice.sweep(&mut luck);
        if lattice.cooperation() == 0.0 {
            return 0.0;
        }
        sum += if sweep < settling {
            0.0
        } else {
            lattice.cooperation()
        };
    }
    sum / f64::from(settling)
}

fn lattices(temptation: f64, noise: f64, settling: u32) -> Vec<f64> {
    let one = |replication| cooperation(temptation, noise, settling, replication);
    (0..6).into_par_iter().map(one).collect()
}

/// V3: with noise .4 cooperation takes the levels that are known, to their second digit and three
/// standard errors of six lattices.
#[test]
fn imitation_on_a_lattice_reaches_the_known_levels() {
    for (temptation, known) in [(1.00, 0.62), (1.02, 0.51), (1.06, 0.24)] {
        let found = lattices(temptation, 0.4, 1500);
        let error = population_sd(&found) / libm::sqrt(found.len() as f64 - 1.0);
        let off = (mean(&found) - known).abs();
        assert!(off < 0.005 + 3.0 * error, "b = {temptation}: {found:?}");
    }
    assert_eq!(lattices(1.08, 0.4, 4000), [0.0; 6]);
}

/// V3: with noise .1 cooperation survives at b = 1.03 and dies at 1.04.
#[test]
fn imitation_on_a_lattice_dies_where_it_is_known_to() {
    assert!(lattices(1.03, 0.1, 4000).iter().all(|alive| *alive > 0.0));
    assert_eq!(lattices(1.04, 0.1, 4000), [0.0; 6]);
}
