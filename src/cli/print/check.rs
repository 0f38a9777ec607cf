//! What a study amounts to, as people read it.

use std::fmt::Write as _;

use crate::cli::print::policies::policies;
use crate::cli::shared::numbers::{amount, bytes};
use crate::study::outlook::{CalibrationEffort, Outlook, SweepEffort};
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
        let (factor, lever) = (FACTORS[coupling.factor], coupling.lever.row().name);
        let how = format!("with elasticity {}", coupling.elasticity);
        let _ = writeln!(text, "attention to {factor} acts on {lever} {how}");
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
    let [least, most] = of.history_runs;
    let mut text = format!(
        "`cogov calibrate` searches {} inputs for {} targets: {} waves and rounds of the posterior, each of {} points, {least} to {most} runs of {} months\n",
        of.parameters, of.targets, of.waves, of.points, of.history_months
    );
    if let Some((points, runs)) = of.region {
        text += &format!("  then all policies at up to {points} points, {runs} runs\n");
    }
    text
}
