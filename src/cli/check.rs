//! `cogov check`: what would be run, how long it takes and how much memory it needs.

use std::fmt::Write as _;
use std::sync::Arc;

use clap::Args;

use crate::chance::Chance;
use crate::cli::Failure;
use crate::cli::study::Asked;
use crate::cli::terminal::{amount, bytes, show};
use crate::experiment::design;
use crate::intervention::cost::Cost;
use crate::intervention::{Intervention, Policy};
use crate::model::GROUPS;
use crate::scenario::calibration::Calibration;
use crate::scenario::input::Input;
use crate::scenario::sweep::Sweep;
use crate::scenario::{Scenario, bytes_of_run};
use crate::simulation::Simulation;
use crate::world::departments::Departments;
use crate::world::geography::FACTORS;
use crate::world::levers::Reach;

/// Read and validate a scenario, and show what it amounts to; runs nothing
#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    asked: Asked,
}

/// CPU seconds that a citizen's month takes, measured on one machine.
const PER_CITIZEN_MONTH: f64 = 5e-9;
/// The same of one whom a cohort stands for: enterprises and organisations are as many as with citizens.
const PER_STOOD_FOR_MONTH: f64 = 0.6e-9;
/// CPU seconds that a month of one government takes.
const PER_GOVERNMENT_MONTH: f64 = 0.8e-6;
/// CPU seconds that a month of one directed tie between departments takes.
const PER_DEPARTMENT_TIE_MONTH: f64 = 2e-8;

impl Check {
    /// Does it.
    pub fn execute(self) -> Result<(), Failure> {
        let loaded = self.asked.load(None)?;
        let scenario = Arc::new(loaded.scenario);
        let simulation = Simulation::new(Arc::clone(&scenario));
        let mut text = format!("{}\n", scenario.name);
        if !scenario.question.is_empty() {
            let _ = writeln!(text, "{}", scenario.question);
        }
        describe_world(&simulation, &mut text);
        for line in &loaded.cut {
            let _ = writeln!(text, "cut with the part that is run: {line}");
        }
        describe_changes(&scenario, &mut text);
        describe_policies(&simulation, &mut text);
        let seconds = describe_effort(&simulation, &mut text);
        if let Some(sweep) = &loaded.sweep {
            describe_sweep(sweep, &scenario, seconds, &mut text);
        }
        if let Some(calibration) = &loaded.calibration {
            describe_calibration(calibration, &scenario, &mut text);
        }
        show(&text)
    }
}

fn describe_world(simulation: &Simulation, text: &mut String) {
    let (scenario, country) = (simulation.scenario(), simulation.country());
    let end = scenario.start.plus(scenario.months as i32 - 1);
    let _ = writeln!(
        text,
        "\n{} to {end}, {} months, seed {}, {} replications\n{} provinces, {} governments, {} cells, {} directed ties, {} citizens for {} residents",
        scenario.start,
        scenario.months,
        scenario.seed,
        scenario.replications,
        country.geography.provinces.len(),
        country.governments.len(),
        country.cells.len(),
        country.network.edges().len(),
        country.citizens(),
        country.geography.population()
    );
    describe_departments(&country.departments, text);
    for coupling in &scenario.couplings {
        let _ = writeln!(
            text,
            "attention to {} acts on {} with elasticity {}",
            FACTORS[coupling.factor],
            coupling.lever.row().name,
            coupling.elasticity
        );
    }
}

/// Names the departments of every government, if there are any.
fn describe_departments(departments: &Departments, text: &mut String) {
    let names: Vec<&str> = departments
        .kinds()
        .iter()
        .map(|kind| kind.name.as_str())
        .collect();
    if !names.is_empty() {
        let (ties, names) = (departments.ties().len(), names.join(", "));
        let _ = writeln!(
            text,
            "departments of every government, with {ties} directed ties: {names}"
        );
    }
}

fn describe_policies(simulation: &Simulation, text: &mut String) {
    for policy in &simulation.scenario().policies {
        let _ = writeln!(text, "\n{}", describe(policy));
        for intervention in &policy.interventions {
            let _ = writeln!(
                text,
                "  {}",
                describe_intervention(intervention, simulation)
            );
        }
    }
}

fn describe(policy: &Policy) -> String {
    if policy.describe.is_empty() {
        policy.name.clone()
    } else {
        format!("{}: {}", policy.name, policy.describe)
    }
}

fn describe_intervention(intervention: &Intervention, simulation: &Simulation) -> String {
    let (scenario, country) = (simulation.scenario(), simulation.country());
    let course = &intervention.course;
    let reached = match intervention
        .target
        .reach(country, &Chance::new(scenario.seed, 0))
    {
        Reach::Fixed(governments) => governments.len(),
        Reach::Lowest { count, .. } => count,
    };
    let stop = course.stop.map_or(String::new(), |stop| {
        format!(" to {stop} (half-life {} months)", course.half_life_months)
    });
    format!(
        "{}: from {}{stop}, full after {} months, dose {}, {reached} of {} governments, {}",
        intervention.name,
        course.start,
        course.ramp_months,
        course.dose,
        country.governments.len(),
        describe_cost(
            &intervention.cost,
            course.dose,
            &country.geography.nation.currency
        )
    )
}

/// What is paid at `dose`.
fn describe_cost(cost: &Cost, dose: f64, currency: &str) -> String {
    let mut text = format!("{} {currency} per head and year", cost.per_head_year * dose);
    if cost.upkeep_share != 1.0 {
        let _ = write!(text, ", then {} of it", cost.upkeep_share);
    }
    if cost.setup > 0.0 {
        let _ = write!(text, ", {} {currency} to set up", amount(cost.setup * dose));
    }
    text
}

/// Names the parameters that differ from their defaults.
fn describe_changes(scenario: &Scenario, text: &mut String) {
    for group in GROUPS {
        for parameter in group.parameters {
            let path = format!("{}.{}", group.name, parameter.name);
            let value = scenario.values.get(&path).unwrap_or(parameter.default);
            if value != parameter.default {
                let default = parameter.default;
                let _ = writeln!(text, "{path} is {value} in place of {default}");
            }
        }
    }
}

/// Says what the runs of one design point take, and returns their CPU seconds.
fn describe_effort(simulation: &Simulation, text: &mut String) -> f64 {
    let (scenario, country) = (simulation.scenario(), simulation.country());
    let runs = runs(scenario);
    let citizens = country.citizens() as f64;
    let governments = country.governments.len() as f64;
    let per_citizen = if scenario.population.mean_field {
        PER_STOOD_FOR_MONTH
    } else {
        PER_CITIZEN_MONTH
    };
    let inside = country.departments.ties().len() as f64;
    let month = citizens * per_citizen
        + governments * PER_GOVERNMENT_MONTH
        + inside * PER_DEPARTMENT_TIE_MONTH;
    let seconds = month * months(simulation) * f64::from(scenario.replications);
    let _ = writeln!(
        text,
        "\n{runs} runs (policies x replications), about {} CPU seconds, {} of memory per run in flight",
        amount(seconds),
        bytes(bytes_of_run(&country.geography, scenario.population))
    );
    seconds
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

fn describe_sweep(sweep: &Sweep, scenario: &Scenario, seconds: f64, text: &mut String) {
    let varied = sweep.vary.iter();
    let inputs: Vec<Input> = varied
        .filter_map(|one| Input::named(&one.path, scenario).ok())
        .collect();
    let points = design::points(sweep, &inputs, scenario.seed).len() as f64;
    let runs = runs(scenario);
    let inputs: Vec<&str> = sweep.vary.iter().map(|one| one.path.as_str()).collect();
    let _ = writeln!(
        text,
        "`cogov sweep` varies {}: {points} design points, {} runs, about {} CPU seconds",
        inputs.join(", "),
        points * runs,
        amount(points * seconds)
    );
}

fn describe_calibration(calibration: &Calibration, scenario: &Scenario, text: &mut String) {
    let replications = f64::from(scenario.replications);
    let history = replications * f64::from(calibration.history_points());
    let _ = writeln!(
        text,
        "`cogov calibrate` searches {} parameters for {} targets: {} waves and a posterior of {} points, {history} runs of {} months",
        calibration.vary.len(),
        calibration.targets.len(),
        calibration.waves,
        calibration.points,
        calibration.months()
    );
    let compared = calibration.compared(&scenario.policies).count();
    if calibration.claims > 0 && compared > 1 {
        let points = 1 + calibration.claims;
        let _ = writeln!(
            text,
            "  then all policies at up to {points} points, {} runs",
            replications * f64::from(points) * compared as f64
        );
    }
}

fn runs(scenario: &Scenario) -> f64 {
    scenario.policies.len() as f64 * f64::from(scenario.replications)
}
