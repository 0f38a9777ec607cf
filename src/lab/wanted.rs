//! Which runs are wanted, and in which order: cohorts first, then agents, pair by pair, in ever more of each
//! world.

use crate::scenario::Scenario;

/// Pairs in which cohorts stand for citizens: enough for a first band.
const COHORT_PAIRS: u32 = 8;

/// Who stands for citizens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actors {
    /// A cohort a cell: quick, and not quite the same.
    Cohorts,
    /// Every simulated citizen.
    Agents,
}

/// Runs that are wanted at one go: every policy in so many replications.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunStage {
    /// Who stands for citizens.
    pub actors: Actors,
    /// Replications, of each world where there are worlds.
    pub pairs: u32,
}

/// The stages of a scenario, in order; the last is the scenario itself.
///
/// Without worlds every replication follows the one before. Where there are worlds, all are seen once
/// before any is seen twice, and then twice as often each time.
pub fn stages(scenario: &Scenario) -> Vec<RunStage> {
    let agents = |pairs| RunStage {
        actors: Actors::Agents,
        pairs,
    };
    let mut all = vec![RunStage {
        actors: Actors::Cohorts,
        pairs: scenario.replications.min(COHORT_PAIRS),
    }];
    if scenario.ensemble.is_some() {
        let doubled = std::iter::successors(Some(1), |pairs: &u32| pairs.checked_mul(2));
        all.extend(
            doubled
                .take_while(|pairs| *pairs < scenario.replications)
                .map(agents),
        );
    }
    all.push(agents(scenario.replications));
    if scenario.population.mean_field {
        all.retain(|stage| stage.actors == Actors::Agents);
    }
    all
}

impl RunStage {
    /// The scenario of which this stage is a comparison.
    pub fn scenario(self, of: &Scenario) -> Scenario {
        let mut scenario = Scenario {
            replications: self.pairs,
            ..of.clone()
        };
        if self.actors == Actors::Cohorts {
            scenario.population.mean_field = true;
            scenario.ensemble = None;
        }
        scenario
    }
}
