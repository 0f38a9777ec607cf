//! Finished runs on disk: one file per run, under the hash of what determined it.
//!
//! A file is written under a temporary name and renamed, and ends in a checksum; a damaged one is
//! as good as missing and is run again. Nobody waits until the disk has it, which would take longer
//! than a small run: the end of the process loses nothing, that of the power what the system had not
//! written yet. Numbers are little-endian, so a store can move.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest as _, Sha256};

use crate::experiment::runs::checkpoint::Checkpoint;
use crate::experiment::runs::digest::{Digest, Kept};
use crate::experiment::runs::plan::{Identity, Job};
use crate::world::people::{Member, People};

const MAGIC: &[u8; 12] = b"cogov run 3\n";
const CHECKSUM: usize = 32;
/// Bytes of a cell or citizen.
const MEMBER: usize = 8;

/// Files begun by this process: gives each its own temporary name.
static WRITTEN: AtomicU64 = AtomicU64::new(0);

/// A folder of finished runs.
#[derive(Debug, Clone)]
pub struct Store {
    folder: PathBuf,
}

impl Store {
    /// Opens the store in `folder`, which is made if it is not there.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn open(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        Ok(Self {
            folder: folder.into(),
        })
    }

    /// The finished run with this identity, if an undamaged one is there.
    pub fn get(&self, identity: &Identity) -> Option<Digest> {
        let bytes = fs::read(self.path(identity)).ok()?;
        decode(&bytes, identity)
    }

    /// What is `kept` of the finished run `job`, if an undamaged one that holds it is there.
    pub fn find(&self, job: &Job, kept: &Kept) -> Option<Digest> {
        let fuller = || Some(self.get(&job.fuller?)?.reduced(kept));
        self.get(&job.identity).or_else(fuller)
    }

    /// Whether a file for this run is there; its checksum is proved when it is read.
    pub fn has(&self, job: &Job) -> bool {
        let there = |identity: &Identity| self.path(identity).exists();
        there(&job.identity) || job.fuller.as_ref().is_some_and(there)
    }

    /// The place of the checkpoint of a run that is not finished.
    pub fn checkpoint(&self, identity: &Identity) -> Checkpoint {
        Checkpoint::of(&self.folder, *identity)
    }

    /// Keeps a finished run.
    ///
    /// # Errors
    /// When it cannot be written; nothing is left under its name then.
    pub fn put(&self, identity: &Identity, digest: &Digest) -> io::Result<()> {
        let path = self.path(identity);
        let number = WRITTEN.fetch_add(1, Ordering::Relaxed);
        let temporary = path.with_extension(format!("{}-{number}.tmp", std::process::id()));
        let write = || {
            let mut file = fs::File::create(&temporary)?;
            file.write_all(&encode(digest, identity))?;
            fs::rename(&temporary, &path)
        };
        write().inspect_err(|_| {
            let _ = fs::remove_file(&temporary);
        })
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
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let of_a_run = name.split_once('.').is_some_and(|(run, rest)| {
                Identity::is_hex(run) && Path::new(rest).extension().is_some_and(|e| e == "tmp")
            });
            if of_a_run {
                fs::remove_file(path)?;
            }
        }
        Ok(())
    }

    fn path(&self, identity: &Identity) -> PathBuf {
        self.folder.join(format!("{}.run", identity.hex()))
    }
}

fn encode(digest: &Digest, identity: &Identity) -> Vec<u8> {
    let costs = digest.costs.iter().flatten().copied();
    let costs: Vec<f64> = costs.chain([digest.paid_months]).collect();
    let parts = [&digest.means, &digest.series, &costs];
    let mut bytes = MAGIC.to_vec();
    bytes.extend(identity.bytes());
    for part in parts {
        bytes.extend((part.len() as u64).to_le_bytes());
        bytes.extend(part.iter().flat_map(|value| value.to_le_bytes()));
    }
    for members in [&digest.people.cells, &digest.people.citizens] {
        bytes.extend((members.len() as u64).to_le_bytes());
        bytes.extend(members.iter().flat_map(member_bytes));
    }
    let checksum = Sha256::digest(&bytes);
    bytes.extend(checksum);
    bytes
}

fn decode(bytes: &[u8], identity: &Identity) -> Option<Digest> {
    let (body, checksum) = bytes.split_last_chunk::<CHECKSUM>()?;
    if Sha256::digest(body)[..] != checksum[..] {
        return None;
    }
    let mut rest = body.strip_prefix(MAGIC)?.strip_prefix(identity.bytes())?;
    let mut part = || {
        let (length, after) = rest.split_first_chunk::<8>()?;
        let (values, after) = after.split_at_checked(u64::from_le_bytes(*length) as usize * 8)?;
        rest = after;
        let (words, _) = values.as_chunks::<8>();
        Some(
            words
                .iter()
                .map(|word| f64::from_le_bytes(*word))
                .collect::<Vec<f64>>(),
        )
    };
    let (means, series, costs) = (part()?, part()?, part()?);
    let (costs, paid_months) = costs.as_chunks::<3>();
    let mut members = || {
        let (length, after) = rest.split_first_chunk::<8>()?;
        let length = u64::from_le_bytes(*length) as usize;
        let (bytes, after) = after.split_at_checked(length * MEMBER)?;
        rest = after;
        let (each, _) = bytes.as_chunks::<MEMBER>();
        Some(each.iter().map(member).collect::<Vec<Member>>())
    };
    let (cells, citizens) = (members()?, members()?);
    Some(Digest {
        means,
        series,
        costs: costs.to_vec(),
        paid_months: *paid_months.first()?,
        people: People { cells, citizens },
    })
}

fn member_bytes(member: &Member) -> [u8; MEMBER] {
    let [a, b, c, d] = member.trust.to_le_bytes();
    let online = u8::from(member.online);
    [a, b, c, d, member.region, member.literacy, online, 0]
}

fn member(bytes: &[u8; MEMBER]) -> Member {
    let [a, b, c, d, region, literacy, online, _] = *bytes;
    Member {
        trust: f32::from_le_bytes([a, b, c, d]),
        region,
        literacy,
        online: online == 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

    fn identity() -> Identity {
        Identity::of(b"sample")
    }

    #[test]
    fn a_run_comes_back_as_it_was_put() {
        assert_eq!(
            decode(&encode(&sample(), &identity()), &identity()),
            Some(sample())
        );
    }

    #[test]
    fn a_damaged_file_is_no_run() {
        let bytes = encode(&sample(), &identity());
        for cut in 0..bytes.len() {
            assert_eq!(decode(&bytes[..cut], &identity()), None, "cut at {cut}");
        }
        for flip in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[flip] ^= 1;
            assert_eq!(decode(&damaged, &identity()), None, "flipped at {flip}");
        }
        let other = Identity::of(b"other");
        assert_eq!(decode(&bytes, &other), None);
    }
}
