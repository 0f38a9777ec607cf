//! Policy texts to factors.

mod command;
mod sampler;
mod shipped;
