//! `cogov network`: the intergovernmental network for other programs.

use std::path::PathBuf;

use clap::Args;

use crate::cli::Failure;
use crate::cli::study::Asked;
use crate::cli::terminal::show;
use crate::output::network::dot;
use crate::output::table::write_whole;
use crate::world::country::Country;

/// Export the network of governments as a DOT file, for Gephi or Graphviz
#[derive(Debug, Args)]
pub struct Network {
    #[command(flatten)]
    asked: Asked,
    /// File to write [default: stdout]
    #[arg(long)]
    out: Option<PathBuf>,
}

impl Network {
    /// Does it.
    pub fn execute(self) -> Result<(), Failure> {
        let scenario = self.asked.load(None)?.scenario;
        let country = Country::new(scenario.geography, scenario.population, scenario.start);
        let text = dot(&country);
        let Some(out) = self.out else {
            return show(&text);
        };
        let name = out.file_name().unwrap_or_default().to_string_lossy();
        let folder = out.parent().map_or_else(PathBuf::new, PathBuf::from);
        write_whole(&folder, &name, text.as_bytes())
            .map_err(|fault| Failure::disk(&out.display().to_string(), &fault))
    }
}
