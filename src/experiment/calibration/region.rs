//! The region that emulators do not rule out: its volume, and points from it.
//!
//! Points of Latin hypercubes over the whole ranges are put to the emulators of all waves; the share
//! that none rules out is the volume. Where too few are found for the next wave, random walks inside
//! the region that start from those found supply the rest (Metropolis et al. 1953).

use rayon::prelude::*;

use crate::chance::draws::calibration::{SEEDS, WALK};
use crate::chance::{Chance, Stream};
use crate::experiment::calibration::emulator::Emulator;
use crate::experiment::calibration::targets::{Targets, implausibility};
use crate::experiment::design::{UnitPoint, latin_hypercube};

/// Points of one Latin hypercube, and hypercubes that are looked at together.
const HYPERCUBE: u32 = 4096;
const TOGETHER: u32 = 64;
/// Hypercubes after which the search for points ends.
const MOST: u32 = 2048;
/// Steps between two points that a walk supplies, for each input.
const STEPS_PER_INPUT: usize = 20;
/// Walks that look for likely points side by side.
const WALKS: usize = 4;

/// Emulators of one wave with what else sets the model apart from what was seen.
#[derive(Debug, Clone)]
pub struct Wave {
    /// One for each target.
    pub emulators: Vec<Emulator>,
    /// Variance that chance adds, by target.
    pub chance: Vec<f64>,
}

/// What is not ruled out.
#[derive(Debug, Clone)]
pub struct Region {
    targets: Targets,
    variances: Vec<f64>,
    cutoff: f64,
    misses: u32,
    inputs: usize,
    /// Waves of emulators so far.
    pub waves: Vec<Wave>,
}

/// Points that were looked for.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// Candidates that were put to the emulators.
    pub candidates: u64,
    /// Of these, not ruled out.
    pub kept: u64,
    /// The points wanted, those found first; fewer only where nothing was found.
    pub points: Vec<UnitPoint>,
    /// How many of them a random walk supplied.
    pub walked: usize,
}

impl Region {
    /// The whole ranges of so many `inputs`.
    pub fn whole(targets: &Targets, inputs: usize, (cutoff, misses): (f64, u32)) -> Self {
        Self {
            variances: targets.variances(),
            targets: targets.clone(),
            cutoff,
            misses,
            inputs,
            waves: Vec::new(),
        }
    }

    /// Whether no wave rules out the point.
    pub fn holds(&self, unit: &[f64]) -> bool {
        self.waves.iter().all(|wave| {
            let mut missed = 0;
            let all = self.targets.all.iter().enumerate();
            all.into_iter().all(|(t, target)| {
                let variance = self.variances[t] + wave.chance[t] + wave.emulators[t].variance;
                let mean = wave.emulators[t].mean(unit);
                missed += u32::from(implausibility(mean, target.value, variance) >= self.cutoff);
                missed <= self.misses
            })
        })
    }

    /// Looks for `wanted` points of the region, evenly spread over it.
    pub fn search(&self, wanted: usize, seed: u64) -> Search {
        let mut search = Search::default();
        let (number, chance) = (self.waves.len() as u32, Chance::new(seed, 0));
        for first in (0..MOST).step_by(TOGETHER as usize) {
            let batch = |i: u32| {
                let seed = chance.words(SEEDS, number, u64::from(2 * i)).open_uniform();
                let points = latin_hypercube(HYPERCUBE, self.inputs, seed.to_bits());
                points
                    .into_iter()
                    .filter(|unit| self.holds(unit))
                    .collect::<Vec<UnitPoint>>()
            };
            let found: Vec<Vec<UnitPoint>> = (first..first + TOGETHER)
                .into_par_iter()
                .map(batch)
                .collect();
            search.candidates += u64::from(TOGETHER * HYPERCUBE);
            for unit in found.into_iter().flatten() {
                search.kept += 1;
                if search.points.len() < wanted {
                    search.points.push(unit);
                }
            }
            if search.points.len() >= wanted {
                break;
            }
        }
        self.supply(&mut search, wanted, &chance);
        search
    }

    /// Fills up with points that random walks from those found reach.
    fn supply(&self, search: &mut Search, wanted: usize, chance: &Chance) {
        let found = search.points.len();
        if found == 0 {
            return;
        }
        let inside = |unit: &[f64]| {
            if self.holds(unit) {
                0.0
            } else {
                f64::NEG_INFINITY
            }
        };
        search.walked = wanted.saturating_sub(found);
        for i in 0..search.walked {
            let mut luck = chance.words(WALK, self.waves.len() as u32, (i as u64) << 24);
            let start = search.points[i % found].clone();
            let steps = STEPS_PER_INPUT * self.inputs;
            search.points.push(walk(start, steps, &inside, &mut luck));
        }
    }

    /// `wanted` points of walks that visit points as often as they are dense, from `start`; the first
    /// tenth of each walk is left out.
    pub fn likely(
        &self,
        (start, density): (&UnitPoint, impl Fn(&[f64]) -> f64 + Sync),
        wanted: usize,
        (seed, round): (u64, u32),
    ) -> Vec<UnitPoint> {
        let steps = STEPS_PER_INPUT * self.inputs;
        let chain = |number: usize| {
            let place = (u64::from(round) * WALKS as u64 + number as u64) << 40;
            let mut luck = Chance::new(seed, 0).words(WALK, u32::MAX, place);
            let own = wanted / WALKS + usize::from(number < wanted % WALKS);
            let mut at = walk(start.clone(), steps * own.div_ceil(10), &density, &mut luck);
            let next = |_| {
                at = walk(at.clone(), steps, &density, &mut luck);
                at.clone()
            };
            (0..own).map(next).collect::<Vec<UnitPoint>>()
        };
        let walks: Vec<Vec<UnitPoint>> = (0..WALKS).into_par_iter().map(chain).collect();
        walks.concat()
    }
}

/// Where a walk of `steps` ends that changes one input at a time, and goes to a less dense place with
/// the ratio of densities as probability (Metropolis et al. 1953).
fn walk(
    mut at: UnitPoint,
    steps: usize,
    density: &dyn Fn(&[f64]) -> f64,
    luck: &mut Stream,
) -> UnitPoint {
    let mut here = density(&at);
    for _ in 0..steps {
        let input = ((luck.open_uniform() * at.len() as f64) as usize).min(at.len() - 1);
        let (before, u) = (at[input], luck.open_uniform());
        // half of the steps are short, half go anywhere on the range
        at[input] = match luck.open_uniform() < 0.5 {
            true => u,
            false => before + 0.2 * (u - 0.5),
        };
        let inside = (0.0..=1.0).contains(&at[input]);
        let there = if inside {
            density(&at)
        } else {
            f64::NEG_INFINITY
        };
        let goes = libm::log(luck.open_uniform()) < there - here;
        if goes {
            here = there;
        } else {
            at[input] = before;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::Draw;
    use crate::experiment::by_hand::calibration;
    use crate::numeric::BySize as _;
    use crate::world::by_hand::geography;

    #[test]
    fn a_walk_visits_places_as_often_as_they_are_dense() {
        let density = |u: &[f64]| libm::log(if u[0] < 0.25 { 3.0 } else { 1.0 });
        let mut luck = Chance::new(1, 0).words(Draw::new(971, 0), 0, 0);
        let (mut at, mut low) = (vec![0.5, 0.5], 0);
        for _ in 0..4000 {
            at = walk(at, 10, &density, &mut luck);
            low += u32::from(at[0] < 0.25);
        }
        // 3 x .25 against 1 x .75
        assert!((f64::from(low) / 4000.0 - 0.5).abs() < 0.04, "{low}");
    }

    /// A region of one input at which the mean of the first target is four times the input, where .5 was
    /// seen with a variance of .25; the second is met everywhere.
    fn region(chance: f64, misses: u32) -> Region {
        let targets = Targets::of(&calibration(), &geography());
        let points = latin_hypercube(30, 1, 1);
        let first: Vec<f64> = points.iter().map(|unit| 4.0 * unit[0]).collect();
        let mut region = Region::whole(&targets, 1, (3.0, misses));
        region.waves.push(Wave {
            emulators: vec![
                Emulator::fit(&points, &first),
                Emulator::fit(&points, &[2.0; 30]),
            ],
            chance: vec![chance, 0.0],
        });
        region
    }

    /// Three standard deviations of .5 reach to 2, of .75 to 2.75.
    #[test]
    fn a_point_is_held_up_to_the_cutoff() {
        let holds = |chance, misses| {
            let region = region(chance, misses);
            [0.0, 0.49, 0.51, 0.68, 0.69, 1.0].map(|u| region.holds(&[u]))
        };
        assert_eq!(holds(0.0, 0), [true, true, false, false, false, false]);
        assert_eq!(holds(0.3125, 0), [true, true, true, true, false, false]);
        assert_eq!(holds(0.0, 1), [true; 6]);
        assert!(
            Region::whole(&Targets::of(&calibration(), &geography()), 1, (3.0, 0)).holds(&[0.9])
        );
    }

    #[test]
    fn half_of_the_range_is_found_as_half_of_the_candidates() {
        let region = region(0.0, 0);
        let found = region.search(50, 7);
        assert_eq!(found.candidates, 64 * 4096);
        let share = found.kept as f64 / found.candidates as f64;
        assert!((share - 0.5).abs() < 0.001, "{share}");
        assert_eq!((found.points.len(), found.walked), (50, 0));
        assert!(found.points.iter().all(|unit| unit[0] < 0.5001));
        let other = region.search(50, 8);
        assert_ne!(found.points, other.points);
    }

    #[test]
    fn walks_supply_what_the_search_did_not_find() {
        let region = region(0.0, 0);
        let mut search = Search {
            points: vec![vec![0.1], vec![0.4]],
            ..Search::default()
        };
        region.supply(&mut search, 7, &Chance::new(3, 0));
        assert_eq!((search.points.len(), search.walked), (7, 5));
        assert!(search.points.iter().all(|unit| unit[0] < 0.5001));
        let mut all = search.points.concat();
        all.sort_by(f64::by_size);
        all.dedup();
        assert_eq!(all.len(), 7, "no walk ends where another does");
        let mut nothing = Search::default();
        region.supply(&mut nothing, 7, &Chance::new(3, 0));
        assert_eq!((nothing.points.len(), nothing.walked), (0, 0));
    }

    /// Half of the steps go anywhere, the other half a tenth of the range at most.
    #[test]
    fn half_of_the_steps_are_short() {
        let mut luck = Chance::new(2, 0).words(Draw::new(971, 1), 0, 0);
        let flat = |_: &[f64]| 0.0;
        let steps = (0..4000).map(|_| walk(vec![0.5], 1, &flat, &mut luck)[0] - 0.5);
        let steps: Vec<f64> = steps.collect();
        let within =
            |far: f64| steps.iter().filter(|step| step.abs() <= far).count() as f64 / 4000.0;
        assert!((within(0.1) - 0.6).abs() < 0.03, "{}", within(0.1));
        assert!((within(0.05) - 0.3).abs() < 0.03, "{}", within(0.05));
        assert!((within(0.3) - 0.8).abs() < 0.03 && within(1e-9) < 0.001);
    }

    /// A hill at .3: walks give as many points as are wanted, which lie round it.
    #[test]
    fn likely_points_are_as_many_as_are_wanted() {
        let hill = |u: &[f64]| -0.5 * (u[0] - 0.3) * (u[0] - 0.3) / 0.01;
        let region = region(0.0, 1);
        let start = vec![0.9];
        let of = |round| region.likely((&start, hill), 402, (5, round));
        let points = of(0).concat();
        assert_eq!(points.len(), 402);
        let (mean, sd) = (
            crate::numeric::mean(&points),
            crate::numeric::population_sd(&points),
        );
        assert!(
            (mean - 0.3).abs() < 0.03 && (sd - 0.1).abs() < 0.02,
            "{mean}, {sd}"
        );
        assert_ne!(of(1).concat(), points);
    }
}
