use super::*;
use crate::chance::Chance;
use crate::model::by_hand;
use crate::model::defaults;
use crate::world::by_hand::{PLAIN, country, near};
use crate::world::history::Ramp;

const ALONE: Surroundings = Surroundings {
    neighbours: 0.0,
    peers: 0.0,
    pressure: 0.0,
    own_province: None,
};

/// Hazard where attention is `relative` to its mean.
fn hazard(p: &Parameters, seen: &Surroundings, readiness: f64, relative: f64) -> f64 {
    logistic(logit(p, seen, readiness, libm::log(relative), 0.0))
}

/// What needs no exponential is never another answer.
#[test]
fn a_number_far_above_the_hazard_is_above_it() {
    for step in 0..4000 {
        let logit = f64::from(step - 3000) / 250.0;
        let hazard = logistic(logit);
        for u in [0.0, 0.9, 0.999_999, 1.0, 1.000_001, 1.1, 2.0, 9.0].map(|x| x * hazard) {
            assert_eq!(adopts(u, logit), u < hazard, "{u} at {logit}");
        }
    }
}

/// V5: with a constant hazard the time to adoption is geometric, with mean 1 / h.
#[test]
fn a_constant_hazard_makes_geometric_waiting_times() {
    let p = Parameters {
        intercept: -3.0,
        ..defaults(NAME)
    };
    let h = hazard(&p, &ALONE, 0.0, 1.0);
    let chance = Chance::new(1, 0);
    let adopts = |month: &u32, id| chance.uniform(PLATFORM, *month, id) < h;
    let wait = |id| (0..2000).find(|month| adopts(month, id)).expect("it comes") + 1;
    let n = 4000;
    let waits: Vec<f64> = (0..n).map(|id| f64::from(wait(id))).collect();
    let (mean, sd) = (
        crate::numeric::mean(&waits),
        crate::numeric::population_sd(&waits),
    );
    let expected_sd = libm::sqrt(1.0 - h) / h;
    let standard_error = expected_sd / libm::sqrt(n as f64);
    assert!(
        (mean - 1.0 / h).abs() < 4.0 * standard_error,
        "{mean} against {}",
        1.0 / h
    );
    assert!((sd / expected_sd - 1.0).abs() < 0.1);
}

#[test]
fn everything_seen_raises_the_hazard() {
    let p: Parameters = defaults(NAME);
    let alone = hazard(&p, &ALONE, 0.0, 1.0);
    let seen = |neighbours, peers, pressure| Surroundings {
        neighbours,
        peers,
        pressure,
        ..ALONE
    };
    for seen in [
        seen(1.0, 0.0, 0.0),
        seen(0.0, 1.0, 0.0),
        seen(0.0, 0.0, 1.0),
    ] {
        assert!(hazard(&p, &seen, 0.0, 1.0) > alone);
    }
    assert!(hazard(&p, &ALONE, 1.0, 1.0) > alone && hazard(&p, &ALONE, 0.0, 2.0) > alone);
    let below = |own| Surroundings {
        own_province: Some(own),
        ..ALONE
    };
    assert!(hazard(&p, &below(false), 0.0, 1.0) < alone);
    assert!(hazard(&p, &below(true), 0.0, 1.0) > alone);
}

#[test]
fn without_weight_attention_does_not_count() {
    let p = Parameters {
        attention_effect: 0.0,
        ..defaults(NAME)
    };
    assert_eq!(hazard(&p, &ALONE, 0.3, 0.2), hazard(&p, &ALONE, 0.3, 5.0));
}

#[test]
fn a_hand_calculated_hazard() {
    let p = Parameters {
        intercept: -7.0,
        neighbour_effect: 2.0,
        peer_effect: 3.0,
        vertical_effect: 0.5,
        fiscal_effect: 0.4,
        attention_effect: 0.3,
        lower_level: -0.25,
        own_province: 0.8,
        ..defaults(NAME)
    };
    let mut seen = Surroundings {
        neighbours: 0.5,
        peers: 0.25,
        pressure: 0.4,
        own_province: Some(true),
    };
    // -7 + 1 + .75 + .2 + .8 + .03 + .55 + .05
    near(logit(&p, &seen, 2.0, 0.1, 0.05), -3.62);
    seen.own_province = Some(false);
    near(logit(&p, &seen, 2.0, 0.1, 0.05), -4.42);
    seen.own_province = None;
    near(logit(&p, &seen, 2.0, 0.1, 0.05), -4.17);
}

/// The odds of never launching are 1 to 4, and half of that where fiscal strength counts half.
#[test]
fn a_hand_calculated_share_that_never_launches() {
    let p = Parameters {
        never: 0.2,
        never_province: 0.1,
        never_fiscal_effect: std::f64::consts::LN_2,
        ..defaults(NAME)
    };
    near(never_share(&p, Level::County, 0.0), 0.2);
    near(never_share(&p, Level::Prefecture, 1.0), 1.0 / 9.0);
    near(never_share(&p, Level::Province, 1.0), 1.0 / 19.0);
    assert_eq!(never_share(&p, Level::Centre, 1.0), 0.0);
}

#[test]
fn what_is_provided_is_the_stronger_of_decree_and_province() {
    let p: Parameters = defaults(NAME);
    let given = |served, decree| {
        let adoption = Adoption {
            served,
            ..Adoption::default()
        };
        provided(&p, &adoption, decree)
    };
    let found = [given(false, 0.3), given(true, 0.3), given(true, 0.7)];
    assert_eq!(found, [0.3, 0.5, 0.7]);
}

/// The North and the first of its prefectures have adopted: a third of the provinces, a quarter of
/// the level below.
#[test]
fn governments_see_their_neighbours_and_peers() {
    let country = country();
    let spread = Spread::new(&country, |government| [1, 4].contains(&government));
    let seen = |id: usize| spread.around(&country.governments[id], 0.7);
    for (id, neighbours, peers, own_province) in [
        (1, 0.0, 1.0 / 3.0, None),
        (2, 1.0, 1.0 / 3.0, None),
        (3, 0.0, 1.0 / 3.0, None),
        (5, 0.5, 0.25, Some(true)),
        (6, 0.0, 0.25, Some(false)),
    ] {
        let right = Surroundings {
            neighbours,
            peers,
            pressure: 0.7,
            own_province,
        };
        assert_eq!(seen(id), right, "government {id}");
    }
    let serves = |id: usize| spread.serves(&country.governments[id]);
    assert_eq!(
        [0, 1, 2, 4, 5, 6].map(serves),
        [false, false, false, true, true, false]
    );
}

/// A world in which nobody adopts unless a logit of 50 more speaks for it.
fn unwilling(change: impl Fn(&mut Parameters)) -> bevy_ecs::prelude::World {
    let mut world = by_hand::world();
    by_hand::change_all(&mut world, |p: &mut Parameters| p.intercept = -50.0);
    by_hand::change_all(&mut world, change);
    world
}

fn adopted(world: &mut bevy_ecs::prelude::World, id: u32) -> [bool; 3] {
    let Adoption {
        platform,
        institution,
        served,
    } = by_hand::get(world, id);
    [platform, institution, served]
}

#[test]
fn pressure_is_that_of_the_nation_and_the_own_together() {
    let world = &mut unwilling(|p| p.vertical_effect = 100.0);
    let ramp = Some(Ramp { from: 0, months: 4 });
    by_hand::change_all(world, |history: &mut History| history.pressure = ramp);
    by_hand::pull(world, Lever::VerticalPressure, 4, 0.5);
    by_hand::run(world, 1, system);
    assert_eq!(adopted(world, 4), [true, true, false]);
    assert_eq!(adopted(world, 5), [false; 3]);
}

#[test]
fn readiness_is_fiscal_strength_and_frailty_together() {
    let world = &mut unwilling(|p| p.fiscal_effect = 50.0);
    let dealt = |fiscal, frailty| Endowment {
        fiscal,
        frailty,
        ..PLAIN
    };
    by_hand::set(world, 4, dealt(1.0, 1.0));
    by_hand::set(world, 5, dealt(1.0, -1.0));
    by_hand::run(world, 1, system);
    assert_eq!(adopted(world, 4), [true, true, false]);
    assert_eq!(adopted(world, 5), [false; 3]);
}

#[test]
fn the_centre_adopts_on_its_date_and_the_institution_has_a_shift_of_its_own() {
    let world = &mut unwilling(|p| p.institution_shift = 100.0);
    by_hand::change_all(world, |history: &mut History| history.centre_adopts = 3);
    by_hand::run(world, 2, system);
    assert_eq!(adopted(world, 0), [false; 3]);
    assert_eq!(adopted(world, 4), [false, true, false]);
    by_hand::run(world, 3, system);
    assert_eq!(adopted(world, 0), [true, true, false]);
}

/// Who never launches is served from the month after the own province has.
#[test]
fn who_never_launches_is_served_by_the_province() {
    let world = &mut unwilling(|p| p.intercept = 50.0);
    let never = Endowment {
        never_launches: true,
        ..PLAIN
    };
    [1, 4, 6]
        .into_iter()
        .for_each(|id| by_hand::set(world, id, never));
    by_hand::change_all(world, |standing: &mut Standing| {
        standing.adoption[1].platform = true;
    });
    by_hand::set(
        world,
        1,
        Adoption {
            platform: true,
            ..Adoption::default()
        },
    );
    by_hand::run(world, 1, system);
    assert_eq!(adopted(world, 1), [true, true, false]);
    assert_eq!(adopted(world, 4), [false, true, true]);
    assert_eq!(adopted(world, 5), [true, true, false]);
    assert_eq!(adopted(world, 6), [false, true, false]);
}
