//! `runs.csv`, read again: what each policy did in every replication, or at every design point of a
//! sweep.
//!
//! Rows are read one by one: nothing grows with the number of replications.

use std::path::Path;

use super::fault::FolderFault;
use super::sheet::{Column, Rows};
use super::study::ToldStudy;
use crate::output::tables::runs::{LAYOUT, RunHead};

/// The file, at one of its runs.
pub struct Runs<'a> {
    rows: Rows<RunHead>,
    study: &'a ToldStudy,
    outcomes: Vec<Column>,
    found: usize,
    points: usize,
    replications: usize,
}

/// What all policies did in one replication at a design point.
#[derive(Debug, Clone, PartialEq)]
pub struct RunGroup {
    /// The design point.
    pub point: usize,
    /// Levels by policy, the baseline first, and outcome.
    pub levels: Vec<f64>,
}

impl<'a> Runs<'a> {
    /// Opens the file of `folder` to read `outcomes`.
    pub fn open(
        folder: &Path,
        study: &'a ToldStudy,
        outcomes: &[&str],
    ) -> Result<Self, FolderFault> {
        let rows = Rows::open(folder, &LAYOUT)?;
        let sweep = study.manifest.sweep.as_ref();
        Ok(Self {
            outcomes: rows.sheet.all_columns(outcomes)?,
            rows,
            study,
            found: 0,
            points: sweep.map_or(1, |sweep| sweep.design_points() as usize),
            replications: study.manifest.replications as usize * study.worlds(),
        })
    }

    /// The runs of the next replication; nothing after the last.
    pub fn advance(&mut self) -> Result<Option<RunGroup>, FolderFault> {
        let policies = self.study.scenario.policies.len();
        let point = self.found / policies / self.replications;
        let mut levels = Vec::with_capacity(policies * self.outcomes.len());
        for policy in 0..policies {
            let Some(head) = self.rows.advance()? else {
                return self.end();
            };
            self.check(&head, point, policy)?;
            for column in &self.outcomes {
                levels.push(self.rows.sheet.number(*column)?);
            }
            self.found += 1;
        }
        Ok(Some(RunGroup { point, levels }))
    }

    /// Makes sure that the row of `policy` at `point` is the one that stands next in every study.
    fn check(&self, head: &RunHead, point: usize, policy: usize) -> Result<(), FolderFault> {
        let group = self.found / self.study.scenario.policies.len();
        let in_world = self.study.manifest.replications as usize;
        let (sheet, replication) = (&self.rows.sheet, group % in_world);
        let expected = [
            ("run_id", head.run_id, self.found),
            ("design_point", head.design_point, point),
            ("replication", head.replication as usize, replication),
        ];
        for (name, found, expected) in expected {
            if found != expected {
                return Err(sheet.wrong(name, &format!("{expected} in this row")));
            }
        }
        if self.study.policy(sheet, &head.policy)? != policy {
            return Err(sheet.wrong("policy", "the policies in the manifest's order"));
        }
        if head.seed != self.study.manifest.seed {
            return Err(sheet.wrong("seed", "the seed of the manifest"));
        }
        Ok(())
    }

    fn end(&self) -> Result<Option<RunGroup>, FolderFault> {
        let policies = self.study.scenario.policies.len();
        let expected = self.points.saturating_mul(self.replications);
        let expected = expected.saturating_mul(policies);
        if self.found == expected {
            return Ok(None);
        }
        let what = format!(
            "column `run_id`: there are {} rows instead of {expected} ({} design points x {} replications x {policies} policies)",
            self.found, self.points, self.replications
        );
        Err(FolderFault::damaged(LAYOUT.file, what))
    }
}
