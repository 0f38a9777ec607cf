//! The house: arrows, sizes, names.

mod architecture;
mod circles;
mod names;
mod sizes;
mod sources;
