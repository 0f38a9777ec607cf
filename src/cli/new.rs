//! `cogov new`: the files of a scenario of one's own.

use std::fs;
use std::path::PathBuf;

use clap::Args;

use crate::cli::Failure;
use crate::cli::shared::terminal::show;
use crate::scenario::starter;

/// Lay out a scenario of your own country, with comments; it runs as it is
#[derive(Debug, Args)]
pub struct NewCommand {
    /// Folder to write it into; must not hold any of its files yet
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    /// Regions of the country to begin with
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = clap::value_parser!(u32).range(2..=500))]
    regions: u32,
}

impl NewCommand {
    /// Does it.
    pub fn execute(self) -> Result<(), Failure> {
        let files = starter::files(self.regions);
        let taken = files.iter().map(|file| self.folder.join(file.name));
        if let Some(path) = taken.into_iter().find(|path| path.exists()) {
            let message = format!("error: `{}` is there already", path.display());
            return Err(Failure::Input(format!(
                "{message}\n\nhint: give another folder"
            )));
        }
        let disk = |fault| Failure::disk(&self.folder, &fault);
        fs::create_dir_all(&self.folder).map_err(disk)?;
        for file in &files {
            fs::write(self.folder.join(file.name), &file.text).map_err(disk)?;
        }
        let scenario = self.folder.join(files[0].name);
        let scenario = scenario.display();
        show(&format!(
            "{scenario} and its tables: a made-up country of {} regions\n\n  cogov check {scenario}\n  cogov compare {scenario}\n",
            self.regions
        ))
    }
}
