use super::*;
use crate::model::by_hand;
use crate::model::defaults;
use crate::world::by_hand::near;

fn weights() -> Weights {
    Weights::from(&defaults::<Parameters>(NAME))
}

/// V8: without spillover `E* = P`; a ramp of slope g leaves a lag of `g / a`.
#[test]
fn expectation_settles_on_performance_and_lags_behind_a_ramp() {
    let w = weights();
    let settled = (0..600).fold(0.9, |e, _| expectation_after(&w, e, 0.4));
    assert!((settled - 0.4).abs() < 1e-5);
    let slope = 0.0005;
    let (mut e, mut p) = (0.1, 0.1);
    for _ in 0..600 {
        p += slope;
        e = expectation_after(&w, e, p);
    }
    let lag = slope * (1.0 - w.rise) / w.rise;
    assert!((p - e - lag).abs() < 1e-4, "{} against {lag}", p - e);
}

/// V9: raising rho lowers settled satisfaction iff `q < zeta bD / (bP + zeta bD)`.
#[test]
fn closing_without_substance_lowers_satisfaction_below_the_boundary() {
    let (w, p) = (weights(), defaults::<Parameters>(NAME));
    let boundary = p.spillover * p.disconfirmation_effect
        / (p.performance_effect + p.spillover * p.disconfirmation_effect);
    let settled = |rho: f64, q: f64| {
        let performance = (rho * q) as f32;
        let reference = (rho * q + p.spillover * (rho - rho * q)) as f32;
        let e = (0..600).fold(0.5, |e, _| expectation_after(&w, e, reference));
        satisfaction(&w, performance, e)
    };
    for (q, rises) in [(boundary - 0.05, false), (boundary + 0.05, true)] {
        assert_eq!(settled(0.6, q) > settled(0.4, q), rises, "q = {q}");
    }
}

/// V14: `T* = S - chi p / aT`.
#[test]
fn trust_settles_below_satisfaction_by_what_incidents_cost() {
    let w = weights();
    let (s, chi, every) = (0.6, 0.1_f32, 40);
    let mut trust = 0.5;
    let mut sum = 0.0;
    for month in 0..40 * 200 {
        let loss = if month % every == 0 { chi } else { 0.0 };
        trust = trust_after(&w, trust, s, loss);
        sum += if month >= 4000 { f64::from(trust) } else { 0.0 };
    }
    let expected = f64::from(s) - f64::from(chi) / f64::from(every) / f64::from(w.trust);
    assert!((sum / 4000.0 - expected).abs() < 1e-3);
}

/// Rises and falls that cancel leave expectation where it was only if both speeds are one.
#[test]
fn symmetric_expectation_keeps_no_lift() {
    let asymmetric = weights();
    let symmetric = asymmetric.updating(Updating::Symmetric);
    assert_eq!(asymmetric.updating(Updating::Asymmetric), asymmetric);
    let settled = |w: &Weights| {
        let month = |e, month| expectation_after(w, e, if month % 2 == 0 { 0.5 } else { 0.3 });
        let end = (0..601).fold(0.4, month);
        0.5 * (end + month(end, 1))
    };
    assert!(
        (settled(&symmetric) - 0.4).abs() < 1e-5,
        "{}",
        settled(&symmetric)
    );
    assert!(settled(&asymmetric) > 0.44, "{}", settled(&asymmetric));
    let equal = Weights {
        fall: asymmetric.rise,
        ..asymmetric
    };
    assert_eq!(equal.updating(Updating::Symmetric), equal);
}

/// With full weight trust follows performance alone, without weight satisfaction alone.
#[test]
fn earned_trust_does_not_hear_of_expectation() {
    let [satisfied, both, earned] = [0.0, 0.5, 1.0].map(|weight| {
        Weights::from(&Parameters {
            trust_from_service: weight,
            ..defaults(NAME)
        })
    });
    let follows = |w: &Weights, p, e| merit(w, super::earned(w, p), satisfaction(w, p, e));
    assert_eq!(
        follows(&satisfied, 0.25, 0.4),
        satisfaction(&satisfied, 0.25, 0.4)
    );
    assert!((follows(&earned, 0.25, 0.4) - follows(&earned, 0.25, 0.2)).abs() < 1e-6);
    assert!(follows(&earned, 0.35, 0.4) > follows(&earned, 0.25, 0.4));
    let mean = 0.5 * (follows(&satisfied, 0.25, 0.4) + follows(&earned, 0.25, 0.4));
    assert!((follows(&both, 0.25, 0.4) - mean).abs() < 1e-6);
    // where no more than the reference performance is expected, the readings agree
    let reference = REFERENCE_PERFORMANCE as f32;
    assert_eq!(
        follows(&earned, 0.35, reference),
        follows(&satisfied, 0.35, reference)
    );
}

#[test]
fn the_own_case_counts_when_it_was_settled() {
    let w = weights();
    assert_eq!(perceived(&w, 0.4, false, false), 0.4);
    assert!((perceived(&w, 0.4, true, false) - 0.2).abs() < 1e-6);
    assert!((perceived(&w, 0.4, true, true) - 0.7).abs() < 1e-6);
}

/// Whether a number of 32 bits is what is right.
#[track_caller]
fn close(found: f32, right: f32) {
    assert!((found - right).abs() < 1e-6, "{found} for {right}");
}

/// With `s0` .6, `bP` .4 and `bD` .6: `.6 + .4 (p - .3) + .6 (p - E)`.
#[test]
fn a_hand_calculated_mind() {
    let w = weights();
    close(satisfaction(&w, 0.4, 0.6), 0.6 + 0.04 - 0.12);
    close(satisfaction(&w, 0.1, 0.9), 0.04);
    close(satisfaction(&w, 0.9, 0.1), 1.0);
    close(expectation_after(&w, 0.4, 0.6), 0.43);
    close(expectation_after(&w, 0.6, 0.4), 0.59);
    // what service earns at .4 is .7, half way from .52
    close(earned(&w, 0.4), 0.7);
    close(merit(&w, 0.7, 0.52), 0.61);
    close(trust_after(&w, 0.5, 0.7, 0.05), 0.47);
    close(trust_after(&w, 0.02, 0.0, 0.1), 0.0);
    let symmetric = w.updating(Updating::Symmetric);
    close(expectation_after(&symmetric, 0.4, 0.6), 0.42);
    close(expectation_after(&symmetric, 0.6, 0.4), 0.58);
    let p = Parameters {
        report_inflation: 0.7,
        ..defaults(NAME)
    };
    near(reported_satisfaction(&p, 0.6, 0.5), 0.74);
}

/// Of 80 % closed, half with substance, the other half promise more than they hold.
#[test]
fn a_cell_tells_its_performance_and_its_promises() {
    let world = &mut by_hand::world();
    let service = Service {
        nominal: 0.8,
        substance: 0.5,
        ..Service::default()
    };
    by_hand::set(world, 4, service);
    by_hand::pull(world, Lever::Spillover, 4, 0.25);
    by_hand::run(world, 0, system);
    let terms: Conditions = by_hand::get(world, 4);
    close(terms.performance, 0.4);
    close(terms.spillover, 0.1);
}

/// What citizens make of a performance of .4 is what they perceive, and what that alone earns.
#[test]
fn an_impression_is_chosen_by_what_became_of_the_request() {
    let w = Weights::from(&defaults::<Parameters>(NAME));
    let impressions = Impressions::of(&w, 0.4);
    for (settled, substantive) in [(false, false), (true, false), (true, true)] {
        let found = impressions.after(settled, substantive);
        let performance = perceived(&w, 0.4, settled, substantive);
        assert_eq!(found.performance, performance);
        assert_eq!(found.earned, satisfaction(&w, performance, 0.3));
    }
    assert!(impressions.without.performance < impressions.unsettled.performance);
    assert!(impressions.unsettled.performance < impressions.substantive.performance);
}
