//! Studies: commands, folders, statistics; whatever happens, the same bytes.

#[path = "../helpers/command.rs"]
mod command;
#[path = "../helpers/acts.rs"]
mod acts;
#[path = "../helpers/world.rs"]
mod world;

mod batches;
mod calibration;
mod checkpoint;
mod cli;
mod comparison;
mod country;
mod edges;
mod faults;
mod resuming;
mod kills;
mod library;
mod orders;
mod platforms;
mod read_back;
mod scripts;
mod sweep;
mod tutorial;
mod worlds;
