//! The parts of a study become the whole, byte for byte.

use std::path::{Path, PathBuf};

use crate::output::folder::manifest::Manifest;
use crate::study::claim::read;
use crate::study::error::UnfitFolder;
use crate::study::runs::store::RunStore;
use crate::study::underway::Underway;
use crate::study::{Error, Finished, Options};

/// Joins the parts in these folders into the study of the options' folder, and writes its files; `pool`
/// is the folder of finished runs that the parts were given in place of each one's own.
///
/// # Errors
/// When a folder holds no part of the study, runs are in none of them, or files cannot be written.
pub fn merge(parts: &[PathBuf], pool: Option<&Path>, options: &Options) -> Result<Finished, Error> {
    let Some((first, others)) = parts.split_first() else {
        return Err(Error::folder(Path::new(""), UnfitFolder::NoStudy));
    };
    let (mut manifest, scenario) = read(first)?;
    for part in others {
        refuse_other(&manifest, part, first)?;
    }
    manifest.restart(options.command.clone());
    let underway = Underway::begin(options, manifest, scenario, Vec::new())?;
    gather(&underway, parts, pool)?;
    Ok(underway.finish()?.0)
}

/// Takes every run of the study from the parts.
fn gather(study: &Underway<'_>, parts: &[PathBuf], pool: Option<&Path>) -> Result<(), Error> {
    let places: Vec<PathBuf> = match pool {
        Some(pool) => vec![pool.into()],
        None => parts.iter().map(|part| part.join("runs")).collect(),
    };
    let open = |place: &PathBuf| RunStore::open(place).map_err(|fault| Error::disk(place, fault));
    let stores: Vec<RunStore> = places.iter().map(open).collect::<Result<_, _>>()?;
    let kept = study.plan.kept();
    let mut missing = 0;
    for job in study.plan.groups().flat_map(|group| group.jobs) {
        let mut found = false;
        for store in &stores {
            let taken = study.store.take(store, &job, &kept);
            found = taken.map_err(|cause| Error::Disk {
                what: "a run could not be kept".into(),
                cause,
            })?;
            if found {
                break;
            }
        }
        missing += usize::from(!found);
    }
    match missing {
        0 => Ok(()),
        _ => {
            let of = study.plan.runs();
            let why = UnfitFolder::PartsMissing { missing, of };
            Err(Error::folder(&parts[0], why))
        }
    }
}

fn refuse_other(manifest: &Manifest, part: &Path, first: &Path) -> Result<(), Error> {
    let (other, _) = read(part)?;
    match other.is_of(manifest) && other.replications == manifest.replications {
        true => Ok(()),
        false => Err(Error::folder(part, UnfitFolder::OtherPart(first.into()))),
    }
}
