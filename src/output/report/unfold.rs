//! `series.csv`, read again: how the main outcomes unfold, as quantiles over replications.

use std::path::Path;

use serde_json::{Value, json};

use super::fault::Fault;
use super::round::short;
use super::sheet::Sheet;
use super::study::Study;

const FILE: &str = "series.csv";

/// Quantiles of a fan, from the lowest to the highest.
pub const QUANTILES: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// Monthly national outcomes of every run.
#[derive(Debug, Clone, PartialEq)]
pub struct Courses {
    policies: usize,
    replications: usize,
    months: usize,
    outcomes: usize,
    values: Vec<f64>,
}

impl Courses {
    /// Reads `outcomes` from the file of `folder`.
    pub fn read(folder: &Path, study: &Study, outcomes: &[&str]) -> Result<Self, Fault> {
        let scenario = &study.scenario;
        let mut courses = Self {
            policies: scenario.policies.len(),
            replications: study.manifest.replications as usize,
            months: scenario.months as usize,
            outcomes: outcomes.len(),
            values: Vec::new(),
        };
        let rows = courses.policies * courses.replications * courses.months;
        courses.values = vec![f64::NAN; rows * outcomes.len()];
        let found = courses.fill(folder, study, outcomes)?;
        if found == rows {
            return Ok(courses);
        }
        let what = format!(
            "column `month`: there are {found} rows of the nation instead of {rows} ({} policies x {} replications x {} months)",
            courses.policies, courses.replications, courses.months
        );
        Err(Fault::damaged(FILE, what))
    }

    fn fill(&mut self, folder: &Path, study: &Study, outcomes: &[&str]) -> Result<usize, Fault> {
        let mut sheet = Sheet::open(folder, FILE)?;
        let [policy, replication, at_month, kind] =
            sheet.columns(["policy", "replication", "month", "scope_kind"])?;
        let columns = outcomes.iter().map(|name| sheet.column(name));
        let columns = columns.collect::<Result<Vec<_>, _>>()?;
        let mut found = 0;
        let mut seen = vec![false; self.values.len() / self.outcomes];
        while sheet.advance()? {
            if sheet.text(kind) != "nation" {
                continue;
            }
            let known = study.policy(&sheet, policy)?;
            let below = |column, bound: usize, what| {
                let value = sheet.count(column)? as usize;
                (value < bound)
                    .then_some(value)
                    .ok_or_else(|| sheet.wrong(column, what))
            };
            let run = below(
                replication,
                self.replications,
                "a replication of the manifest",
            )?;
            let month = below(at_month, self.months, "a month of the run")?;
            let at = self.position(known, run, month);
            if std::mem::replace(&mut seen[at / self.outcomes], true) {
                return Err(sheet.twice(&[policy, replication, at_month]));
            }
            for (o, column) in columns.iter().enumerate() {
                self.values[at + o] = sheet.number(*column)?;
            }
            found += 1;
        }
        Ok(found)
    }

    fn position(&self, policy: usize, replication: usize, month: usize) -> usize {
        ((policy * self.replications + replication) * self.months + month) * self.outcomes
    }

    fn value(&self, policy: usize, replication: usize, month: usize, outcome: usize) -> f64 {
        self.values[self.position(policy, replication, month) + outcome]
    }

    /// Fans of one outcome for every policy: of its level and of its difference from the baseline.
    pub fn fans(&self, outcome: usize) -> Value {
        let fan = |of: &dyn Fn(usize, usize) -> f64| {
            let month = |month| {
                let runs = (0..self.replications).map(|run| of(run, month));
                quantiles(runs.filter(|value| value.is_finite()).collect())
            };
            let months: Vec<[f64; 5]> = (0..self.months).map(month).collect();
            let line = |q: usize| months.iter().map(|at| short(at[q], 4)).collect();
            (0..QUANTILES.len()).map(line).collect::<Vec<Vec<f64>>>()
        };
        let policy = |policy| {
            let level = |run, month| self.value(policy, run, month, outcome);
            let difference = |run, month| level(run, month) - self.value(0, run, month, outcome);
            json!({ "level": fan(&level), "difference": fan(&difference) })
        };
        (0..self.policies).map(policy).collect()
    }
}

/// The [`QUANTILES`] of `values`, between neighbours in proportion; NaN when there are none.
pub fn quantiles(mut values: Vec<f64>) -> [f64; 5] {
    values.sort_by(f64::total_cmp);
    let Some(last) = values.len().checked_sub(1) else {
        return [f64::NAN; 5];
    };
    QUANTILES.map(|q| {
        let place = q * last as f64;
        let below = place as usize;
        let above = (below + 1).min(last);
        values[below] + (values[above] - values[below]) * (place - below as f64)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_of_few_values() {
        assert_eq!(
            quantiles(vec![3.0, 1.0, 2.0]),
            [1.1, 1.5, 2.0, 2.5, 2.9].map(|q: f64| q)
        );
        assert_eq!(quantiles(vec![4.0]), [4.0; 5]);
        assert!(quantiles(vec![])[2].is_nan());
    }
}
