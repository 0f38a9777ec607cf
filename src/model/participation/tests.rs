use statrs::distribution::{ContinuousCDF as _, Normal};

use super::*;
use crate::model::by_hand;
use crate::world::by_hand::near;

/// V10: with mean threshold .25 participation jumps at a standard deviation of .1222
/// (Granovetter 1978).
#[test]
fn participation_jumps_at_granovetters_spread() {
    const BODIES: usize = 100_000;
    let settled = |sd: f64| {
        let thresholds = Normal::new(0.25, sd).expect("a spread above 0");
        let quantile = |i| (i as f64 + 0.5) / BODIES as f64;
        let threshold = |i| thresholds.inverse_cdf(quantile(i)) as f32;
        let threshold = (0..BODIES).map(threshold).collect();
        let mut bodies = Bodies::new(threshold, vec![false; BODIES]);
        loop {
            let before = bodies.share();
            reconsider(&mut bodies, before, 1.0, &[0; BODIES]);
            if bodies.share() == before {
                return before;
            }
        }
    };
    assert!(settled(0.1215) < 0.10, "{}", settled(0.1215));
    assert!(settled(0.1230) > 0.95, "{}", settled(0.1230));
}

#[test]
fn only_those_who_reconsider_change() {
    let luck = crate::chance::Chance::new(1, 0);
    let start = Bodies::new(vec![0.5; 1000], vec![false; 1000]);
    let after = |worth, rate| {
        let mut bodies = start.clone();
        let mut words = [0; 1000];
        luck.words(RECONSIDER, 3, 0).fill(&mut words);
        reconsider(&mut bodies, worth, rate, &words);
        bodies.share()
    };
    assert_eq!(after(0.6, 0.0), 0.0);
    assert_eq!(after(0.4, 1.0), 0.0);
    assert_eq!(after(0.6, 1.0), 1.0);
    assert!((after(0.6, 0.3) - 0.3).abs() < 0.06);
}

#[test]
fn hand_calculated_returns() {
    let p = Parameters {
        enterprise_pull: 0.8,
        organisation_pull: 0.6,
        ..crate::model::defaults(NAME)
    };
    near(enterprise_return(&p, 1.2, 0.5, 0.4, 0.25), 0.36 + 0.2);
    near(organisation_return(&p, 1.1, 0.5, 0.4, 0.25), 0.22 + 0.15);
}

/// Bodies with these thresholds, the first so many of which take part.
fn bodies(threshold: &[f32], joined: usize) -> Bodies {
    let joins = (0..threshold.len()).map(|i| i < joined).collect();
    Bodies::new(threshold.to_vec(), joins)
}

/// Enterprises earn `.36 + .8 x .25 + .1 = .66`, organisations `.25 x .4 + .6 x .5 + .05 = .45`;
/// everyone reconsiders.
#[test]
fn a_hand_calculated_month_of_a_cell() {
    let world = &mut by_hand::world();
    by_hand::change_all(world, |p: &mut Parameters| {
        (p.revision_rate, p.enterprise_pull, p.organisation_pull) = (1.0, 0.8, 0.6);
    });
    let stocks = Stocks {
        institution: 0.4,
        platform: 0.0,
        capacity: 0.4,
    };
    let joining = (
        Enterprises(bodies(&[0.1, 0.655, 0.665, 0.9], 1)),
        Organisations(bodies(&[0.455, 0.445], 1)),
    );
    by_hand::set(world, 4, (stocks, Openness(0.5), joining));
    // the mean trust of 150 citizens is .25
    by_hand::change(world, 4, |tally: &mut Tally| tally.trust = 150 * 16_384);
    for (lever, value) in [
        (Lever::EnterpriseBenefit, 1.2),
        (Lever::EnterpriseSupport, 0.1),
        (Lever::OrganisationBenefit, 1.0),
        (Lever::OrganisationSpace, 0.05),
    ] {
        by_hand::pull(world, lever, 4, value);
    }
    by_hand::run(world, 0, system);
    let enterprises: Enterprises = by_hand::get(world, 4);
    assert_eq!(*enterprises.0.joined, [true, true, false, false]);
    let organisations: Organisations = by_hand::get(world, 4);
    assert_eq!(*organisations.0.joined, [false, true]);
    let share: Participation = by_hand::get(world, 4);
    assert_eq!((share.enterprises, share.organisations), (0.5, 0.5));
}

/// 1,500 residents each at .2 and .6 in the North, 4,000 at .1 in the South, 1,000 at 1 on the Isle.
#[test]
fn governments_above_see_the_mean_over_residents() {
    let setting = Setting(std::sync::Arc::new(crate::world::by_hand::country()));
    let share = |enterprises| Participation {
        enterprises,
        organisations: enterprises / 2.0,
    };
    let of = averages(&setting, &[0.2, 0.6, 0.1, 1.0].map(share));
    let nation = (1500.0 * 0.8 + 400.0 + 1000.0) / 8000.0;
    let right = [nation, 0.4, 0.1, 1.0, 0.2, 0.6, 0.1, 1.0];
    for (of, right) in of.iter().zip(right) {
        near(of.enterprises, right);
        near(of.organisations, right / 2.0);
    }
}
