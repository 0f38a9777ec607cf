//! Calibration: which parameter values are not ruled out by what was seen, and which are likelier.
//!
//! History matching (Craig et al. 1997, Vernon et al. 2010) rules out points of the parameter ranges
//! wave by wave: points of a Latin hypercube are simulated, an emulator of each target is fitted to
//! them, and a point whose implausibility exceeds the cutoff is not looked at again. What is left is
//! weighed by approximate Bayesian computation with the errors of the targets as its kernel.
//!
//! Architecture invariant: no emulated number is reported as a simulated one.

pub mod targets;
pub mod emulator;
pub mod errors;
pub mod ensemble;
pub mod region;
pub mod posterior;
pub mod rounds;
pub mod claims;
pub mod matching;
pub mod search;
pub mod summary;
