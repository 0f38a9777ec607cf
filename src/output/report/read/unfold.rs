//! `series.csv`, read again: how the main outcomes unfold.

use std::ops::RangeInclusive;
use std::path::Path;

use super::fault::FolderFault;
use super::sheet::Rows;
use super::study::ToldStudy;
use crate::output::tables::series::{LAYOUT, SeriesHead};

/// Monthly national outcomes of every run.
#[derive(Debug, Clone, PartialEq)]
pub struct Courses {
    /// Number of policies, the baseline counted.
    pub policies: usize,
    /// Number of replications.
    pub replications: usize,
    /// Months of each run.
    pub months: usize,
    outcomes: usize,
    values: Vec<f64>,
}

impl Courses {
    /// Reads `outcomes` from the file of `folder`.
    pub fn read(folder: &Path, study: &ToldStudy, outcomes: &[&str]) -> Result<Self, FolderFault> {
        let mut rows = Rows::open(folder, &LAYOUT)?;
        let mut courses = Self {
            policies: study.scenario.policies.len(),
            replications: study.manifest.replications as usize,
            months: study.scenario.months as usize,
            outcomes: outcomes.len(),
            values: Vec::new(),
        };
        let runs = courses.policies.saturating_mul(courses.replications);
        let expected = runs.saturating_mul(courses.months);
        // Bounded by the file, so that a damaged manifest cannot ask for all memory.
        if expected as u64 > rows.sheet.most_rows() {
            return Err(courses.too_few("fewer"));
        }
        courses.values = vec![f64::NAN; expected * outcomes.len()];
        match courses.fill(&mut rows, study, outcomes)? {
            found if found == expected => Ok(courses),
            found => Err(courses.too_few(&found.to_string())),
        }
    }

    fn too_few(&self, found: &str) -> FolderFault {
        let (policies, replications, months) = (self.policies, self.replications, self.months);
        let what = format!(
            "column `month`: there are {found} rows of the nation instead of {policies} policies x {replications} replications x {months} months"
        );
        FolderFault::damaged(LAYOUT.file, what)
    }

    fn fill(
        &mut self,
        rows: &mut Rows<SeriesHead>,
        study: &ToldStudy,
        outcomes: &[&str],
    ) -> Result<usize, FolderFault> {
        let columns = rows.sheet.all_columns(outcomes)?;
        let mut found = 0;
        let mut seen = vec![false; self.values.len() / self.outcomes];
        while let Some(head) = rows.advance()? {
            if head.scope_kind != "nation" {
                continue;
            }
            let policy = study.policy(&rows.sheet, &head.policy)?;
            if head.replication as usize >= self.replications {
                let expected = "a replication of the manifest";
                return Err(rows.sheet.wrong("replication", expected));
            }
            if head.month >= self.months {
                return Err(rows.sheet.wrong("month", "a month of the run"));
            }
            let at = self.position(policy, head.replication as usize, head.month);
            if std::mem::replace(&mut seen[at / self.outcomes], true) {
                let key = [
                    head.policy,
                    head.replication.to_string(),
                    head.month.to_string(),
                ];
                let names = ["policy", "replication", "month"];
                return Err(rows.sheet.twice(&names, &key));
            }
            for (o, column) in columns.iter().enumerate() {
                self.values[at + o] = rows.sheet.number(*column)?;
            }
            found += 1;
        }
        Ok(found)
    }

    fn position(&self, policy: usize, replication: usize, month: usize) -> usize {
        ((policy * self.replications + replication) * self.months + month) * self.outcomes
    }

    /// Mean of the main outcome number `outcome` over `months` of a run.
    pub fn mean(
        &self,
        policy: usize,
        run: usize,
        months: RangeInclusive<usize>,
        outcome: usize,
    ) -> f64 {
        let count = months.clone().count() as f64;
        months
            .map(|month| self.value(policy, run, month, outcome))
            .sum::<f64>()
            / count
    }

    /// The main outcome number `outcome` in a month of a run; NaN where it is not known.
    pub fn value(&self, policy: usize, replication: usize, month: usize, outcome: usize) -> f64 {
        self.values[self.position(policy, replication, month) + outcome]
    }
}
