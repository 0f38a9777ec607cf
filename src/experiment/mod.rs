//! Many runs: which are needed, which are on disk already, and what their differences say.
//!
//! A finished run is reduced to a [`digest::Digest`] and put into a [`store::Store`] before it
//! counts. Results are made from the store alone, in a fixed order, so they do not depend on which
//! run finished first, on the number of threads, or on how often the study was interrupted.
//!
//! Architecture invariant: nothing here prints, and no table is laid out here.

pub mod design;
pub mod plan;
pub mod checkpoint;
pub mod runner;
pub mod digest;
pub mod store;
pub mod statistics;
pub mod contest;
pub mod compare;
pub mod value;
pub mod precision;
pub mod decompose;
pub mod package;
pub mod distribution;
pub mod responses;
pub mod sensitivity;
pub mod robustness;
pub mod calibration;
