//! F2: a gap between east and west opens and narrows, because money builds capacity and launches.

use crate::facts::cases::{MONEY_WITHOUT_EFFECT, baseline};
use crate::facts::laboratory::{Runs, highest, less};
use crate::facts::times;
use crate::facts::{above, below};
use cogov::numeric::mean;

const YEARS: usize = 12;

/// Means of the years, the first from August 2012, by replication.
fn years(runs: &Runs, outcome: &str) -> Vec<Vec<f64>> {
    let year = |year| runs.over(outcome, 12 * year..12 * (year + 1));
    (0..YEARS).map(year).collect()
}

/// The year in which the mean is highest; it is chosen by the same runs that it is compared in,
/// which matters little where differences are many times their standard error.
fn peak(of: &[Vec<f64>]) -> usize {
    let means: Vec<f64> = of.iter().map(|year| mean(year)).collect();
    highest(&means)
}

#[test]
fn the_east_is_ahead_and_the_spread_rises_and_falls() {
    let runs = baseline().runs();
    for (year, gap) in years(&runs, "regional_gap").iter().enumerate() {
        above(&format!("gap in year {year}"), gap, 0.0);
    }
    let spread = years(&runs, "capacity_cv");
    let top = &spread[peak(&spread)];
    above("rise of the spread", &less(top, &spread[0]), 0.0);
    above("fall of the spread", &less(top, &spread[YEARS - 1]), 0.0);
}

#[test]
fn knock_out_without_effect_of_money_the_gap_closes() {
    let (with, without) = (
        baseline().runs(),
        baseline().with(MONEY_WITHOUT_EFFECT).runs(),
    );
    let gaps = years(&with, "regional_gap").into_iter();
    let pairs = gaps.zip(years(&without, "regional_gap")).enumerate();
    // the fourth year is the first that counts
    for (year, (with, without)) in pairs.skip(3) {
        let left = less(&without, &times(0.2, &with));
        below(&format!("gap in year {year} less a fifth"), &left, 0.0);
    }
    let (with, without) = (years(&with, "capacity_cv"), years(&without, "capacity_cv"));
    let left = less(&without[peak(&without)], &times(0.4, &with[peak(&with)]));
    below("peak of the spread less two fifths", &left, 0.0);
}
