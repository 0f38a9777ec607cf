//! What a result folder holds, read again and checked: the manifest, and each table by its rows.
//!
//! Architecture invariant: what is read is trusted no more than what a person wrote; a fault names the
//! file, the line and the column.

pub mod fault;
pub mod sheet;
pub mod study;
pub mod effects;
pub mod costs;
pub mod levers;
pub mod unfold;
pub mod runs;
pub mod network;
pub mod tables;
pub mod sweep;
