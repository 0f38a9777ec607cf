//! Whether a comparison is fair: before the first measure every policy lives through the very same months
//! as the baseline. It is counted over all runs, bit by bit, not taken for granted.

use serde::{Deserialize, Serialize};

use crate::experiment::runs::digest::Digest;
use crate::experiment::runs::plan::{Job, Plan};
use crate::model::outcome::OUTCOMES;
use crate::numeric::same_bits;
use crate::world::clock::Date;

/// What was counted before the first measure of any policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BeforeMeasures {
    /// First month of the first measure.
    pub until: Date,
    /// Monthly values of policies that were held against the baseline's.
    pub values: u64,
    /// Of these, not the very same.
    pub unequal: u64,
}

/// The counting, run by run.
#[derive(Debug, Clone, PartialEq)]
pub struct BeforeCount {
    counted: BeforeMeasures,
    length: usize,
    baseline: Vec<f64>,
}

impl BeforeCount {
    /// Begins to count over the runs of `plan`; nothing where no months are kept or nothing is compared.
    pub fn of(plan: &Plan) -> Option<Self> {
        let scenario = plan.scenario();
        let measures = scenario
            .policies
            .iter()
            .flat_map(|policy| &policy.interventions);
        let until = measures.map(|one| one.course.start).min()?;
        let months = until
            .months_since(scenario.start)
            .clamp(0, scenario.months as i32) as usize;
        let kept = plan.kept().series;
        (kept > 0).then(|| Self {
            counted: BeforeMeasures {
                until,
                values: 0,
                unequal: 0,
            },
            length: months * kept * OUTCOMES.len(),
            baseline: Vec::new(),
        })
    }

    /// Holds a run against the baseline's of the same replication, which comes first.
    pub fn add(&mut self, job: &Job, digest: &Digest) {
        let before = &digest.series[..self.length.min(digest.series.len())];
        if job.policy == 0 {
            self.baseline = before.to_vec();
            return;
        }
        self.counted.values += before.len() as u64;
        let pairs = before.iter().zip(&self.baseline);
        let unequal = pairs
            .filter(|(own, other)| same_bits(**own).to_bits() != same_bits(**other).to_bits())
            .count();
        self.counted.unequal += unequal as u64;
    }

    /// What was counted.
    pub fn counted(self) -> BeforeMeasures {
        self.counted
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::people::People;

    #[test]
    fn a_bit_that_differs_is_counted() {
        let mut count = BeforeCount {
            counted: BeforeMeasures {
                until: Date::new(2016, 1),
                values: 0,
                unequal: 0,
            },
            length: 2,
            baseline: vec![1.0, f64::NAN],
        };
        let digest = |values: [f64; 3]| Digest {
            means: Vec::new(),
            series: values.to_vec(),
            costs: Vec::new(),
            paid_months: 0.0,
            people: People::default(),
        };
        let job = |policy| Job {
            run_id: policy,
            policy,
            replication: 0,
            identity: crate::experiment::runs::plan::RunHash::of(b""),
            fuller: None,
        };
        count.add(&job(0), &digest([1.0, f64::NAN, 3.0]));
        count.add(&job(1), &digest([1.0, f64::NAN, 4.0]));
        count.add(&job(2), &digest([1.0 + f64::EPSILON, f64::NAN, 4.0]));
        let BeforeMeasures {
            values, unequal, ..
        } = count.counted();
        assert_eq!((values, unequal), (4, 1));
    }
}
