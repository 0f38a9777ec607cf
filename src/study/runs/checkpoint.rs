//! Checkpoints: the whole state of a run in progress, in one file beside the finished runs.
//!
//! A file is written under a temporary name, brought to the disk and renamed, so an interrupted
//! write leaves the checkpoint before it. It begins with the identity of its run and ends in a
//! checksum, both proved before anything is read: a damaged or foreign one is passed over, and the
//! run begins again.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::experiment::runs::plan::RunHash;
use crate::simulation::Unfinished;

const MAGIC: &[u8; 19] = b"cogov checkpoint 2\n";
const CHECKSUM: u64 = 32;
/// Bytes before the state: what the file is, and of which run.
const HEADER: u64 = MAGIC.len() as u64 + 32;
/// Bytes written or read at a time.
const BUFFER: usize = 1 << 20;

/// The place of a run's checkpoint.
#[derive(Debug, Clone)]
pub struct Checkpoint {
    path: PathBuf,
    identity: RunHash,
}

/// What was found in the place of a checkpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// Nothing.
    Nothing,
    /// The state of the run, which goes on from there.
    State,
    /// A file that is of no use, and why; the run is as it was.
    Useless(&'static str),
}

impl Checkpoint {
    /// The checkpoint of the run with this identity in `folder`.
    pub fn of(folder: &Path, identity: RunHash) -> Self {
        let path = folder.join(format!("{}.checkpoint", identity.hex()));
        Self { path, identity }
    }

    /// Writes the state of `run`, in place of what was there.
    ///
    /// # Errors
    /// When it cannot be written; the checkpoint before is left then.
    pub fn write(&self, run: &mut Unfinished) -> io::Result<()> {
        let process = std::process::id();
        let temporary = self
            .path
            .with_extension(format!("checkpoint-{process}.tmp"));
        let written = self.write_to(&temporary, run);
        written.inspect_err(|_| {
            let _ = fs::remove_file(&temporary);
        })
    }

    fn write_to(&self, temporary: &Path, run: &mut Unfinished) -> io::Result<()> {
        let mut file = Hashed::new(BufWriter::with_capacity(BUFFER, File::create(temporary)?));
        file.write_all(MAGIC)?;
        file.write_all(self.identity.bytes())?;
        run.save(&mut file)?;
        let Hashed { inner, hash } = file;
        let mut file = inner;
        file.write_all(&hash.finalize())?;
        let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        // on the disk before it takes the place of the last one
        file.sync_all()?;
        fs::rename(temporary, &self.path)
    }

    /// Puts `run`, which has not begun, where it was when its checkpoint was written.
    ///
    /// # Errors
    /// When a sound checkpoint cannot be read to its end; `run` is spoilt then.
    pub fn read(&self, run: &mut Unfinished) -> io::Result<Found> {
        let Ok(file) = File::open(&self.path) else {
            return Ok(Found::Nothing);
        };
        if let Some(why) = self.fault(&file)? {
            return Ok(Found::Useless(why));
        }
        let mut file = BufReader::with_capacity(BUFFER, File::open(&self.path)?);
        file.seek_relative(HEADER as i64)?;
        run.restore(&mut file)?;
        // another number of bytes means that another version wrote the same run
        match file.bytes().count() as u64 {
            CHECKSUM => Ok(Found::State),
            _ => Err(io::Error::other("it holds something else")),
        }
    }

    /// Removes what is there.
    pub fn remove(&self) {
        let _ = fs::remove_file(&self.path);
    }

    /// Why a file is not the checkpoint of this run, if it is not.
    fn fault(&self, file: &File) -> io::Result<Option<&'static str>> {
        const SHORT: &str = "is damaged or cut short";
        let length = file.metadata()?.len();
        if length < HEADER + CHECKSUM {
            return Ok(Some(SHORT));
        }
        let mut file = BufReader::with_capacity(BUFFER, file);
        let mut hash = Hashed::new(io::sink());
        let mut header = [0; HEADER as usize];
        file.read_exact(&mut header)?;
        hash.write_all(&header)?;
        io::copy(&mut (&mut file).take(length - HEADER - CHECKSUM), &mut hash)?;
        let mut checksum = [0; CHECKSUM as usize];
        file.read_exact(&mut checksum)?;
        let identity = header.strip_prefix(MAGIC);
        Ok(if hash.hash.finalize()[..] != checksum {
            Some(SHORT)
        } else if identity != Some(&self.identity.bytes()[..]) {
            Some("belongs to another run or version")
        } else {
            None
        })
    }
}

/// Hashes what is written through it.
struct Hashed<W> {
    inner: W,
    hash: Sha256,
}

impl<W> Hashed<W> {
    fn new(inner: W) -> Self {
        Self {
            inner,
            hash: Sha256::new(),
        }
    }
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::runs::plan::Plan;
    use crate::intervention::Policy;
    use crate::simulation::{Onward, Simulation};
    use crate::study::by_hand::{folder, loaded};
    use std::sync::Arc;

    fn begun() -> (Simulation, Policy) {
        let scenario = Arc::new(loaded().scenario);
        let policy = scenario.policies[1].clone();
        (Simulation::new(scenario), policy)
    }

    fn identity(number: usize) -> RunHash {
        let plan = Plan::of(Arc::new(loaded().scenario));
        plan.groups().next().expect("a group").jobs[number].identity
    }

    /// A run that is put where another was goes on to the same end.
    #[test]
    fn a_run_goes_on_from_its_checkpoint_to_the_same_end() {
        let (path, (simulation, policy)) = (folder("checkpoint"), begun());
        let place = Checkpoint::of(&path, identity(1));
        let mut run = simulation.begin(&policy, 0, false);
        assert_eq!(place.read(&mut run).unwrap(), Found::Nothing);
        assert_eq!(run.advance(9, &mut |_| Onward::Continue), Onward::Continue);
        place.write(&mut run).unwrap();
        let mut other = simulation.begin(&policy, 0, false);
        assert_eq!(place.read(&mut other).unwrap(), Found::State);
        assert_eq!(other.months_done(), 9);
        for run in [&mut run, &mut other] {
            run.advance(30, &mut |_| Onward::Continue);
        }
        // as text, in which what is no number is equal to itself
        let end = |run: Unfinished| format!("{:?}", run.finish(simulation.country()));
        assert!(end(run) == end(other));
        fs::remove_dir_all(path).unwrap();
    }

    #[test]
    fn a_checkpoint_that_is_not_sound_is_passed_over() {
        let (path, (simulation, policy)) = (folder("unsound"), begun());
        let place = Checkpoint::of(&path, identity(1));
        let mut run = simulation.begin(&policy, 0, false);
        run.advance(9, &mut |_| Onward::Continue);
        place.write(&mut run).unwrap();
        let file = fs::read_dir(&path).unwrap().next().unwrap().unwrap().path();
        let sound = fs::read(&file).unwrap();
        let found = |bytes: &[u8], place: &Checkpoint| {
            fs::write(&file, bytes).unwrap();
            let mut run = simulation.begin(&policy, 0, false);
            (place.read(&mut run).unwrap(), run.months_done())
        };
        let damaged = (Found::Useless("is damaged or cut short"), 0);
        for at in [0, 20, 60, sound.len() / 2, sound.len() - 1] {
            let mut flipped = sound.clone();
            flipped[at] ^= 1;
            assert_eq!(found(&flipped, &place), damaged, "byte {at}");
            assert_eq!(found(&sound[..at], &place), damaged, "{at} bytes");
        }
        assert_eq!(found(&sound, &place), (Found::State, 9));
        fs::rename(
            &file,
            path.join(format!("{}.checkpoint", identity(2).hex())),
        )
        .unwrap();
        let mut run = simulation.begin(&policy, 0, false);
        let stranger = Checkpoint::of(&path, identity(2)).read(&mut run).unwrap();
        assert_eq!(
            stranger,
            Found::Useless("belongs to another run or version")
        );
        fs::remove_dir_all(path).unwrap();
    }
}
