//! `costs.csv`: what each intervention costs, and what a policy pays for a step of each outcome.
//!
//! First a row per intervention; then, with `intervention` = `all`, the policy's whole cost; then,
//! per main outcome, RMB for an improvement of .01 at the end of the run. Its interval comes from
//! that of the effect; where the effect may be nothing or a loss it has no upper end, where it is a
//! loss no value. `dominated_by` names a policy that costs no more per head and year and gains no less,
//! and betters this one in one of the two.

use std::io;
use std::path::Path;

use crate::experiment::compare::Comparison;
use crate::experiment::statistics::Effect;
use crate::experiment::value::{Offer, dominated_by};
use crate::model::outcome::{Direction, OUTCOMES};
use crate::output::table::Table;
use crate::scenario::Scenario;

/// Columns of the file.
pub const COLUMNS: [&str; 10] = [
    "policy",
    "intervention",
    "outcome",
    "cost_rmb",
    "residents_reached",
    "cost_per_head_year",
    "cost_per_point_rmb",
    "ci_low",
    "ci_high",
    "dominated_by",
];

/// Improvement that `cost_per_point_rmb` is for.
pub const POINT: f64 = 0.01;

/// What a whole policy costs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PolicyCost {
    /// RMB over the run.
    pub rmb: f64,
    /// RMB per resident of the country and year, while something is paid.
    pub per_head_year: f64,
}

/// What `policy` costs over the run.
pub fn of_policy(scenario: &Scenario, comparison: &Comparison, policy: usize) -> PolicyCost {
    let costs = comparison.costs(policy);
    let rmb: f64 = costs.iter().map(|[rmb, ..]| rmb).sum();
    let months = costs
        .iter()
        .map(|[_, _, months]| *months)
        .fold(0.0, f64::max);
    let residents = scenario.geography.population() as f64;
    PolicyCost {
        rmb,
        per_head_year: per_head_year(rmb, residents, months),
    }
}

fn per_head_year(rmb: f64, residents: f64, months: f64) -> f64 {
    if rmb == 0.0 {
        0.0
    } else {
        rmb / residents / (months / 12.0)
    }
}

/// Cost and gain of every policy on the outcome at `outcome`, the baseline first.
pub fn offers(scenario: &Scenario, comparison: &Comparison, outcome: usize) -> Vec<Offer> {
    let sign = match OUTCOMES[outcome].direction {
        Direction::Down => -1.0,
        _ => 1.0,
    };
    let offer = |policy: usize| Offer {
        cost: of_policy(scenario, comparison, policy).per_head_year,
        gain: sign * comparison.judged(policy, outcome).difference,
    };
    let baseline = Offer {
        cost: 0.0,
        gain: 0.0,
    };
    let policies = (1..scenario.policies.len()).map(offer);
    std::iter::once(baseline).chain(policies).collect()
}

/// RMB for an improvement of [`POINT`]: value, low and high end.
pub fn per_point(rmb: f64, effect: &Effect, direction: Direction) -> [f64; 3] {
    let sign = if direction == Direction::Down {
        -1.0
    } else {
        1.0
    };
    let (a, b) = (sign * effect.low, sign * effect.high);
    let price = |gain: f64| {
        if gain > 0.0 {
            rmb / (gain / POINT)
        } else {
            f64::NAN
        }
    };
    [
        price(sign * effect.difference),
        price(a.max(b)),
        price(a.min(b)),
    ]
}

/// Writes the file into `folder`.
///
/// # Errors
/// When it cannot be written.
pub fn write(folder: &Path, scenario: &Scenario, comparison: &Comparison) -> io::Result<()> {
    let mut table = Table::create(folder, "costs.csv", COLUMNS)?;
    let mains: Vec<usize> = (0..OUTCOMES.len()).filter(|o| OUTCOMES[*o].main).collect();
    let dominant = |outcome: &usize| dominated_by(&offers(scenario, comparison, *outcome));
    let dominated: Vec<_> = mains.iter().map(dominant).collect();
    for (i, policy) in scenario.policies.iter().enumerate().skip(1) {
        let mut row = |[intervention, outcome, by]: [&str; 3], numbers: [f64; 6]| {
            for text in [&policy.name, intervention, outcome] {
                table.text(text)?;
            }
            for number in numbers {
                table.number(number)?;
            }
            table.text(by)?;
            table.end_row()
        };
        let none = f64::NAN;
        let costs = comparison.costs(i);
        for (intervention, [rmb, residents, months]) in policy.interventions.iter().zip(costs) {
            let per_head = per_head_year(rmb, residents, months);
            let numbers = [rmb, residents, per_head, none, none, none];
            row([&intervention.name, "", ""], numbers)?;
        }
        let whole = of_policy(scenario, comparison, i);
        let residents = scenario.geography.population() as f64;
        let (rmb, per_head) = (whole.rmb, whole.per_head_year);
        row(
            ["all", "", ""],
            [rmb, residents, per_head, none, none, none],
        )?;
        for (&o, dominated) in mains.iter().zip(&dominated) {
            let outcome = &OUTCOMES[o];
            let [price, low, high] = per_point(rmb, &comparison.judged(i, o), outcome.direction);
            let by = dominated[i].map_or("", |by| scenario.policies[by].name.as_str());
            let numbers = [rmb, residents, per_head, price, low, high];
            row(["all", outcome.name, by], numbers)?;
        }
    }
    table.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::statistics::Pairs;

    #[test]
    fn a_point_has_a_price_only_where_something_is_gained() {
        let mut pairs = Pairs::default();
        for (baseline, policy) in [(0.1, 0.3), (0.1, 0.31), (0.1, 0.29)] {
            pairs.add(baseline, policy);
        }
        let effect = pairs.effect();
        let [price, low, high] = per_point(2000.0, &effect, Direction::Up);
        assert!((price - 100.0).abs() < 1e-9);
        assert!(low < price && price < high);
        assert!(per_point(2000.0, &effect, Direction::Down)[0].is_nan());
    }
}
