//! The `cogov` command.

use clap::{Parser, Subcommand};
use cogov::cli::factors::Factors;
use std::process::ExitCode;

/// Multi-agent simulator of collaborative governance
#[derive(Parser)]
#[command(version)]
struct Cogov {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    Factors(Factors),
}

fn main() -> ExitCode {
    let Verb::Factors(factors) = Cogov::parse().verb;
    match factors.run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("error: {fault}");
            ExitCode::from(fault.exit_code())
        }
    }
}
