//! Policies as written: what they consist of, on whose terms, and whom they reach.

pub(super) mod target;
pub(super) mod terms;
pub mod measure;
pub mod catalogue;
pub(super) mod composition;
pub(super) mod policies;
pub(super) mod typed;
