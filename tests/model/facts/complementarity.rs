//! F6: institution and technology together gain more capacity than both alone, because each is
//! worth little without the other.
//!
//! Effort is put on one stock at a time: packages of the catalogue raise both stocks, overlap, and
//! would hide it.

use crate::facts::cases::{ADDITIVE, baseline, case};
use crate::facts::laboratory::{Case, less};
use crate::facts::times;
use crate::facts::{above, below};

/// Gain of both efforts together, less the sum of their gains alone, in the last year.
fn excess(set: &[&'static str]) -> Vec<f64> {
    let capacity = |case: Case| {
        let runs = case.with(set).runs();
        runs.over("capacity", runs.months() - 12..runs.months())
    };
    let (none, both) = (capacity(baseline()), capacity(case("both-efforts")));
    let institution = less(&capacity(case("institution-effort")), &none);
    let platform = less(&capacity(case("platform-effort")), &none);
    less(&less(&less(&both, &none), &institution), &platform)
}

#[test]
fn together_they_gain_more_than_alone() {
    above("excess", &excess(&[]), 0.0);
}

#[test]
fn knock_out_where_stocks_add_up_there_is_no_excess() {
    let (with, without) = (excess(&[]), excess(ADDITIVE));
    // none: within a tenth of the excess
    below(
        "excess, less a tenth",
        &less(&without, &times(0.1, &with)),
        0.0,
    );
    above(
        "excess, and a tenth",
        &less(&without, &times(-0.1, &with)),
        0.0,
    );
}
