//! What each policy does, and whom it reaches, in lines.

use std::fmt::Write as _;

use crate::cli::shared::numbers::amount;
use crate::intervention::cost::Cost;
use crate::intervention::{Intervention, Policy};
use crate::study::outlook::Outlook;
use crate::world::country::Country;

/// Every policy with its interventions.
pub fn policies(of: &Outlook) -> String {
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
