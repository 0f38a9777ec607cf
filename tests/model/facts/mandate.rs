//! F3: sharing needs a mandate at first and holds without one where capacity is high, because
//! partners who share are worth something.

use crate::facts::cases::{
    AFTERWARDS, NO_BENEFIT, WITHDRAWN_EARLY, WITHDRAWN_LATE, baseline, case, withdrawn_early,
};
use crate::facts::laboratory::less;
use crate::facts::times;
use crate::facts::{above, below};

const SHARING: &str = "data_sharing_rate";

#[test]
fn only_a_mandate_brings_sharing() {
    below("without mandate", &baseline().runs().last(SHARING), 0.15);
    above("with mandate", &case("mandate").runs().last(SHARING), 0.6);
}

#[test]
fn withdrawn_early_sharing_falls_by_a_third() {
    let runs = withdrawn_early().runs();
    let before = runs.at(SHARING, WITHDRAWN_EARLY - 1);
    let after = runs.at(SHARING, WITHDRAWN_EARLY + AFTERWARDS);
    below(
        "what is left, less two thirds",
        &less(&after, &times(2.0 / 3.0, &before)),
        0.0,
    );
}

#[test]
fn withdrawn_at_high_capacity_sharing_holds() {
    let runs = case("capacity-and-mandate-withdrawn").runs();
    above("capacity", &runs.at("capacity", WITHDRAWN_LATE - 1), 0.7);
    let before = runs.at(SHARING, WITHDRAWN_LATE - 1);
    let after = runs.at(SHARING, WITHDRAWN_LATE + AFTERWARDS);
    // it holds: nine tenths are left
    above(
        "what is left, less nine tenths",
        &less(&after, &times(0.9, &before)),
        0.0,
    );
}

#[test]
fn knock_out_without_benefit_nothing_lasts() {
    let never = case("capacity").with(NO_BENEFIT).runs();
    let once = case("capacity-and-mandate-withdrawn")
        .with(NO_BENEFIT)
        .runs();
    let gain = |month| less(&once.at(SHARING, month), &never.at(SHARING, month));
    let (before, after) = (gain(WITHDRAWN_LATE - 1), gain(WITHDRAWN_LATE + AFTERWARDS));
    above("gain under the mandate", &before, 0.5);
    below(
        "gain that is left, less a tenth",
        &less(&after, &times(0.1, &before)),
        0.0,
    );
}
