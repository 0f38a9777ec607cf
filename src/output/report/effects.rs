//! `effects.csv`, read again: what every policy changes, where and when.

use std::path::Path;

use serde::Serialize;

use super::fault::Fault;
use super::sheet::{Column, Sheet};
use super::study::Study;
use crate::experiment::runs::digest::YEAR;
use crate::model::outcome::OUTCOMES;

const FILE: &str = "effects.csv";

/// The period by which policies are judged.
pub const JUDGED: &str = "last_12_months";
/// The scope by which policies are judged.
const NATION: [&str; 2] = ["nation", "nation"];

/// An outcome as the file describes it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measured {
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// `up`, `down` or `neutral`.
    pub direction: String,
    /// Whether it is among those that are shown first.
    pub main: bool,
    /// Least effect worth stating, in its unit; 0 where none was thought of.
    pub least: f64,
}

/// Least effect worth stating on an outcome from 0 to 1: a tenth of a percentage point. An
/// assumption: no office that decides acts on less, and costs are not known so finely.
pub const LEAST: f64 = 0.001;

/// One row of the file, without the texts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    /// Pairs behind it.
    pub pairs: u32,
    /// Mean under the baseline.
    pub baseline: f64,
    /// Mean under the policy.
    pub policy: f64,
    /// Mean of policy less baseline.
    pub difference: f64,
    /// Lower end of the 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Share of pairs in which the policy is better.
    pub better: f64,
    /// Correlation over pairs.
    pub correlation: f64,
    /// What pairing gained.
    pub variance_reduction: f64,
}

/// Whether a difference is too small to be worth stating: its whole interval lies within `least` of
/// nothing.
pub fn is_little([low, high]: [f64; 2], least: f64) -> bool {
    low > -least && high < least
}

/// Everything that the file says of the main outcomes, and of all outcomes the verdict.
#[derive(Debug, Clone, PartialEq)]
pub struct Effects {
    /// Outcomes in the order of the file.
    pub outcomes: Vec<Measured>,
    /// Kind and name of every scope in the order of the file.
    pub scopes: Vec<[String; 2]>,
    /// Periods: years in order, then [`JUDGED`].
    pub periods: Vec<String>,
    cells: Vec<Option<Cell>>,
}

struct Row {
    key: [usize; 4],
    cell: Cell,
}

impl Effects {
    /// Reads the file of `folder` and makes sure that nothing is missing.
    pub fn read(folder: &Path, study: &Study) -> Result<Self, Fault> {
        let mut effects = Self {
            outcomes: Vec::new(),
            scopes: Vec::new(),
            periods: Vec::new(),
            cells: Vec::new(),
        };
        let (rows, found) = effects.rows(folder, study)?;
        let order = effects.sort_periods();
        effects.cells = vec![None; study.policies().len() * effects.cells_of_a_policy()];
        for Row { key, cell } in rows {
            let [policy, outcome, scope, period] = key;
            let at = effects.position(policy, outcome, scope, order[period]);
            effects.cells[at] = Some(cell);
        }
        effects.check(study)?;
        let expected = effects.cells.len();
        if found == expected {
            return Ok(effects);
        }
        let what = format!(
            "column `policy`: there are {found} rows instead of {expected} (policies x outcomes x scopes x periods)"
        );
        Err(Fault::damaged(FILE, what))
    }

    /// The row of a policy (counted without the baseline), outcome, scope and period.
    pub fn cell(&self, policy: usize, outcome: usize, scope: usize, period: usize) -> Option<Cell> {
        self.cells[self.position(policy, outcome, scope, period)]
    }

    /// The verdict on a policy for an outcome: the nation, over the period that counts.
    pub fn judged(&self, policy: usize, outcome: usize) -> Option<Cell> {
        self.cell(policy, outcome, 0, self.periods.len() - 1)
    }

    /// Outcomes that are shown first.
    pub fn main(&self) -> impl Iterator<Item = (usize, &Measured)> {
        let all = self.outcomes.iter().enumerate();
        all.filter(|(_, outcome)| outcome.main)
    }

    fn cells_of_a_policy(&self) -> usize {
        self.outcomes.len() * self.scopes.len() * self.periods.len()
    }

    fn position(&self, policy: usize, outcome: usize, scope: usize, period: usize) -> usize {
        let row = (policy * self.outcomes.len() + outcome) * self.scopes.len() + scope;
        row * self.periods.len() + period
    }

    /// Rows that are kept, and how many there are.
    fn rows(&mut self, folder: &Path, study: &Study) -> Result<(Vec<Row>, usize), Fault> {
        let mut sheet = Sheet::open(folder, FILE)?;
        let names = sheet.columns(["policy", "outcome", "scope_kind", "scope", "period"])?;
        let [policy, outcome, kind, scope, period] = names;
        let [unit, direction] = sheet.columns(["unit", "direction"])?;
        let numbers = Numbers::of(&sheet)?;
        let (mut rows, mut found) = (Vec::new(), 0);
        while sheet.advance()? {
            found += 1;
            let known = study.compared(&sheet, policy)?;
            if !["up", "down", "neutral"].contains(&sheet.text(direction)) {
                return Err(sheet.wrong(direction, "`up`, `down` or `neutral`"));
            }
            let place = [sheet.text(kind), sheet.text(scope)];
            let outcome = self.outcome(sheet.text(outcome), || {
                [sheet.text(unit).into(), sheet.text(direction).into()]
            });
            let key = [
                known,
                outcome,
                place_of(
                    &mut self.scopes,
                    |of| *of == place,
                    || place.map(String::from),
                ),
                {
                    let name = sheet.text(period);
                    let name = name.strip_prefix("year_").unwrap_or(name);
                    let name = name.strip_prefix(YEAR).unwrap_or(name);
                    place_of(&mut self.periods, |of| of == name, || name.to_owned())
                },
            ];
            let judged = place == NATION && sheet.text(period) == JUDGED;
            if judged || self.outcomes[outcome].main {
                let cell = numbers.cell(&sheet)?;
                rows.push(Row { key, cell });
            }
        }
        Ok((rows, found))
    }

    fn outcome(&mut self, name: &str, describe: impl Fn() -> [String; 2]) -> usize {
        let make = || {
            let [unit, direction] = describe();
            let main = OUTCOMES.iter().any(|of| of.main && of.name == name);
            // Main outcomes lie between 0 and 1, as a test sees to.
            let least = if main { LEAST } else { 0.0 };
            Measured {
                name: name.into(),
                unit,
                direction,
                main,
                least,
            }
        };
        place_of(&mut self.outcomes, |of| of.name == name, make)
    }

    /// Brings the periods into the order of time; returns where each was moved to.
    fn sort_periods(&mut self) -> Vec<usize> {
        let before = self.periods.clone();
        // Years begin with a digit, so the verdict comes last.
        self.periods.sort();
        let moved = |name: &String| self.periods.iter().position(|of| of == name);
        before.iter().filter_map(moved).collect()
    }

    fn check(&self, study: &Study) -> Result<(), Fault> {
        let missing = |what: String| Err(Fault::damaged(FILE, format!("{what} is missing")));
        if self.scopes.first().is_none_or(|first| *first != NATION) {
            return missing("column `scope`: the row of the nation".into());
        }
        if self.periods.last().is_none_or(|last| last != JUDGED) {
            return missing(format!("column `period`: `{JUDGED}`"));
        }
        let provinces = &study.scenario.geography.provinces;
        for province in provinces.iter().filter(|_| !study.sweeps()) {
            let there = |scope: &[String; 2]| scope[0] == "province" && scope[1] == province.name;
            if !self.scopes.iter().any(there) {
                return missing(format!("column `scope`: province `{}`", province.name));
            }
        }
        if self.main().next().is_none() {
            return missing("column `outcome`: every main outcome".into());
        }
        self.check_cells(study)
    }

    fn check_cells(&self, study: &Study) -> Result<(), Fault> {
        for (p, policy) in study.policies().into_iter().enumerate() {
            for (o, outcome) in self.outcomes.iter().enumerate() {
                let complete = if outcome.main {
                    (0..self.scopes.len()).all(|scope| {
                        (0..self.periods.len()).all(|t| self.cell(p, o, scope, t).is_some())
                    })
                } else {
                    self.judged(p, o).is_some()
                };
                if !complete {
                    let what = format!(
                        "column `policy`: a row of `{policy}` for `{}` is missing",
                        outcome.name
                    );
                    return Err(Fault::damaged(FILE, what));
                }
            }
        }
        Ok(())
    }
}

/// Position of the entry that `is` meant, added by `make` where it is new.
fn place_of<T>(list: &mut Vec<T>, is: impl Fn(&T) -> bool, make: impl FnOnce() -> T) -> usize {
    list.iter().position(is).unwrap_or_else(|| {
        list.push(make());
        list.len() - 1
    })
}

struct Numbers {
    pairs: Column,
    levels: [Column; 2],
    difference: [Column; 3],
    better: Column,
    pairing: [Column; 2],
}

impl Numbers {
    fn of(sheet: &Sheet) -> Result<Self, Fault> {
        Ok(Self {
            pairs: sheet.column("n_pairs")?,
            levels: sheet.columns(["baseline_mean", "policy_mean"])?,
            difference: sheet.columns(["mean_difference", "ci_low", "ci_high"])?,
            better: sheet.column("p_better")?,
            pairing: sheet.columns(["correlation", "variance_reduction"])?,
        })
    }

    fn cell(&self, sheet: &Sheet) -> Result<Cell, Fault> {
        let pairs = sheet.count(self.pairs)?;
        // One pair has a difference, two have an interval.
        let [difference, ends @ ..] = self.difference;
        let needed = [(1, difference), (1, self.levels[0]), (1, self.levels[1])];
        for (least, column) in needed.into_iter().chain(ends.map(|end| (2, end))) {
            if pairs >= least {
                sheet.needed(column)?;
            }
        }
        let [difference, low, high] = sheet.interval(self.difference)?;
        Ok(Cell {
            pairs,
            baseline: sheet.number(self.levels[0])?,
            policy: sheet.number(self.levels[1])?,
            difference,
            low,
            high,
            better: sheet.share(self.better)?,
            correlation: sheet.number(self.pairing[0])?,
            variance_reduction: sheet.number(self.pairing[1])?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn main_outcomes_lie_between_0_and_1() {
        for outcome in OUTCOMES.iter().filter(|outcome| outcome.main) {
            let unit = outcome.unit;
            assert!(unit.starts_with("share of ") || unit == "0 to 1", "{unit}");
        }
    }
}
