//! The `cogov` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    cogov::cli::main()
}
