//! Runs the chains of `cogov factors`: threads, progress, interruption, finished chains on disk.

use super::chain_progress::Progress;
use crate::factors::chain::{Chain, Settings};
use crate::factors::choice;
use crate::factors::model::{self, Model};
use crate::factors::{Bag, Fault, Language};
use crate::output::{chains::Store, factors};
use clap::Args;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// How the chains run.
#[derive(Debug, Clone, Args)]
pub struct Chains {
    /// Number of chains
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u64).range(2..))]
    chains: u64,
    /// Sweeps of each chain before its first sample
    #[arg(long, default_value_t = 300)]
    burn_in: u32,
    /// Samples of each chain
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..))]
    samples: u32,
    /// Sweeps from one sample to the next
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..))]
    spacing: u32,
    /// Parts of the documents swept side by side, for a corpus of millions of words; changes draws
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..))]
    shards: u16,
    /// Seed of all chains
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Worker threads; the result does not depend on them
    #[arg(long)]
    threads: Option<usize>,
    /// Go on from the finished chains of the same command
    #[arg(long)]
    resume: bool,
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

    /// All chains over `models`, in order, taken from disk where they are finished; and where they
    /// are kept until the table at `out` is written.
    ///
    /// # Errors
    /// Interruption, or files that cannot be written.
    pub fn run(&self, models: &[Model], out: &Path) -> Result<(Vec<Vec<Chain>>, Store), Fault> {
        let settings = self.settings();
        let store = Store::beside(out, models, &settings);
        if !self.resume {
            store.clear()?;
        }
        let mut kept: Vec<_> = (0..self.chains).map(|n| store.take(n)).collect();
        let missing: Vec<u64> = (0..self.chains)
            .filter(|n| kept[*n as usize].is_none())
            .collect();
        let words: usize = models.iter().map(|m| m.bag.tokens().len()).sum();
        let total = words as u64 * missing.len() as u64 * u64::from(settings.sweeps());
        let progress = Progress::new(total, self.quiet, Some(store.clone()), interruption()?);
        let work = || model::run(models, &settings, &missing, &progress);
        for (n, chains) in missing.iter().zip(self.pool()?.install(work)?) {
            kept[*n as usize] = Some(chains);
        }
        Ok((kept.into_iter().flatten().collect(), store))
    }

    /// Plain topics in each of the `sizes`: the curves they are chosen by, and the chosen topics.
    ///
    /// # Errors
    /// A corpus too small for a size, interruption, or files that cannot be written.
    pub fn explore(
        &self,
        bags: &[(Language, Bag)],
        sizes: &[usize],
        out: &Path,
    ) -> Result<(), Fault> {
        let numbers: Vec<u64> = (0..self.chains).collect();
        let words: usize = bags.iter().map(|(_, bag)| bag.tokens().len()).sum();
        let sweeps = self.chains * u64::from(self.settings().sweeps()) * sizes.len() as u64;
        let progress = Progress::new(words as u64 * sweeps, self.quiet, None, interruption()?);
        for (language, bag) in bags {
            let bag = (*language, bag);
            let work = || choice::trials(bag, sizes, &self.settings(), &numbers, &progress);
            let trials = self.pool()?.install(work)?;
            factors::write_choice(out, bag, &trials)?;
        }
        Ok(())
    }

    fn pool(&self) -> Result<rayon::ThreadPool, Fault> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(self.threads.unwrap_or(0));
        pool.build()
            .map_err(|e| Fault::input(format!("cannot start worker threads: {e}")))
    }
}

/// Becomes true when the user presses Ctrl-C.
fn interruption() -> Result<Arc<AtomicBool>, Fault> {
    let stopped = Arc::new(AtomicBool::new(false));
    let heard = Arc::clone(&stopped);
    ctrlc::set_handler(move || heard.store(true, Ordering::Relaxed))
        .map_err(|e| Fault::File(format!("cannot listen for Ctrl-C: {e}")))?;
    Ok(stopped)
}
