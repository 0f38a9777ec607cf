//! Runs the chains of `cogov factors`: threads, progress, interruption, finished chains on disk.

use super::chain_progress::{ChainProgress, KeptChains};
use super::shared::stop::stop_flag;
use crate::factors::chain::{Chain, Settings};
use crate::factors::choice::{self, Trial};
use crate::factors::fit;
use crate::factors::model::{self, Model};
use crate::factors::{Bag, CorpusFault, TextLanguage};
use crate::output::factors::chains::{self, ChainStore};
use clap::Args;
use std::path::Path;

/// How the chains run.
#[derive(Debug, Clone, Args)]
pub struct Chains {
    /// Number of chains
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u64).range(2..=1000))]
    chains: u64,
    /// Sweeps of each chain before its first sample
    #[arg(long, default_value_t = 300, value_parser = clap::value_parser!(u32).range(..=1_000_000))]
    burn_in: u32,
    /// Samples of each chain
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    samples: u32,
    /// Sweeps from one sample to the next
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    spacing: u32,
    /// Parts of the documents swept side by side, for a corpus of millions of words; changes draws
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=256))]
    shards: u16,
    /// Seed of all chains
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Worker threads; the result does not depend on them
    #[arg(long)]
    threads: Option<usize>,
    /// Go on from the finished chains of the same command
    #[arg(long, conflicts_with = "force")]
    resume: bool,
    /// Replace a table that was made otherwise
    #[arg(long)]
    pub force: bool,
    /// No progress, no notes
    #[arg(long)]
    pub quiet: bool,
}

impl Chains {
    /// The settings of each chain.
    pub fn settings(&self) -> Settings {
        Settings {
            seed: self.seed,
            burn_in: self.burn_in,
            samples: self.samples,
            spacing: self.spacing,
            shards: self.shards.into(),
            alpha: 0.1,
        }
    }

    /// Makes sure that the chains can be counted and held in memory.
    ///
    /// # Errors
    /// As [`model::check_size`].
    pub fn check_size(&self, models: &[Model]) -> Result<(), CorpusFault> {
        model::check_size(models, self.chains, self.shards.into())
    }

    /// Number of chains.
    pub fn number(&self) -> u64 {
        self.chains
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
    pub fn run(&self, models: &[Model], out: &Path) -> Result<Vec<Vec<Chain>>, CorpusFault> {
        let store = ChainStore::beside(out, "", models, &self.settings());
        let progress = self.progress(models.iter().map(|m| &m.bag), 1);
        self.pool()?
            .install(|| self.complete(models, &store, &progress))
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
    ) -> Result<Vec<Vec<Trial>>, CorpusFault> {
        let progress = self.progress(bags.iter().map(|(_, bag)| bag), sizes.len() as u64);
        let run = |model: Model| {
            let part = format!("{}_{}", model.language.code(), model.shape.topics);
            let models = [model];
            let store = ChainStore::beside(out, &part, &models, &self.settings());
            let chains = self.complete(&models, &store, &progress)?;
            Ok(chains.into_iter().flatten().collect())
        };
        let pool = self.pool()?;
        let trials = |(language, bag): &(TextLanguage, Bag)| {
            pool.install(|| choice::trials((*language, bag), sizes, self.seed, &run))
        };
        bags.iter().map(trials).collect()
    }

    /// Takes finished chains from `store` and runs the others.
    fn complete(
        &self,
        models: &[Model],
        store: &ChainStore,
        progress: &ChainProgress,
    ) -> Result<Vec<Vec<Chain>>, CorpusFault> {
        let settings = self.settings();
        let mut kept: Vec<_> = (0..self.chains).map(|n| store.take(n)).collect();
        let missing: Vec<u64> = (0..self.chains)
            .filter(|n| kept[*n as usize].is_none())
            .collect();
        let words: usize = models.iter().map(|m| m.bag.tokens().len()).sum();
        let finished = self.chains - missing.len() as u64;
        progress.take_up(words as u64 * finished * settings.sweeps());
        let watch = KeptChains { progress, store };
        let made = fit::run(models, &settings, &missing, &watch)?;
        for (n, chains) in missing.iter().zip(made) {
            kept[*n as usize] = Some(chains);
        }
        Ok(kept.into_iter().flatten().collect())
    }

    /// Progress of chains in `sizes` models of each of `bags`.
    fn progress<'a>(&self, bags: impl Iterator<Item = &'a Bag>, sizes: u64) -> ChainProgress {
        let words: usize = bags.map(|bag| bag.tokens().len()).sum();
        let sweeps = self.settings().sweeps() * self.chains * sizes;
        let total = (words as u64).saturating_mul(sweeps);
        ChainProgress::new(total, self.quiet, stop_flag("chains"))
    }

    fn pool(&self) -> Result<rayon::ThreadPool, CorpusFault> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(self.threads.unwrap_or(0));
        pool.build()
            .map_err(|e| CorpusFault::input(format!("cannot start worker threads: {e}")))
    }
}
