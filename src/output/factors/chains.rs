//! Finished chains on disk, so that work that was stopped can go on.
//!
//! One JSON file a chain, with a fingerprint of everything that its draws depend on; a chain made
//! from other texts, keywords or settings is not taken up again, nor one that is not of the size of its
//! model or holds what no chain gives: it is run anew.

use super::write_whole;
use crate::factors::chain::{Chain, Settings};
use crate::factors::model::Model;
use crate::factors::{CorpusFault, files};
use crate::numeric::hex;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// Raised when the same texts, keywords and settings give other draws than before.
const DRAWS: u32 = 1;

/// The folder of the chains of one table.
#[derive(Debug, Clone)]
pub struct ChainStore {
    folder: PathBuf,
    fingerprint: String,
    sizes: Vec<Size>,
}

/// How many numbers a chain over a model holds.
#[derive(Debug, Clone, Copy)]
struct Size {
    attention: usize,
    topics: usize,
    words: usize,
}

impl Size {
    fn new(model: &Model) -> Self {
        Self {
            attention: model.bag.documents() * model.factors,
            topics: model.shape.topics,
            words: model.bag.words.len(),
        }
    }

    /// Bytes of a chain as JSON at most, some 25 for a number.
    fn bytes(self) -> u64 {
        let numbers = self.attention + self.topics * (self.words + 4);
        25 * numbers as u64 + 1000
    }

    /// Whether `chain` is of this size, and its numbers are finite and none is below 0.
    fn fits(self, chain: &Chain) -> bool {
        let share = |x: &f32| x.is_finite() && *x >= 0.0;
        let rows = &chain.topic_words;
        chain.attention.len() == self.attention
            && [rows.len(), chain.prevalence.len(), chain.alpha.len()] == [self.topics; 3]
            && rows.iter().all(|row| row.len() == self.words)
            && chain
                .attention
                .iter()
                .chain(rows.iter().flatten())
                .all(share)
            && chain.prevalence.iter().all(|x| (0.0..=1.0).contains(x))
            && chain.alpha.iter().all(|a| share(a) && *a > 0.0)
    }
}

#[derive(Serialize, Deserialize)]
struct Kept {
    fingerprint: String,
    chains: Vec<Chain>,
}

impl ChainStore {
    /// The store beside the table `out`; `part` tells apart the models of one command.
    pub fn beside(out: &Path, part: &str, models: &[Model], settings: &Settings) -> Self {
        Self {
            folder: folder(out).join(part),
            fingerprint: fingerprint(models, settings),
            sizes: models.iter().map(Size::new).collect(),
        }
    }

    /// Keeps a finished chain.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep(&self, number: u64, chains: &[Chain]) -> Result<(), CorpusFault> {
        let kept = Kept {
            fingerprint: self.fingerprint.clone(),
            chains: chains.to_vec(),
        };
        let path = self.path(number);
        let json = serde_json::to_vec(&kept).map_err(|e| CorpusFault::file(&path, "write", e))?;
        write_whole(&path, &json)
    }

    /// The chain `number`, if it was finished under the same texts and settings and is whole.
    pub fn take(&self, number: u64) -> Option<Vec<Chain>> {
        let most: u64 = self.sizes.iter().map(|size| size.bytes()).sum();
        let bytes = files::bytes(&self.path(number), most).ok()?;
        let kept: Kept = serde_json::from_slice(&bytes).ok()?;
        let whole = kept.chains.len() == self.sizes.len()
            && self
                .sizes
                .iter()
                .zip(&kept.chains)
                .all(|(size, chain)| size.fits(chain));
        (whole && kept.fingerprint == self.fingerprint).then_some(kept.chains)
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
pub fn begin(out: &Path) -> Result<(), CorpusFault> {
    clear(out)?;
    let folder = folder(out);
    fs::create_dir_all(&folder).map_err(|e| CorpusFault::file(&folder, "make", e))
}

/// Removes all chains of the table `out`, once it is written.
///
/// # Errors
/// When the folder cannot be removed.
pub fn clear(out: &Path) -> Result<(), CorpusFault> {
    let folder = folder(out);
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(CorpusFault::file(&folder, "remove", error))
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
    use crate::factors::{Bag, TextLanguage};

    fn model(words: [&str; 2], documents: &[&[u32]]) -> Model {
        let mut bag = Bag::new(words.map(str::to_owned).into());
        documents.iter().for_each(|d| bag.push(d));
        Model::plain(TextLanguage::English, bag, 2)
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

    /// What can befall a chain.
    const DAMAGES: [fn(&mut Chain); 7] = [
        |c| c.attention.push(1.0),
        |c| c.topic_words[1].truncate(1),
        |c| c.topic_words.truncate(1),
        |c| c.topic_words[0][0] = -0.5,
        |c| c.prevalence[0] = f64::NAN,
        |c| c.prevalence[0] = 7.0,
        |c| c.alpha[1] = 0.0,
    ];

    /// A chain that was damaged on disk is run anew, never taken up.
    #[test]
    fn chains_of_another_size_or_with_impossible_numbers_are_not_taken_up() {
        let folder = std::env::temp_dir().join(format!("cogov_taken_up_{}", std::process::id()));
        let models = [model(["data", "service"], &[&[0, 1], &[1]])];
        let store = ChainStore::beside(&folder.join("f.csv"), "", &models, &settings(1));
        let whole = Chain {
            attention: vec![],
            topic_words: vec![vec![0.5, 0.5]; 2],
            prevalence: vec![0.5; 2],
            alpha: vec![0.1; 2],
        };
        let taken = |chains: &[Chain]| {
            store.keep(0, chains).expect("written");
            store.take(0)
        };
        assert_eq!(
            taken(std::slice::from_ref(&whole)).as_deref(),
            Some(std::slice::from_ref(&whole))
        );
        for (i, damage) in DAMAGES.iter().enumerate() {
            let mut chain = whole.clone();
            damage(&mut chain);
            assert_eq!(taken(&[chain]), None, "{i}");
        }
        assert_eq!(taken(&[]), None);
        assert_eq!(taken(&[whole.clone(), whole.clone()]), None);
        store.keep(0, &[whole]).expect("written");
        let padded = fs::read_to_string(store.path(0)).expect("a chain") + &" ".repeat(100_000);
        fs::write(store.path(0), padded).expect("written");
        assert_eq!(store.take(0), None);
        fs::remove_dir_all(folder).expect("removed");
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
