//! The mean field of the citizens' month: shares of a cohort do what citizens do with a probability.
//!
//! The rules for one citizen are applied to the mean: perceived performance is
//! `P + wo (substantive - settled P)` with shares of the cohort. Where own cases count (`wo` above 0)
//! that leaves out that they set citizens apart; as expectation rises faster than it falls, agents
//! expect somewhat more. With `wo` = 0 agents tend to the cohort as cells grow.

use crate::model::experience::{
    Weights, earned, expectation_after, merit, satisfaction, trust_after,
};
use crate::model::online::LITERACY_ONE;
use crate::numeric::FIXED_ONE;
use crate::world::cohort::{CITIZENS, Cohort, Side};
use crate::world::community::{Conditions, Tally};

/// Requests of a month.
#[derive(Debug, Clone, Copy, Default)]
struct Requests {
    raised: i64,
    closed: i64,
    substantive: i64,
    abandoned: i64,
}

/// A share of so many citizens, in whole ones.
fn part(of: i64, share: f32) -> i64 {
    whole(of as f64 * f64::from(share).clamp(0.0, 1.0))
}

/// The whole number next to `x`, which is not below 0.
fn whole(x: f64) -> i64 {
    (x + 0.5) as i64
}

/// A month of a cohort on the `terms` of its cell.
pub fn live(cohort: &mut Cohort, terms: &Conditions, w: &Weights) -> Tally {
    let mut requests = Requests::default();
    for (side, online) in cohort.sides.iter_mut().zip([0, 1]) {
        *side = served(*side, terms, online, &mut requests);
    }
    let pending = cohort.sides[0].waiting + cohort.sides[1].waiting;
    let closing = f64::from(terms.closing);
    let waited = cohort.waited * closing;
    let left = (1.0 - closing) * (1.0 - f64::from(terms.abandonment));
    cohort.waited = cohort.waited * left + pending as f64;
    let (performance, satisfaction) = experience(cohort, &requests, terms, w);
    go_online(cohort, terms);
    let sum = |value: f32| (f64::from(value) * f64::from(FIXED_ONE) * CITIZENS as f64) as i64;
    Tally {
        raised: requests.raised,
        closed: requests.closed,
        substantive: requests.substantive,
        abandoned: requests.abandoned,
        waited: whole(waited),
        performance: sum(performance),
        satisfaction: sum(satisfaction),
        ..cohort.standing()
    }
}

/// Demand and service for one side of a cohort.
fn served(side: Side, terms: &Conditions, online: usize, requests: &mut Requests) -> Side {
    let fresh = part(side.free, terms.raise[online]);
    let again = part(side.put_off, terms.raise_again[online]);
    let open = side.waiting + fresh + again;
    let closed = part(open, terms.closing);
    let substantive = part(closed, terms.substance);
    let abandoned = part(open - closed, terms.abandonment);
    requests.raised += fresh + again;
    requests.closed += closed;
    requests.substantive += substantive;
    requests.abandoned += abandoned;
    let (put_off, waiting) = (closed - substantive, open - closed - abandoned);
    Side {
        free: side.all() - put_off - waiting,
        put_off,
        waiting,
    }
}

/// Perceived performance and satisfaction; expectation and trust follow.
fn experience(
    cohort: &mut Cohort,
    requests: &Requests,
    terms: &Conditions,
    w: &Weights,
) -> (f32, f32) {
    let share = |count: i64| count as f32 / CITIZENS as f32;
    let settled = share(requests.closed + requests.abandoned);
    let own = share(requests.substantive) - settled * terms.performance;
    let performance = terms.performance + w.own_weight() * own;
    let satisfied = satisfaction(w, performance, cohort.expectation);
    let reference = performance + terms.spillover;
    cohort.expectation = expectation_after(w, cohort.expectation, reference);
    let merit = merit(w, earned(w, performance), satisfied);
    cohort.trust = trust_after(w, cohort.trust, merit, terms.trust_loss);
    (performance, satisfied)
}

/// Citizens offline whose literacy allows it go online.
fn go_online(cohort: &mut Cohort, terms: &Conditions) {
    let [offline, online] = &mut cohort.sides;
    let excluded = f64::from(terms.excluded) / LITERACY_ONE;
    // who was online at the start is so at any literacy
    let barred = excluded * (CITIZENS - cohort.online_at_start) as f64;
    let able = (1.0 - barred / (offline.all() as f64).max(1.0)).max(0.0) as f32;
    let joins = able * (terms.online * cohort.trust).min(1.0);
    for (from, to) in [
        (&mut offline.free, &mut online.free),
        (&mut offline.put_off, &mut online.put_off),
        (&mut offline.waiting, &mut online.waiting),
    ] {
        let moved = part(*from, joins);
        *from -= moved;
        *to += moved;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{defaults, experience};
    use crate::world::by_hand::near;
    use crate::world::start;

    fn terms() -> Conditions {
        Conditions {
            raise: [0.1, 0.2],
            raise_again: [0.5, 0.6],
            closing: 0.5,
            substance: 0.3,
            abandonment: 0.25,
            performance: 0.3,
            spillover: 0.2,
            trust_loss: 0.01,
            online: 0.05,
            excluded: 20_000,
        }
    }

    #[test]
    fn a_hand_calculated_side_of_a_cohort() {
        let side = Side {
            free: 1000,
            put_off: 100,
            waiting: 50,
        };
        let mut requests = Requests::default();
        // 100 raised and 50 raised again make 200 open: 100 closed, 30 of them well, and 25 given up
        let after = served(side, &terms(), 0, &mut requests);
        assert_eq!((after.free, after.put_off, after.waiting), (1005, 70, 75));
        let Requests {
            raised,
            closed,
            substantive,
            abandoned,
        } = requests;
        assert_eq!([raised, closed, substantive, abandoned], [150, 100, 30, 25]);
    }

    #[test]
    fn a_cohort_tells_what_was_closed_with_substance() {
        let w = Weights::from(&defaults::<experience::Parameters>(experience::NAME));
        let mut cohort = Cohort::new(&defaults::<start::Parameters>(start::NAME), 0.5);
        live(&mut cohort, &terms(), &w);
        let tally = live(&mut cohort, &terms(), &w);
        assert!(tally.closed > 1000 && (tally.substantive - 3 * tally.closed / 10).abs() <= 2);
        assert!(tally.waited > 0 && tally.pending > 0 && tally.abandoned > 0);
    }

    /// Every citizen is somewhere, and every request ends somewhere, whatever the terms.
    #[test]
    fn citizens_and_requests_are_conserved_exactly() {
        let w = Weights::from(&defaults::<experience::Parameters>(experience::NAME));
        let mut cohort = Cohort::new(&defaults::<start::Parameters>(start::NAME), 0.1234567);
        let mut before = cohort.standing().pending;
        for month in 0..200 {
            let x = 0.5 + 0.5 * libm::sinf(month as f32);
            let terms = Conditions {
                raise: [0.3 * x, 0.4 * x],
                raise_again: [0.5, 0.6 * x],
                closing: 1.0 - x,
                substance: 0.3,
                abandonment: 0.25,
                performance: 0.3 * (1.0 - x),
                spillover: 0.2,
                trust_loss: 0.01,
                online: 0.05,
                excluded: 20_000,
            };
            let tally = live(&mut cohort, &terms, &w);
            assert_eq!(
                tally.raised,
                tally.closed + tally.abandoned + tally.pending - before
            );
            assert_eq!(tally.free[0] + tally.free[1] + tally.pending, CITIZENS);
            assert!(tally.substantive <= tally.closed && tally.put_off[0] <= tally.free[0]);
            assert!(
                (0.0..=1.0).contains(&cohort.trust) && (0.0..=1.0).contains(&cohort.expectation)
            );
            before = tally.pending;
        }
        let barred = 20_000.0 / LITERACY_ONE * (CITIZENS - cohort.online_at_start) as f64;
        let able = CITIZENS as f64 - barred;
        assert!(cohort.sides[1].all() as f64 <= able + 1e3);
    }

    const MILLION: i64 = 1_000_000;

    /// A cohort of which these millions are offline and online: free, put off, waiting.
    fn cohort(sides: [[i64; 3]; 2]) -> Cohort {
        let side = |[free, put_off, waiting]: [i64; 3]| Side {
            free: free * MILLION,
            put_off: put_off * MILLION,
            waiting: waiting * MILLION,
        };
        Cohort {
            trust: 0.5,
            expectation: 0.4,
            sides: sides.map(side),
            online_at_start: 200 * MILLION,
            waited: 500e6,
        }
    }

    /// Of 300 million open requests 150 are closed, half with substance, and 37.5 given up.
    #[test]
    fn a_hand_calculated_month_of_a_cohort() {
        let w = Weights::from(&defaults::<experience::Parameters>(experience::NAME));
        let mut cohort = cohort([[600, 0, 200], [100, 0, 100]]);
        let terms = Conditions {
            raise: [0.0; 2],
            substance: 0.5,
            spillover: 0.0,
            online: 0.0,
            ..terms()
        };
        let tally = live(&mut cohort, &terms, &w);
        let counts = [
            tally.closed,
            tally.substantive,
            tally.abandoned,
            tally.pending,
            tally.waited,
        ];
        let right = [
            150_000_000,
            75_000_000,
            37_500_000,
            112_500_000,
            250_000_000,
        ];
        assert_eq!(counts, right);
        // 500 x .5 x .75 of what waited, and a month for each that still does
        near(cohort.waited, 300e6);
        // own cases move performance by half of .075 - .1875 x .3
        let share = |sum: i64| sum as f64 / 65_536.0 / CITIZENS as f64;
        for (found, right) in [
            (share(tally.performance), 0.309_375),
            (share(tally.satisfaction), 0.549_375),
            (cohort.expectation.into(), 0.4 - 0.05 * 0.090_625),
            (cohort.trust.into(), 0.5 + 0.1 * 0.079_375 - 0.01),
        ] {
            assert!((found - right).abs() < 1e-6, "{found} for {right}");
        }
    }

    /// A quarter of the 800 million who were offline at the start cannot go online: 200 of the 500 who
    /// are left. Of the others a fifth does, by a pull of .5 and trust of .4.
    #[test]
    fn a_hand_calculated_move_online() {
        let mut cohort = cohort([[300, 100, 100], [400, 100, 0]]);
        cohort.trust = 0.4;
        let terms = Conditions {
            online: 0.5,
            excluded: 16_384,
            ..terms()
        };
        go_online(&mut cohort, &terms);
        let [offline, online] = cohort.sides;
        let millions = |count: i64| (count as f64 / MILLION as f64 * 1e3).round() / 1e3;
        assert_eq!(
            [offline.free, offline.put_off, offline.waiting].map(millions),
            [264.0, 88.0, 88.0]
        );
        assert_eq!(
            [online.free, online.put_off, online.waiting].map(millions),
            [436.0, 112.0, 12.0]
        );
    }
}
