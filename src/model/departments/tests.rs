use std::sync::LazyLock;

use super::*;
use crate::model::by_hand;
use crate::model::defaults;
use crate::numeric::logistic;
use crate::world::by_hand::{geography, laid_out, near};
use crate::world::departments::Department;
use crate::world::history::Ramp;
use crate::world::start;

const GOVERNMENTS: usize = 200;
const NOISE: f64 = 0.2;

/// A centre and those below it, each divided into `count` departments.
fn divided(count: usize) -> Departments {
    let kind = |i| Department {
        name: format!("{i}"),
        line: 1.0,
    };
    let kinds: Vec<Department> = (0..count).map(kind).collect();
    let superior = |id: usize| (id > 0).then_some(0);
    let superiors: Vec<Option<u32>> = (0..GOVERNMENTS).map(superior).collect();
    Departments::new(&kinds, &superiors)
}

/// Equals of capacity 1 who gain `synergy` from a partner who shares, at a cost.
fn footings(departments: &Departments, synergy: f64, cost: f64, draught: Draught) -> Vec<Footing> {
    let stance = Stance {
        synergy,
        cost,
        pull: 0.0,
        revision: 0.2,
        belief_rate: 0.02,
    };
    let footing = Footing {
        block: stance,
        line: stance,
        capacity: 1.0,
        draught: vec![draught; departments.kinds().len()],
    };
    vec![footing; GOVERNMENTS]
}

fn view<'a>(departments: &'a Departments, footings: &'a [Footing]) -> DepartmentView<'a> {
    static IDENTITIES: LazyLock<Vec<Identity>> = LazyLock::new(|| {
        let name = |id| Identity::of(&format!("government {id}"));
        (0..GOVERNMENTS).map(name).collect()
    });
    DepartmentView {
        departments,
        footings,
        capacity: &[1.0; GOVERNMENTS],
        identities: &IDENTITIES,
        rule: Rule::Logit,
        noise: NOISE,
    }
}

fn at_start(departments: &Departments) -> DepartmentTies {
    DepartmentTies::at_start(departments, &defaults::<start::Parameters>(start::NAME))
}

/// Shares of ties that are active on blocks and on lines, mean of the second half of `months`.
fn active(view: &DepartmentView<'_>, months: u32) -> [f64; 2] {
    let mut ties = at_start(view.departments);
    let mut sums = [Fraction::default(); 2];
    for month in 0..months {
        view.reconsider(&mut ties, &Chance::new(4, 0), month);
        let half = f64::from(u8::from(month >= months / 2));
        for (tie, shares) in view.departments.ties().iter().zip(&ties.shares) {
            sums[usize::from(!tie.on_block())].add(half * f64::from(*shares), half);
        }
    }
    sums.map(Fraction::share)
}

/// V18: homogeneous logit ties settle on `y = 1 / (1 + exp(-(sigma Q y - c - kl L) / K))` on the
/// block, and on the same with `+ gl L` on the line, where the coupling is weak enough for one state.
#[test]
fn homogeneous_ties_settle_on_the_fixed_point_of_their_side() {
    let (departments, synergy, cost) = (divided(6), 2.0 * NOISE, 0.2);
    let draught = Draught {
        block: -0.1,
        line: 0.3,
    };
    let footings = footings(&departments, synergy, cost, draught);
    let found = active(&view(&departments, &footings), 800);
    for (drawn, found) in [draught.block, draught.line].into_iter().zip(found) {
        // beliefs scatter round what they follow, which bends the mean by .005
        let step = |y: f64| logistic((synergy * y - cost + drawn) / NOISE);
        let settled = (0..1000).fold(0.5, |y, _| step(y));
        assert!((found - settled).abs() < 0.01, "{found} for {settled}");
    }
    assert!(found[1] > found[0] + 0.3, "{found:?}");
}

#[test]
fn where_leaving_the_line_costs_without_limit_nobody_shares_on_the_block() {
    let p = Parameters {
        leaving_cost: f64::MAX,
        ..defaults(NAME)
    };
    let departments = divided(4);
    let draught = draughts(&p, &departments, 0.01, 1.0)[0];
    let footings = footings(&departments, 5.0, -1.0, draught);
    let found = active(&view(&departments, &footings), 60);
    assert_eq!(found[0], 0.0);
    assert!(found[1] > 0.9, "lines are free to share: {found:?}");
}

#[test]
fn without_a_line_a_block_is_like_any_tie() {
    let departments = divided(3);
    for pressure in [0.0, 0.4, 3.0] {
        let draughts = draughts(&defaults(NAME), &departments, 0.0, pressure);
        let footings = footings(&departments, 1.7, 0.6, draughts[0]);
        let view = view(&departments, &footings);
        for tie in departments.ties() {
            let any = sharing::gain(&footings[0].block, 1.0, 0.35);
            assert_eq!(view.gain(tie, 0.35).to_bits(), any.to_bits());
        }
    }
}

#[test]
fn a_plan_from_above_works_on_both_sides_and_never_pays_for_leaving() {
    let p: Parameters = defaults(NAME);
    assert!(leaving_cost(&p, 0.5, 1.0) < leaving_cost(&p, 0.5, 0.0));
    assert!(line_gain(&p, 0.5, 1.0) > line_gain(&p, 0.5, 0.0));
    assert_eq!(leaving_cost(&p, 0.5, 1e3), 0.0);
    assert_eq!(line(0.6, 1.5), 0.6 * 1.5);
    assert_eq!(line(0.9, 1.5), 1.0);
}

#[test]
fn activity_moves_to_the_block_by_the_weight() {
    let departments = divided(3);
    let mut shares = vec![false; departments.ties().len()];
    shares[departments.block(7)].fill(true);
    for (weight, expected) in [(0.0, [0.4, 0.4]), (0.25, [0.3, 0.55]), (1.0, [0.0, 1.0])] {
        let mut activity = vec![0.4; GOVERNMENTS];
        draw_on_blocks(&mut activity, &shares, &departments, weight);
        for (found, expected) in [activity[6], activity[7]].into_iter().zip(expected) {
            assert!((found - expected).abs() < 1e-15, "{found} for {expected}");
        }
    }
    let mut activity = vec![0.4; GOVERNMENTS];
    let alone = divided(1);
    draw_on_blocks(&mut activity, &shares, &alone, 1.0);
    assert_eq!(
        activity, [0.4; GOVERNMENTS],
        "a department alone has no block"
    );
}

/// By imitation a department copies another one that does well by sharing, and not one that does
/// badly; one that is alone goes on as it did.
#[test]
fn imitation_copies_a_department_that_does_better() {
    let chance = Chance::new(9, 0);
    let lost = Draught {
        block: 0.0,
        line: -3.0,
    };
    for (count, draught, expected) in [
        (2, Draught::default(), 1.0),
        (2, lost, 0.0),
        (1, Draught::default(), 0.0),
    ] {
        let departments = divided(count);
        let footings = footings(&departments, 2.0, 0.5, draught);
        let view = DepartmentView {
            rule: Rule::Imitation,
            ..view(&departments, &footings)
        };
        let mut ties = at_start(&departments);
        // on lines the second department shares both ways, the first does not
        let second = |tie: &DepartmentTie| !tie.on_block() && tie.department == 1;
        ties.shared_before = departments.ties().iter().map(second).collect();
        let first = |tie: &DepartmentTie| !tie.on_block() && tie.department == 0;
        for (i, _) in departments
            .ties()
            .iter()
            .enumerate()
            .filter(|(_, tie)| first(tie))
        {
            let copies = view.imitated(i, &ties, &chance, 3);
            assert!(
                (copies - expected).abs() < 0.01,
                "{count}: {copies} for {expected}"
            );
        }
    }
}

/// `.8 x .5 x (1 - .4 x .5)` to leave the line, `.6 x .5 x (1 + .4 x .5)` to follow it.
#[test]
fn a_hand_calculated_line() {
    let p = Parameters {
        leaving_cost: 0.8,
        line_gain: 0.6,
        plan_effect: 0.4,
        ..defaults(NAME)
    };
    near(line(0.6, 0.5), 0.3);
    near(leaving_cost(&p, 0.5, 0.5), 0.32);
    near(line_gain(&p, 0.5, 0.5), 0.36);
    let draught = draughts(&p, &divided(2), 0.5, 0.5)[1];
    near(draught.block, -0.32);
    near(draught.line, 0.36);
}

/// On the block the own capacity of .25, on the line that of the partner, .64.
#[test]
fn a_hand_calculated_gain() {
    let departments = divided(2);
    let draught = Draught {
        block: -0.1,
        line: 0.3,
    };
    let mut footings = footings(&departments, 2.0, 0.4, draught);
    for footing in &mut footings {
        (footing.capacity, footing.line.cost) = (0.25, 0.1);
    }
    let view = DepartmentView {
        capacity: &[0.64; GOVERNMENTS],
        ..view(&departments, &footings)
    };
    for tie in departments.ties() {
        let right = if tie.on_block() { 0.0 } else { 1.0 };
        near(view.gain(tie, 0.5), right);
    }
    // who did not share earned nothing, whatever the partner did
    let mut ties = at_start(&departments);
    let line = departments.block(GOVERNMENTS as u32 - 1).end;
    let partner = departments.ties()[line].reverse as usize;
    (ties.shared_before[line], ties.shared_before[partner]) = (true, false);
    near(view.payoff(line, &ties), 0.2);
    near(view.payoff(partner, &ties), 0.0);
    ties.shared_before[partner] = true;
    near(view.payoff(line, &ties), 1.8);
}

/// Two departments, of which the second answers to its ministry half as much as the first.
fn two_departments() -> bevy_ecs::prelude::World {
    let kind = |(name, line): (&str, f64)| Department {
        name: name.into(),
        line,
    };
    let mut tables = geography();
    tables.departments = [("health", 1.0), ("police", 0.5)].map(kind).to_vec();
    let mut world = by_hand::world_of(laid_out(tables));
    by_hand::change_all(&mut world, |of: &mut Rule| *of = Rule::Threshold);
    by_hand::change_all(&mut world, |p: &mut sharing::Parameters| {
        (p.benefit, p.peer_pressure, p.mandate_weight) = (0.0, 0.0, 1.0);
    });
    by_hand::change_all(&mut world, |p: &mut Parameters| {
        (p.leaving_cost, p.line_gain) = (0.4, 1.4);
        (p.plan_effect, p.service_weight) = (0.5, 0.25);
    });
    world.insert_resource(Levers::at_rest(8, |lever, _| match lever {
        Lever::RevisionRate => 1.0,
        Lever::BeliefRate | Lever::IntegrationCost | Lever::LineStrength => 0.5,
        _ => 0.0,
    }));
    for id in 0..8 {
        let built = |stocks: &mut crate::world::government::Stocks| stocks.institution = 1.0;
        by_hand::change(&mut world, id, built);
    }
    world
}

/// A duty in government 4 turns a cost of .5 into a gain of .5, less .2 or .1 for leaving the line, on
/// its block alone. Along lines health gains .7 and police .35, which is enough for police only where
/// pressure from the nation and the own together is 1.
#[test]
fn a_hand_calculated_month_of_departments() {
    let world = &mut two_departments();
    by_hand::pull(world, Lever::Mandate, 4, 1.0);
    by_hand::pull(world, Lever::VerticalPressure, 5, 0.5);
    let ramp = Some(Ramp { from: 0, months: 2 });
    by_hand::change_all(world, |history: &mut History| history.pressure = ramp);
    let ties = world.resource::<Setting>().0.departments.ties().to_vec();
    let before = |tie: &DepartmentTie| tie.on_block() && tie.from == 5;
    by_hand::change_all(world, |inside: &mut DepartmentTies| {
        inside.shares = ties.iter().map(before).collect();
        inside.belief.fill(0.5);
    });
    by_hand::change_all(world, |all: &mut Ties| all.activity.fill(0.4));
    by_hand::run(world, 1, system);
    let inside = world.resource::<DepartmentTies>();
    for (i, tie) in ties.iter().enumerate() {
        let right = match tie.on_block() {
            true => tie.from == 4,
            false => tie.department == 0 || tie.from == 5,
        };
        assert_eq!(inside.shares[i], right, "{tie:?}");
        near(inside.belief[i], if before(tie) { 0.75 } else { 0.25 });
    }
    let activity = &world.resource::<Ties>().activity;
    near(activity[4], 0.3);
    near(activity[5], 0.55);
}
