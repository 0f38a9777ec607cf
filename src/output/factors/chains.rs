//! Finished chains on disk, so that work that was stopped can go on.
//!
//! One JSON file a chain, with a fingerprint of everything that its draws depend on; a chain made
//! from other texts, keywords or settings is not taken up again.

use super::write_whole;
use crate::factors::Fault;
use crate::factors::chain::{Chain, Settings};
use crate::factors::model::Model;
use crate::numeric::hex;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// Raised when the same texts, keywords and settings give other draws than before.
const DRAWS: u32 = 1;

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
    /// The store beside the table `out`; `part` tells apart the models of one command.
    pub fn beside(out: &Path, part: &str, models: &[Model], settings: &Settings) -> Self {
        Self {
            folder: folder(out).join(part),
            fingerprint: fingerprint(models, settings),
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

    /// The hash of texts, keywords and settings.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    fn path(&self, number: u64) -> PathBuf {
        self.folder.join(format!("chain_{number:03}.json"))
    }
}

/// Where the chains of the table `out` are kept.
pub fn folder(out: &Path) -> PathBuf {
    let mut name = out.file_name().unwrap_or_default().to_owned();
    name.push(".chains");
    out.with_file_name(name)
}

/// Makes an empty folder for the chains of the table `out`.
///
/// # Errors
/// When old chains cannot be removed, or the folder not made.
pub fn begin(out: &Path) -> Result<(), Fault> {
    clear(out)?;
    let folder = folder(out);
    fs::create_dir_all(&folder).map_err(|e| Fault::file(&folder, "make", e))
}

/// Removes all chains of the table `out`, once it is written.
///
/// # Errors
/// When the folder cannot be removed.
pub fn clear(out: &Path) -> Result<(), Fault> {
    let folder = folder(out);
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Fault::file(&folder, "remove", error))
        }
        _ => Ok(()),
    }
}

/// A hash of all that the draws depend on, and of the texts they are summed up by.
fn fingerprint(models: &[Model], settings: &Settings) -> String {
    let mut hash = Sha256::new();
    hash.update(DRAWS.to_le_bytes());
    number(&mut hash, settings.seed);
    for sweeps in [settings.burn_in, settings.samples, settings.spacing] {
        number(&mut hash, sweeps.into());
    }
    number(&mut hash, settings.shards as u64);
    hash.update(settings.alpha.to_le_bytes());
    for model in models {
        add_model(&mut hash, model);
    }
    hex(&hash.finalize())
}

fn add_model(hash: &mut Sha256, model: &Model) {
    let Model {
        language,
        bag,
        shape,
        factors,
        // Keywords that do not occur draw nothing.
        missing: _,
    } = model;
    text(hash, language.code());
    for size in [*factors, shape.topics, bag.words.len(), bag.sources.len()] {
        number(hash, size as u64);
    }
    number(hash, shape.keywords().len() as u64);
    for (word, topic) in shape.keywords() {
        number(hash, (*word).into());
        number(hash, (*topic).into());
    }
    bag.words.iter().for_each(|word| text(hash, word));
    for source in &bag.sources {
        text(hash, &source.region);
        text(hash, &source.kind);
        number(hash, source.documents.end as u64);
        number(hash, source.all_tokens as u64);
    }
    number(hash, bag.documents() as u64);
    for d in 0..bag.documents() {
        number(hash, bag.document(d).len() as u64);
        let words = bag.document(d).iter();
        words.for_each(|w| hash.update(w.to_le_bytes()));
    }
}

fn number(hash: &mut Sha256, n: u64) {
    hash.update(n.to_le_bytes());
}

fn text(hash: &mut Sha256, text: &str) {
    number(hash, text.len() as u64);
    hash.update(text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::factors::{Bag, Language};

    fn model(words: [&str; 2], documents: &[&[u32]]) -> Model {
        let mut bag = Bag::new(words.map(str::to_owned).into());
        documents.iter().for_each(|d| bag.push(d));
        Model::plain(Language::English, bag, 2)
    }

    fn settings(seed: u64) -> Settings {
        Settings {
            seed,
            burn_in: 1,
            samples: 1,
            spacing: 1,
            shards: 1,
            alpha: 0.1,
        }
    }

    /// Kept chains are taken up by later versions too, unless [`DRAWS`] was raised.
    #[test]
    fn the_fingerprint_is_made_of_numbers_not_of_how_the_code_names_them() {
        let model = model(["data", "service"], &[&[0, 1], &[1]]);
        let expected = "9154eb994870c91724d9d8565e5e5f784a5d9af5b18642782c98ef498d55ec66";
        assert_eq!(fingerprint(&[model], &settings(1)), expected);
    }

    #[test]
    fn anything_that_changes_the_draws_changes_the_fingerprint() {
        let of = |m: Model, seed| fingerprint(&[m], &settings(seed));
        let documents: [&[u32]; 2] = [&[0, 1], &[1]];
        let all = [
            of(model(["data", "service"], &documents), 1),
            of(model(["data", "service"], &documents), 2),
            of(model(["datas", "ervice"], &documents), 1),
            of(model(["data", "service"], &[&[0], &[1, 1]]), 1),
        ];
        for (i, a) in all.iter().enumerate() {
            assert!(all[..i].iter().all(|b| a != b), "{i}");
        }
    }
}
