//! `cogov network`: the intergovernmental network for other programs.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::failure::Failure;
use crate::cli::shared::flags::ScenarioFlags;
use crate::cli::shared::terminal::show;
use crate::output::network::{dot, write};
use crate::world::country::Country;

/// Export the network of governments as a DOT file, for Gephi or Graphviz
#[derive(Debug, Args)]
pub struct NetworkCommand {
    #[command(flatten)]
    scenario: ScenarioFlags,
    /// File to write [default: stdout]
    #[arg(long)]
    out: Option<PathBuf>,
    /// Replace the file if it is there
    #[arg(long, requires = "out")]
    force: bool,
}

impl NetworkCommand {
    /// Does it.
    pub fn execute(self) -> Result<(), Failure> {
        let scenario = self.scenario.load(None)?.scenario;
        let country = Country::new(scenario.geography, scenario.population, scenario.start);
        let text = dot(&country);
        match &self.out {
            None => show(&text),
            Some(out) => self.write(out, &text),
        }
    }

    /// Writes the file, unless something is in its place.
    fn write(&self, out: &Path, text: &str) -> Result<(), Failure> {
        let shown = out.display();
        if out.is_dir() || out.file_name().is_none() {
            let inside = out.join("network.dot");
            return Err(Failure::Input(format!(
                "error: `{shown}` is a folder\n\nhint: name a file in it, as `{}`",
                inside.display()
            )));
        }
        if out.exists() && !self.force {
            return Err(Failure::Input(format!(
                "error: `{shown}` is there already\n\nhint: name another file with --out, or replace it with --force"
            )));
        }
        write(out, text).map_err(|fault| Failure::disk(out, &fault))
    }
}
