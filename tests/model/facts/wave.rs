//! F5: a wave of incidents sets back sharing, openness and trust, because incidents teach fear.

use crate::facts::cases::{NO_FEAR, STRUCK, WAVE, case};
use crate::facts::laboratory::{highest, less};
use crate::facts::times;
use crate::facts::{above, below};
use cogov::numeric::mean;

/// What the wave changes in an outcome from its month on, by month and replication, with `set`.
fn loss(outcome: &str, set: &[&'static str]) -> Vec<Vec<f64>> {
    let calm = case("mandate-before-the-wave").with(set);
    let (struck, calm) = (calm.with(STRUCK).runs(), calm.runs());
    let loss = |month| less(&calm.at(outcome, month), &struck.at(outcome, month));
    (WAVE..calm.months()).map(loss).collect()
}

/// Months from the wave to the largest mean loss.
fn deepest(loss: &[Vec<f64>]) -> usize {
    let means: Vec<f64> = loss.iter().map(|month| mean(month)).collect();
    highest(&means)
}

#[test]
fn a_wave_sets_back_and_the_gap_narrows() {
    for outcome in ["data_sharing_rate", "openness", "trust"] {
        let loss = loss(outcome, &[]);
        let worst = &loss[deepest(&loss)];
        above(&format!("loss of {outcome}"), worst, 0.0);
        // most of the loss has come within 18 months
        let soon = less(&loss[deepest(&loss).min(18)], &times(0.5, worst));
        above(&format!("early loss of {outcome}, less half"), &soon, 0.0);
        let regained = less(worst, &loss[loss.len() - 1]);
        above(&format!("regained {outcome}"), &regained, 0.0);
    }
}

#[test]
fn knock_out_without_fear_sharing_and_openness_do_not_fall() {
    for outcome in ["data_sharing_rate", "openness"] {
        let (with, without) = (loss(outcome, &[]), loss(outcome, NO_FEAR));
        // no fall in any month: less than a tenth of the fall with fear
        let worst = &without[deepest(&without)];
        let left = less(worst, &times(0.1, &with[deepest(&with)]));
        below(&format!("loss of {outcome}, less a tenth"), &left, 0.0);
    }
}
