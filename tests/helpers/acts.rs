//! What tests do with small worlds: lay a policy, set values, run, compare bits.

use std::sync::Arc;

use cogov::intervention::cost::Cost;
use cogov::intervention::strength::Course;
use cogov::intervention::targeting::Target;
use cogov::intervention::{Intervention, Policy};
use cogov::scenario::Scenario;
use cogov::simulation::{Onward, Run, Simulation};
use cogov::world::departments::Department;
use cogov::world::levers::{Change, Lever};

use crate::world::START;

/// A policy of one intervention from month 12, at once, on everyone.
pub fn policy(lever: Lever, change: Change, dose: f64) -> Policy {
    Policy {
        name: "policy".into(),
        describe: String::new(),
        interventions: vec![Intervention {
            name: "measure".into(),
            changes: vec![(lever, change)],
            course: Course {
                start: START.plus(12),
                ramp_months: 0,
                dose,
                stop: None,
                half_life_months: 0.0,
            },
            target: Target::default(),
            cost: Cost {
                per_head_year: 1.0,
                setup: 0.0,
                upkeep_share: 1.0,
            },
        }],
    }
}

pub fn with(mut scenario: Scenario, values: &[(&str, f64)]) -> Scenario {
    for (name, value) in values {
        assert!(scenario.values.set(name, *value), "no parameter {name}");
    }
    scenario
}

/// The scenario with so many departments in every government, the later ones on stronger lines.
pub fn divided(mut scenario: Scenario, count: usize) -> Scenario {
    let department = |i: usize| Department {
        name: format!("Department {i}"),
        line: 0.6 + 0.4 * i as f64,
    };
    scenario.geography.departments = (0..count).map(department).collect();
    scenario
}

pub fn simulate(scenario: &Scenario, policy: &Policy, replication: u32) -> Run {
    Simulation::new(Arc::new(scenario.clone()))
        .run(policy, replication, false, |_| Onward::Continue)
        .expect("nobody stops it")
}

/// The exact bits of a record, for comparisons that allow no difference.
pub fn bits(run: &Run) -> Vec<u64> {
    run.record
        .values
        .iter()
        .map(|value| value.to_bits())
        .collect()
}
