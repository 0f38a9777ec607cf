//! Many runs: which are needed, which are on disk already, and what their differences say.
//!
//! A finished run is reduced to a [`runs::digest::Digest`] and put into a [`runs::store::Store`] before it
//! counts. Results are made from the store alone, in a fixed order, so they do not depend on which
//! run finished first, on the number of threads, or on how often the study was interrupted.
//!
//! Architecture invariant: nothing here prints, and no table is laid out here.

pub mod design;
pub mod runs;
pub mod statistics;
pub mod decomposition;
pub mod calibration;
