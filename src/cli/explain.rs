//! `cogov explain`: what every word of a scenario or a result means.

use clap::Args;

use crate::cli::failure::Failure;
use crate::cli::print::explain::{explained, month, overview};
use crate::cli::shared::terminal::show;
use crate::output::description::document;

/// Explain parameters, levers, interventions, outcomes and the order of the month
#[derive(Debug, Args)]
pub struct ExplainCommand {
    /// What to explain: a name, a part of one, or `month`
    word: Option<String>,
    /// Write the whole description of the model (ODD protocol) as Markdown
    #[arg(long, conflicts_with = "word")]
    markdown: bool,
}

impl ExplainCommand {
    /// Does it.
    pub fn execute(self) -> Result<(), Failure> {
        let text = match self.word.as_deref() {
            _ if self.markdown => document(),
            None => overview(),
            Some("month") => month(),
            Some(word) => explained(word).map_err(|hint| {
                Failure::Input(format!("error: nothing is called `{word}`\n\nhint: {hint}"))
            })?,
        };
        show(&text)
    }
}
