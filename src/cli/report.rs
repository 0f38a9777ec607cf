//! `cogov report`: the report again from the files of a finished study.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use clap::{Args, ValueEnum};

use crate::cli::Failure;
use crate::cli::folder::refuse_unfinished;
use crate::cli::missing::interrupted;
use crate::cli::terminal::show;
use crate::output::folder::Kind;
use crate::output::folder::manifest::Manifest;
use crate::output::report::{self, FolderFault, ReaderLanguage};
use crate::output::tables::ties;
use crate::scenario::Scenario;
use crate::simulation::Onward;

/// Make report.html again from the files of a result folder
///
/// It is one page that opens from disk without a network, in English and Chinese, and prints.
#[derive(Debug, Args)]
pub struct Report {
    /// Folder that `cogov compare` wrote
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Language in which it opens; the page can switch
    #[arg(long, default_value = "en")]
    lang: Lang,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Lang {
    En,
    Zh,
}

impl Report {
    /// Does it.
    pub fn execute(self) -> Result<(), Failure> {
        let language = match self.lang {
            Lang::En => ReaderLanguage::English,
            Lang::Zh => ReaderLanguage::Chinese,
        };
        self.refuse_without_comparison()?;
        let path = report::write(&self.folder, language)?;
        show(&format!("{}\n", path.display()))
    }

    /// Refuses what is no finished comparison; what is wrong with a manifest the report tells.
    fn refuse_without_comparison(&self) -> Result<(), Failure> {
        let shown = self.folder.display();
        let Some((manifest, scenario)) = Manifest::read_with_scenario(&self.folder) else {
            return Ok(());
        };
        let what = match (manifest.kind, scenario.policies.len()) {
            (Kind::Calibration, _) => "a calibration",
            (Kind::Policies, 1) => "runs of one policy",
            _ => return refuse_unfinished(&self.folder, &manifest),
        };
        Err(Failure::Input(format!(
            "error: `{shown}` holds {what}\n\nhint: a report needs a comparison: `cogov compare` or `cogov sweep`"
        )))
    }
}

/// Writes what a report of a comparison shows and the other files do not hold: the network; on so many
/// threads, until the flag is set.
pub fn prepare(
    folder: &Path,
    scenario: &Arc<Scenario>,
    manifest: &Manifest,
    work: (usize, &AtomicBool),
) -> Result<(), Failure> {
    if manifest.sweep.is_some() {
        return Ok(());
    }
    match ties::write(folder, scenario, work) {
        Ok(Onward::Continue) => Ok(()),
        Ok(Onward::Stop) => Err(interrupted()),
        Err(fault) => Err(Failure::disk(&folder.display().to_string(), &fault)),
    }
}

/// Makes the report of a study that has just been finished.
pub fn make(folder: &Path) -> Result<(), Failure> {
    report::write(folder, ReaderLanguage::default())?;
    Ok(())
}

/// Where the results are, and the report if there is one, in a line each.
pub fn places(folder: &Path, reported: bool) -> String {
    let results = format!("results: {}\n", folder.display());
    if reported {
        format!(
            "{results}report:  {}\n",
            folder.join(report::NAME).display()
        )
    } else {
        results
    }
}

impl From<FolderFault> for Failure {
    fn from(fault: FolderFault) -> Self {
        match fault {
            FolderFault::Disk { .. } | FolderFault::NoFolder(_) => Self::Disk(fault.to_string()),
            FolderFault::Damaged { .. } | FolderFault::Unfinished { .. } => {
                Self::Input(fault.to_string())
            }
        }
    }
}
