//! `costs.csv`: what each intervention costs, and what a policy pays for a step of each outcome.
//!
//! First a row per intervention; then, with `intervention` = `all`, the policy's whole cost; then,
//! per main outcome, RMB for an improvement of .01 at the end of the run, where the policy surely
//! improves it. Its interval is Fieller's over pairs of cost and gain: both may vary between
//! replications. `dominated_by` names a policy that costs no more RMB over the run, surely gains no
//! less, and betters this one in one of the two.

use std::io;
use std::path::Path;

use crate::experiment::statistics::compare::Comparison;
use crate::experiment::statistics::value::{Offer, dominated_by};
use crate::model::outcome::{OUTCOMES, main_outcomes};
use crate::output::tables::table::Table;
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
/// In the columns of a price where there is none.
const NO_PRICE: [f64; 3] = [f64::NAN; 3];

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
    let rmb = costs.iter().fold(0.0, |sum, [rmb, ..]| sum + rmb);
    let residents = scenario.geography.population() as f64;
    PolicyCost {
        rmb,
        per_head_year: per_head_year(rmb, residents, comparison.paid_months(policy)),
    }
}

fn per_head_year(rmb: f64, residents: f64, months: f64) -> f64 {
    if rmb == 0.0 {
        0.0
    } else {
        rmb / residents / (months / 12.0)
    }
}

/// Cost and gain of every policy on the main outcome number `main`, the baseline first.
pub fn offers(scenario: &Scenario, comparison: &Comparison, main: usize) -> Vec<Offer> {
    let outcome = main_outcomes()[main];
    let sign = OUTCOMES[outcome].direction.sign();
    let offer = |policy: usize| Offer {
        cost: of_policy(scenario, comparison, policy).rmb,
        gain: sign * comparison.judged(policy, outcome).difference,
    };
    let baseline = Offer {
        cost: 0.0,
        gain: 0.0,
    };
    let policies = (1..scenario.policies.len()).map(offer);
    std::iter::once(baseline).chain(policies).collect()
}

/// For each policy, the baseline first, the one that dominates it in the main outcome number `main`.
fn dominants(scenario: &Scenario, comparison: &Comparison, main: usize) -> Vec<Option<usize>> {
    let lead = |a, b| comparison.contest().lead(a, b, main);
    dominated_by(&offers(scenario, comparison, main), lead)
}

/// Writes the file into `folder`.
///
/// # Errors
/// When it cannot be written.
pub fn write(folder: &Path, scenario: &Scenario, comparison: &Comparison) -> io::Result<()> {
    let mut table = Table::create(folder, "costs.csv", COLUMNS)?;
    let mains = 0..main_outcomes().len();
    let dominated: Vec<_> = mains
        .map(|main| dominants(scenario, comparison, main))
        .collect();
    for policy in 1..scenario.policies.len() {
        write_policy(&mut table, scenario, comparison, (policy, &dominated))?;
    }
    table.finish()
}

fn write_policy(
    table: &mut Table,
    scenario: &Scenario,
    comparison: &Comparison,
    (i, dominated): (usize, &[Vec<Option<usize>>]),
) -> io::Result<()> {
    let policy = &scenario.policies[i];
    let mut row = |[intervention, outcome, by]: [&str; 3], numbers: [[f64; 3]; 2]| {
        for text in [&policy.name, intervention, outcome] {
            table.text(text)?;
        }
        for number in numbers.as_flattened() {
            table.number(*number)?;
        }
        table.text(by)?;
        table.end_row()
    };
    let costs = comparison.costs(i);
    for (intervention, [rmb, residents, months]) in policy.interventions.iter().zip(costs) {
        let cost = [rmb, residents, per_head_year(rmb, residents, months)];
        row([&intervention.name, "", ""], [cost, NO_PRICE])?;
    }
    let whole = of_policy(scenario, comparison, i);
    let residents = scenario.geography.population() as f64;
    let whole = [whole.rmb, residents, whole.per_head_year];
    row(["all", "", ""], [whole, NO_PRICE])?;
    for (main, outcome) in main_outcomes().into_iter().enumerate() {
        let price = comparison.contest().price(i, main).unwrap_or(NO_PRICE);
        let by = dominated[main][i].map_or("", |by| scenario.policies[by].name.as_str());
        let names = ["all", OUTCOMES[outcome].name, by];
        row(names, [whole, price.map(|rmb| rmb * POINT)])?;
    }
    Ok(())
}
