//! `points.csv`: what every policy does at each design point of a sweep.
//!
//! A row holds the values of the inputs, so a dose and its effect stand side by side. Intervals are
//! Student's over the replications of that point alone.

use std::io;
use std::path::Path;

use crate::experiment::runs::digest::Digest;
use crate::experiment::runs::plan::{Group, Job, Plan};
use crate::experiment::statistics::paired::Pairs;
use crate::model::outcome::{OUTCOMES, main_outcomes};
use crate::output::tables::table::Table;

const BEFORE: [&str; 3] = ["design_point", "policy", "outcome"];
const AFTER: [&str; 6] = [
    "n_pairs",
    "baseline_mean",
    "policy_mean",
    "mean_difference",
    "ci_low",
    "ci_high",
];

/// Columns of the file.
pub fn columns(plan: &Plan) -> Vec<&str> {
    let inputs = plan.inputs().iter().map(|input| input.path.as_str());
    BEFORE.into_iter().chain(inputs).chain(AFTER).collect()
}

/// The file being written, with the pairs of one design point.
pub struct PointTable<'a> {
    table: Table,
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
        if plan.inputs().is_empty() || policies < 2 {
            return Ok(None);
        }
        Ok(Some(Self {
            table: Table::create(folder, "points.csv", columns(plan))?,
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
                self.table.text(&self.point.to_string())?;
                self.table.text(&policy.name)?;
                self.table.text(OUTCOMES[*outcome].name)?;
                let values = &self.plan.points()[self.point];
                for (input, value) in self.plan.inputs().iter().zip(values) {
                    self.table.text(&input.text(*value))?;
                }
                let of = pairs.effect();
                self.table.text(&of.pairs.to_string())?;
                for number in [of.baseline, of.policy, of.difference, of.low, of.high] {
                    self.table.number(number)?;
                }
                self.table.end_row()?;
            }
        }
        self.pairs.fill(Pairs::default());
        Ok(())
    }
}
