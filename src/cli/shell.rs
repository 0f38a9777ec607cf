//! `cogov completions` and `cogov man`: what shells and `man` want to know of the commands.

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use crate::cli::terminal::show;
use crate::cli::{Cli, Failure};

/// Print completions for a shell, to be put where it looks for them
#[derive(Debug, Args)]
pub struct Completions {
    /// Shell to complete for
    shell: Shell,
}

impl Completions {
    /// Does it.
    pub fn execute(self) -> Result<(), Failure> {
        let mut text = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "cogov", &mut text);
        show(&String::from_utf8_lossy(&text))
    }
}

/// Print the manual page
#[derive(Debug, Args)]
pub struct Man {}

impl Man {
    /// Does it.
    pub fn execute(self) -> Result<(), Failure> {
        let mut text = Vec::new();
        clap_mangen::Man::new(Cli::command())
            .render(&mut text)
            .map_err(|fault| Failure::disk("manual page", &fault))?;
        show(&String::from_utf8_lossy(&text))
    }
}
