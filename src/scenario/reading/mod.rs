//! Files as written: a tree of values and tables of cells, each with its place, and what is wrong
//! with them.
//!
//! Architecture invariant: nothing here knows what a key means.

pub mod fault;
pub(super) mod tree;
pub(super) mod files;
pub(super) mod reader;
pub(super) mod written;
pub(super) mod sheet;
pub(super) mod spoilt;
