use super::*;
use crate::chance::Chance;
use crate::model::by_hand;
use crate::world::by_hand::near;

/// V2: homogeneous logit ties settle on `y = 1 / (1 + exp(-(sigma Q y - c) / K))`.
fn settled(sigma_q: f64, c: f64, noise: f64, start: f64) -> f64 {
    let stance = Stance {
        synergy: sigma_q,
        cost: c,
        ..Stance::default()
    };
    let step = |y: f64| y + 0.1 * (share_probability(gain(&stance, 1.0, y), noise) - y);
    (0..20_000).fold(start, |y, _| step(y))
}

#[test]
fn ties_are_bistable_only_above_four_times_the_noise() {
    let noise = 0.2;
    let strong = 8.0 * noise;
    let root = libm::sqrt(1.0 - 4.0 * noise / strong);
    let threshold = |y: f64| strong * y - noise * libm::log(y / (1.0 - y));
    let (low, high) = (threshold(0.5 * (1.0 - root)), threshold(0.5 * (1.0 + root)));
    for (c, expected) in [
        (low - 0.01, 1),
        (low + 0.01, 2),
        (high - 0.01, 2),
        (high + 0.01, 1),
    ] {
        let (from_none, from_all) = (
            settled(strong, c, noise, 0.0),
            settled(strong, c, noise, 1.0),
        );
        let states = if (from_none - from_all).abs() < 1e-6 {
            1
        } else {
            2
        };
        assert_eq!(states, expected, "c = {c}");
        for y in [from_none, from_all] {
            assert!((y - logistic((strong * y - c) / noise)).abs() < 1e-9);
        }
    }
    let weak = 3.9 * noise;
    for tenth in 0..20 {
        let c = f64::from(tenth) * 0.05;
        assert!((settled(weak, c, noise, 0.0) - settled(weak, c, noise, 1.0)).abs() < 1e-6);
    }
}

#[test]
fn a_mandate_lowers_and_fear_raises_the_cost() {
    assert_eq!(cost(1.0, 0.5, 1.0, 0.0, 0.0, 0.0), 0.5);
    assert_eq!(cost(1.0, 0.5, 0.0, 0.7, 0.0, 0.0), 1.7);
    assert!((cost(1.0, 0.5, 0.0, 0.0, 1.2, 0.25) - 0.4).abs() < 1e-12);
}

/// The best response is the limit of the logit response without noise.
#[test]
fn a_threshold_is_the_logit_response_without_noise() {
    for gain in [-2.0, -0.3, -1e-3, 1e-3, 0.4, 3.0] {
        let limit = share_probability(gain, 1e-6);
        assert!((best_response(gain) - limit).abs() < 1e-12, "{gain}");
    }
    assert_eq!(best_response(0.0), 0.0);
}

#[test]
fn beliefs_follow_acts() {
    assert!((belief_after(0.2, true, 0.5) - 0.6).abs() < 1e-15);
    assert_eq!(belief_after(0.2, false, 0.5), 0.1);
    assert_eq!(belief_after(0.2, true, 1.0), 1.0);
}

#[test]
fn a_hand_calculated_tie() {
    let stance = Stance {
        synergy: 2.0,
        cost: 0.4,
        pull: 0.1,
        ..Stance::default()
    };
    near(gain(&stance, 0.25, 0.5), 0.5 - 0.4 + 0.1);
    near(share_probability(0.3, 0.2), 0.817_574_476_193_643_7);
    near(cost(1.0, 0.5, 0.4, 0.3, 0.6, 0.25), 0.8 + 0.3 - 0.3);
}

/// Synergy `3 (1 + .3 x .2) sqrt(.25)`, cost .8 as above, and a pull to a median that is .25 ahead.
#[test]
fn a_hand_calculated_stance() {
    let world = &mut by_hand::world();
    by_hand::change_all(world, |p: &mut Parameters| {
        (p.benefit, p.participation_effect) = (3.0, 0.3);
        (p.mandate_weight, p.peer_pressure) = (1.2, 0.2);
    });
    let stocks = Stocks {
        institution: 0.25,
        platform: 0.4,
        capacity: 0.25,
    };
    let fear = |exposure: &mut Exposure| exposure.fear = 0.3;
    let participation = Participation {
        enterprises: 0.1,
        organisations: 0.3,
    };
    by_hand::set(world, 4, (stocks, participation));
    by_hand::change(world, 4, fear);
    by_hand::change_all(world, |all: &mut Standing| {
        all.median_capacity = [0.9, 0.9, 0.5, 0.9];
    });
    for (lever, value) in [
        (Lever::IntegrationCost, 1.0),
        (Lever::PlatformSaving, 0.5),
        (Lever::Mandate, 0.5),
        (Lever::RevisionRate, 0.3),
        (Lever::BeliefRate, 0.15),
    ] {
        by_hand::pull(world, lever, 4, value);
    }
    let of = |p: Res<Parameters>, levers: Res<Levers>, all: Res<Standing>, who: Query<Sharer>| {
        stances(&p, &levers, &all, &who)
    };
    let stance = by_hand::run(world, 0, of)[4];
    near(stance.synergy, 1.59);
    near(stance.cost, 0.8);
    near(stance.pull, 0.05);
    near(stance.revision, 0.3);
    near(stance.belief_rate, 0.15);
}

/// Position of the tie between two governments.
fn tie(network: &Network, from: u32, to: u32) -> usize {
    let mut edges = network.edges().iter();
    let found = edges.position(|edge| (edge.from, edge.to) == (from, to));
    found.expect("a tie")
}

/// Ties of which those of these pairs of governments are active; nothing is remembered yet.
fn ties_with(network: &Network, active: &[(u32, u32)]) -> Ties {
    let count = network.edges().len();
    let mut ties = Ties {
        shares: vec![false; count],
        shared_before: vec![true; count],
        belief: vec![0.5; count],
        activity: vec![9.0; 8],
    };
    for (from, to) in active {
        ties.shares[tie(network, *from, *to)] = true;
    }
    ties
}

/// Government 4 has ties to 1 and 5; 3 to the centre, 1 and 7, and from month 12 on to 2.
#[test]
fn activity_is_the_share_of_both_directions_of_ties_that_exist() {
    let network = crate::world::by_hand::country().network;
    let mut ties = ties_with(&network, &[(4, 1), (5, 4), (2, 3), (3, 7)]);
    remember(&mut ties, &network, 11);
    assert_eq!(ties.shared_before, ties.shares);
    let early = [0.0, 0.1, 0.0, 1.0 / 6.0, 0.5, 0.25, 0.0, 0.5];
    assert_eq!(ties.activity, early);
    remember(&mut ties, &network, 12);
    assert_eq!((ties.activity[2], ties.activity[3]), (0.125, 0.25));
}

/// Government 4 shared with 1, and nobody reconsiders.
#[test]
fn beliefs_move_only_over_ties_that_exist() {
    let country = crate::world::by_hand::country();
    let network = &country.network;
    let mut ties = ties_with(network, &[(4, 1), (2, 3)]);
    remember(&mut ties, network, 11);
    let stance = Stance {
        belief_rate: 0.5,
        ..Stance::default()
    };
    let deciding = Deciding {
        view: imitation::View {
            country: &country,
            stances: &[stance; 8],
            capacity: &[0.0; 8],
            acts: &ties.shared_before,
            noise: 1.0,
        },
        rule: Rule::Logit,
        luck: &Luck::new(Chance::new(1, 0), &country),
        month: 11,
    };
    let drawn = vec![0.0; network.edges().len()];
    deciding.reconsider(&drawn, &mut ties.shares, &mut ties.belief);
    assert_eq!(ties.shares, ties.shared_before);
    for (from, to, right) in [(1, 4, 0.75), (4, 1, 0.25), (3, 2, 0.5), (2, 3, 0.5)] {
        assert_eq!(ties.belief[tie(network, from, to)], right);
    }
    let still = ties.belief.iter().filter(|belief| **belief == 0.5);
    assert_eq!(still.count(), 2);
}

/// A world in which sharing earns governments of even number .5 and costs the others .5, every third
/// tie is active, and a tie is reconsidered with a probability of .5.
fn divided_in_two(rule: Rule) -> bevy_ecs::prelude::World {
    let mut world = by_hand::world();
    by_hand::change_all(&mut world, |of: &mut Rule| *of = rule);
    by_hand::change_all(&mut world, |p: &mut Parameters| {
        (p.benefit, p.peer_pressure) = (0.0, 0.0);
        (p.noise, p.mandate_weight) = (0.5, 1.0);
    });
    for id in 0..8 {
        by_hand::change(&mut world, id, |stocks: &mut Stocks| {
            stocks.institution = 1.0;
        });
        for (lever, value) in [
            (Lever::RevisionRate, 0.5),
            (Lever::PlatformSaving, 0.0),
            (Lever::IntegrationCost, 0.5),
            (Lever::Mandate, if id % 2 == 0 { 1.0 } else { 0.0 }),
        ] {
            by_hand::pull(&mut world, lever, id, value);
        }
    }
    let third = |ties: &mut Ties| (0..22).for_each(|i| ties.shares[i] = i % 3 == 0);
    by_hand::change_all(&mut world, third);
    world
}

/// A tie is reconsidered where its number lies below the rate, and shares where it lies below the
/// rate times the probability: sure by the threshold, `1 / (1 + exp(-1))` or its complement by logit.
#[test]
fn a_tie_is_decided_by_its_own_number() {
    for (rule, likely) in [
        (Rule::Threshold, 1.0),
        (Rule::Logit, 0.731_058_578_630_004_9),
    ] {
        for month in [3, 12, 13] {
            let world = &mut divided_in_two(rule);
            by_hand::run(world, month, system);
            let numbers = world
                .resource_mut::<Luck>()
                .of_ties(DECISION, month)
                .to_vec();
            let edges = world.resource::<Setting>().0.network.edges().to_vec();
            for (i, edge) in edges.iter().enumerate() {
                let u = f64::from(numbers[i]);
                let share = if edge.from % 2 == 0 {
                    likely
                } else {
                    1.0 - likely
                };
                let right = match edge.tie.exists(month) && u < 0.5 {
                    true => u < 0.5 * share,
                    false => i % 3 == 0,
                };
                let shares = world.resource::<Ties>().shares[i];
                assert_eq!(shares, right, "{rule:?}: {edge:?} at {u}");
            }
        }
    }
}
