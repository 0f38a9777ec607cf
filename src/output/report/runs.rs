//! `runs.csv`, read again: what each policy did in every replication, or at every design point of a
//! sweep.
//!
//! Rows are read one by one. A comparison keeps counts and sums only; a sweep one number per design
//! point, policy and main outcome.

use std::path::Path;

use super::fault::Fault;
use super::sheet::{Column, Sheet};
use super::study::Study;
use super::tally::Tally;

const FILE: &str = "runs.csv";

/// What the runs say of the main outcomes.
#[derive(Debug, Clone, PartialEq)]
pub struct Runs {
    /// Counts over replications, or over design points.
    pub tally: Tally,
    /// Levels by design point, policy and outcome, flat; nothing in a comparison.
    pub points: Vec<f64>,
}

impl Runs {
    /// Reads `outcomes`, given with their direction (`down`: less is better), from the file of `folder`.
    pub fn read(folder: &Path, study: &Study, outcomes: &[(&str, &str)]) -> Result<Self, Fault> {
        let policies = study.scenario.policies.len();
        let signs = outcomes.iter().map(|(_, direction)| match *direction {
            "down" => -1.0,
            _ => 1.0,
        });
        let mut runs = Self {
            tally: Tally::of(policies, signs.collect()),
            points: Vec::new(),
        };
        let mut rows = Rows::open(folder, study, outcomes)?;
        let mut levels = Vec::with_capacity(policies * outcomes.len());
        while rows.advance(&mut levels)? {
            if levels.len() < policies * outcomes.len() {
                continue;
            }
            match study.sweeps() {
                true => runs.add_to_point(rows.point, &levels, rows.replications),
                false => runs.tally.add(&levels),
            }
            levels.clear();
        }
        for point in runs.points.chunks(policies * outcomes.len()) {
            runs.tally.add(point);
        }
        Ok(runs)
    }

    /// Adds a replication to the mean over replications of its design point.
    fn add_to_point(&mut self, point: usize, levels: &[f64], replications: usize) {
        let first = point * levels.len();
        self.points.resize(first + levels.len(), 0.0);
        for (mean, level) in self.points[first..].iter_mut().zip(levels) {
            *mean += level / replications as f64;
        }
    }

    /// Differences of `policy` from `other` at every design point.
    pub fn differences(&self, other: usize, policy: usize, outcome: usize) -> Vec<f64> {
        let row = |point: &[f64], policy| point[policy * self.tally.outcomes() + outcome];
        let points = self.points.chunks(self.tally.levels());
        points
            .map(|point| row(point, policy) - row(point, other))
            .collect()
    }

    /// Levels under `policy` at every design point.
    pub fn levels(&self, policy: usize, outcome: usize) -> Vec<f64> {
        let at = policy * self.tally.outcomes() + outcome;
        let points = self.points.chunks(self.tally.levels());
        points.map(|point| point[at]).collect()
    }
}

/// Rows of the file, which must stand in their order: by design point, replication and policy.
struct Rows<'a> {
    sheet: Sheet,
    study: &'a Study,
    names: [Column; 4],
    outcomes: Vec<Column>,
    found: usize,
    points: usize,
    replications: usize,
    point: usize,
}

impl<'a> Rows<'a> {
    fn open(folder: &Path, study: &'a Study, outcomes: &[(&str, &str)]) -> Result<Self, Fault> {
        let sheet = Sheet::open(folder, FILE)?;
        let sweep = study.manifest.sweep.as_ref();
        Ok(Self {
            names: sheet.columns(["run_id", "design_point", "replication", "policy"])?,
            outcomes: outcomes
                .iter()
                .map(|(name, _)| sheet.column(name))
                .collect::<Result<_, _>>()?,
            sheet,
            study,
            found: 0,
            points: sweep.map_or(1, |sweep| sweep.design_points() as usize),
            replications: study.manifest.replications as usize,
            point: 0,
        })
    }

    /// Adds the outcomes of the next row to `levels`; false after the last.
    fn advance(&mut self, levels: &mut Vec<f64>) -> Result<bool, Fault> {
        if !self.sheet.advance()? {
            return self.check_end();
        }
        let policies = self.study.scenario.policies.len();
        let group = self.found / policies;
        self.point = group / self.replications;
        let [run, point, replication, policy] = self.names;
        let expected = [self.found, self.point, group % self.replications];
        for (column, expected) in [run, point, replication].into_iter().zip(expected) {
            if self.sheet.count(column)? as usize != expected {
                let what = format!("{expected} in this row");
                return Err(self.sheet.wrong(column, &what));
            }
        }
        if self.study.policy(&self.sheet, policy)? != self.found % policies {
            return Err(self
                .sheet
                .wrong(policy, "the policies in the manifest's order"));
        }
        for column in &self.outcomes {
            levels.push(self.sheet.number(*column)?);
        }
        self.found += 1;
        Ok(true)
    }

    fn check_end(&self) -> Result<bool, Fault> {
        let policies = self.study.scenario.policies.len();
        let expected = self.points * self.replications * policies;
        if self.found == expected {
            return Ok(false);
        }
        let what = format!(
            "column `run_id`: there are {} rows instead of {expected} ({} design points x {} replications x {policies} policies)",
            self.found, self.points, self.replications
        );
        Err(Fault::damaged(FILE, what))
    }
}
