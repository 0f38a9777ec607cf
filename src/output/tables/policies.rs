//! `policies.csv`: what each policy is, lever by lever: from where to where, when, for whom, at what price.

use super::layout::{Kind, Layout, Part};
use super::row::{TableRow as _, table_row};
use crate::intervention::targeting::Target;
use crate::intervention::{Intervention, Policy};
use crate::numeric;
use crate::scenario::Scenario;
use crate::world::clock::Date;
use crate::world::levers::{Change, Lever};

/// The table.
pub const LAYOUT: Layout = Layout {
    file: "policies.csv",
    kind: Kind::Policies,
    hashed: false,
    rows: "policy x intervention x lever: from, to, when, where, price",
    parts: &[Part::Fixed(Row::FIELDS)],
};

table_row! {
    /// What an intervention of a policy does to a lever.
    pub struct Row {
        /// name of the policy
        policy: String,
        /// name of the intervention
        intervention: String,
        /// lever that it moves
        lever: String,
        /// unit of the lever
        unit: String,
        /// add, multiply or set
        change: String,
        /// by how much at dose 1, or to what
        amount: f64,
        /// value of the lever at rest, before factors of a place
        from_value: f64,
        /// value at full strength, alone
        to_value: f64,
        /// multiple of the full strength
        dose: f64,
        /// first month
        start: Date,
        /// months until full strength
        ramp_months: u32,
        /// first month in which it is withdrawn; empty where it stays
        stop: String,
        /// months in which what is left halves after the stop
        half_life_months: f64,
        /// governments it reaches
        reached: String,
        /// money per resident reached and year, while it is being built
        cost_per_head_year: f64,
        /// money once, at the start
        setup_cost: f64,
        /// share of the yearly cost that is due once the ramp is over
        upkeep_share: f64,
    }
}

/// The rows of a scenario.
pub fn rows(scenario: &Scenario) -> impl Iterator<Item = Row> {
    let of_policy = move |policy: &Policy| -> Vec<Row> {
        let each = policy
            .interventions
            .iter()
            .flat_map(|one| one.changes.iter().map(move |change| (one, change)));
        each.map(|(one, change)| row(scenario, &policy.name, one, *change))
            .collect()
    };
    scenario.policies.iter().flat_map(of_policy)
}

fn row(
    scenario: &Scenario,
    policy: &str,
    one: &Intervention,
    (lever, change): (Lever, Change),
) -> Row {
    let table = lever.row();
    let rest = scenario.values.get(table.name).unwrap_or(table.rest);
    let (low, high) = table.bounds;
    let (word, amount) = match change {
        Change::Add(by) => ("add", by),
        Change::Multiply(by) => ("multiply", by),
        Change::Set(to) => ("set", to),
    };
    let (course, cost) = (&one.course, &one.cost);
    Row {
        policy: policy.into(),
        intervention: one.name.clone(),
        lever: table.name.into(),
        unit: table.unit.into(),
        change: word.into(),
        amount,
        from_value: rest,
        to_value: written(change.applied(rest, course.dose).clamp(low, high)),
        dose: course.dose,
        start: course.start,
        ramp_months: course.ramp_months,
        stop: course
            .stop
            .map_or_else(String::new, |date| date.to_string()),
        half_life_months: course.half_life_months,
        reached: reached(scenario, &one.target),
        cost_per_head_year: written(cost.per_head_year * course.dose),
        setup_cost: written(cost.setup * course.dose),
        upkeep_share: cost.upkeep_share,
    }
}

/// `x` as a person would write it: .9 where three times .3 leaves .8999999999999999.
fn written(x: f64) -> f64 {
    numeric::short(x, 12)
}

/// Whom a target means, in the words of scenario files.
fn reached(scenario: &Scenario, target: &Target) -> String {
    let places = &scenario.geography;
    let levels = target
        .levels
        .iter()
        .map(|level| places.nation.level(*level).to_owned());
    let regions = target.regions.iter().map(|at| places.regions[*at].clone());
    let provinces = target
        .provinces
        .iter()
        .map(|at| places.provinces[*at].name.clone());
    let alliances = target
        .alliances
        .iter()
        .map(|at| places.alliances[*at].name.clone());
    let frontline = target.frontline.then(|| "frontline".to_owned());
    let lowest = target.lowest.map(|of| format!("lowest {}", of.share));
    let random = target.random_share.map(|share| format!("random {share}"));
    let all = levels
        .chain(frontline)
        .chain(regions)
        .chain(provinces)
        .chain(alliances);
    let words: Vec<String> = all.chain(lowest).chain(random).collect();
    match words.is_empty() {
        true => "everywhere".into(),
        false => words.join("; "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_written_as_a_person_would() {
        assert_eq!(
            [0.3 * 3.0, 1234.5, 4.46e10, 0.0].map(written),
            [0.9, 1234.5, 4.46e10, 0.0]
        );
    }
}
