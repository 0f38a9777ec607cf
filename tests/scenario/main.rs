//! Scenarios: what they may say, and what is said of their faults.

#[path = "../helpers/files.rs"]
mod files;
#[path = "../helpers/doors.rs"]
mod doors;

mod changed;
mod country;
mod ensemble;
mod faults;
mod mutations;
mod order;
mod properties;
mod scenarios;
