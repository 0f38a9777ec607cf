//! Plausible worlds: what a difference owes to chance, and what to the things that nobody knows.
//!
//! A world is one set of values that the unknown inputs may have; in each, every policy meets the same
//! luck as the baseline, replication by replication:
//!
//! ```text
//! difference in replication j of world i = mean + world_i + chance_ij
//! ```
//!
//! The interval of the mean is that of chance, worlds held fixed. How far worlds lie apart is told by
//! their 5th and 95th percentile: a range of worlds, no interval of confidence.
//!
//! Architecture invariant: numbers only; no run, policy or table is known here.

pub mod nested;
pub mod differences;
pub mod spread;
pub mod standing;
pub mod unknowns;

#[cfg(test)]
mod tests;
