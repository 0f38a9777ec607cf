//! What a study amounts to, as people read it.

use std::fmt::Write as _;

use crate::cli::shared::numbers::{amount, bytes};
use crate::intervention::cost::Cost;
use crate::intervention::{Intervention, Policy};
use crate::study::outlook::{CalibrationEffort, Outlook, SweepEffort};
use crate::world::country::Country;
use crate::world::departments::Departments;
use crate::world::factor::FACTORS;

/// The whole of it.
pub fn outlook(of: &Outlook) -> String {
    let scenario = of.simulation.scenario();
    let mut text = format!("{}\n", scenario.name);
    if !scenario.question.is_empty() {
        let _ = writeln!(text, "{}", scenario.question);
    }
    text += &world(of);
    for change in &of.changes {
        let (path, value, default) = (&change.path, change.value, change.default);
        let _ = writeln!(text, "{path} is {value} in place of {default}");
    }
    text += &policies(of);
    let effort = &of.effort;
    let _ = writeln!(
        text,
        "\n{} runs (policies x replications), about {} CPU seconds, {} of memory per run in flight",
        effort.runs,
        amount(effort.cpu_seconds),
        bytes(effort.bytes_per_run)
    );
    text += &of.sweep.as_ref().map_or_else(String::new, sweep);
    text += &of
        .calibration
        .as_ref()
        .map_or_else(String::new, calibration);
    text
}

fn world(of: &Outlook) -> String {
    let (scenario, country) = (of.simulation.scenario(), of.simulation.country());
    let end = scenario.start.plus(scenario.months as i32 - 1);
    let mut text = format!(
        "\n{} to {end}, {} months, seed {}, {} replications\n{} provinces, {} governments, {} cells, {} directed ties, {} citizens for {} residents\n",
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
    text += &departments(&country.departments);
    for cut in &of.cut {
        let _ = writeln!(text, "{cut}");
    }
    for coupling in &scenario.couplings {
        let _ = writeln!(
            text,
            "attention to {} acts on {} with elasticity {}",
            FACTORS[coupling.factor],
            coupling.lever.row().name,
            coupling.elasticity
        );
    }
    text
}

/// Names the departments of every government, if there are any.
fn departments(of: &Departments) -> String {
    let names: Vec<&str> = of.kinds().iter().map(|kind| kind.name.as_str()).collect();
    match names.is_empty() {
        true => String::new(),
        false => format!(
            "departments of every government, with {} directed ties: {}\n",
            of.ties().len(),
            names.join(", ")
        ),
    }
}

fn policies(of: &Outlook) -> String {
    let mut text = String::new();
    let country = of.simulation.country();
    for (policy, reached) in of.simulation.scenario().policies.iter().zip(&of.reached) {
        let _ = writeln!(text, "\n{}", described(policy));
        for (intervention, reached) in policy.interventions.iter().zip(reached) {
            let line = intervention_line(intervention, *reached, country);
            let _ = writeln!(text, "  {line}");
        }
    }
    text
}

fn described(policy: &Policy) -> String {
    match policy.describe.as_str() {
        "" => policy.name.clone(),
        describe => format!("{}: {describe}", policy.name),
    }
}

fn intervention_line(of: &Intervention, reached: usize, country: &Country) -> String {
    let governments = country.governments.len();
    let course = &of.course;
    let stop = course.stop.map_or(String::new(), |stop| {
        format!(" to {stop} (half-life {} months)", course.half_life_months)
    });
    format!(
        "{}: from {}{stop}, full after {} months, dose {}, {reached} of {governments} governments, {}",
        of.name,
        course.start,
        course.ramp_months,
        course.dose,
        cost(&of.cost, course.dose, &country.geography.nation.currency)
    )
}

/// What is paid at `dose`.
fn cost(cost: &Cost, dose: f64, currency: &str) -> String {
    let mut text = format!("{} {currency} per head and year", cost.per_head_year * dose);
    if cost.upkeep_share != 1.0 {
        let _ = write!(text, ", then {} of it", cost.upkeep_share);
    }
    if cost.setup > 0.0 {
        let _ = write!(text, ", {} {currency} to set up", amount(cost.setup * dose));
    }
    text
}

fn sweep(of: &SweepEffort) -> String {
    format!(
        "`cogov sweep` varies {}: {} design points, {} runs, about {} CPU seconds\n",
        of.inputs.join(", "),
        of.points,
        of.effort.runs,
        amount(of.effort.cpu_seconds)
    )
}

fn calibration(of: &CalibrationEffort) -> String {
    let mut text = format!(
        "`cogov calibrate` searches {} parameters for {} targets: {} waves and a posterior of {} points, {} runs of {} months\n",
        of.parameters, of.targets, of.waves, of.points, of.history_runs, of.history_months
    );
    if let Some((points, runs)) = of.region {
        let _ = writeln!(
            text,
            "  then all policies at up to {points} points, {runs} runs"
        );
    }
    text
}
