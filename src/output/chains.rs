//! Finished chains on disk, so that work that was stopped can go on.
//!
//! One JSON file a chain, with a fingerprint of everything that its draws depend on; a chain made
//! from other texts, keywords or settings is not taken up again.

use super::factors::write_whole;
use crate::factors::Fault;
use crate::factors::chain::{Chain, Settings};
use crate::factors::model::Model;
use crate::numeric::hex;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the chains of one table.
#[derive(Debug, Clone)]
pub struct Store {
    folder: PathBuf,
    fingerprint: String,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    fingerprint: String,
    chains: Vec<Chain>,
}

impl Store {
    /// The store beside the table `out`.
    pub fn beside(out: &Path, models: &[Model], settings: &Settings) -> Self {
        let mut name = out.file_name().unwrap_or_default().to_owned();
        name.push(".chains");
        let mut hash = Sha256::new();
        hash.update(format!("{settings:?}"));
        for model in models {
            hash.update(format!("{model:?}"));
        }
        let fingerprint = hex(&hash.finalize());
        Self {
            folder: out.with_file_name(name),
            fingerprint,
        }
    }

    /// Keeps a finished chain.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep(&self, number: u64, chains: &[Chain]) -> Result<(), Fault> {
        let kept = Kept {
            fingerprint: self.fingerprint.clone(),
            chains: chains.to_vec(),
        };
        let path = self.path(number);
        let json = serde_json::to_vec(&kept).map_err(|e| Fault::file(&path, "write", e))?;
        write_whole(&path, &json)
    }

    /// The chain `number`, if it was finished under the same texts and settings.
    pub fn take(&self, number: u64) -> Option<Vec<Chain>> {
        let kept: Kept = serde_json::from_slice(&fs::read(self.path(number)).ok()?).ok()?;
        (kept.fingerprint == self.fingerprint).then_some(kept.chains)
    }

    /// Removes all chains, once the table is written or when the work begins anew.
    ///
    /// # Errors
    /// When the folder cannot be removed.
    pub fn clear(&self) -> Result<(), Fault> {
        match fs::remove_dir_all(&self.folder) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(Fault::file(&self.folder, "remove", error))
            }
            _ => Ok(()),
        }
    }

    /// The hash of texts, keywords and settings.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    fn path(&self, number: u64) -> PathBuf {
        self.folder.join(format!("chain_{number:03}.json"))
    }
}
