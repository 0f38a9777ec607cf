//! The country as its tables tell it: its words, provinces, people, ties, leanings, history.

pub(super) mod nation;
pub(super) mod columns;
pub(super) mod names;
pub(super) mod provinces;
pub(super) mod population;
pub(super) mod strangers;
pub(super) mod network;
pub(super) mod departments;
pub(super) mod factors;
pub(super) mod history;
pub(super) mod part;
pub(super) mod land;
pub mod topics;
pub mod texts;
