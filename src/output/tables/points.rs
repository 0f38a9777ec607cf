//! `points.csv`: what every policy does at each design point of a sweep.
//!
//! A row holds the values of the inputs, so a dose and its effect stand side by side. Intervals are
//! Student's over the replications of that point alone.

use std::io;
use std::path::Path;

use super::cell::known;
use super::layout::{Kind, Layout, Part};
use super::row::{TableRow as _, table_row};
use super::runs::own_columns;
use super::table::TableWriter;
use crate::experiment::runs::digest::Digest;
use crate::experiment::runs::plan::{Group, Job, Plan};
use crate::experiment::statistics::paired::Pairs;
use crate::model::outcome::{OUTCOMES, main_outcomes};

/// The table.
pub const LAYOUT: Layout = Layout {
    file: "points.csv",
    kind: Kind::Policies,
    hashed: true,
    rows: "of `sweep`: what every policy does at each design point, beside the values of the inputs",
    parts: &[
        Part::Fixed(PointHead::FIELDS),
        Part::Inputs,
        Part::Fixed(PointEnd::FIELDS),
    ],
};

table_row! {
    /// What is told of which design point.
    pub struct PointHead {
        /// row of the parameter design; 0 without one
        design_point: usize,
        /// name of the policy
        policy: String,
        /// what is measured
        outcome: String,
    }
}

table_row! {
    /// What the policy does there.
    pub struct PointEnd {
        /// pairs of runs with the same replication; in a sweep each replication is one pair,
        /// with its mean over the design points (points.csv tells them apart)
        n_pairs: u32,
        /// mean under the baseline
        baseline_mean: Option<f64>,
        /// mean under the policy
        policy_mean: Option<f64>,
        /// mean of policy less baseline over pairs
        mean_difference: Option<f64>,
        /// lower end of the 95 % interval
        ci_low: Option<f64>,
        /// upper end of the 95 % interval
        ci_high: Option<f64>,
    }
}

/// The file being written, with the pairs of one design point.
pub struct PointTable<'a> {
    table: TableWriter,
    plan: &'a Plan,
    mains: Vec<usize>,
    point: usize,
    baseline: Vec<f64>,
    /// By policy and main outcome.
    pairs: Vec<Pairs>,
}

impl<'a> PointTable<'a> {
    /// Begins the file in `folder`, if the runs of `plan` are a sweep of policies.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn create(folder: &Path, plan: &'a Plan) -> io::Result<Option<Self>> {
        let mains = main_outcomes();
        let policies = plan.scenario().policies.len();
        if !plan.is_sweep() || policies < 2 {
            return Ok(None);
        }
        Ok(Some(Self {
            table: LAYOUT.create(folder, &own_columns(plan))?,
            pairs: vec![Pairs::default(); policies * mains.len()],
            baseline: Vec::new(),
            point: 0,
            plan,
            mains,
        }))
    }

    /// Adds a run; runs come by design point, and of a replication the baseline first.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add(&mut self, group: &Group, job: &Job, digest: &Digest) -> io::Result<()> {
        if group.point.number != self.point {
            self.end_point()?;
            self.point = group.point.number;
        }
        if job.policy == 0 {
            self.baseline = digest.judged().to_vec();
        }
        let first = job.policy * self.mains.len();
        for (pairs, outcome) in self.pairs[first..].iter_mut().zip(&self.mains) {
            pairs.add(self.baseline[*outcome], digest.judged()[*outcome]);
        }
        Ok(())
    }

    /// Gives the file its name.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self) -> io::Result<()> {
        self.end_point()?;
        self.table.finish()
    }

    fn end_point(&mut self) -> io::Result<()> {
        let policies = self.plan.scenario().policies.iter();
        let of_policies = policies.zip(self.pairs.chunks(self.mains.len()));
        for (policy, of_policy) in of_policies.skip(1) {
            for (outcome, pairs) in self.mains.iter().zip(of_policy) {
                self.table.cells(&PointHead {
                    design_point: self.point,
                    policy: policy.name.clone(),
                    outcome: OUTCOMES[*outcome].name.into(),
                })?;
                let values = &self.plan.points()[self.point];
                for (input, value) in self.plan.inputs().iter().zip(values) {
                    self.table.text(&input.text(*value))?;
                }
                let of = pairs.effect();
                self.table.cells(&PointEnd {
                    n_pairs: of.pairs,
                    baseline_mean: known(of.baseline),
                    policy_mean: known(of.policy),
                    mean_difference: known(of.difference),
                    ci_low: known(of.low),
                    ci_high: known(of.high),
                })?;
                self.table.end_row()?;
            }
        }
        self.pairs.fill(Pairs::default());
        Ok(())
    }
}
