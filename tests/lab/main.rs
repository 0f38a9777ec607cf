//! The live page: what stands under its levers, its runs, its server on the loopback address.

#[allow(dead_code, reason = "other programs use the rest")]
#[path = "../helpers/command.rs"]
mod command;

mod browser;
mod client;
mod kills;
mod pages;
mod runs;
mod server;
mod settings;
mod table;
