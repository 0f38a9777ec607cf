use super::*;
use crate::model::{GROUPS, by_hand};
use crate::world::by_hand::{PLAIN, country, near};
use crate::world::levers::Change;

fn entry(cost_per_head: f64, setup_cost: f64) -> TimetableEntry {
    TimetableEntry {
        name: "measure".into(),
        start: 1,
        strength: vec![0.0, 1.0, 1.0],
        changes: Vec::new(),
        reach: Reach::Fixed(Vec::new()),
        cost_per_head: vec![0.0, cost_per_head, cost_per_head],
        setup_cost,
    }
}

#[test]
fn a_measure_is_paid_by_the_head_and_once_at_its_start() {
    let mut spending = Spending {
        month: vec![0.0; 2],
        interventions: vec![Spent::default()],
        paid_months: 0.0,
    };
    let mut bill = |entry: &TimetableEntry, month| {
        spending.month.fill(0.0);
        let paid = pay(0, entry, month, &[300.0, 100.0], &mut spending);
        let spent = spending.interventions[0];
        (
            paid,
            spending.month.clone(),
            [spent.total, spent.residents, spent.months],
        )
    };
    // 400 residents at 2, and 800 once: 4 a head in the first month
    let dear = entry(2.0, 800.0);
    assert_eq!(
        bill(&dear, 1),
        (true, vec![1200.0, 400.0], [1600.0, 400.0, 1.0])
    );
    assert_eq!(
        bill(&dear, 2),
        (true, vec![600.0, 200.0], [2400.0, 400.0, 2.0])
    );
    let free = entry(0.0, 0.0);
    assert_eq!(bill(&free, 1), (false, vec![0.0; 2], [2400.0, 400.0, 2.0]));
    let built = entry(0.0, 800.0);
    assert_eq!(bill(&built, 2), (false, vec![0.0; 2], [2400.0, 400.0, 2.0]));
    assert_eq!(
        bill(&built, 1),
        (true, vec![600.0, 200.0], [3200.0, 400.0, 3.0])
    );
}

#[test]
fn attention_multiplies_within_bounds() {
    assert_eq!(attention_multiplier(4.0, 0.5), 2.0);
    assert_eq!(attention_multiplier(100.0, 1.0), 3.0);
    assert_eq!(attention_multiplier(0.0, 0.5), 1.0 / 3.0);
    assert_eq!(attention_multiplier(0.0, 0.0), 1.0);
}

/// Twice the attention to the third factor, and a point of fiscal strength that doubles protection.
#[test]
fn levers_at_rest_follow_attention_and_means() {
    let coupling = Coupling {
        factor: 2,
        lever: Lever::RevisionRate,
        elasticity: 1.0,
    };
    let mut rich = PLAIN;
    (rich.fiscal, rich.attention[2]) = (1.0, 2.0);
    let values = Values::defaults(GROUPS);
    let levers = levers_at_rest(&values, &[coupling], &[PLAIN, rich], std::f64::consts::LN_2);
    for (lever, plain, of_rich) in [
        (Lever::Protection, 0.9, 1.8),
        (Lever::RevisionRate, 0.1, 0.2),
        (Lever::IntegrationCost, 1.0, 1.0),
        (Lever::CapacityFactor, 1.0, 1.0),
    ] {
        near(levers.get(lever, 0), plain);
        near(levers.get(lever, 1), of_rich);
    }
}

/// A duty to share for the North from month 1 on, at 2 a head of 3,000 and 600 once.
#[test]
fn a_measure_acts_and_is_paid_for_from_its_start() {
    let world = &mut by_hand::world();
    let measure = TimetableEntry {
        name: "duty".into(),
        start: 1,
        strength: vec![0.0, 0.5, 1.0],
        changes: vec![(Lever::Mandate, Change::Add(0.4))],
        reach: Reach::Fixed(vec![1]),
        cost_per_head: vec![0.0, 2.0, 2.0],
        setup_cost: 600.0,
    };
    by_hand::follow(world, Timetable(vec![measure]), &country());
    for (month, mandate, bill, months) in [
        (0, 0.0, 0.0, 0.0),
        (1, 0.2, 6600.0, 1.0),
        (2, 0.4, 6000.0, 2.0),
    ] {
        by_hand::run(world, month, system);
        let levers = world.resource::<Levers>();
        near(levers.get(Lever::Mandate, 1), mandate);
        assert_eq!(levers.get(Lever::Mandate, 2), 0.0);
        let spending = world.resource::<Spending>();
        near(spending.month[0], bill);
        assert_eq!(spending.month[1..], [0.0, 0.0]);
        assert_eq!(spending.paid_months, months);
    }
    let spent = world.resource::<Spending>().interventions[0];
    assert_eq!(
        (spent.total, spent.residents, spent.months),
        (12_600.0, 3000.0, 2.0)
    );
}

#[test]
fn the_lowest_are_reached_and_of_equals_the_one_of_lower_identity() {
    let world = &mut by_hand::world();
    for (id, open) in [(4, 0.3), (5, 0.1), (6, 0.2), (7, 0.1)] {
        by_hand::set(world, id, Openness(open));
    }
    let mut reached = |count| {
        let reach = Reach::Lowest {
            among: vec![4, 5, 6, 7],
            by: Criterion::Openness,
            count,
        };
        let of = move |governments: Query<Ranked>, setting: Res<Setting>| {
            resolve(&reach, &governments, &setting.0)
        };
        by_hand::run(world, 0, of)
    };
    let who = country().identities;
    assert_eq!(reached(1), [if who[5] < who[7] { 5 } else { 7 }]);
    assert_eq!(reached(2), [5, 7]);
    assert_eq!(reached(3), [5, 6, 7]);
}

#[test]
fn residents_are_counted_once_however_many_above_them_are_reached() {
    let under = |targets: &[u32]| residents_under(targets, &country());
    assert_eq!(under(&[0]), [3000.0, 4000.0, 1000.0]);
    assert_eq!(under(&[1]), [3000.0, 0.0, 0.0]);
    assert_eq!(under(&[1, 4, 7]), [3000.0, 0.0, 1000.0]);
    assert_eq!(under(&[4, 6]), [1500.0, 4000.0, 0.0]);
    assert_eq!(under(&[]), [0.0; 3]);
}

/// A measure that reaches nobody costs nothing to run, and what it costs once is borne by no province.
#[test]
fn a_measure_that_reaches_nobody_bills_no_province() {
    let mut spending = Spending {
        month: vec![0.0; 2],
        interventions: vec![Spent::default()],
        paid_months: 0.0,
    };
    assert!(pay(0, &entry(2.0, 800.0), 1, &[0.0, 0.0], &mut spending));
    assert_eq!(spending.month, [0.0, 0.0]);
    let spent = spending.interventions[0];
    assert_eq!(
        (spent.total, spent.residents, spent.months),
        (0.0, 0.0, 1.0)
    );
}
