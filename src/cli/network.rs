//! `cogov network`: the intergovernmental network for other programs.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::Failure;
use crate::cli::study::Asked;
use crate::cli::terminal::show;
use crate::output::network::dot;
use crate::output::tables::table::write_whole;
use crate::world::country::Country;

/// Export the network of governments as a DOT file, for Gephi or Graphviz
#[derive(Debug, Args)]
pub struct Network {
    #[command(flatten)]
    asked: Asked,
    /// File to write [default: stdout]
    #[arg(long)]
    out: Option<PathBuf>,
    /// Replace the file if it is there
    #[arg(long, requires = "out")]
    force: bool,
}

impl Network {
    /// Does it.
    pub fn execute(self) -> Result<(), Failure> {
        let scenario = self.asked.load(None)?.scenario;
        let country = Country::new(scenario.geography, scenario.population, scenario.start);
        let text = dot(&country);
        match &self.out {
            None => show(&text),
            Some(out) => self.write(out, &text),
        }
    }

    /// Writes the file; its folder is made if it is not there.
    fn write(&self, out: &Path, text: &str) -> Result<(), Failure> {
        let shown = out.display().to_string();
        let Some(name) = out.file_name().filter(|_| !out.is_dir()) else {
            return Err(Failure::Input(format!(
                "error: `{shown}` is a folder\n\nhint: name a file in it, as `{}`",
                out.join("network.dot").display()
            )));
        };
        if out.exists() && !self.force {
            return Err(Failure::Input(format!(
                "error: `{shown}` is there already\n\nhint: name another file with --out, or replace it with --force"
            )));
        }
        let folder = out.parent().unwrap_or(Path::new(""));
        let made = match folder.as_os_str().is_empty() {
            true => Ok(()),
            false => fs::create_dir_all(folder),
        };
        let written =
            made.and_then(|()| write_whole(folder, &name.to_string_lossy(), text.as_bytes()));
        written.map_err(|fault| Failure::disk(&shown, &fault))
    }
}
