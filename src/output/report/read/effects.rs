//! `effects.csv`, read again: what every policy changes, where and when.

use std::path::Path;

use serde::Serialize;

use super::fault::FolderFault;
use super::sheet::Rows;
use super::study::ToldStudy;
use crate::experiment::runs::digest::YEAR;
use crate::experiment::statistics::worlds::spread::WorldSpread;
use crate::model::outcome::{Direction, OUTCOMES};
use crate::numeric::Interval;
use crate::output::tables::effects::{LAYOUT, Row};

/// The period by which policies are judged.
pub const JUDGED: &str = "last_12_months";
/// The scope by which policies are judged.
const NATION: [&str; 2] = ["nation", "nation"];

/// An outcome as the file describes it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ShownOutcome {
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// Whether more of it is better.
    pub direction: Direction,
    /// Whether it is among those that are shown first.
    pub main: bool,
    /// Least effect worth stating, in its unit; 0 where none was thought of.
    pub least: f64,
}

/// Least effect worth stating on an outcome from 0 to 1: a tenth of a percentage point. An
/// assumption: no office that decides acts on less, and costs are not known so finely.
pub const LEAST: f64 = 0.001;

/// What a policy does to an outcome; NaN where that is not known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Verdict {
    /// Pairs behind it.
    pub pairs: u32,
    /// Mean under the baseline.
    pub baseline: f64,
    /// Mean under the policy.
    pub level: f64,
    /// Mean of policy less baseline.
    pub difference: Interval,
    /// Share of pairs in which the policy is better.
    pub better: f64,
    /// Correlation over pairs.
    pub correlation: f64,
    /// What pairing gained.
    pub variance_reduction: f64,
    /// What plausible worlds say, where the study ran some.
    pub worlds: Option<PlausibleWorlds>,
}

/// An effect over plausible worlds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct PlausibleWorlds {
    /// 5th percentile over worlds.
    pub low: f64,
    /// Median.
    pub median: f64,
    /// 95th percentile.
    pub high: f64,
    /// Worlds in which the policy is better.
    pub better: u32,
    /// All worlds.
    pub of: u32,
}

impl PlausibleWorlds {
    /// What a row says of worlds, where it says something.
    fn of(row: &Row) -> Option<Self> {
        let of = row.worlds.filter(|worlds| *worlds > 0)?;
        let better = row.share_better?.0 * f64::from(of);
        Some(Self {
            low: row.world_q05?,
            median: row.world_median?,
            high: row.world_q95?,
            better: better.round() as u32,
            of,
        })
    }

    /// What a spread says of worlds for an outcome of this direction.
    pub fn spread(spread: &WorldSpread, direction: Direction) -> Self {
        let better = spread.better(direction) * f64::from(spread.worlds);
        Self {
            low: spread.low,
            median: spread.median,
            high: spread.high,
            better: better.round() as u32,
            of: spread.worlds,
        }
    }
}

impl Verdict {
    fn of(row: &Row) -> Self {
        let number = |cell: Option<f64>| cell.unwrap_or(f64::NAN);
        Self {
            pairs: row.n_pairs,
            baseline: number(row.baseline_mean),
            level: number(row.policy_mean),
            difference: row.difference(),
            better: number(row.p_better.map(|share| share.0)),
            correlation: number(row.correlation),
            variance_reduction: number(row.variance_reduction),
            worlds: PlausibleWorlds::of(row),
        }
    }
}

/// Everything that the file says of the main outcomes, and of all outcomes the verdict.
#[derive(Debug, Clone, PartialEq)]
pub struct Effects {
    /// Outcomes in the order of the file.
    pub outcomes: Vec<ShownOutcome>,
    /// Kind and name of every scope in the order of the file.
    pub scopes: Vec<[String; 2]>,
    /// Periods: years in order, then [`JUDGED`].
    pub periods: Vec<String>,
    lead: Vec<String>,
    cells: Vec<Option<Verdict>>,
}

/// Where a verdict belongs: policy, outcome, scope and period.
type Key = [usize; 4];

impl Effects {
    /// Reads the file of `folder` and makes sure that nothing is missing.
    pub fn read(folder: &Path, study: &ToldStudy) -> Result<Self, FolderFault> {
        let mut effects = Self {
            outcomes: Vec::new(),
            scopes: Vec::new(),
            periods: Vec::new(),
            lead: study.scenario.report.lead.clone(),
            cells: Vec::new(),
        };
        let (rows, found) = effects.rows(folder, study)?;
        let order = effects.sort_periods();
        effects.cells = vec![None; study.policies().len() * effects.cells_of_a_policy()];
        for (key, verdict) in rows {
            let [policy, outcome, scope, period] = key;
            let at = effects.position(policy, outcome, scope, order[period]);
            effects.cells[at] = Some(verdict);
        }
        effects.check(study)?;
        let [all, few] = effects.expected(study.policies().len());
        if [all, few].contains(&found) {
            return Ok(effects);
        }
        let what = format!(
            "column `policy`: there are {found} rows instead of {few} or {all} (policies x outcomes x scopes x \
             periods, without or with all years of provinces)"
        );
        Err(FolderFault::damaged(LAYOUT.file, what))
    }

    /// How many rows there are where all are told, and where years of provinces are only of main outcomes.
    fn expected(&self, policies: usize) -> [usize; 2] {
        let provinces = self.scopes.iter().filter(|[kind, _]| kind == "province");
        let years = provinces.count() * (self.periods.len() - 1);
        let minor = self.outcomes.iter().filter(|outcome| !outcome.main).count();
        let all = self.cells_of_a_policy();
        [policies * all, policies * (all - minor * years)]
    }

    /// The row of a policy (counted without the baseline), outcome, scope and period.
    pub fn cell(
        &self,
        policy: usize,
        outcome: usize,
        scope: usize,
        period: usize,
    ) -> Option<Verdict> {
        self.cells[self.position(policy, outcome, scope, period)]
    }

    /// The verdict on a policy for an outcome: the nation, over the period that counts.
    pub fn judged(&self, policy: usize, outcome: usize) -> Option<Verdict> {
        self.cell(policy, outcome, 0, self.periods.len() - 1)
    }

    /// Outcomes that are shown first: what the scenario asks for, then those of every study.
    pub fn main(&self) -> impl Iterator<Item = (usize, &ShownOutcome)> {
        let all = self.outcomes.iter().enumerate();
        let mut main: Vec<_> = all.filter(|(_, outcome)| outcome.main).collect();
        let lead = |name: &str| self.lead.iter().position(|of| of == name);
        main.sort_by_key(|(_, outcome)| lead(&outcome.name).unwrap_or(usize::MAX));
        main.into_iter()
    }

    fn cells_of_a_policy(&self) -> usize {
        self.outcomes.len() * self.scopes.len() * self.periods.len()
    }

    fn position(&self, policy: usize, outcome: usize, scope: usize, period: usize) -> usize {
        let row = (policy * self.outcomes.len() + outcome) * self.scopes.len() + scope;
        row * self.periods.len() + period
    }

    /// Rows that are kept, and how many there are.
    fn rows(
        &mut self,
        folder: &Path,
        study: &ToldStudy,
    ) -> Result<(Vec<(Key, Verdict)>, usize), FolderFault> {
        let mut rows = Rows::<Row>::open(folder, &LAYOUT)?;
        let (mut kept, mut found) = (Vec::new(), 0);
        while let Some(row) = rows.advance()? {
            found += 1;
            let policy = study.compared(&rows.sheet, &row.policy)?;
            let key = self.key(policy, &row);
            let judged = [&*row.scope_kind, &*row.scope] == NATION && row.period == JUDGED;
            if judged || self.outcomes[key[1]].main {
                check_row(&rows, &row)?;
                kept.push((key, Verdict::of(&row)));
            }
        }
        Ok((kept, found))
    }

    /// Where a row of `policy` belongs; outcomes, scopes and periods that are new are added.
    fn key(&mut self, policy: usize, row: &Row) -> Key {
        let outcome = place_of(
            &mut self.outcomes,
            |of| of.name == row.outcome,
            || shown(row, &self.lead),
        );
        let place = [&row.scope_kind, &row.scope];
        let scope = place_of(
            &mut self.scopes,
            |of| of.each_ref() == place,
            || place.map(String::clone),
        );
        let name = row.period.strip_prefix(YEAR).unwrap_or(&row.period);
        let period = place_of(&mut self.periods, |of| of == name, || name.to_owned());
        [policy, outcome, scope, period]
    }

    /// Brings the periods into the order of time; returns where each was moved to.
    fn sort_periods(&mut self) -> Vec<usize> {
        let before = self.periods.clone();
        // Years begin with a digit, so the verdict comes last.
        self.periods.sort();
        let moved = |name: &String| self.periods.iter().position(|of| of == name);
        before.iter().filter_map(moved).collect()
    }

    fn check(&self, study: &ToldStudy) -> Result<(), FolderFault> {
        let missing = |what: String| {
            Err(FolderFault::damaged(
                LAYOUT.file,
                format!("{what} is missing"),
            ))
        };
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

    fn check_cells(&self, study: &ToldStudy) -> Result<(), FolderFault> {
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
                    return Err(FolderFault::damaged(LAYOUT.file, what));
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

/// The outcome that a row is about.
fn shown(row: &Row, lead: &[String]) -> ShownOutcome {
    let main = OUTCOMES.iter().any(|of| of.main && of.name == row.outcome);
    let bounded = main || row.unit.starts_with("share of ") || row.unit == "0 to 1";
    let main = main || lead.contains(&row.outcome);
    ShownOutcome {
        name: row.outcome.clone(),
        unit: row.unit.clone(),
        direction: row.direction,
        main,
        // Main outcomes lie between 0 and 1, as a test sees to.
        least: if main && bounded { LEAST } else { 0.0 },
    }
}

/// Makes sure that what pairs tell is there: one pair has a difference, two have an interval. Over worlds
/// chance is only known of a world in which there are two, which the row does not tell.
fn check_row(rows: &Rows<Row>, row: &Row) -> Result<(), FolderFault> {
    let two = if row.worlds.is_some() { u32::MAX } else { 2 };
    let needed = [
        (1, "mean_difference", row.mean_difference),
        (1, "baseline_mean", row.baseline_mean),
        (1, "policy_mean", row.policy_mean),
        (two, "ci_low", row.ci_low),
        (two, "ci_high", row.ci_high),
    ];
    for (least, name, number) in needed {
        if row.n_pairs >= least {
            rows.need(name, number)?;
        }
    }
    rows.check(["mean_difference", "ci_low", "ci_high"], row.difference())
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
