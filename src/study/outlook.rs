//! What a study amounts to before anything is run: whom policies reach, how many runs it takes, how
//! long they take and how much memory.

use std::sync::Arc;

use crate::chance::Chance;
use crate::experiment::design;
use crate::intervention::Intervention;
use crate::model::GROUPS;
use crate::scenario::input::Input;
use crate::scenario::{Scenario, bytes_of_run};
use crate::simulation::Simulation;
use crate::study::Study;
use crate::world::levers::Reach;

/// CPU seconds that a citizen's month takes, measured on one machine.
const PER_CITIZEN_MONTH: f64 = 5e-9;
/// The same of one whom a cohort stands for: enterprises and organisations are as many as with citizens.
const PER_STOOD_FOR_MONTH: f64 = 0.6e-9;
/// CPU seconds that a month of one government takes.
const PER_GOVERNMENT_MONTH: f64 = 0.8e-6;

/// CPU seconds that a month of one directed tie between departments takes.
const PER_DEPARTMENT_TIE_MONTH: f64 = 2e-8;

/// What a study amounts to.
#[derive(Debug, Clone)]
pub struct Outlook {
    /// The scenario, ready to be run.
    pub simulation: Simulation,
    /// What was cut of the country's tables, in a line for each.
    pub cut: Vec<String>,
    /// Parameters that differ from their defaults.
    pub changes: Vec<ParameterChange>,
    /// By policy and intervention, how many governments are reached.
    pub reached: Vec<Vec<usize>>,
    /// What a comparison of the policies takes.
    pub effort: Workload,
    /// What its sweep takes, if it has one.
    pub sweep: Option<SweepEffort>,
    /// What its calibration takes, if it has one.
    pub calibration: Option<CalibrationEffort>,
}

/// A parameter that differs from its default.
#[derive(Debug, Clone, PartialEq)]
pub struct ParameterChange {
    /// Its path.
    pub path: String,
    /// The scenario's value.
    pub value: f64,
    /// The default.
    pub default: f64,
}

/// What runs take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Workload {
    /// Runs.
    pub runs: f64,
    /// CPU seconds, as measured on one machine.
    pub cpu_seconds: f64,
    /// Bytes of memory for each run in flight.
    pub bytes_per_run: f64,
}

/// What a sweep takes.
#[derive(Debug, Clone, PartialEq)]
pub struct SweepEffort {
    /// Paths of what is varied.
    pub inputs: Vec<String>,
    /// Design points.
    pub points: usize,
    /// What their runs take.
    pub effort: Workload,
}

/// What a calibration takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CalibrationEffort {
    /// Parameters that are searched.
    pub parameters: usize,
    /// Targets that were seen.
    pub targets: usize,
    /// Waves.
    pub waves: u32,
    /// Points of each wave, and of each round of the posterior.
    pub points: u32,
    /// Runs of the past, at least and at most.
    pub history_runs: [f64; 2],
    /// Months of each.
    pub history_months: u32,
    /// Points at which policies are compared then, and their runs; none where none are.
    pub region: Option<(u32, f64)>,
}

impl Study {
    /// What it amounts to; runs nothing.
    pub fn outlook(&self) -> Outlook {
        let simulation = Simulation::new(Arc::new(self.scenario().clone()));
        let effort = effort(&simulation);
        Outlook {
            cut: self.loaded.cut.clone(),
            changes: changes(self.scenario()),
            reached: reached(&simulation),
            effort,
            sweep: self.sweep_effort(effort),
            calibration: self.calibration_effort(),
            simulation,
        }
    }

    fn sweep_effort(&self, each: Workload) -> Option<SweepEffort> {
        let (sweep, scenario) = (self.loaded.sweep.as_ref()?, self.scenario());
        let varied = || sweep.vary.iter().map(|one| &one.path);
        let inputs: Vec<Input> = varied()
            .filter_map(|path| Input::named(path, scenario).ok())
            .collect();
        let points = design::points(sweep, &inputs, scenario.seed).len();
        Some(SweepEffort {
            inputs: varied().cloned().collect(),
            points,
            effort: Workload {
                runs: points as f64 * each.runs,
                cpu_seconds: points as f64 * each.cpu_seconds,
                ..each
            },
        })
    }

    fn calibration_effort(&self) -> Option<CalibrationEffort> {
        let (calibration, scenario) = (self.loaded.calibration.as_ref()?, self.scenario());
        let replications = f64::from(scenario.replications);
        let compared = calibration.compared(&scenario.policies).count();
        let points = 1 + calibration.claims;
        let runs = replications * f64::from(points) * compared as f64;
        Some(CalibrationEffort {
            parameters: calibration.vary.len(),
            targets: calibration.targets.len(),
            waves: calibration.waves,
            points: calibration.points,
            history_runs: calibration
                .history_points()
                .map(|points| replications * f64::from(points)),
            history_months: calibration.months(),
            region: (calibration.claims > 0 && compared > 1).then_some((points, runs)),
        })
    }
}

/// The parameters that differ from their defaults.
fn changes(scenario: &Scenario) -> Vec<ParameterChange> {
    let all = GROUPS.iter().flat_map(|group| {
        let named = |parameter| (group.name, parameter);
        group.parameters.iter().map(named)
    });
    let change = |(group, parameter): (&str, &crate::world::parameter::Parameter)| {
        let path = format!("{group}.{}", parameter.name);
        let value = scenario.values.get(&path).unwrap_or(parameter.default);
        let default = parameter.default;
        (value != default).then_some(ParameterChange {
            path,
            value,
            default,
        })
    };
    all.filter_map(change).collect()
}

fn reached(simulation: &Simulation) -> Vec<Vec<usize>> {
    let chance = Chance::new(simulation.scenario().seed, 0);
    let of = |intervention: &Intervention| match intervention
        .target
        .reach(simulation.country(), &chance)
    {
        Reach::Fixed(governments) => governments.len(),
        Reach::Lowest { count, .. } => count,
    };
    let policies = simulation.scenario().policies.iter();
    policies
        .map(|policy| policy.interventions.iter().map(of).collect())
        .collect()
}

/// What the runs of one design point take.
fn effort(simulation: &Simulation) -> Workload {
    let (scenario, country) = (simulation.scenario(), simulation.country());
    let per_citizen = match scenario.population.mean_field {
        true => PER_STOOD_FOR_MONTH,
        false => PER_CITIZEN_MONTH,
    };
    let month = country.citizens() as f64 * per_citizen
        + country.governments.len() as f64 * PER_GOVERNMENT_MONTH
        + country.departments.ties().len() as f64 * PER_DEPARTMENT_TIE_MONTH;
    Workload {
        runs: scenario.policies.len() as f64 * f64::from(scenario.replications),
        cpu_seconds: month * months(simulation) * f64::from(scenario.replications),
        bytes_per_run: bytes_of_run(&country.geography, scenario.population),
    }
}

/// Months that are run of all policies in one replication: those before a first measure are shared.
fn months(simulation: &Simulation) -> f64 {
    let all = simulation.scenario().months;
    let policies = &simulation.scenario().policies;
    let own = policies
        .iter()
        .skip(1)
        .map(|policy| all - simulation.first_month(policy));
    f64::from(all + own.sum::<u32>())
}

#[cfg(test)]
mod tests {
    use crate::scenario::sweep::{Method, Over, Sweep, Varied};
    use crate::scenario::{Overrides, load};
    use crate::study::by_hand::{loaded, study};

    /// Nine runs; of 30 months in each replication 25 are lived apart by each of two policies.
    #[test]
    fn a_hand_calculated_outlook() {
        let mut asked = loaded();
        asked.scenario.values.set("sharing.benefit", 4.0);
        asked.sweep = Some(Sweep {
            method: Method::Table,
            points: 2,
            vary: vec![Varied {
                path: "sharing.benefit".into(),
                over: Over::Values(vec![1.0, 2.0]),
                words: Vec::new(),
            }],
            table: vec![vec![1.0], vec![2.0]],
        });
        let outlook = study(asked).outlook();
        let country = outlook.simulation.country();
        let (citizens, governments) = (country.citizens() as f64, country.governments.len() as f64);
        let month = 5e-9 * citizens + 0.8e-6 * governments;
        assert_eq!(outlook.effort.runs, 9.0);
        assert!((outlook.effort.cpu_seconds / (month * 80.0 * 3.0) - 1.0).abs() < 1e-9);
        let sweep = outlook.sweep.expect("there is one");
        assert_eq!((sweep.points, sweep.effort.runs), (2, 18.0));
        assert!((sweep.effort.cpu_seconds / outlook.effort.cpu_seconds - 2.0).abs() < 1e-9);
        let changed = &outlook.changes;
        assert_eq!(
            (changed.len(), changed[0].value, changed[0].default),
            (1, 4.0, 3.0)
        );
        let all = country.governments.len();
        assert_eq!(outlook.reached, [vec![], vec![all], vec![all]]);
        assert!(outlook.calibration.is_none());
    }

    /// Each directed tie between departments takes 20 ns a month.
    #[test]
    fn departments_are_reckoned_with() {
        let effort = |number: u32| {
            let asked = Overrides {
                set: vec![format!("network.departments={number}")],
                ..Overrides::default()
            };
            let asked = load("tests/fixtures/small/small.toml", &asked).expect("it is sound");
            let outlook = study(asked).outlook();
            let ties = outlook.simulation.country().departments.ties().len();
            (ties as f64, outlook.effort.cpu_seconds)
        };
        let [(none, without), (ties, with)] = [0, 3].map(effort);
        assert!(none == 0.0 && ties > 100.0, "{none} and {ties} ties");
        let each = (with - without) / (ties * 80.0 * 3.0);
        assert!((each / 2e-8 - 1.0).abs() < 1e-6, "{each} s");
    }
}
