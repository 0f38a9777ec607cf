//! Finished runs: on disk one file per run, under the hash of what determined it; without a folder in
//! memory.
//!
//! A file is written under a temporary name and renamed, and ends in a checksum (CRC-32: it guards
//! against damage, not against intent); a damaged one is as good as missing and is run again. Nobody waits until the disk has it, which would take longer
//! than a small run: the end of the process loses nothing, that of the power what the system had not
//! written yet. Numbers are little-endian, so a store can move.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::experiment::runs::FinishedRuns;
use crate::experiment::runs::digest::{Digest, Kept};
use crate::experiment::runs::plan::{Job, RunHash};
use crate::study::runs::checkpoint::Checkpoint;
use crate::world::people::Member;
use crate::world::tape::Tape;

const MAGIC: &[u8; 12] = b"cogov run 4\n";
const CHECKSUM: usize = 4;

/// Files begun by this process: gives each its own temporary name.
static WRITTEN: AtomicU64 = AtomicU64::new(0);

/// A place of finished runs.
#[derive(Debug)]
pub struct RunStore(Place);

#[derive(Debug)]
enum Place {
    Folder(PathBuf),
    Memory(Mutex<BTreeMap<RunHash, Digest>>),
}

impl RunStore {
    /// Opens the store in `folder`, which is made if it is not there.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn open(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        Ok(Self(Place::Folder(folder.into())))
    }

    /// An empty store that ends with the study.
    pub fn in_memory() -> Self {
        Self(Place::Memory(Mutex::default()))
    }

    /// The finished run with this identity, if an undamaged one is there.
    pub fn get(&self, identity: &RunHash) -> Option<Digest> {
        match &self.0 {
            Place::Folder(folder) => decode(&fs::read(path(folder, identity)).ok()?, identity),
            Place::Memory(runs) => locked(runs).get(identity).cloned(),
        }
    }

    /// Whether this run is there; the checksum of a file is proved when it is read.
    pub fn has(&self, job: &Job) -> bool {
        let there = |identity: &RunHash| match &self.0 {
            Place::Folder(folder) => path(folder, identity).exists(),
            Place::Memory(runs) => locked(runs).contains_key(identity),
        };
        there(&job.identity) || job.fuller.as_ref().is_some_and(there)
    }

    /// The place of the checkpoint of a run that is not finished; none in memory.
    pub fn checkpoint(&self, identity: &RunHash) -> Option<Checkpoint> {
        match &self.0 {
            Place::Folder(folder) => Some(Checkpoint::of(folder, *identity)),
            Place::Memory(_) => None,
        }
    }

    /// Keeps a finished run.
    ///
    /// # Errors
    /// When it cannot be written; nothing is left under its name then.
    pub fn put(&self, identity: &RunHash, digest: &Digest) -> io::Result<()> {
        match &self.0 {
            Place::Folder(folder) => write(folder, identity, digest),
            Place::Memory(runs) => {
                locked(runs).insert(*identity, digest.clone());
                Ok(())
            }
        }
    }

    /// The finished run with this identity as bytes that travel, if it is there.
    ///
    /// # Errors
    /// When it cannot be written down.
    pub fn packed(&self, identity: &RunHash) -> io::Result<Option<Vec<u8>>> {
        let found = self.get(identity);
        found.map(|digest| encode(&digest, identity)).transpose()
    }

    /// The run that was packed under this identity; none where the bytes are damaged or of another run.
    pub fn unpack(&self, identity: &RunHash, packed: &[u8]) -> Option<Digest> {
        decode(packed, identity)
    }

    /// Takes over the finished run `job` of `other`, unless it is here already; false when `other` has
    /// no undamaged one.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn take(&self, other: &Self, job: &Job, kept: &Kept) -> io::Result<bool> {
        if self.find(job, kept).is_some() {
            return Ok(true);
        }
        match other.find(job, kept) {
            Some(digest) => self.put(&job.identity, &digest).map(|()| true),
            None => Ok(false),
        }
    }

    /// Removes what interrupted writes have left behind; files of other origin stay.
    ///
    /// # Errors
    /// When the folder cannot be read or a file not be removed.
    pub fn sweep_up(&self) -> io::Result<()> {
        let Place::Folder(folder) = &self.0 else {
            return Ok(());
        };
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let of_a_run = name.split_once('.').is_some_and(|(run, rest)| {
                RunHash::is_hex(run) && Path::new(rest).extension().is_some_and(|e| e == "tmp")
            });
            if of_a_run {
                fs::remove_file(path)?;
            }
        }
        Ok(())
    }
}

impl FinishedRuns for RunStore {
    fn find(&self, job: &Job, kept: &Kept) -> Option<Digest> {
        let fuller = || Some(self.get(&job.fuller?)?.reduced(kept));
        let found = self.get(&job.identity).or_else(fuller);
        found.filter(|digest| digest.fits(kept))
    }
}

fn locked(runs: &Mutex<BTreeMap<RunHash, Digest>>) -> MutexGuard<'_, BTreeMap<RunHash, Digest>> {
    // a thread that failed while it held the lock has left whole runs
    runs.lock().unwrap_or_else(PoisonError::into_inner)
}

fn path(folder: &Path, identity: &RunHash) -> PathBuf {
    folder.join(format!("{}.run", identity.hex()))
}

fn write(folder: &Path, identity: &RunHash, digest: &Digest) -> io::Result<()> {
    let path = path(folder, identity);
    let number = WRITTEN.fetch_add(1, Ordering::Relaxed);
    let temporary = path.with_extension(format!("{}-{number}.tmp", std::process::id()));
    let write = || {
        let mut file = fs::File::create(&temporary)?;
        file.write_all(&encode(digest, identity)?)?;
        fs::rename(&temporary, &path)
    };
    write().inspect_err(|_| {
        let _ = fs::remove_file(&temporary);
    })
}

fn encode(digest: &Digest, identity: &RunHash) -> io::Result<Vec<u8>> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend(identity.bytes());
    pass(&mut digest.clone(), Tape::to(&mut bytes))?;
    let checksum = crc32fast::hash(&bytes);
    bytes.extend(checksum.to_le_bytes());
    Ok(bytes)
}

fn decode(bytes: &[u8], identity: &RunHash) -> Option<Digest> {
    let (body, checksum) = bytes.split_last_chunk::<CHECKSUM>()?;
    if crc32fast::hash(body).to_le_bytes() != *checksum {
        return None;
    }
    let mut rest = body.strip_prefix(MAGIC)?.strip_prefix(identity.bytes())?;
    let mut digest = Digest::default();
    pass(&mut digest, Tape::from(&mut rest)).ok()?;
    rest.is_empty().then_some(digest)
}

/// Writes the digest, or fills it with what was written.
fn pass(digest: &mut Digest, mut tape: Tape<'_>) -> io::Result<()> {
    tape.growing(&mut digest.means);
    tape.growing(&mut digest.series);
    let mut costs = digest.costs.as_flattened().to_vec();
    costs.push(digest.paid_months);
    tape.growing(&mut costs);
    digest.paid_months = costs.pop().unwrap_or_default();
    digest.costs = costs.as_chunks().0.to_vec();
    for members in [&mut digest.people.cells, &mut digest.people.citizens] {
        let mut packed: Vec<u64> = members.iter().map(packed).collect();
        tape.growing(&mut packed);
        *members = packed.into_iter().map(unpacked).collect();
    }
    tape.end()
}

/// A member in eight bytes, of which the last is not used.
fn packed(member: &Member) -> u64 {
    let [a, b, c, d] = member.trust.to_le_bytes();
    let rest = [member.region, member.literacy, u8::from(member.online), 0];
    let [e, f, g, h] = rest;
    u64::from_le_bytes([a, b, c, d, e, f, g, h])
}

fn unpacked(packed: u64) -> Member {
    let [a, b, c, d, region, literacy, online, _] = packed.to_le_bytes();
    Member {
        trust: f32::from_le_bytes([a, b, c, d]),
        region,
        literacy,
        online: online != 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::people::People;

    fn sample() -> Digest {
        Digest {
            means: vec![1.5, -0.0, 1.0 / 3.0],
            series: vec![7.0],
            costs: vec![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]],
            paid_months: 5.0,
            people: People {
                cells: Vec::new(),
                citizens: vec![Member {
                    trust: 0.3,
                    region: 2,
                    literacy: 3,
                    online: true,
                }],
            },
        }
    }

    fn identity() -> RunHash {
        RunHash::of(b"sample")
    }

    #[test]
    fn a_run_comes_back_as_it_was_put() {
        assert_eq!(
            decode(&encode(&sample(), &identity()).unwrap(), &identity()),
            Some(sample())
        );
    }

    #[test]
    fn a_damaged_file_is_no_run() {
        let bytes = encode(&sample(), &identity()).unwrap();
        for cut in 0..bytes.len() {
            assert_eq!(decode(&bytes[..cut], &identity()), None, "cut at {cut}");
        }
        for flip in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[flip] ^= 1;
            assert_eq!(decode(&damaged, &identity()), None, "flipped at {flip}");
        }
        let other = RunHash::of(b"other");
        assert_eq!(decode(&bytes, &other), None);
    }
}
