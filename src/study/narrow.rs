//! Replications are added until intervals are as narrow as is wanted.

use crate::experiment::statistics::compare::{Comparison, Missing};
use crate::experiment::statistics::precision::{FirstStage, Narrowed, WantedWidth, narrowed};
use crate::output::tables::precision;
use crate::scenario::Scenario;
use crate::study::Error;
use crate::study::error::Unanswerable;
use crate::study::underway::Underway;

/// Intervals that are to be narrow, for every policy.
#[derive(Debug, Clone)]
pub struct Until {
    /// What is wanted of which outcome.
    pub wanted: Vec<WantedWidth>,
    /// Most replications that may be run for it.
    pub most: u32,
}

/// What came of it.
#[derive(Debug, Clone)]
pub struct Narrowing {
    /// The first stage.
    pub stage: FirstStage,
    /// Replications in all, of each world where there are worlds.
    pub replications: u32,
    /// Replications that would be needed.
    pub needed: u32,
    /// The differences.
    pub differences: Vec<Narrowed>,
}

impl Narrowing {
    /// Whether all that was wanted was reached.
    pub fn is_reached(&self) -> bool {
        self.replications >= self.needed
    }
}

impl Until {
    /// A first stage of one replication has no standard deviation.
    pub(super) fn refuse_impossible(&self, scenario: &Scenario) -> Result<(), Error> {
        match scenario.replications {
            found @ 0..=1 => {
                let what = "--until";
                Err(Unanswerable::FewReplications { what, found }.into())
            }
            _ => Ok(()),
        }
    }

    /// Runs what is needed beyond the first stage, and writes `precision.csv`.
    pub(super) fn reach(&self, study: &mut Underway<'_>) -> Result<Narrowing, Error> {
        let worlds = study.plan.worlds().len().max(1) as u32;
        let stage = FirstStage {
            pairs: study.scenario.replications * worlds,
            worlds,
            differences: (study.scenario.policies.len() - 1) * self.wanted.len(),
        };
        let first = compared(study)?;
        self.refuse_unknown(&study.scenario, stage, &first)?;
        let needed = narrowed(&self.wanted, stage, (&first, &first));
        let needed = needed.iter().map(|of| of.needed).max();
        let needed = needed.unwrap_or(stage.pairs).div_ceil(worlds);
        let replications = needed.min(self.most.max(study.scenario.replications));
        study.extend(replications);
        study.run()?;
        let differences = narrowed(&self.wanted, stage, (&first, &compared(study)?));
        study.write(|folder| {
            precision::LAYOUT.write(
                folder,
                precision::rows(&study.scenario, stage, &differences),
            )
        })?;
        Ok(Narrowing {
            stage,
            replications,
            needed,
            differences,
        })
    }

    /// How many pairs are needed cannot be told where a first one has no value.
    fn refuse_unknown(
        &self,
        scenario: &Scenario,
        stage: FirstStage,
        first: &Comparison,
    ) -> Result<(), Error> {
        for (position, policy) in scenario.policies.iter().enumerate().skip(1) {
            for wanted in &self.wanted {
                let known = first.judged(position, wanted.outcome).pairs;
                if known < stage.pairs {
                    let why = Unanswerable::NoValue {
                        outcome: wanted.outcome,
                        policy: policy.name.clone(),
                        unknown: stage.pairs - known,
                        of: stage.pairs,
                    };
                    return Err(why.into());
                }
            }
        }
        Ok(())
    }
}

fn compared(study: &Underway<'_>) -> Result<Comparison, Error> {
    let each = |_: &_, _: &_, _: &_| Ok::<(), Missing>(());
    Ok(Comparison::new(&study.plan, &study.store, each)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::outcome::position;
    use crate::study::Questions;
    use crate::study::by_hand::{loaded, study};

    fn narrowing(half_width: f64, most: u32) -> Narrowing {
        let outcome = position("data_sharing_rate").expect("an outcome");
        let wanted = vec![WantedWidth {
            outcome,
            half_width,
        }];
        let questions = Questions {
            until: Some(Until { wanted, most }),
            ..Questions::default()
        };
        let found = study(loaded()).compare_and(&questions).unwrap();
        let narrowing = found.narrowing.expect("it was asked for");
        let pairs = found.results.comparison.judged(1, outcome).pairs;
        assert_eq!(
            (pairs, found.study.runs as u32),
            (narrowing.replications, 3 * pairs)
        );
        narrowing
    }

    /// Two policies in three replications: what is wide enough takes no more, what is too narrow takes all
    /// that may be run.
    #[test]
    fn replications_are_added_until_the_interval_is_narrow() {
        let wide = narrowing(0.5, 5);
        assert_eq!(
            (wide.replications, wide.needed, wide.is_reached()),
            (3, 3, true)
        );
        assert_eq!(
            (wide.stage.pairs, wide.stage.worlds, wide.stage.differences),
            (3, 1, 2)
        );
        let cut = narrowing(1e-9, 5);
        assert!(cut.replications == 5 && cut.needed > 5 && !cut.is_reached());
        assert_eq!(cut.differences.len(), 2);
        // a dose of nothing differs in nothing
        assert_eq!(cut.differences[1].needed, 3);
        assert_eq!(narrowing(1e-9, 2).replications, 3);
    }
}
