//! The house: arrows, sizes, names.

mod architecture;
