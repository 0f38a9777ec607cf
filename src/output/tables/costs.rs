//! `costs.csv`: what each intervention costs, and what a policy pays for a step of each outcome.
//!
//! First a row per intervention; then, with `intervention` = `all`, the policy's whole cost; then,
//! per main outcome, the money for an improvement of .01 at the end of the run, where the policy surely
//! improves it. Its interval is Fieller's over pairs of cost and gain: both may vary between
//! replications. `dominated_by` names a policy that costs no more over the run, surely gains no
//! less, and betters this one in one of the two.

use super::layout::{Kind, Layout, Part};
use super::row::{TableRow as _, table_row};
use crate::experiment::statistics::compare::Comparison;
use crate::experiment::statistics::value::{Offer, dominated_by};
use crate::intervention::Intervention;
use crate::model::outcome::{OUTCOMES, main_outcomes};
use crate::numeric::Interval;
use crate::scenario::Scenario;

/// The table.
pub const LAYOUT: Layout = Layout {
    file: "costs.csv",
    kind: Kind::Policies,
    hashed: true,
    rows: "policy x intervention, and the price of a gain of .01 of each main outcome with interval",
    parts: &[Part::Fixed(Row::FIELDS)],
};

table_row! {
    /// What an intervention or a whole policy costs, or what the policy pays for a gain.
    pub struct Row {
        /// name of the policy
        policy: String,
        /// name of the intervention; all: the whole policy
        intervention: String,
        /// what is measured
        outcome: String,
        /// money spent over the run by the intervention, or by the whole policy where it is all; mean
        /// over replications
        #[unit = "money"]
        cost: f64,
        /// the same discounted to the first month of the run at the country's rate; empty where it
        /// differs between design points
        #[unit = "money"]
        cost_discounted: Option<f64>,
        /// residents under the governments reached; of the country where the intervention is all
        #[unit = "residents"]
        residents_reached: f64,
        /// money per resident reached and year in which anything is paid for, each month once; per
        /// resident of the country where the intervention is all
        #[unit = "money per resident and year"]
        cost_per_head_year: f64,
        /// money for an improvement of .01 of the outcome at the end of the run, with Fieller's interval
        /// over pairs of cost and gain; empty where the policy does not surely improve it
        #[unit = "money"]
        cost_per_point: Option<f64>,
        /// lower end of the 95 % interval
        #[unit = "money"]
        ci_low: Option<f64>,
        /// upper end of the 95 % interval
        #[unit = "money"]
        ci_high: Option<f64>,
        /// a policy that costs no more over the run and surely gains no less on this outcome (no
        /// part of the interval of their paired difference lies below 0), and betters this one in one
        /// of the two
        dominated_by: String,
    }
}

/// Stands for the whole policy in the column `intervention`.
pub const ALL: &str = "all";

/// Improvement that `cost_per_point` is for.
pub const POINT: f64 = 0.01;

impl Row {
    /// The price of a gain with its interval; NaN where there is none.
    pub fn price(&self) -> Interval {
        Interval::of(self.cost_per_point, self.ci_low, self.ci_high)
    }
}

/// What a whole policy costs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PolicyCost {
    /// What is spent over the run.
    pub money: f64,
    /// The same per resident of the country and year, while something is paid.
    pub per_head_year: f64,
}

/// What `policy` costs over the run.
pub fn of_policy(scenario: &Scenario, comparison: &Comparison, policy: usize) -> PolicyCost {
    let costs = comparison.costs(policy);
    let money = costs.iter().fold(0.0, |sum, [money, ..]| sum + money);
    let residents = scenario.geography.population() as f64;
    PolicyCost {
        money,
        per_head_year: per_head_year(money, residents, comparison.paid_months(policy)),
    }
}

fn per_head_year(money: f64, residents: f64, months: f64) -> f64 {
    if money == 0.0 {
        0.0
    } else {
        money / residents / (months / 12.0)
    }
}

/// Cost and gain of every policy on the main outcome number `main`, the baseline first.
pub fn offers(scenario: &Scenario, comparison: &Comparison, main: usize) -> Vec<Offer> {
    let outcome = main_outcomes()[main];
    let sign = OUTCOMES[outcome].direction.sign();
    let offer = |policy: usize| Offer {
        cost: of_policy(scenario, comparison, policy).money,
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

/// The rows of a study.
pub fn rows(scenario: &Scenario, comparison: &Comparison) -> impl Iterator<Item = Row> {
    let mains = 0..main_outcomes().len();
    let dominated: Vec<_> = mains
        .map(|main| dominants(scenario, comparison, main))
        .collect();
    (1..scenario.policies.len()).flat_map(move |policy| {
        let whole = whole(scenario, comparison, policy);
        let prices = prices(scenario, comparison, &whole, (policy, &dominated));
        let parts = parts(scenario, comparison, policy);
        parts.into_iter().chain([whole]).chain(prices)
    })
}

/// A row of each intervention of `policy`.
fn parts(scenario: &Scenario, comparison: &Comparison, policy: usize) -> Vec<Row> {
    let of = &scenario.policies[policy];
    let costs = of.interventions.iter().zip(comparison.costs(policy));
    let row = |(intervention, [money, residents, months]): (&_, [f64; 3])| {
        let intervention: &Intervention = intervention;
        Row {
            policy: of.name.clone(),
            intervention: intervention.name.clone(),
            outcome: String::new(),
            cost: money,
            cost_discounted: discounted(scenario, intervention, money, residents),
            residents_reached: residents,
            cost_per_head_year: per_head_year(money, residents, months),
            cost_per_point: None,
            ci_low: None,
            ci_high: None,
            dominated_by: String::new(),
        }
    };
    costs.map(row).collect()
}

/// How far two sums of the same amounts may differ.
const ROUNDING: f64 = 1e-9;

/// What `intervention`, which cost so much `money` for so many `residents`, is worth in the first
/// month of the run. Its prices follow from the scenario; where the money does not follow from
/// them, as over design points with prices of their own, there is none.
fn discounted(
    scenario: &Scenario,
    intervention: &Intervention,
    money: f64,
    residents: f64,
) -> Option<f64> {
    let due = |discount: &dyn Fn(u32) -> f64| {
        intervention.due(residents, (scenario.start, scenario.months), discount)
    };
    let follows = (due(&|_| 1.0) - money).abs() <= ROUNDING * money.abs();
    let nation = &scenario.geography.nation;
    follows.then(|| due(&|month| nation.discount(month)))
}

/// The row of the whole `policy`.
fn whole(scenario: &Scenario, comparison: &Comparison, policy: usize) -> Row {
    let cost = of_policy(scenario, comparison, policy);
    let parts = parts(scenario, comparison, policy);
    let discounted = parts.iter().map(|part| part.cost_discounted).sum();
    Row {
        policy: scenario.policies[policy].name.clone(),
        intervention: ALL.into(),
        outcome: String::new(),
        cost: cost.money,
        cost_discounted: discounted,
        residents_reached: scenario.geography.population() as f64,
        cost_per_head_year: cost.per_head_year,
        cost_per_point: None,
        ci_low: None,
        ci_high: None,
        dominated_by: String::new(),
    }
}

/// A row of what the `whole` policy pays for each main outcome.
fn prices(
    scenario: &Scenario,
    comparison: &Comparison,
    whole: &Row,
    (policy, dominated): (usize, &[Vec<Option<usize>>]),
) -> Vec<Row> {
    let row = |(main, outcome): (usize, usize)| {
        let price = comparison.contest().price(policy, main);
        let by = dominated[main][policy].map(|by| scenario.policies[by].name.clone());
        Row {
            outcome: OUTCOMES[outcome].name.into(),
            cost_per_point: price.map(|[money, ..]| money * POINT),
            ci_low: price.map(|[_, low, _]| low * POINT),
            ci_high: price.map(|[.., high]| high * POINT),
            dominated_by: by.unwrap_or_default(),
            ..whole.clone()
        }
    };
    main_outcomes().into_iter().enumerate().map(row).collect()
}
