//! The live page: a scenario with levers, on the modeller's own machine.
//!
//! What stands under the levers is a scenario: [`settings::LabSettings`] are written as TOML and read again as
//! `check` reads it, so a wrong lever has the same fault as a wrong file, and what is saved is what is run.
//! The work is done by [`crate::study`]; [`tally::LiveTally`] adds up what its observer is told, pair by pair.
//!
//! | file | what it answers |
//! |---|---|
//! | `settings` | what stands under the levers, and the steps back and forth |
//! | `opened` | the scenario that was opened, and what settings make of it |
//! | `price` | what a lever costs as it stands |
//! | `assumptions` | the parameters that matter most |
//! | `wanted` | which runs are wanted, and in which order |
//! | `tally` | what finished pairs say so far |
//! | `hands` | the threads on which they are run |
//! | `job` | runs at work, and how they end when a lever is moved |
//! | `view` | numbers and figures of what is looked at |
//! | `bench` | what a page is told first: the scenario and its levers |
//! | `session` | one open page: what it asks, what it is told |
//! | `face` | the web: address, guard, pages, one socket a page |
//!
//! Architecture invariants: only `face` knows the web; nothing here changes a number of a study.

pub mod settings;
pub mod opened;
pub mod price;
pub mod assumptions;
pub mod wanted;
pub mod tally;
mod hands;
pub mod job;
pub mod view;
pub mod bench;
pub mod session;
pub mod face;
