//! The country as its tables tell it: provinces, people, ties, leanings, history.

pub(super) mod names;
pub(super) mod population;
pub(super) mod network;
pub(super) mod factors;
pub(super) mod history;
pub mod topics;
pub mod texts;
