//! What each policy does, and whom it reaches, in lines.

use std::fmt::Write as _;

use crate::cli::shared::numbers::amount;
use crate::intervention::cost::Cost;
use crate::intervention::{Intervention, Policy};
use crate::numeric::six_digits;
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
    let price = six_digits(cost.per_head_year * dose);
    let mut text = format!("{price} {currency} per head and year");
    if cost.upkeep_share != 1.0 {
        let _ = write!(text, ", then {} of it", cost.upkeep_share);
    }
    if cost.setup > 0.0 {
        let _ = write!(text, ", {} {currency} to set up", amount(cost.setup * dose));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_told_without_what_floats_add() {
        let price = Cost {
            per_head_year: 0.1 * 3.0,
            setup: 0.0,
            upkeep_share: 1.0,
        };
        assert_eq!(cost(&price, 3.0, "EUR"), "0.9 EUR per head and year");
    }
}
