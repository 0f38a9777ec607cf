//! Folders that cannot serve a study.

use std::path::{Path, PathBuf};

use crate::experiment::runs::plan::MODEL_VERSION;
use crate::output::folder::manifest;

/// What is wrong with a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnfitFolder {
    /// It is not there.
    Absent,
    /// It is a file.
    File,
    /// Another process is at work in it.
    Busy,
    /// The study would write over a file that it reads.
    Input(PathBuf),
    /// It holds another study.
    OtherStudy,
    /// Its manifest is none of this version; why.
    OtherManifest(String),
    /// It holds files that the study would write over.
    Strangers(Vec<&'static str>),
    /// There is no study to go on with.
    NothingBegun,
    /// It holds no study of this version.
    NoStudy,
    /// Its manifest cannot be read as one of this version, or was changed; why.
    Damaged(String),
    /// The study in it has not come to its end; the command that goes on, after the program's name.
    Unfinished(String),
    /// It is no part of the study in the folder of the first.
    OtherPart(PathBuf),
    /// So many of so many runs are in none of the parts.
    PartsMissing {
        /// Runs that are missing.
        missing: usize,
        /// Runs of the whole.
        of: usize,
    },
    /// It holds a calibration, which has no `runs.csv`.
    Calibration,
    /// It was computed by another version of the model.
    OtherModel(u32),
    /// It holds no run of this number.
    NoRun {
        /// The number.
        run_id: usize,
        /// The last that there is.
        last: usize,
    },
    /// The header of `runs.csv` is not that of the study.
    OtherColumns {
        /// What was expected at the first difference.
        expected: String,
        /// What was found there.
        found: String,
    },
    /// `runs.csv` has no row of this run.
    NoRow(usize),
    /// A scenario was to be laid out in it, and it holds a file of that name.
    Taken(&'static str),
    /// A report needs a comparison, and it holds something else.
    NoComparison(&'static str),
    /// It holds several factor tables, of which a page tells one.
    SeveralTables(Vec<String>),
}

impl UnfitFolder {
    /// Whether the folder could not be read or written; else it holds the wrong things.
    pub fn is_out_of_reach(&self) -> bool {
        matches!(self, Self::Absent | Self::File | Self::Busy)
    }

    /// What is wrong with `folder`, in words.
    pub(super) fn of(&self, folder: &Path) -> String {
        let shown = folder.display();
        match self {
            Self::Absent => format!("there is no folder `{shown}`"),
            Self::File => format!(
                "`{shown}` is a file, and results need a folder\n\nhint: name another with --out"
            ),
            Self::Busy => format!(
                "another process is at work in `{shown}`\n\nhint: wait for it, or choose another folder with --out; several can share runs with --store"
            ),
            Self::Input(input) => format!(
                "the study reads `{}` and would write over it\n\nhint: choose another folder with --out",
                input.display()
            ),
            Self::OtherStudy => format!(
                "`{shown}` holds another study\n\nhint: choose a folder with --out, or replace it with --force; its finished runs are kept, and used where they fit"
            ),
            Self::OtherManifest(why) => format!(
                "`{shown}` may hold another study: its {} is none of this version ({why})\n\nhint: choose a folder with --out, or have what is there renamed to NAME.before with --force",
                manifest::NAME
            ),
            Self::Strangers(files) => format!(
                "`{shown}` holds files that the study would write over, but no study: {}\n\nhint: choose another folder with --out, or have them renamed to NAME.before with --force",
                files.join(", ")
            ),
            Self::NothingBegun => format!(
                "there is no study to go on with in `{shown}`\n\nhint: leave out --resume to begin it"
            ),
            Self::Taken(file) => format!(
                "`{}` is there already\n\nhint: give another folder",
                folder.join(file).display()
            ),
            _ => self.of_a_study(folder),
        }
    }

    /// What is wrong with the study that a folder should hold, in words.
    fn of_a_study(&self, folder: &Path) -> String {
        let shown = folder.display();
        match self {
            Self::Unfinished(onward) => format!(
                "the study in `{shown}` is not finished\n  --> {}\n\nhint: `cogov {onward}` goes on with it; parts of a study are joined by `cogov merge`",
                folder.join(manifest::NAME).display()
            ),
            Self::Damaged(why) => format!(
                "`{}` is damaged, or of another version: {why}\n\nhint: the command that made the folder makes it again, and uses the runs that are there",
                folder.join(manifest::NAME).display()
            ),
            Self::OtherPart(first) => {
                format!("`{shown}` is no part of the study in `{}`", first.display())
            }
            Self::PartsMissing { missing, of } => format!(
                "{missing} of {of} runs are in none of the parts\n\nhint: give all parts, and finish each with the command that began it"
            ),
            Self::Calibration => format!("`{shown}` holds a calibration, which has no runs.csv"),
            Self::OtherModel(version) => format!(
                "`{shown}` was computed by version {version} of the model, this is version {MODEL_VERSION}"
            ),
            Self::NoRun { run_id, last } => {
                format!("there is no run {run_id} in `{shown}`: they go from 0 to {last}")
            }
            Self::OtherColumns { expected, found } => format!(
                "the header of `{}` is not that of the study: expected {expected}, found {found}\n\nhint: the table was changed or cut off; the command in manifest.json makes it again",
                folder.join("runs.csv").display()
            ),
            Self::NoRow(run_id) => format!(
                "`{}` has no row of run {run_id}",
                folder.join("runs.csv").display()
            ),
            _ => self.of_a_page(folder),
        }
    }

    /// Why no page can be made of the folder, in words.
    fn of_a_page(&self, folder: &Path) -> String {
        let shown = folder.display();
        match self {
            Self::NoComparison(what) => format!(
                "`{shown}` holds {what}\n\nhint: a report of a sweep compares policies: name another beside the baseline with --policies"
            ),
            Self::SeveralTables(names) => format!(
                "`{shown}` holds several factor tables: {}\n\nhint: keep each in a folder of its own",
                names.join(", ")
            ),
            _ => format!("`{shown}` holds no study of this version"),
        }
    }
}
