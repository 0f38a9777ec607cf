//! Many runs: which are needed, which are on disk already, and what their differences say.
//!
//! Procedures on values. A finished run is reduced to a [`runs::digest::Digest`]; results are made from
//! those alone, in a fixed order, so they do not depend on which run finished first, on the number of
//! threads, or on how often the study was interrupted.
//!
//! Architecture invariant: nothing here prints, no folder is known here, and no table is laid out.

pub mod design;
pub mod runs;
pub mod statistics;
pub mod decomposition;
pub mod calibration;
#[cfg(test)]
mod by_hand;
