//! `cogov lab`: the live page.

use std::path::PathBuf;

use clap::Args;

use crate::cli::failure::Failure;
use crate::cli::shared::manner::MannerFlags;
use crate::cli::shared::stop::stop_flag;
use crate::cli::shared::terminal::show;
use crate::lab::face::{ServingOptions, open_browser, serve};
use crate::lab::job::Workshop;
use crate::lab::opened::Opened;

const HINT: &str = "`--port 0` takes any port that is free";

/// Open a scenario as a live page with levers, on this machine alone
///
/// Prints the address, with a token, and opens the browser. Ends with Ctrl-C, or when no page was open for
/// ten minutes; finished runs are kept.
#[derive(Debug, Args)]
pub struct LabCommand {
    /// Scenario file
    scenario: PathBuf,
    /// Port; 0 takes any that is free
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Do not open the browser
    #[arg(long, alias = "no-browser")]
    no_open: bool,
    /// Look at finished runs only: nothing is changed, run or written
    #[arg(long)]
    read_only: bool,
    /// Folder for finished runs and results that the page asks for [default: results/<scenario>-lab]
    #[arg(long)]
    out: Option<PathBuf>,
    /// Minutes without an open page after which it ends
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..))]
    idle_minutes: u32,
    #[command(flatten)]
    manner: MannerFlags,
}

impl LabCommand {
    /// Does it.
    pub fn execute(self) -> Result<(), Failure> {
        let opened = Opened::file(&self.scenario)?;
        let mut workshop = Workshop::of_lab(&self.scenario, self.out, self.manner.options());
        workshop.read_only = self.read_only;
        let options = ServingOptions::of(self.port, self.idle_minutes, workshop, stop_flag("runs"));
        serve(opened, &options, |address| {
            let _ = show(&format!("{address}\n"));
            (!self.no_open).then(|| open_browser(address));
        })
        .map_err(|fault| Failure::Disk(format!("error: the page: {fault}\n\nhint: {HINT}")))
    }
}
