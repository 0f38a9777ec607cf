//! What is typed: one verb per file.
//!
//! Data goes to stdout, progress and faults to stderr. Exit codes are a contract: 0 done, 1 bad
//! input, 2 could not read or write, 3 stopped before the end, 130 interrupted.

mod answers;
mod best;
mod calibrate;
mod chain_progress;
mod check;
mod compare;
mod depth;
mod explain;
mod factors;
mod factors_chains;
mod factors_input;
mod folder;
mod merge;
mod missing;
mod network;
mod progress;
mod replay;
mod report;
mod run;
mod shell;
mod study;
mod sweep;
mod terminal;

use std::io;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::factors::CorpusFault;
use crate::scenario::reading::fault::Faults;

/// Which reforms raise data sharing and collaboration, by how much, at what cost, how surely?
///
/// A multi-agent simulator of collaborative governance: governments, enterprises, citizens and
/// social organisations on the intergovernmental network of a country.
#[derive(Debug, Parser)]
#[command(name = "cogov", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Run(run::Run),
    Compare(compare::Compare),
    Sweep(sweep::Sweep),
    Calibrate(calibrate::Calibrate),
    Check(check::Check),
    Explain(explain::Explain),
    Network(network::Network),
    Factors(factors::Factors),
    Completions(shell::Completions),
    Man(shell::Man),
    Merge(merge::Merge),
    Replay(replay::Replay),
    Report(report::Report),
}

/// Why a command did not end as asked.
#[derive(Debug)]
pub enum Failure {
    /// Something that was typed or written is wrong.
    Input(String),
    /// Faults of the scenario and its files.
    Scenario(Faults),
    /// A file could not be read or written.
    Disk(String),
    /// A limit ended it before what was asked for was reached; what was finished is kept.
    Stopped(String),
    /// Somebody pressed Ctrl-C; what was finished is kept.
    Interrupted,
}

impl From<CorpusFault> for Failure {
    fn from(fault: CorpusFault) -> Self {
        match fault {
            CorpusFault::Interrupted => Self::Interrupted,
            CorpusFault::File(_) => Self::Disk(format!("error: {fault}")),
            CorpusFault::Input { .. } => Self::Input(format!("error: {fault}")),
        }
    }
}

impl Failure {
    /// A file or folder that could not be used.
    pub fn disk(what: &str, fault: &io::Error) -> Self {
        Self::Disk(format!("error: {what}: {fault}"))
    }

    fn report(&self) -> ExitCode {
        match self {
            Self::Input(text) => {
                eprintln!("{text}");
                ExitCode::from(1)
            }
            Self::Scenario(faults) => {
                eprintln!("{faults}");
                ExitCode::from(1)
            }
            Self::Disk(text) => {
                eprintln!("{text}");
                ExitCode::from(2)
            }
            Self::Stopped(text) => {
                eprintln!("{text}");
                ExitCode::from(3)
            }
            Self::Interrupted => ExitCode::from(130),
        }
    }
}

/// Parses the command line, does what it says, and returns the exit code.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(u8::from(error.use_stderr()));
        }
    };
    let done = match cli.verb {
        Verb::Run(verb) => verb.execute(),
        Verb::Compare(verb) => verb.execute(),
        Verb::Sweep(verb) => verb.execute(),
        Verb::Calibrate(verb) => verb.execute(),
        Verb::Check(verb) => verb.execute(),
        Verb::Explain(verb) => verb.execute(),
        Verb::Network(verb) => verb.execute(),
        Verb::Factors(verb) => verb.execute(),
        Verb::Completions(verb) => verb.execute(),
        Verb::Man(verb) => verb.execute(),
        Verb::Merge(verb) => verb.execute(),
        Verb::Replay(verb) => verb.execute(),
        Verb::Report(verb) => verb.execute(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
