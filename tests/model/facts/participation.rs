//! F7: room for social organisations for a time leaves them there afterwards, because they follow
//! each other.

use std::sync::Arc;

use cogov::scenario::Scenario;
use cogov::simulation::{Onward, Simulation};
use cogov::world::geography::{Geography, Province};
use cogov::world::levers::{Change, Lever};
use cogov::world::nation::Nation;
use rayon::prelude::*;

use crate::acts::{policy, with};
use crate::facts::cases::{NO_PULL, ROOM_ENDS, baseline, case};
use crate::facts::laboratory::less;
use crate::facts::times;
use crate::facts::{above, below};
use crate::value;
use crate::world::{province, small};

const ORGANISATIONS: &str = "society_participation";

/// What the room gains while it lasts and what is left at the end of the run, with `set`.
fn gains(set: &[&'static str]) -> (Vec<f64>, Vec<f64>) {
    let never = baseline().with(set).runs();
    let room = case("room-for-a-time").with(set).runs();
    let gain = |month| {
        less(
            &room.at(ORGANISATIONS, month),
            &never.at(ORGANISATIONS, month),
        )
    };
    (gain(ROOM_ENDS), gain(never.months() - 1))
}

#[test]
fn half_of_the_gain_is_kept() {
    let (during, after) = gains(&[]);
    above("gain", &during, 0.0);
    above(
        "gain that is kept, less half",
        &less(&after, &times(0.5, &during)),
        0.0,
    );
}

#[test]
fn knock_out_without_pull_it_is_lost() {
    let (during, after) = gains(NO_PULL);
    above("gain", &during, 0.0);
    below(
        "gain that is kept, less a tenth",
        &less(&after, &times(0.1, &during)),
        0.0,
    );
}

/// One cell with a thousand social organisations that has its institution at once and no incidents,
/// long enough to settle.
fn one_cell(pull: f64) -> Scenario {
    let cell = Province {
        population: 2_000_000,
        prefectures: 1,
        ..province(0)
    };
    let scenario = Scenario {
        months: 500,
        geography: Geography {
            nation: Nation::default(),
            provinces: vec![cell],
            regions: vec!["east".into()],
            adjacency: Vec::new(),
            alliances: Vec::new(),
            pairings: Vec::new(),
            departments: Vec::new(),
            whole: None,
        },
        ..small()
    };
    let values = [
        ("participation.organisation_pull", pull),
        ("diffusion.intercept", 5.0),
        ("security.base_hazard", 0.0),
    ];
    let mut scenario = with(scenario, &values);
    scenario.population.citizens_per_million = 10_000.0;
    scenario
}

/// Largest rise of settled participation between two levels of room that differ by .02.
fn steepest_rise(pull: f64) -> f64 {
    let simulation = Simulation::new(Arc::new(one_cell(pull)));
    let settled = |step: i32| {
        let room = Change::Add(0.1 - 0.02 * f64::from(step));
        let policy = policy(Lever::OrganisationSpace, room, 1.0);
        let run = simulation.run(&policy, 0, false, |_| Onward::Continue);
        value(&run.expect("nobody stops it"), 499, 0, ORGANISATIONS)
    };
    let levels: Vec<f64> = (0..=25).into_par_iter().map(settled).collect();
    let rises = levels.windows(2).map(|pair| pair[0] - pair[1]);
    rises.fold(0.0, f64::max)
}

/// Thresholds spread by sS = .2: without pull a step of .02 moves at most .02 / (.2 sqrt(2 pi)) =
/// .04 of the organisations, and some more by chance of who they are.
#[test]
fn in_one_cell_the_rise_is_a_jump_only_with_pull() {
    let (with, without) = (steepest_rise(0.6), steepest_rise(0.0));
    assert!(with > 1.0 / 3.0, "with pull {with}");
    assert!(without < 0.06, "without pull {without}");
}
