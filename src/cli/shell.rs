//! `cogov completions` and `cogov man`: what shells and `man` want to know of the commands.

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use crate::cli::CommandLine;
use crate::cli::failure::Failure;
use crate::cli::shared::terminal::show;

/// Print completions for a shell, to be put where it looks for them
#[derive(Debug, Args)]
pub struct CompletionsCommand {
    /// Shell to complete for
    shell: Shell,
}

impl CompletionsCommand {
    /// Does it.
    pub fn execute(self) -> Result<(), Failure> {
        let mut text = Vec::new();
        clap_complete::generate(self.shell, &mut CommandLine::command(), "cogov", &mut text);
        show(&String::from_utf8_lossy(&text))
    }
}

/// Print the manual page
#[derive(Debug, Args)]
pub struct ManCommand {}

impl ManCommand {
    /// Does it.
    pub fn execute(self) -> Result<(), Failure> {
        let mut text = Vec::new();
        clap_mangen::Man::new(CommandLine::command())
            .render(&mut text)
            .map_err(|fault| Failure::disk("manual page".as_ref(), &fault))?;
        show(&String::from_utf8_lossy(&text))
    }
}
