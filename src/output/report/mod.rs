//! `report.html`: one self-contained page for the one who decides, made from the files of a result
//! folder alone.
//!
//! Rust reads the files again, checks them, and works out what is said: sentences, frontier,
//! quantiles, ranks. The page holds these numbers as JSON and draws them with Observable Plot,
//! which stands in the page itself; its content policy forbids every request. All words come from
//! a text file per language, both of which are in the page.
//!
//! Architecture invariants: nothing of a simulation is known here but its files; whatever a
//! scenario calls itself reaches the page as data and is set as text, never as markup.

mod costs;
mod effects;
mod fault;
mod frontier;
mod network;
mod page;
mod round;
mod runs;
mod sentence;
mod sheet;
mod study;
mod sweep;
mod tables;
mod tally;
mod unfold;
mod words;

use std::path::{Path, PathBuf};

pub use fault::Fault;
pub use page::as_text;
pub use words::Language;

use crate::output::tables::table::write_whole;
use effects::{Cell, Effects, Measured};
use study::Study;
use unfold::Courses;

/// Name of the file.
pub const NAME: &str = "report.html";

/// Makes the report of the study in `folder` again; it opens in `language`.
///
/// # Errors
/// When a file of the folder is missing or damaged, or the report cannot be written.
pub fn write(folder: &Path, language: Language) -> Result<PathBuf, Fault> {
    if !folder.is_dir() {
        return Err(Fault::NoFolder(folder.into()));
    }
    let page = page::page(&Report::read(folder)?, language);
    let written = write_whole(folder, NAME, page.as_bytes());
    written.map_err(|cause| Fault::disk(folder, NAME, cause))?;
    Ok(folder.join(NAME))
}

/// Everything that was read.
struct Report {
    study: Study,
    effects: Effects,
    costs: Vec<costs::Cost>,
    courses: Option<Courses>,
    runs: runs::Runs,
    network: Option<network::Network>,
    tables: Vec<tables::Extra>,
}

impl Report {
    fn read(folder: &Path) -> Result<Self, Fault> {
        let study = Study::read(folder)?;
        let effects = Effects::read(folder, &study)?;
        let main: Vec<_> = effects.main().map(|(_, outcome)| outcome).collect();
        let names: Vec<&str> = main.iter().map(|of| of.name.as_str()).collect();
        let directed: Vec<(&str, &str)> = main
            .iter()
            .map(|of| (of.name.as_str(), of.direction.as_str()))
            .collect();
        let courses = (!study.sweeps()).then(|| Courses::read(folder, &study, &names));
        Ok(Self {
            costs: costs::read(folder, &study, &names)?,
            courses: courses.transpose()?,
            runs: runs::Runs::read(folder, &study, &directed)?,
            network: network::read(folder, &study)?,
            tables: tables::read(folder, &study, &names)?,
            effects,
            study,
        })
    }

    /// The verdict on a policy (counted without the baseline) for the outcome at `outcome`: a sweep
    /// has one for main outcomes only, over its design points.
    fn verdict(&self, policy: usize, outcome: usize) -> Option<Cell> {
        if !self.study.sweeps() {
            return self.effects.judged(policy, outcome);
        }
        let main = self.effects.main().position(|(o, _)| o == outcome)?;
        Some(sweep::over_points(&self.runs, policy + 1, main))
    }

    /// How much more `policy` gains than `other` in the main outcome number `main`, more being better:
    /// the 95 % interval of the paired difference over replications, in a sweep the 5th and 95th
    /// percentile over design points. Both policies count the baseline as 0.
    fn lead(
        &self,
        (main, measured): (usize, &Measured),
        policy: usize,
        other: usize,
    ) -> (f64, f64) {
        if !self.study.sweeps() {
            let more = self.runs.tally.gained(other, policy, main);
            return (more.low, more.high);
        }
        let sign = if measured.direction == "down" {
            -1.0
        } else {
            1.0
        };
        let more = self.runs.differences(other, policy, main).into_iter();
        let [low, .., high] = unfold::quantiles(more.map(|more| sign * more).collect());
        (low, high)
    }
}
