//! Taking a folder for a study: nothing in it that is not cogov's own is lost, and no other process
//! gets in.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use crate::cli::Failure;
use crate::output::folder::manifest::{self, Manifest};
use crate::output::folder::{clear, in_the_way, overwritten};
use crate::scenario::Scenario;

/// Name of the file by which processes keep out of each other's way.
const LOCK: &str = ".lock";

/// What is to happen in a folder.
#[derive(Debug)]
pub struct Claim<'a> {
    /// The study.
    pub manifest: Manifest,
    /// Its scenario.
    pub scenario: &'a Scenario,
    /// Files that it reads, in canonical form.
    pub inputs: &'a [PathBuf],
    /// Whatever is there gives way.
    pub force: bool,
    /// The study must have been begun there.
    pub resume: bool,
}

/// Takes `folder` for a study: checks that it is free for it, keeps other processes out, writes the
/// manifest, and clears away what is there of earlier results.
///
/// # Errors
/// When the folder holds something else, another process is at work in it, or it cannot be written.
pub fn take(folder: &Path, claim: Claim<'_>) -> Result<(File, Manifest), Failure> {
    // before anything is written, and again when nobody else can change what is there
    let _ = claim.earlier(folder)?;
    let lock = lock(folder)?;
    let earlier = claim.earlier(folder)?;
    let fault = |fault| Failure::disk(&folder.display().to_string(), &fault);
    let kind = claim.manifest.kind;
    let before = earlier.as_ref().map_or(kind, |earlier| earlier.kind);
    let mut manifest = claim.manifest;
    if let Some(earlier) = earlier.filter(|earlier| earlier.is_of(&manifest))
        && claim.resume
        && earlier.goes_on(&manifest)
    {
        // so that an interrupted study ends in the same bytes as one that was not
        manifest.command_line = earlier.command_line;
    }
    manifest.write(folder, claim.scenario).map_err(fault)?;
    clear(folder, [before, kind], claim.inputs).map_err(fault)?;
    Ok((lock, manifest))
}

impl Claim<'_> {
    /// The manifest of the study that has been in `folder`, if any has.
    fn earlier(&self, folder: &Path) -> Result<Option<Manifest>, Failure> {
        let shown = folder.display();
        if let Some(input) = overwritten(folder, self.manifest.kind, self.inputs) {
            return Err(Failure::Input(format!(
                "error: the study reads `{}` and would write over it\n\nhint: choose another folder with --out",
                input.display()
            )));
        }
        let found = Manifest::find(folder);
        if self.force {
            return Ok(found.unwrap_or(None));
        }
        match found {
            Ok(Some(earlier)) if earlier.is_of(&self.manifest) => Ok(Some(earlier)),
            Ok(Some(_)) => Err(Failure::Input(format!(
                "error: `{shown}` holds another study\n\nhint: choose a folder with --out, or replace it with --force; its finished runs are kept, and used where they fit"
            ))),
            Err(why) => Err(Failure::Input(format!(
                "error: `{shown}` may hold another study: its {} is none of this version ({why})\n\nhint: choose a folder with --out, or replace it with --force",
                manifest::NAME
            ))),
            Ok(None) => self.refuse_strangers(folder).map(|()| None),
        }
    }

    /// A folder without a manifest: files of other origin stay, and there is nothing to go on with
    /// unless a process ended before it had written one.
    fn refuse_strangers(&self, folder: &Path) -> Result<(), Failure> {
        let shown = folder.display();
        let there = in_the_way(folder, self.manifest.kind);
        if !there.is_empty() {
            return Err(Failure::Input(format!(
                "error: `{shown}` holds files that the study would write over, but no study: {}\n\nhint: choose another folder with --out, or replace them with --force",
                there.join(", ")
            )));
        }
        if !self.resume || folder.join(LOCK).exists() {
            return Ok(());
        }
        Err(Failure::Input(format!(
            "error: there is no study to go on with in `{shown}`\n\nhint: leave out --resume to begin it"
        )))
    }
}

/// Refuses the study in `folder` if it has not come to its end.
pub fn refuse_unfinished(folder: &Path, manifest: &Manifest) -> Result<(), Failure> {
    if manifest.is_complete() {
        return Ok(());
    }
    Err(Failure::Input(format!(
        "error: the study in `{}` is not finished\n  --> {}\n\nhint: `cogov {}` goes on with it; parts of a study are joined by `cogov merge`",
        folder.display(),
        folder.join(manifest::NAME).display(),
        manifest.onward()
    )))
}

/// Makes the folder and keeps other processes out of it; the system lets go when this one ends,
/// however it ends.
fn lock(folder: &Path) -> Result<File, Failure> {
    let shown = folder.display().to_string();
    let fault = |fault| Failure::disk(&shown, &fault);
    if folder.is_file() {
        return Err(Failure::Disk(format!(
            "error: `{shown}` is a file, and results need a folder\n\nhint: name another with --out"
        )));
    }
    fs::create_dir_all(folder).map_err(fault)?;
    let mut options = File::options();
    let options = options.create(true).append(true);
    let file = options.open(folder.join(LOCK)).map_err(fault)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Failure::Disk(format!(
            "error: another process is at work in `{shown}`\n\nhint: wait for it, or choose another folder with --out; several can share runs with --store"
        ))),
        Err(TryLockError::Error(error)) => Err(fault(error)),
    }
}
