//! `report.html`: one self-contained page for the one who decides, made from the files of a result
//! folder alone.
//!
//! Of a comparison `read` reads the files again and checks them, `say` works out what is said of them
//! (counts, frontier, sentences), `page` shows both. The page holds these numbers as JSON and draws them
//! with plotly, which stands in the page itself, packed; its content policy forbids every request. All
//! words come from a text file per language, both of which are in the page. A policy that is compared with
//! nothing has a page of its own (`alone`), written whole as those of calibrations and factor tables.
//!
//! Architecture invariants: nothing of a simulation is known here but its files; whatever a
//! scenario calls itself reaches the page as data and is set as text, never as markup.

mod read;
mod say;
mod data;
mod page;
mod alone;

use std::path::{Path, PathBuf};

/// The frame of every page, for others than comparisons too.
pub mod frame {
    pub use super::page::as_text;
    pub use super::page::still::{StillScreen, TableCells, folded, plot, still_page, table};
    pub use super::read::sheet::Rows;
}
/// What the live page is made of.
pub mod live {
    pub use super::page::live::{FRAME, content_policy, script, style};
}
/// The words of every page.
pub mod words {
    pub use super::say::words::{ReaderLanguage, ReportWords};
}

pub use page::{FigureChoice, FigureFault, figure_names};
pub use read::fault::FolderFault;
pub use say::words::ReaderLanguage;

use crate::output::tables::table::write_whole;
use alone::ToldAlone;
use data::ReportData;
use read::study::ToldStudy;
use serde_json::Value;

/// Name of the file.
pub const NAME: &str = "report.html";

/// Makes the report of the study in `folder` again; it opens in `language`.
///
/// # Errors
/// When a file of the folder is missing or damaged, or the report cannot be written.
pub fn write(folder: &Path, language: ReaderLanguage) -> Result<PathBuf, FolderFault> {
    if !folder.is_dir() {
        return Err(FolderFault::NoFolder(folder.into()));
    }
    let study = ToldStudy::read(folder)?;
    let page = match study.is_alone() {
        true => alone::page(&ToldAlone::read(folder, study)?, language),
        false => page::page(&ReportData::of(folder, study)?, language),
    };
    let written = write_whole(folder, NAME, page.as_bytes());
    written.map_err(|cause| FolderFault::disk(folder, NAME, cause))?;
    Ok(folder.join(NAME))
}

/// A figure of the report of the study in `folder`, as plotly's JSON.
///
/// # Errors
/// When a file of the folder is missing or damaged, or there is no such figure.
pub fn figure(
    folder: &Path,
    language: ReaderLanguage,
    choice: &FigureChoice,
) -> Result<Value, FigureFault> {
    if !folder.is_dir() {
        return Err(FolderFault::NoFolder(folder.into()).into());
    }
    page::figure(&ReportData::read(folder)?, language, choice)
}
