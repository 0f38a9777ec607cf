//! What is typed: one verb per file, which parses, calls a study, and prints.
//!
//! Data goes to stdout, progress and faults to stderr. Exit codes are a contract: `failure::EXIT_CODES`.

mod calibrate;
mod check;
mod compare;
mod explain;
mod factors;
mod failure;
mod lab;
mod merge;
mod network;
mod new;
mod print;
mod replay;
mod report;
mod run;
mod shared;
mod shell;
mod sweep;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::cli::failure::{EXIT_CODES, Failure};

/// Which reforms raise data sharing and collaboration, by how much, at what cost, how surely?
///
/// A multi-agent simulator of collaborative governance: governments, enterprises, citizens and
/// social organisations on the intergovernmental network of a country.
#[derive(Debug, Parser)]
#[command(name = "cogov", version, max_term_width = 100, after_help = EXIT_CODES)]
struct CommandLine {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Run(run::RunCommand),
    Compare(compare::CompareCommand),
    Sweep(sweep::SweepCommand),
    Calibrate(calibrate::CalibrateCommand),
    Check(check::CheckCommand),
    Explain(explain::ExplainCommand),
    Lab(lab::LabCommand),
    Network(network::NetworkCommand),
    New(new::NewCommand),
    Factors(factors::FactorsCommand),
    Completions(shell::CompletionsCommand),
    Man(shell::ManCommand),
    Merge(merge::MergeCommand),
    Replay(replay::ReplayCommand),
    Report(report::ReportCommand),
}

/// Parses the command line, does what it says, and returns the exit code.
pub fn main() -> ExitCode {
    if let Err(failure) = refuse_unreadable_words() {
        return failure.report();
    }
    let line = match CommandLine::try_parse() {
        Ok(line) => line,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(u8::from(error.use_stderr()));
        }
    };
    let done = match line.verb {
        Verb::Run(verb) => verb.execute(),
        Verb::Compare(verb) => verb.execute(),
        Verb::Sweep(verb) => verb.execute(),
        Verb::Calibrate(verb) => verb.execute(),
        Verb::Check(verb) => verb.execute(),
        Verb::Explain(verb) => verb.execute(),
        Verb::Lab(verb) => verb.execute(),
        Verb::Network(verb) => verb.execute(),
        Verb::New(verb) => verb.execute(),
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

/// The manifest of a study records the command, so that it can be given again: as text.
fn refuse_unreadable_words() -> Result<(), Failure> {
    let mut words = std::env::args_os().skip(1);
    match words.find(|word| word.to_str().is_none()) {
        None => Ok(()),
        Some(word) => Err(Failure::Input(format!(
            "error: `{}` is not UTF-8\n\nhint: rename the file or folder, or give it a link whose name is UTF-8",
            word.display()
        ))),
    }
}
