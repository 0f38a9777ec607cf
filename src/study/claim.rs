//! Taking a folder for a study: nothing in it that is not cogov's own is lost, and no other process
//! gets in.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use crate::output::folder::manifest::{self, Manifest};
use crate::output::folder::{clear, in_the_way, overwritten, set_aside};
use crate::scenario::Scenario;
use crate::study::error::{Error, UnfitFolder};

/// Name of the file by which processes keep out of each other's way.
const LOCK: &str = ".lock";

/// What is to happen in a folder.
#[derive(Debug)]
pub(super) struct FolderClaim<'a> {
    /// The study.
    pub manifest: Manifest,
    /// Its scenario.
    pub scenario: &'a Scenario,
    /// Files that it reads, in canonical form.
    pub inputs: &'a [PathBuf],
    /// Whatever is there gives way: what is of no study is renamed.
    pub force: bool,
    /// The study must have been begun there.
    pub resume: bool,
}

/// Takes `folder` for a study: checks that it is free for it, keeps other processes out, writes the
/// manifest, and clears away what is there of earlier results.
///
/// # Errors
/// When the folder holds something else, another process is at work in it, or it cannot be written.
pub(super) fn take(folder: &Path, claim: FolderClaim<'_>) -> Result<(File, Manifest), Error> {
    // before anything is written, and again when nobody else can change what is there
    let _ = claim.earlier(folder)?;
    let lock = lock(folder)?;
    let earlier = claim.earlier(folder)?;
    let fault = |fault| Error::disk(folder, fault);
    let kind = claim.manifest.kind;
    let nobodys = earlier.is_none();
    let before = earlier.as_ref().map_or(kind, |earlier| earlier.kind);
    let mut manifest = claim.manifest;
    if let Some(earlier) = earlier.filter(|earlier| earlier.is_of(&manifest))
        && claim.resume
        && earlier.goes_on(&manifest)
    {
        // so that an interrupted study ends in the same bytes as one that was not
        manifest.command_line = earlier.command_line;
    }
    if nobodys {
        set_aside(folder, kind).map_err(fault)?;
    }
    manifest.write(folder, claim.scenario).map_err(fault)?;
    clear(folder, [before, kind], claim.inputs).map_err(fault)?;
    Ok((lock, manifest))
}

impl FolderClaim<'_> {
    /// The manifest of the study that has been in `folder`, if any has.
    fn earlier(&self, folder: &Path) -> Result<Option<Manifest>, Error> {
        let unfit = |why| Err(Error::folder(folder, why));
        if let Some(input) = overwritten(folder, self.manifest.kind, self.inputs) {
            return unfit(UnfitFolder::Input(input));
        }
        let found = Manifest::find(folder);
        if self.force {
            return Ok(found.unwrap_or(None));
        }
        match found {
            Ok(Some(earlier)) if earlier.is_of(&self.manifest) => Ok(Some(earlier)),
            Ok(Some(_)) => unfit(UnfitFolder::OtherStudy),
            Err(why) => unfit(UnfitFolder::OtherManifest(why)),
            Ok(None) => self.refuse_strangers(folder).map(|()| None),
        }
    }

    /// A folder without a manifest: files of other origin stay, and there is nothing to go on with
    /// unless a process ended before it had written one.
    fn refuse_strangers(&self, folder: &Path) -> Result<(), Error> {
        let there = in_the_way(folder, self.manifest.kind);
        if !there.is_empty() {
            return Err(Error::folder(folder, UnfitFolder::Strangers(there)));
        }
        if !self.resume || folder.join(LOCK).exists() {
            return Ok(());
        }
        Err(Error::folder(folder, UnfitFolder::NothingBegun))
    }
}

/// The manifest and the scenario of the study in `folder`.
///
/// # Errors
/// When there is no folder, no study in it, or none that this version can read.
pub(super) fn read(folder: &Path) -> Result<(Manifest, Scenario), Error> {
    let unfit = |why| {
        let why = match (folder.is_dir(), folder.join(manifest::NAME).exists()) {
            (true, true) => UnfitFolder::Damaged(why),
            (true, false) => UnfitFolder::NoStudy,
            (false, _) => UnfitFolder::Absent,
        };
        Error::folder(folder, why)
    };
    Manifest::read_with_scenario(folder).map_err(unfit)
}

/// Refuses the study in `folder` if it has not come to its end.
pub(super) fn refuse_unfinished(folder: &Path, manifest: &Manifest) -> Result<(), Error> {
    match manifest.is_complete() {
        true => Ok(()),
        false => {
            let why = UnfitFolder::Unfinished(manifest.onward());
            Err(Error::folder(folder, why))
        }
    }
}

/// Makes the folder and keeps other processes out of it; the system lets go when this one ends,
/// however it ends.
fn lock(folder: &Path) -> Result<File, Error> {
    let fault = |fault| Error::disk(folder, fault);
    if folder.is_file() {
        return Err(Error::folder(folder, UnfitFolder::File));
    }
    fs::create_dir_all(folder).map_err(fault)?;
    let mut options = File::options();
    let options = options.create(true).append(true);
    let file = options.open(folder.join(LOCK)).map_err(fault)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::folder(folder, UnfitFolder::Busy)),
        Err(TryLockError::Error(error)) => Err(fault(error)),
    }
}
