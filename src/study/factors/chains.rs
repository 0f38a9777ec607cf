//! Chains of a factor table: those that are kept are taken up, the others run, until somebody asks to stop.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::factors::chain::{Chain, Settings};
use crate::factors::choice::{self, Trial};
use crate::factors::fit::{self, ChainWatch};
use crate::factors::model::{self, Model};
use crate::factors::{Bag, CorpusFault, TextLanguage};
use crate::output::factors::chains::{self, ChainStore};
use crate::study::factors::ChainObserver;

/// How many chains run, and how.
#[derive(Debug, Clone)]
pub struct Chains {
    /// Number of chains.
    pub number: u64,
    /// What each of them does.
    pub settings: Settings,
    /// Worker threads, on which the result does not depend; all of the machine when nothing is said.
    pub threads: Option<usize>,
    /// Finished chains of the same table must be there, and are taken up.
    pub resume: bool,
}

/// Who is told of chains, and who stops them.
pub struct WatchedChains<'a> {
    /// Who is told.
    pub observer: &'a dyn ChainObserver,
    /// Set from outside to stop.
    pub stop: &'a AtomicBool,
}

/// Chains over one model: who follows them, and where the finished ones are kept.
struct KeptChains<'a> {
    watched: &'a WatchedChains<'a>,
    store: &'a ChainStore,
}

impl ChainWatch for KeptChains<'_> {
    fn swept(&self, words: usize) -> bool {
        self.watched.observer.swept(words as u64);
        !self.watched.stop.load(Ordering::Relaxed)
    }

    fn finished(&self, number: u64, chains: &[Chain]) -> Result<(), CorpusFault> {
        self.store.keep(number, chains)
    }
}

impl Chains {
    /// Makes sure that the chains can be counted and held in memory.
    ///
    /// # Errors
    /// As [`model::check_size`].
    pub fn check_size(&self, models: &[Model]) -> Result<(), CorpusFault> {
        model::check_size(models, self.number, self.settings.shards)
    }

    /// Forgets the chains kept beside the table `out`, unless the work is to go on from them.
    ///
    /// # Errors
    /// When there is nothing to go on from, or the chains cannot be removed.
    pub fn begin(&self, out: &Path) -> Result<(), CorpusFault> {
        let folder = chains::folder(out);
        match self.resume {
            false => chains::begin(out),
            true if folder.is_dir() => Ok(()),
            true => Err(CorpusFault::input(format!(
                "there are no chains to go on from in `{}`",
                folder.display()
            ))
            .hint("leave out --resume to begin")),
        }
    }

    /// All chains over `models`, in order; they are kept beside the table `out`.
    ///
    /// # Errors
    /// Interruption, or files that cannot be written.
    pub fn run(
        &self,
        models: &[Model],
        out: &Path,
        watched: &WatchedChains<'_>,
    ) -> Result<Vec<Vec<Chain>>, CorpusFault> {
        let store = ChainStore::beside(out, "", models, &self.settings);
        let words = self.words(models.iter().map(|m| &m.bag), 1);
        watched.observer.chains_begin(words);
        self.pool()?
            .install(|| self.complete(models, &store, watched))
    }

    /// Plain topics in each of the `sizes`: the curves they are chosen by, for each language. Chains
    /// are kept beside the table `out`.
    ///
    /// # Errors
    /// Interruption, or files that cannot be written.
    pub fn explore(
        &self,
        bags: &[(TextLanguage, Bag)],
        sizes: &[usize],
        out: &Path,
        watched: &WatchedChains<'_>,
    ) -> Result<Vec<Vec<Trial>>, CorpusFault> {
        let words = self.words(bags.iter().map(|(_, bag)| bag), sizes.len() as u64);
        watched.observer.chains_begin(words);
        let run = |model: Model| {
            let part = format!("{}_{}", model.language.code(), model.shape.topics);
            let models = [model];
            let store = ChainStore::beside(out, &part, &models, &self.settings);
            let chains = self.complete(&models, &store, watched)?;
            Ok(chains.into_iter().flatten().collect())
        };
        let (pool, seed) = (self.pool()?, self.settings.seed);
        let trials = |(language, bag): &(TextLanguage, Bag)| {
            pool.install(|| choice::trials((*language, bag), sizes, seed, &run))
        };
        bags.iter().map(trials).collect()
    }

    /// Takes finished chains from `store` and runs the others.
    fn complete(
        &self,
        models: &[Model],
        store: &ChainStore,
        watched: &WatchedChains<'_>,
    ) -> Result<Vec<Vec<Chain>>, CorpusFault> {
        let mut kept: Vec<_> = (0..self.number).map(|n| store.take(n)).collect();
        let missing: Vec<u64> = (0..self.number)
            .filter(|n| kept[*n as usize].is_none())
            .collect();
        let words: usize = models.iter().map(|m| m.bag.tokens().len()).sum();
        let finished = self.number - missing.len() as u64;
        let taken_up = words as u64 * finished * self.settings.sweeps();
        watched.observer.taken_up(taken_up);
        let watch = KeptChains { watched, store };
        let made = fit::run(models, &self.settings, &missing, &watch)?;
        for (n, chains) in missing.iter().zip(made) {
            kept[*n as usize] = Some(chains);
        }
        Ok(kept.into_iter().flatten().collect())
    }

    /// Words that chains sweep in `sizes` models of each of `bags`.
    fn words<'a>(&self, bags: impl Iterator<Item = &'a Bag>, sizes: u64) -> u64 {
        let words: usize = bags.map(|bag| bag.tokens().len()).sum();
        let sweeps = self.settings.sweeps() * self.number * sizes;
        (words as u64).saturating_mul(sweeps)
    }

    fn pool(&self) -> Result<rayon::ThreadPool, CorpusFault> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(self.threads.unwrap_or(0));
        pool.build()
            .map_err(|e| CorpusFault::input(format!("cannot start worker threads: {e}")))
    }
}
