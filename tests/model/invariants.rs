//! What must hold in every month of every run.

use std::sync::Arc;

use crate::acts::*;
use crate::value;
use crate::world::*;
use cogov::model;
use cogov::model::outcome::OUTCOMES;
use cogov::simulation::Simulation;
use cogov::world::clock::Clock;
use cogov::world::community::{Cell, Community, ONLINE, PUT_OFF, Tally, WAITING};
use cogov::world::government::{Exposure, Openness, Participation, Stocks};
use cogov::world::levers::{Change, Lever};
use cogov::world::network::Ties;

/// Runs the small world and looks at it after every month.
fn each_month(mut look: impl FnMut(u32, &mut bevy_ecs::world::World)) {
    let scenario = with(small(), &[("demand.base_rate", 0.05)]);
    let simulation = Simulation::new(Arc::new(scenario));
    let policy = policy(Lever::AppraisalWeight, Change::Set(1.0), 1.0);
    let mut world = simulation.world(&policy, 0, false);
    let mut month = model::month();
    for t in 0..simulation.scenario().months {
        world.resource_mut::<Clock>().month = t;
        month.run(&mut world);
        look(t, &mut world);
    }
}

/// V13: raised = closed + abandoned + change of pending, in every cell and month.
#[test]
fn requests_are_conserved_in_every_cell_and_month() {
    let mut before = [0; 24];
    let mut raised = 0;
    each_month(|month, world| {
        let mut cells = world.query::<(&Cell, &Tally)>();
        for (cell, tally) in cells.iter(world) {
            let carried = std::mem::replace(&mut before[cell.index as usize], tally.pending);
            let gone = tally.closed + tally.abandoned;
            assert_eq!(
                tally.raised,
                gone + tally.pending - carried,
                "cell {} in month {month}",
                cell.index
            );
            assert!(tally.substantive <= tally.closed);
            raised += tally.raised;
        }
    });
    assert!(raised > 1000, "the test needs requests, found {raised}");
}

/// The first month meets the citizens that there are, not an empty cell.
#[test]
fn cells_know_their_citizens_before_the_first_month() {
    let simulation = Simulation::new(Arc::new(small()));
    let mut world = simulation.world(&baseline(), 0, false);
    let mut online = 0;
    for (cell, tally) in world.query::<(&Cell, &Tally)>().iter(&world) {
        assert_eq!(tally.free[0] + tally.free[1], cell.citizens as i64);
        online += tally.online;
    }
    assert!(online > 0);
}

#[test]
fn tallies_count_what_the_columns_hold() {
    each_month(|month, world| {
        let mut communities = world.query::<&Community>();
        for community in communities.iter(world) {
            let count = |bit: &dyn Fn(u32) -> bool| {
                let rows = community.situation.iter().map(|s| u32::from(*s));
                rows.filter(|s| bit(*s)).count() as i64
            };
            let tally = &community.tally;
            assert_eq!(tally.pending, count(&|s| s & WAITING != 0), "month {month}");
            assert_eq!(tally.online, count(&|s| s & ONLINE != 0));
            let free = |on: bool| count(&|s| s & WAITING == 0 && (s & ONLINE != 0) == on);
            assert_eq!(tally.free, [free(false), free(true)]);
            let put_off = |on: bool| count(&|s| s & PUT_OFF != 0 && (s & ONLINE != 0) == on);
            assert_eq!(tally.put_off, [put_off(false), put_off(true)]);
        }
    });
}

#[test]
fn states_stay_in_their_bounds() {
    let share = 0.0..=1.0;
    let citizen_share = 0.0_f32..=1.0;
    each_month(|_, world| {
        let mut governments = world.query::<(&Stocks, &Openness, &Exposure, &Participation)>();
        for (stocks, openness, exposure, participation) in governments.iter(world) {
            assert!(share.contains(&stocks.institution) && share.contains(&stocks.platform));
            assert!(share.contains(&stocks.capacity) && share.contains(&openness.0));
            assert!((0.0..=2.0).contains(&exposure.fear));
            assert!(share.contains(&participation.enterprises));
            assert!(share.contains(&participation.organisations));
        }
        let mut communities = world.query::<&Community>();
        for community in communities.iter(world) {
            assert!(community.trust.iter().all(|x| citizen_share.contains(x)));
            assert!(
                community
                    .expectation
                    .iter()
                    .all(|x| citizen_share.contains(x))
            );
        }
        assert!(
            world
                .resource::<Ties>()
                .belief
                .iter()
                .all(|x| share.contains(x))
        );
    });
}

#[test]
fn outcomes_that_are_shares_lie_between_0_and_1() {
    let run = simulate(&small(), &baseline(), 1);
    for month in 0..run.record.months() {
        for scope in 0..run.record.scopes {
            for outcome in OUTCOMES
                .iter()
                .filter(|outcome| outcome.unit.starts_with("share"))
            {
                let value = value(&run, month, scope, outcome.name);
                assert!(
                    value.is_nan() || (0.0..=1.0).contains(&value),
                    "{}",
                    outcome.name
                );
            }
        }
    }
}
