//! F4, the responsiveness trap: appraisal by closure raises what is closed, asked and reported, and
//! lowers what is built and felt, because closing letters raise what people expect.

use crate::facts::cases::{MANY_CITIZENS, NO_SPILLOVER, START, baseline, case};
use crate::facts::laboratory::{Case, less};
use crate::facts::times;
use crate::facts::{above, below};

/// Twelve months after appraisal has changed.
const LATER: usize = START + 12;

/// What the league table changes in an outcome, with `set`.
fn change(outcome: &str, set: &[&'static str]) -> Vec<f64> {
    let at = |case: Case| case.with(MANY_CITIZENS).with(set).runs().at(outcome, LATER);
    less(&at(case("league-table")), &at(baseline()))
}

#[test]
fn closing_more_satisfies_less() {
    above(
        "nominal resolution",
        &change("nominal_resolution", &[]),
        0.15,
    );
    let asked = baseline()
        .with(MANY_CITIZENS)
        .runs()
        .at("requests_raised", LATER);
    let more = less(&change("requests_raised", &[]), &times(0.25, &asked));
    above("demand less a quarter more", &more, 0.0);
    below("satisfaction", &change("satisfaction", &[]), 0.0);
    below("effort on building", &change("building_effort", &[]), 0.0);
    below("capacity", &change("capacity", &[]), 0.0);
    above(
        "reported satisfaction",
        &change("reported_satisfaction", &[]),
        0.0,
    );
}

#[test]
fn knock_out_without_spillover_satisfaction_hardly_falls() {
    let (with, without) = (
        change("satisfaction", &[]),
        change("satisfaction", NO_SPILLOVER),
    );
    above(
        "fall that is left, less a quarter",
        &less(&without, &times(0.25, &with)),
        0.0,
    );
}
