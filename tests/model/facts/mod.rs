//! What must emerge on the 31 provinces, and what must shrink or vanish when its cause is switched
//! off.
//!
//! A fact holds when the 95 % interval of a mean over replications lies beyond the threshold as a
//! whole; differences are taken replication by replication. Thresholds that are numbers in the
//! wording of a fact are taken from it. Where the wording leaves a reading open (it holds, nothing
//! lasts, most of it, no excess), the reading was chosen with first results at hand:
//! docs/evidence.md says which.

mod cases;
mod laboratory;

mod complementarity;
mod launches;
mod mandate;
mod participation;
mod regions;
mod trap;
mod wave;

use laboratory::mean_of;

/// The mean of `values` is above `threshold`, beyond doubt.
#[track_caller]
fn above(what: &str, values: &[f64], threshold: f64) {
    let mean = mean_of(values);
    let (value, low) = (mean.difference, mean.low);
    assert!(
        low > threshold,
        "{what}: {value}, from {low} on, is not above {threshold}"
    );
}

/// The mean of `values` is below `threshold`, beyond doubt.
#[track_caller]
fn below(what: &str, values: &[f64], threshold: f64) {
    let mean = mean_of(values);
    let (value, high) = (mean.difference, mean.high);
    assert!(
        high < threshold,
        "{what}: {value}, up to {high}, is not below {threshold}"
    );
}

/// `factor * a`, replication by replication.
fn times(factor: f64, a: &[f64]) -> Vec<f64> {
    a.iter().map(|a| factor * a).collect()
}
