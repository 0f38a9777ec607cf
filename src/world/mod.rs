//! What exists: governments, ties, citizens, enterprises, social organisations, and the levers.
//!
//! Architecture invariant: nothing here knows what happens in a month or what a policy is called.

pub mod parameter;
pub mod alternative;
pub mod clock;
pub mod factor;
pub mod geography;
pub mod government;
pub mod nation;
pub mod network;
pub mod wiring;
pub mod departments;
pub mod column;
pub mod community;
pub mod cohort;
pub mod organisation;
pub mod country;
pub mod luck;
pub mod levers;
pub mod history;
pub mod start;
pub mod builder;
pub mod tape;
pub mod state;
pub mod finite;
pub mod branch;
pub mod people;
#[cfg(test)]
pub mod by_hand;
